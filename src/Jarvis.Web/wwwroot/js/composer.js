import { drafts } from './drafts.js';
import { language, text } from './texts.js';

const maxLines = 10;
const counterThreshold = 0.9;

/** Starts the message form. Calls send with the text of a message, and stop to end the answer that is being generated. */
export function startComposer({ conversationId, send, stop }) {
  const form = document.getElementById('composer');
  const field = document.getElementById('prompt');
  const sendButton = document.getElementById('send');
  const stopButton = document.getElementById('stop');
  const counter = document.getElementById('character-count');
  const status = document.getElementById('composer-status');
  const error = document.getElementById('composer-error');
  const limit = Number(field.dataset.limit);
  const numberFormat = new Intl.NumberFormat(language);
  let isRunning = false;

  const blockingReason = () => {
    if (field.value.length > limit) {
      return text('tooLong', numberFormat.format(field.value.length), numberFormat.format(limit));
    }

    return navigator.onLine ? '' : text('offline');
  };

  const resize = () => {
    const style = getComputedStyle(field);
    const maxHeight = parseFloat(style.lineHeight) * maxLines + parseFloat(style.paddingTop) + parseFloat(style.paddingBottom);
    field.style.height = 'auto';
    field.style.height = `${Math.min(field.scrollHeight, maxHeight)}px`;
    field.style.overflowY = field.scrollHeight > maxHeight ? 'auto' : 'hidden';
  };

  const update = () => {
    const reason = blockingReason();
    status.textContent = reason;
    status.classList.toggle('exceeded', field.value.length > limit);
    counter.hidden = reason !== '' || field.value.length < limit * counterThreshold;
    counter.textContent = counter.hidden ? '' : text('count', numberFormat.format(field.value.length), numberFormat.format(limit));
    sendButton.disabled = reason !== '' || field.value.trim() === '';
    sendButton.hidden = isRunning;
    stopButton.hidden = !isRunning;
  };

  const setValue = value => {
    field.value = value;
    resize();
    update();
  };

  field.addEventListener('input', () => {
    drafts.save(conversationId(), field.value);
    error.hidden = true;
    resize();
    update();
  });
  field.addEventListener('keydown', event => {
    // While an input method composes a word (Japanese, Chinese), Enter confirms the word.
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (!isRunning && !sendButton.disabled) {
      send(field.value);
    }
  });
  stopButton.addEventListener('click', stop);
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape' && isRunning && !document.querySelector('dialog[open], :popover-open, .drawer-is-open')) {
      stop();
    }
  });
  addEventListener('online', update);
  addEventListener('offline', update);

  setValue(field.value || drafts.read(conversationId()));
  field.focus({ preventScroll: true });

  return {
    /** Empties the field when a message is sent. The draft remains stored until the server confirms the message. */
    clear: () => setValue(''),
    /** Puts a rejected message back into the field and shows the reason. */
    restore: (prompt, reason) => {
      setValue(field.value ? `${prompt}\n${field.value}` : prompt);
      drafts.save(conversationId(), field.value);
      error.textContent = reason;
      error.hidden = false;
      field.focus();
    },
    setRunning: value => {
      const hadFocus = document.activeElement === stopButton || document.activeElement === sendButton;
      isRunning = value;
      update();
      if (hadFocus) {
        field.focus({ preventScroll: true });
      }
    },
    fill: value => {
      setValue(value);
      drafts.save(conversationId(), value);
      field.focus();
    },
  };
}
