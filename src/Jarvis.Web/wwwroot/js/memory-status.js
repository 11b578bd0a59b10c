import { get } from './api.js';
import { plural, text } from './texts.js';

const settleDelay = 1_500;
const minPollDelay = 2_000;
const maxPollDelay = 30_000;

/** Shows whether memory has processed this chat: a sentence in the panel and a short status beside its button. */
export function startMemoryStatus(conversationId) {
  const sentence = document.getElementById('memory-status-text');
  const status = document.getElementById('memory-status');
  const retry = document.getElementById('memory-retry');
  let timer;
  let delay = minPollDelay;

  const show = (message, label, kind) => {
    // Screen readers announce each change of the text, so an unchanged text is not written again.
    if (sentence.textContent !== message) {
      sentence.textContent = message;
    }

    status.hidden = label === '';
    status.textContent = label;
    status.title = message;
    status.dataset.kind = kind;
    retry.hidden = kind !== 'failed';
  };

  const schedulePoll = () => {
    timer = setTimeout(poll, delay);
    delay = Math.min(delay * 2, maxPollDelay);
  };

  const poll = async () => {
    clearTimeout(timer);
    const id = conversationId();
    if (!id) {
      show(text('memoryNew'), '', 'new');
      return;
    }

    try {
      const { state, turnsBehind, lastError, withoutMemory } = await get(`/memory/status?conversationId=${id}`);
      if (id !== conversationId()) {
        return;
      }

      if (withoutMemory) {
        show(text('memoryOff'), '', 'off');
        return;
      }

      const name = `memory${state[0].toUpperCase()}${state.slice(1)}`;
      const isCounted = state === 'queued' || state === 'running';
      show(isCounted ? plural(name, turnsBehind) : text(name, lastError ?? ''), text(`${name}Sign`, turnsBehind), state);
      if (state !== 'idle' && state !== 'failed') {
        schedulePoll();
      }
    } catch {
      show(text('memoryUnknown'), '', 'unknown');
      schedulePoll();
    }
  };

  poll();

  return {
    poll: () => {
      delay = minPollDelay;
      poll();
    },
    /** Polls after a short delay. Memory usually finishes within a second of an answer, and an immediate poll would make the status flash. */
    pollSoon: () => {
      clearTimeout(timer);
      delay = minPollDelay;
      timer = setTimeout(poll, settleDelay);
    },
  };
}
