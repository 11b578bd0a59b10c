import { language, text } from './texts.js';

const blocked = () => text('dictateBlocked');
const errorTexts = {
  'not-allowed': blocked,
  'service-not-allowed': blocked,
  'audio-capture': () => text('dictateNoMicrophone'),
  network: () => text('dictateNoNetwork'),
};

/** Writes dictated words into the field as the browser recognises them. Never sends the message. */
export function startDictation(field, button) {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  const errorElement = document.getElementById('composer-error');
  const recognition = new Recognition();
  recognition.lang = language;
  recognition.continuous = true;
  recognition.interimResults = true;
  let isListening = false;
  let isWriting = false;
  let textBefore = '';

  const setListening = value => {
    isListening = value;
    button.setAttribute('aria-pressed', String(value));
  };
  const stop = () => isListening && recognition.stop();

  recognition.addEventListener('result', ({ results }) => {
    const transcript = [...results].map(result => result[0].transcript.trim()).join(' ');
    isWriting = true;
    field.value = textBefore && transcript ? `${textBefore} ${transcript}` : textBefore + transcript;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    isWriting = false;
  });
  recognition.addEventListener('error', ({ error }) => {
    if (errorTexts[error]) {
      errorElement.textContent = errorTexts[error]();
      errorElement.hidden = false;
    }
  });
  recognition.addEventListener('end', () => setListening(false));

  // Typing or sending ends the dictation: a late result would overwrite the field.
  field.addEventListener('input', () => {
    if (!isWriting && isListening) {
      recognition.abort();
    }
  });
  field.form.addEventListener('submit', () => isListening && recognition.abort(), { capture: true });
  document.addEventListener('keydown', event => event.key === 'Escape' && stop());

  return {
    toggle: () => {
      if (isListening) {
        stop();
        return;
      }

      textBefore = field.value.trimEnd();
      errorElement.hidden = true;
      recognition.start();
      setListening(true);
      field.focus();
    },
  };
}
