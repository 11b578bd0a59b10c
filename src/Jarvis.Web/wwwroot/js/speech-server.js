import { get, send } from './api.js';
import { text } from './texts.js';

const patience = 15_000;
const restSeconds = 30;
const restSentences = 3;

/** The speech server's voice, through one audio element. Where it fails it rests for a while and is then asked again. */
export class ServerVoice {
  #audio;
  #isEnabled = false;
  #language = '';
  #sounds = new Map();
  #restUntil = 0;
  #restLeft = 0;
  #isLost = false;

  constructor(audio) {
    this.#audio = audio;
  }

  /** Learns whether and how it speaks; what cannot be asked is not there. */
  async look() {
    try {
      const { enabled, providers, selected } = await get('/speech/config');
      this.#isEnabled = enabled;
      this.#language = providers
        .flatMap(provider => provider.models.flatMap(model => model.voices.map(voice => ({ provider: provider.id, model: model.id, ...voice }))))
        .find(voice => voice.provider === selected.provider && voice.model === selected.model && voice.id === selected.voice)?.language ?? '';
    } catch {
      this.#isEnabled = false;
    }
  }

  /** Polish by an English voice is understood by nobody: the browser goes first where it knows the language and this voice does not. */
  isFor(sentence, browser) {
    const fits = !this.#language || this.#language.slice(0, 2) === sentence.language || !browser.speaks(sentence.language);

    return this.#isEnabled && fits && (this.#restLeft <= 0 || Date.now() >= this.#restUntil);
  }

  /** Fetches what is said next. */
  prepare(sentence) {
    if (sentence && this.#isEnabled && this.#restLeft <= 0 && !this.#sounds.has(sentence.index)) {
      this.#fetch(sentence).catch(() => {});
    }
  }

  /** Says it to its end, and calls begun when it can be heard. */
  async say(sentence, signal, begun) {
    const sound = await until(signal, this.#sounds.get(sentence.index)?.sound ?? this.#fetch(sentence));
    await this.#play(URL.createObjectURL(sound), signal, begun);
    this.#sounds.delete(sentence.index);
    this.#restLeft = 0;
    this.#isLost = false;
  }

  /** It failed. True where that is news. */
  lose({ retryAfter }) {
    const isNews = !this.#isLost;
    this.#isLost = true;
    this.#restLeft = retryAfter ? Infinity : restSentences;
    this.#restUntil = Date.now() + (retryAfter ?? restSeconds) * 1000;
    this.forget();

    return isNews;
  }

  /** A sentence was said without it. */
  wait() {
    this.#restLeft--;
  }

  forget() {
    this.#sounds.forEach(({ leaving }) => leaving.abort());
    this.#sounds.clear();
  }

  #fetch(sentence) {
    const leaving = new AbortController();
    const timer = setTimeout(() => leaving.abort(), patience);
    const sound = (async () => {
      try {
        const response = await send('POST', '/speech/synthesize', { text: sentence.text }, 'audio/*', leaving.signal);

        return await response.blob();
      } finally {
        clearTimeout(timer);
      }
    })();
    this.#sounds.set(sentence.index, { sound, leaving });

    return sound;
  }

  async #play(address, signal, begun) {
    const audio = this.#audio;
    const before = audio.src;
    audio.src = address;

    // Not while the element may still read it.
    URL.revokeObjectURL(before);
    try {
      await until(signal, new Promise((resolve, reject) => {
        audio.onended = resolve;
        audio.onerror = () => reject(new Error(text('voiceLost')));
        audio.play().then(begun, reject);
      }));
    } finally {
      audio.onended = audio.onerror = null;
      audio.pause();
    }
  }
}

/** What comes, or an end at once when it is no longer wanted. */
export function until(signal, work) {
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason);
    if (signal.aborted) {
      leave();
      return;
    }

    signal.addEventListener('abort', leave, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
