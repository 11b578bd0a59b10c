import { drafts } from './drafts.js';
import { language, text } from './texts.js';

const lines = 10;
const countFrom = 0.9;

/** Where a message is written. Calls send with its text, and stop. */
export function startComposer({ conversation, send, stop }) {
  const form = document.getElementById('composer');
  const field = document.getElementById('prompt');
  const sendButton = document.getElementById('send');
  const stopButton = document.getElementById('stop');
  const count = document.getElementById('count');
  const reason = document.getElementById('reason');
  const refusal = document.getElementById('refusal');
  const limit = Number(field.dataset.limit);
  const number = new Intl.NumberFormat(language);
  let running = false;

  const whyNot = () => {
    if (field.value.length > limit) {
      return text('tooLong', number.format(field.value.length), number.format(limit));
    }

    return navigator.onLine ? '' : text('offline');
  };

  const grow = () => {
    const style = getComputedStyle(field);
    const most = parseFloat(style.lineHeight) * lines + parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, most)}px`;
    field.style.overflowY = field.scrollHeight > most ? 'auto' : 'hidden';
  };

  const look = () => {
    const why = whyNot();
    reason.textContent = why;
    reason.classList.toggle('over-limit', field.value.length > limit);
    count.hidden = why !== '' || field.value.length < limit * countFrom;
    count.textContent = count.hidden ? '' : text('count', number.format(field.value.length), number.format(limit));
    sendButton.disabled = why !== '' || field.value.trim() === '';
    sendButton.hidden = running;
    stopButton.hidden = !running;
  };

  const set = value => {
    field.value = value;
    grow();
    look();
  };

  field.addEventListener('input', () => {
    drafts.keep(conversation(), field.value);
    refusal.hidden = true;
    grow();
    look();
  });
  field.addEventListener('keydown', event => {
    // While a word is composed (Japanese, Chinese), Enter belongs to that.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (!running && !sendButton.disabled) {
      send(field.value);
    }
  });
  stopButton.addEventListener('click', stop);
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && running && !document.querySelector('dialog[open], :popover-open, .drawer-is-open')) {
      stop();
    }
  });
  addEventListener('online', look);
  addEventListener('offline', look);

  set(field.value || drafts.read(conversation()));
  field.focus({ preventScroll: true });

  return {
    /** The message is on its way; its draft stays until Jarvis has it. */
    sent: () => set(''),
    /** It was not taken: back into the field, with the reason. */
    refused: (prompt, why) => {
      set(field.value ? `${prompt}\n${field.value}` : prompt);
      drafts.keep(conversation(), field.value);
      refusal.textContent = why;
      refusal.hidden = false;
      field.focus();
    },
    run: now => {
      const hadFocus = document.activeElement === stopButton || document.activeElement === sendButton;
      running = now;
      look();
      if (hadFocus) {
        field.focus({ preventScroll: true });
      }
    },
    fill: value => {
      set(value);
      drafts.keep(conversation(), value);
      field.focus();
    },
  };
}
