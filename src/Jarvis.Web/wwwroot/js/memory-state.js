import { get } from './api.js';
import { plural, text } from './texts.js';

const settling = 1_500;
const soonest = 2_000;
const latest = 30_000;

/** Whether memory is up to date with this chat: a sentence in the panel, and a short sign beside its button. */
export function startMemoryState(conversation) {
  const sentence = document.getElementById('memory-state');
  const sign = document.getElementById('memory-sign');
  const retry = document.getElementById('memory-retry');
  let timer;
  let wait = soonest;

  // Said once and not at every look: it is read aloud.
  const show = (words, mark, kind) => {
    if (sentence.textContent !== words) {
      sentence.textContent = words;
    }

    sign.hidden = mark === '';
    sign.textContent = mark;
    sign.title = words;
    sign.dataset.kind = kind;
    retry.hidden = kind !== 'failed';
  };

  const again = () => {
    timer = setTimeout(look, wait);
    wait = Math.min(wait * 2, latest);
  };

  const look = async () => {
    clearTimeout(timer);
    const mine = conversation();
    if (!mine) {
      show(text('memoryNew'), '', 'new');
      return;
    }

    try {
      const status = await get(`/memory/status?conversationId=${mine}`);
      if (mine !== conversation()) {
        return;
      }

      if (status.withoutMemory) {
        show(text('memoryOff'), '', 'off');
        return;
      }

      const name = `memory${status.state[0].toUpperCase()}${status.state.slice(1)}`;
      const counted = status.state === 'queued' || status.state === 'running';
      show(counted ? plural(name, status.turnsBehind) : text(name, status.lastError ?? ''), text(`${name}Sign`, status.turnsBehind), status.state);
      if (status.state !== 'idle' && status.state !== 'failed') {
        again();
      }
    } catch {
      show(text('memoryUnknown'), '', 'unknown');
      again();
    }
  };

  look();

  return {
    look: () => {
      wait = soonest;
      look();
    },
    /** After an answer: memory mostly is done within a moment, and a sign that comes and goes would flash. */
    lookSoon: () => {
      clearTimeout(timer);
      wait = soonest;
      timer = setTimeout(look, settling);
    },
  };
}
