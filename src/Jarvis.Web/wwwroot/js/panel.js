import { send } from './api.js';
import { startMemoryStatus } from './memory-status.js';

/** Starts the memory panel: the memories that this chat's answers used, and the memory status. */
export function startPanel({ conversationId, turns }) {
  const panel = document.getElementById('panel');
  const toggle = document.getElementById('panel-toggle');
  const list = document.getElementById('panel-memories');
  const status = startMemoryStatus(conversationId);

  const showMemories = () => {
    const seen = new Set();
    const items = turns().flatMap(turn => turn.memoryItems()).filter(item => {
      const content = item.firstElementChild.textContent;
      return !seen.has(content) && seen.add(content);
    });
    list.replaceChildren(...items.map(item => item.cloneNode(true)));
    document.getElementById('panel-empty').hidden = items.length > 0;
  };

  const setOpen = isOpen => {
    panel.hidden = !isOpen;
    toggle.setAttribute('aria-expanded', String(isOpen));
    if (isOpen) {
      showMemories();
      status.poll();
      document.getElementById('panel-close').focus();
    } else {
      toggle.focus();
    }
  };

  toggle.addEventListener('click', () => setOpen(panel.hidden));
  document.getElementById('panel-close').addEventListener('click', () => setOpen(false));
  panel.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      setOpen(false);
    }
  });
  document.getElementById('memory-retry').addEventListener('click', async () => {
    await send('POST', '/memory/retry', { conversationId: conversationId() }).catch(() => {});
    status.poll();
  });

  return {
    refresh: () => {
      showMemories();
      status.pollSoon();
    },
  };
}
