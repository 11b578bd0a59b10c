import { text } from './texts.js';

const kept = `jarvis.speak.${document.body.dataset.user}`;
const silence = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQIAAAAAAA==';

/**
 * The buttons of the voice. Its works come when they are first wanted; only what a browser grants to a gesture alone, to make
 * a sound at all, must happen here and at once.
 */
export function startVoice({ list, turnOf, announce }) {
  const toggle = document.getElementById('speak-answers');
  const field = document.getElementById('prompt');
  const audio = new Audio();
  let unlocked = false;
  let works = null;
  let speaker = null;
  let wanted = 0;

  const isOn = () => toggle.getAttribute('aria-pressed') === 'true';
  const load = async () => {
    works ??= import('./speech.js');
    try {
      speaker ??= (await works).startSpeaker({ audio, announce });
    } catch {
      works = null;
      announce(text('unreachable'));
    }

    return speaker;
  };
  const unlock = () => {
    if (unlocked) {
      return;
    }

    // The same element plays everything: what the first gesture allows it, it may do from then on.
    unlocked = true;
    const quiet = URL.createObjectURL(new Blob([Uint8Array.from(atob(silence), sign => sign.charCodeAt(0))], { type: 'audio/wav' }));
    audio.src = quiet;
    audio.play().catch(refusal => { unlocked = refusal.name !== 'NotAllowedError'; });
    if ('speechSynthesis' in window) {
      speechSynthesis.speak(new SpeechSynthesisUtterance(''));
    }
  };
  const stop = () => {
    wanted++;
    speaker?.stop();
  };
  const press = on => {
    toggle.setAttribute('aria-pressed', String(on));
    try {
      localStorage.setItem(kept, on ? 'on' : '');
    } catch {
      // A browser can forbid storage: then it is chosen anew on each page.
    }
  };

  try {
    toggle.setAttribute('aria-pressed', String(localStorage.getItem(kept) === 'on'));
  } catch {
    toggle.setAttribute('aria-pressed', 'false');
  }

  toggle.addEventListener('click', () => {
    press(!isOn());
    if (isOn()) {
      unlock();
      load();
    } else {
      stop();
    }
  });
  list.addEventListener('click', async event => {
    const button = event.target.closest('.speak, .voice-go');
    if (!button) {
      return;
    }

    unlock();
    (await load())?.press(turnOf(button), button.matches('.voice-go'));
  });
  field.addEventListener('input', stop);
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') {
      stop();
    }
  });
  addEventListener('pagehide', stop);
  startDictationButton(field, stop);

  return {
    stop,
    /** Called by the gesture that sends. Gives what to hand the sentences to; null where answers are not spoken. */
    begin: turn => {
      stop();
      if (!isOn()) {
        return null;
      }

      unlock();
      const mine = wanted;
      let open = null;
      const reading = load().then(loaded => { open = mine === wanted ? loaded?.begin(turn) : null; return open; });

      return {
        get isOpen() { return open?.isOpen ?? false; },
        add: sentence => reading.then(begun => begun?.add(sentence)),
        end: () => reading.then(begun => begun?.end()),
        catchUp: id => reading.then(begun => begun?.catchUp(id)),
      };
    },
  };
}

function startDictationButton(field, stop) {
  const button = document.getElementById('dictate');
  button.hidden = !('SpeechRecognition' in window || 'webkitSpeechRecognition' in window);
  let dictation = null;
  button.addEventListener('click', async () => {
    stop();
    dictation ??= (await import('./dictation.js')).startDictation(field, button);
    dictation.toggle();
  });
}
