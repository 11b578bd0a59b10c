import { text } from './texts.js';

const storageKey = `jarvis.speak.${document.body.dataset.userId}`;
const silentWav = 'UklGRiYAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQIAAAAAAA==';

/**
 * Starts the voice buttons. The speech modules load on first use. Only the unlocking of the audio is here: a browser
 * allows it during a user gesture and not after a load.
 */
export function startVoice({ list, findTurn, announce }) {
  const toggle = document.getElementById('speak-answers');
  const field = document.getElementById('prompt');
  const audio = new Audio();
  let isUnlocked = false;
  let modulePromise = null;
  let player = null;
  let stopCount = 0;

  const isOn = () => toggle.getAttribute('aria-pressed') === 'true';
  const load = async () => {
    modulePromise ??= import('./speech.js');
    try {
      player ??= (await modulePromise).createSpeechPlayer({ audio, announce });
    } catch {
      modulePromise = null;
      announce(text('unreachable'));
    }

    return player;
  };
  const unlock = () => {
    if (isUnlocked) {
      return;
    }

    // The permission belongs to the element, so this element plays all audio later.
    isUnlocked = true;
    audio.src = URL.createObjectURL(new Blob([Uint8Array.from(atob(silentWav), char => char.charCodeAt(0))], { type: 'audio/wav' }));
    audio.play().catch(error => { isUnlocked = error.name !== 'NotAllowedError'; });
    if ('speechSynthesis' in window) {
      speechSynthesis.speak(new SpeechSynthesisUtterance(''));
    }
  };
  const stop = () => {
    stopCount++;
    player?.stop();
  };
  const setOn = value => {
    toggle.setAttribute('aria-pressed', String(value));
    try {
      localStorage.setItem(storageKey, value ? 'on' : '');
    } catch {
      // If the browser forbids storage, the choice is valid for this page only.
    }
  };

  try {
    toggle.setAttribute('aria-pressed', String(localStorage.getItem(storageKey) === 'on'));
  } catch {
    toggle.setAttribute('aria-pressed', 'false');
  }

  toggle.addEventListener('click', () => {
    setOn(!isOn());
    if (isOn()) {
      unlock();
      load();
    } else {
      stop();
    }
  });
  list.addEventListener('click', async event => {
    const button = event.target.closest('.speak, .voice-resume');
    if (!button) {
      return;
    }

    unlock();
    (await load())?.onClick(findTurn(button), button.matches('.voice-resume'));
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
    /** Starts reading a new answer, during the gesture that sends the message. Returns null if answers are not read aloud. */
    start: turn => {
      stop();
      if (!isOn()) {
        return null;
      }

      unlock();
      const stopCountAtStart = stopCount;
      let current = null;
      const playback = load().then(loaded => { current = stopCountAtStart === stopCount ? loaded?.start(turn) : null; return current; });

      return {
        get isActive() { return current?.isActive ?? false; },
        add: sentence => playback.then(started => started?.add(sentence)),
        complete: () => playback.then(started => started?.complete()),
        loadMissing: id => playback.then(started => started?.loadMissing(id)),
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
