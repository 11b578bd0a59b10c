import { abortable } from './abortable.js';

const voicesTimeout = 1_000;
const startTimeout = 5_000;
const maxDurationPerCharacter = 400;
const speed = Number(document.getElementById('main')?.dataset.speechSpeed) || 1;

/** Speaks with the browser's own voice. */
export class BrowserVoice {
  #synthesis = window.speechSynthesis;

  supports(language) {
    return this.#findVoice(language)?.lang.slice(0, 2) === language;
  }

  /** Speaks one sentence and resolves at its end. Rejects with a NotAllowedError if the browser requires a user gesture first, and with another error if it has no voice. */
  async speak({ text, language }, signal) {
    if (!this.#synthesis) {
      throw new Error('This browser does not support speech synthesis.');
    }

    await abortable(signal, this.#loadVoices());
    const voice = this.#findVoice(language);
    if (!voice) {
      throw new Error('This browser has no voice.');
    }

    try {
      await abortable(signal, this.#play(text, voice));
    } catch (error) {
      this.#synthesis.cancel();
      throw error;
    }
  }

  #play(content, voice) {
    return new Promise((resolve, reject) => {
      // Some browsers collect an unreferenced utterance as garbage and then never fire its end event.
      const utterance = this.utterance = new SpeechSynthesisUtterance(content);
      let timer = setTimeout(() => reject(new Error('The voice did not start.')), startTimeout);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = speed;
      utterance.onstart = () => {
        clearTimeout(timer);
        timer = setTimeout(resolve, startTimeout + content.length * maxDurationPerCharacter);
      };
      utterance.onend = () => {
        clearTimeout(timer);
        resolve();
      };
      utterance.onerror = ({ error: code }) => {
        clearTimeout(timer);
        const error = new Error(code);
        error.name = code === 'not-allowed' ? 'NotAllowedError' : 'Error';
        reject(error);
      };
      this.#synthesis.speak(utterance);
    });
  }

  // Some browsers load their voices only after the first call of getVoices.
  #loadVoices() {
    if (this.#synthesis.getVoices().length > 0) {
      return Promise.resolve();
    }

    return new Promise(resolve => {
      this.#synthesis.addEventListener('voiceschanged', resolve, { once: true });
      setTimeout(resolve, voicesTimeout);
    });
  }

  // A voice of this machine is preferred to a voice that sends the text to a server.
  #findVoice(language) {
    const voices = this.#synthesis?.getVoices() ?? [];
    const matching = voices.filter(voice => voice.lang.slice(0, 2).toLowerCase() === language);

    return matching.find(voice => voice.localService) ?? matching[0] ?? voices.find(voice => voice.default) ?? voices[0];
  }
}
