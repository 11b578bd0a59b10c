import { language, text } from './texts.js';

const blocked = () => text('dictateBlocked');
const reasons = {
  'not-allowed': blocked,
  'service-not-allowed': blocked,
  'audio-capture': () => text('dictateNoMicrophone'),
  network: () => text('dictateNoNetwork'),
};

/** What is said appears in the field while it is said; it is sent by nobody but the person. */
export function startDictation(field, button) {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  const refusal = document.getElementById('refusal');
  const recognition = new Recognition();
  recognition.lang = language;
  recognition.continuous = true;
  recognition.interimResults = true;
  let listening = false;
  let writing = false;
  let before = '';

  const look = now => {
    listening = now;
    button.setAttribute('aria-pressed', String(now));
  };
  const stop = () => listening && recognition.stop();

  recognition.addEventListener('result', ({ results }) => {
    const said = [...results].map(result => result[0].transcript.trim()).join(' ');
    writing = true;
    field.value = before && said ? `${before} ${said}` : before + said;
    field.dispatchEvent(new Event('input', { bubbles: true }));
    writing = false;
  });
  recognition.addEventListener('error', ({ error }) => {
    if (reasons[error]) {
      refusal.textContent = reasons[error]();
      refusal.hidden = false;
    }
  });
  recognition.addEventListener('end', () => look(false));

  // Whoever types, sends or leaves has finished dictating; what comes late would write over it.
  field.addEventListener('input', () => {
    if (!writing && listening) {
      recognition.abort();
    }
  });
  field.form.addEventListener('submit', () => listening && recognition.abort(), { capture: true });
  document.addEventListener('keydown', event => event.key === 'Escape' && stop());

  return {
    toggle: () => {
      if (listening) {
        stop();
        return;
      }

      before = field.value.trimEnd();
      refusal.hidden = true;
      recognition.start();
      look(true);
      field.focus();
    },
  };
}
