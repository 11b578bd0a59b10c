import { get } from './api.js';
import { text } from './texts.js';

/** One answer being read aloud, sentence by sentence in order, whether all of them are there already or not. */
export class Reading {
  #voices;
  #announce;
  #sentences = [];
  #whole = false;
  #wake = () => {};
  #stopping = new AbortController();
  #position = 0;

  constructor(turn, voices, announce) {
    this.turn = turn;
    this.isOpen = true;
    this.isBlocked = false;
    this.#voices = voices;
    this.#announce = announce;
    this.#say('');
    this.#look('speaking');
  }

  add(sentence) {
    if (!this.isOpen) {
      return;
    }

    this.#sentences[sentence.index] = sentence;
    this.#wake();
    if (sentence.index === this.#position + 1) {
      this.#voices.server.prepare(sentence);
    }
  }

  end() {
    this.#whole = true;
    this.#wake();
  }

  /** Takes what has not come yet from the stored answer. */
  async catchUp(id) {
    if (!this.isOpen) {
      return;
    }

    try {
      const { items } = await get(`/chat/turns/${id}/sentences`);
      items.slice(this.#sentences.length).forEach(sentence => this.add(sentence));
      this.end();
    } catch (refusal) {
      this.stop();
      this.#say(refusal.message);
      this.#announce(refusal.message);
    }
  }

  stop() {
    if (!this.isOpen) {
      return;
    }

    if (this.isBlocked) {
      this.#say('');
    }

    this.isOpen = false;
    this.isBlocked = false;
    this.#stopping.abort();
    this.#voices.server.forget();
    this.#wake();
    this.#look('idle');
  }

  /** After a gesture. */
  goOn() {
    this.isBlocked = false;
    this.#say('');
    this.#look('speaking');
    this.run();
  }

  async run() {
    await this.#voices.server.look();
    while (this.isOpen) {
      const sentence = await this.#next();
      if (!sentence) {
        this.stop();
        return;
      }

      try {
        await this.#speak(sentence);
      } catch (failure) {
        this.#fail(failure);
        return;
      }

      this.#position++;
    }
  }

  async #next() {
    while (this.isOpen && !this.#sentences[this.#position] && !this.#whole) {
      await new Promise(resolve => { this.#wake = resolve; });
    }

    return this.isOpen ? this.#sentences[this.#position] : null;
  }

  async #speak(sentence) {
    const { server, browser } = this.#voices;
    const signal = this.#stopping.signal;
    if (server.isFor(sentence, browser)) {
      try {
        await server.say(sentence, signal, () => server.prepare(this.#sentences[this.#position + 1]));
        return;
      } catch (failure) {
        if (signal.aborted || failure.name === 'NotAllowedError') {
          throw failure;
        }

        if (server.lose(failure)) {
          this.#tell(failure.status ? failure.message : text('voiceLost'));
        }
      }
    }

    await browser.say(sentence, signal);
    server.wait();
  }

  #fail(failure) {
    if (!this.isOpen) {
      return;
    }

    if (failure.name === 'NotAllowedError') {
      // Asking again by itself would be refused again, for ever.
      this.isBlocked = true;
      this.#look('blocked');
      this.#tell(text('voiceBlocked'));
      this.turn.querySelector('.voice-go').hidden = false;
      return;
    }

    this.stop();
    this.#look('silent');
    this.#tell(text('voiceNone'));
  }

  #tell(words) {
    this.#say(words);
    this.#announce(words);
  }

  #say(words) {
    this.turn.querySelector('.voice-text').textContent = words;
    this.turn.querySelector('.voice-note').hidden = words === '';
    this.turn.querySelector('.voice-go').hidden = true;
  }

  #look(state) {
    const button = this.turn.querySelector('.speak');
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
