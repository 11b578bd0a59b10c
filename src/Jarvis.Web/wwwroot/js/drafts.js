const prefix = `jarvis.draft.${document.body.dataset.user}.`;

/** What was written and not yet sent, by conversation; kept in this browser only. */
export const drafts = {
  read: conversation => storage(store => store.getItem(prefix + (conversation || 'new'))) ?? '',
  keep: (conversation, draft) => storage(store => draft
    ? store.setItem(prefix + (conversation || 'new'), draft)
    : store.removeItem(prefix + (conversation || 'new'))),
  forgetAll: () => storage(store => Object.keys(store).filter(key => key.startsWith(prefix)).forEach(key => store.removeItem(key))),
};

// A browser can forbid storage, or its storage can be full: writing goes on without drafts.
function storage(use) {
  try {
    return use(localStorage);
  } catch {
    return null;
  }
}
