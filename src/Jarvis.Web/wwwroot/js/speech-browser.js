import { until } from './speech-server.js';

const voicesPatience = 1_000;
const startPatience = 5_000;
const slowestLetter = 400;
const speed = Number(document.getElementById('main')?.dataset.speechSpeed) || 1;

/** The browser's own voice. */
export class BrowserVoice {
  #synthesis = window.speechSynthesis;

  speaks(language) {
    return this.#voiceFor(language)?.lang.slice(0, 2) === language;
  }

  /** Says it to its end. Throws NotAllowedError where the browser wants a gesture first, another error where there is no voice. */
  async say({ text, language }, signal) {
    if (!this.#synthesis) {
      throw new Error('This browser does not speak.');
    }

    await until(signal, this.#voices());
    const voice = this.#voiceFor(language);
    if (!voice) {
      throw new Error('This browser has no voice.');
    }

    try {
      await until(signal, this.#speak(text, voice));
    } catch (failure) {
      this.#synthesis.cancel();
      throw failure;
    }
  }

  #speak(words, voice) {
    return new Promise((resolve, reject) => {
      // Held by the page for as long as it speaks: some browsers forget to end what nobody holds.
      const utterance = this.utterance = new SpeechSynthesisUtterance(words);
      let timer = setTimeout(() => reject(new Error('The voice does not begin.')), startPatience);
      utterance.voice = voice;
      utterance.lang = voice.lang;
      utterance.rate = speed;
      utterance.onstart = () => {
        clearTimeout(timer);
        timer = setTimeout(resolve, startPatience + words.length * slowestLetter);
      };
      utterance.onend = () => {
        clearTimeout(timer);
        resolve();
      };
      utterance.onerror = ({ error }) => {
        clearTimeout(timer);
        const failure = new Error(error);
        failure.name = error === 'not-allowed' ? 'NotAllowedError' : 'Error';
        reject(failure);
      };
      this.#synthesis.speak(utterance);
    });
  }

  // Some browsers fetch their voices only when they are first asked.
  #voices() {
    if (this.#synthesis.getVoices().length > 0) {
      return Promise.resolve();
    }

    return new Promise(resolve => {
      this.#synthesis.addEventListener('voiceschanged', resolve, { once: true });
      setTimeout(resolve, voicesPatience);
    });
  }

  // One on this machine before one that sends the text away.
  #voiceFor(language) {
    const voices = this.#synthesis?.getVoices() ?? [];
    const fitting = voices.filter(voice => voice.lang.slice(0, 2).toLowerCase() === language);

    return fitting.find(voice => voice.localService) ?? fitting[0] ?? voices.find(voice => voice.default) ?? voices[0];
  }
}
