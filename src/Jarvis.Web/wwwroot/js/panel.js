import { get, send } from './api.js';
import { text } from './texts.js';

const again = 2_000;

/** What Jarvis knows here: the memories of this chat's answers, and whether memory is up to date. */
export function startPanel({ conversation, turns }) {
  const panel = document.getElementById('panel');
  const toggle = document.getElementById('panel-toggle');
  const state = document.getElementById('memory-state');
  const retry = document.getElementById('memory-retry');
  const list = document.getElementById('panel-memories');
  let timer;

  const showMemories = () => {
    const seen = new Set();
    const items = turns().flatMap(turn => turn.memories()).filter(item => {
      const content = item.firstElementChild.textContent;
      return !seen.has(content) && seen.add(content);
    });
    list.replaceChildren(...items.map(item => item.cloneNode(true)));
    document.getElementById('panel-empty').hidden = items.length > 0;
  };

  const showState = async () => {
    clearTimeout(timer);
    if (panel.hidden) {
      return;
    }

    if (!conversation()) {
      say(text('memoryNew'));
      return;
    }

    try {
      const status = await get(`/memory/status?conversationId=${conversation()}`);
      const name = `memory${status.state[0].toUpperCase()}${status.state.slice(1)}`;
      const detail = status.state === 'retrying' || status.state === 'failed' ? status.lastError ?? '' : status.turnsBehind;
      say(text(name, detail));
      retry.hidden = status.state !== 'failed';
      if (status.state !== 'idle' && status.state !== 'failed') {
        timer = setTimeout(showState, again);
      }
    } catch {
      say(text('memoryUnknown'));
      timer = setTimeout(showState, again);
    }
  };

  // Said once and not every two seconds: it is read aloud.
  const say = words => {
    if (state.textContent !== words) {
      state.textContent = words;
    }
  };

  const open = shown => {
    panel.hidden = !shown;
    toggle.setAttribute('aria-expanded', String(shown));
    if (shown) {
      showMemories();
      showState();
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
  retry.addEventListener('click', async () => {
    await send('POST', '/memory/retry', { conversationId: conversation() }).catch(() => {});
    showState();
  });

  return {
    refresh: () => {
      if (!panel.hidden) {
        showMemories();
        showState();
      }
    },
  };
}
