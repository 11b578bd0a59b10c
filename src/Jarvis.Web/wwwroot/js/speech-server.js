import { abortable } from './abortable.js';
import { get, send } from './api.js';
import { text } from './texts.js';

const requestTimeout = 15_000;
const retryDelaySeconds = 30;
const retryDelaySentences = 3;

/** Speaks with the speech server through one audio element. After a failure it pauses and then tries the server again. */
export class ServerVoice {
  #audio;
  #isEnabled = false;
  #language = '';
  #clips = new Map();
  #retryAt = 0;
  #sentencesUntilRetry = 0;
  #hasFailed = false;

  constructor(audio) {
    this.#audio = audio;
  }

  /** Loads the voice settings. If the request fails, the server voice is disabled. */
  async loadConfig() {
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

  /** Returns whether the server voice speaks the sentence. A voice of another language is unintelligible, so a browser voice of the right language is preferred. */
  canSpeak(sentence, browser) {
    const isMatching = !this.#language || this.#language.slice(0, 2) === sentence.language || !browser.supports(sentence.language);

    return this.#isEnabled && isMatching && (this.#sentencesUntilRetry <= 0 || Date.now() >= this.#retryAt);
  }

  /** Requests the audio of the next sentence ahead of time. */
  prefetch(sentence) {
    if (sentence && this.#isEnabled && this.#sentencesUntilRetry <= 0 && !this.#clips.has(sentence.index)) {
      this.#fetch(sentence).catch(() => {});
    }
  }

  /** Speaks one sentence and resolves at its end. Calls onStart when playback starts. */
  async speak(sentence, signal, onStart) {
    const blob = await abortable(signal, this.#clips.get(sentence.index)?.blob ?? this.#fetch(sentence));
    await this.#play(URL.createObjectURL(blob), signal, onStart);
    this.#clips.delete(sentence.index);
    this.#sentencesUntilRetry = 0;
    this.#hasFailed = false;
  }

  /** Pauses the server voice. Returns true for the first failure after a success. */
  onFailure({ retryAfter }) {
    const isFirst = !this.#hasFailed;
    this.#hasFailed = true;
    this.#sentencesUntilRetry = retryAfter ? Infinity : retryDelaySentences;
    this.#retryAt = Date.now() + (retryAfter ?? retryDelaySeconds) * 1000;
    this.clear();

    return isFirst;
  }

  /** Counts a sentence that the browser spoke instead. */
  onSentenceSkipped() {
    this.#sentencesUntilRetry--;
  }

  /** Cancels the requests and drops the audio that has not been played. */
  clear() {
    this.#clips.forEach(({ controller }) => controller.abort());
    this.#clips.clear();
  }

  #fetch(sentence) {
    const controller = new AbortController();
    const timer = setTimeout(() => controller.abort(), requestTimeout);
    const blob = (async () => {
      try {
        const response = await send('POST', '/speech/synthesize', { text: sentence.text }, 'audio/*', controller.signal);

        return await response.blob();
      } finally {
        clearTimeout(timer);
      }
    })();
    this.#clips.set(sentence.index, { blob, controller });

    return blob;
  }

  async #play(url, signal, onStart) {
    const audio = this.#audio;
    const previousUrl = audio.src;
    audio.src = url;

    // Revoked only now: until the assignment above, the element may still read the previous clip.
    URL.revokeObjectURL(previousUrl);
    try {
      await abortable(signal, new Promise((resolve, reject) => {
        audio.onended = resolve;
        audio.onerror = () => reject(new Error(text('voiceLost')));
        audio.play().then(onStart, reject);
      }));
    } finally {
      audio.onended = audio.onerror = null;
      audio.pause();
    }
  }
}
