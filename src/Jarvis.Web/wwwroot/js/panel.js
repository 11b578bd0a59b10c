import { send } from './api.js';
import { startMemoryState } from './memory-state.js';

/** What Jarvis knows here: the memories of this chat's answers, and whether memory is up to date. */
export function startPanel({ conversation, turns }) {
  const panel = document.getElementById('panel');
  const toggle = document.getElementById('panel-toggle');
  const list = document.getElementById('panel-memories');
  const state = startMemoryState(conversation);

  const showMemories = () => {
    const seen = new Set();
    const items = turns().flatMap(turn => turn.memories()).filter(item => {
      const content = item.firstElementChild.textContent;
      return !seen.has(content) && seen.add(content);
    });
    list.replaceChildren(...items.map(item => item.cloneNode(true)));
    document.getElementById('panel-empty').hidden = items.length > 0;
  };

  const open = shown => {
    panel.hidden = !shown;
    toggle.setAttribute('aria-expanded', String(shown));
    if (shown) {
      showMemories();
      state.look();
      document.getElementById('panel-close').focus();
    } else {
      toggle.focus();
    }
  };

  toggle.addEventListener('click', () => open(panel.hidden));
  document.getElementById('panel-close').addEventListener('click', () => open(false));
  panel.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      open(false);
    }
  });
  document.getElementById('memory-retry').addEventListener('click', async () => {
    await send('POST', '/memory/retry', { conversationId: conversation() }).catch(() => {});
    state.look();
  });

  return {
    refresh: () => {
      showMemories();
      state.lookSoon();
    },
  };
}
