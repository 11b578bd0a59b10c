import { get } from './api.js';
import { text } from './texts.js';

/** Reads one answer aloud, sentence by sentence in order, also while sentences still arrive. */
export class AnswerPlayback {
  #voices;
  #announce;
  #sentences = [];
  #isComplete = false;
  #wake = () => {};
  #abortController = new AbortController();
  #position = 0;

  constructor(turnElement, voices, announce) {
    this.turnElement = turnElement;
    this.isActive = true;
    this.isBlocked = false;
    this.#voices = voices;
    this.#announce = announce;
    this.#showNote('');
    this.#showState('speaking');
  }

  add(sentence) {
    if (!this.isActive) {
      return;
    }

    this.#sentences[sentence.index] = sentence;
    this.#wake();
    if (sentence.index === this.#position + 1) {
      this.#voices.server.prefetch(sentence);
    }
  }

  /** Marks the last added sentence as the end of the answer. */
  complete() {
    this.#isComplete = true;
    this.#wake();
  }

  /** Adds the sentences that the stream did not deliver, from the stored answer. */
  async loadMissing(id) {
    if (!this.isActive) {
      return;
    }

    try {
      const { items } = await get(`/chat/turns/${id}/sentences`);
      items.slice(this.#sentences.length).forEach(sentence => this.add(sentence));
      this.complete();
    } catch (error) {
      this.stop();
      this.#showNote(error.message);
      this.#announce(error.message);
    }
  }

  stop() {
    if (!this.isActive) {
      return;
    }

    if (this.isBlocked) {
      this.#showNote('');
    }

    this.isActive = false;
    this.isBlocked = false;
    this.#abortController.abort();
    this.#voices.server.clear();
    this.#wake();
    this.#showState('idle');
  }

  /** Continues after the user gesture that the browser required. */
  resume() {
    this.isBlocked = false;
    this.#showNote('');
    this.#showState('speaking');
    this.run();
  }

  async run() {
    await this.#voices.server.loadConfig();
    while (this.isActive) {
      const sentence = await this.#next();
      if (!sentence) {
        this.stop();
        return;
      }

      try {
        await this.#speak(sentence);
      } catch (error) {
        this.#fail(error);
        return;
      }

      this.#position++;
    }
  }

  async #next() {
    while (this.isActive && !this.#sentences[this.#position] && !this.#isComplete) {
      await new Promise(resolve => { this.#wake = resolve; });
    }

    return this.isActive ? this.#sentences[this.#position] : null;
  }

  async #speak(sentence) {
    const { server, browser } = this.#voices;
    const signal = this.#abortController.signal;
    if (server.canSpeak(sentence, browser)) {
      try {
        await server.speak(sentence, signal, () => server.prefetch(this.#sentences[this.#position + 1]));
        return;
      } catch (error) {
        if (signal.aborted || error.name === 'NotAllowedError') {
          throw error;
        }

        if (server.onFailure(error)) {
          this.#notify(error.status ? error.message : text('voiceLost'));
        }
      }
    }

    await browser.speak(sentence, signal);
    server.onSentenceSkipped();
  }

  #fail(error) {
    if (!this.isActive) {
      return;
    }

    if (error.name === 'NotAllowedError') {
      // Without a user gesture the browser would reject every further attempt too.
      this.isBlocked = true;
      this.#showState('blocked');
      this.#notify(text('voiceBlocked'));
      this.turnElement.querySelector('.voice-resume').hidden = false;
      return;
    }

    this.stop();
    this.#showState('silent');
    this.#notify(text('voiceNone'));
  }

  #notify(message) {
    this.#showNote(message);
    this.#announce(message);
  }

  #showNote(message) {
    this.turnElement.querySelector('.voice-text').textContent = message;
    this.turnElement.querySelector('.voice-note').hidden = message === '';
    this.turnElement.querySelector('.voice-resume').hidden = true;
  }

  #showState(state) {
    const button = this.turnElement.querySelector('.speak');
    button.dataset.voice = state;
    button.querySelector('span').textContent = labels[state]();
  }
}

const labels = {
  idle: () => text('speak'),
  speaking: () => text('speakStop'),
  blocked: () => text('speakGo'),
  silent: () => text('speakNone'),
};
