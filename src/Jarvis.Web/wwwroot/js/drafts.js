const prefix = `jarvis.draft.${document.body.dataset.userId}.`;
const keyOf = conversationId => prefix + (conversationId || 'new');

/** Unsent messages by conversation. They are stored in this browser only. */
export const drafts = {
  read: conversationId => withStorage(storage => storage.getItem(keyOf(conversationId))) ?? '',
  save: (conversationId, draft) => withStorage(storage => draft
    ? storage.setItem(keyOf(conversationId), draft)
    : storage.removeItem(keyOf(conversationId))),
  clear: () => withStorage(storage => Object.keys(storage).filter(key => key.startsWith(prefix)).forEach(key => storage.removeItem(key))),
};

// If the browser forbids storage, or the storage is full, the page works without drafts.
function withStorage(action) {
  try {
    return action(localStorage);
  } catch {
    return null;
  }
}
