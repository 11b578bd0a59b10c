import { copy } from './clipboard.js';
import { addCopyButtons } from './markdown-code.js';
import { text } from './texts.js';
import { localise } from './times.js';

/** One message and its answer: the article in the page, whether the server or a script wrote it. */
export class Turn {
  #blocks = [];
  #html = [];

  constructor(element) {
    this.element = element;
    this.answer = element.querySelector('.answer');
    element.querySelector('.copy').addEventListener('click', event => copy(event.currentTarget, this.response ?? this.answer.innerText));
    element.querySelector('.why').addEventListener('toggle', event => event.target.querySelector('.why-body').scrollIntoView({ block: 'nearest' }));
    addCopyButtons(this.answer);
  }

  static begin(prompt) {
    const turn = new Turn(document.getElementById('turn-mould').content.firstElementChild.cloneNode(true));
    turn.element.querySelector('.said').textContent = prompt;
    turn.at(new Date().toISOString());
    turn.wait();
    return turn;
  }

  static from(row) {
    const turn = Turn.begin(row.prompt);
    turn.at(row.timestamp);
    turn.started(row.id);
    turn.show(row);
    return turn;
  }

  get id() { return this.element.dataset.id; }

  get isPending() { return this.element.dataset.status === 'pending'; }

  get prompt() { return this.element.querySelector('.said').textContent; }

  at(timestamp) {
    this.element.querySelector('h2 time').dateTime = timestamp;
    localise(this.element);
  }

  wait() {
    this.element.dataset.status = 'pending';
    this.#blocks = [];
    this.#html = [];
    this.answer.replaceChildren();
    this.say(text('waiting'));
    this.#find('.pulse').hidden = false;
    this.#find('.failure').hidden = true;
    this.#find('.tools').hidden = true;
  }

  /** What stands beside the pulse. */
  say(words) {
    this.#find('.pulse-text').textContent = words;
  }

  started(id) {
    this.element.id = `turn-${id}`;
    this.element.dataset.id = id;
    this.#find('.failure input[name="turn"]').value = id;
  }

  /** The server's cleaned HTML of one block; empty where it turned out to be none. */
  block(index, html) {
    this.#find('.pulse-text').textContent = '';
    const place = this.#blocks[index] ?? this.answer.appendChild(document.createElement('div'));
    const template = document.createElement('template');
    template.innerHTML = html;
    const block = template.content.firstElementChild ?? document.createElement('div');
    place.replaceWith(block);
    this.#blocks[index] = block;
    this.#html[index] = html;
    addCopyButtons(block);
  }

  /** Shows the turn as it is stored. */
  show(row) {
    this.element.dataset.status = row.status;
    if (row.status === 'failed') {
      this.fail(row.error?.message ?? text('error'));
    } else if (row.status === 'completed') {
      this.complete(row);
    }
  }

  complete({ response, responseHtml: html, model, memories, recall }) {
    this.element.dataset.status = 'completed';
    this.response = response;
    // What was shown while it came mostly is the whole already, and a selection in it lives on.
    if (this.#html.filter(Boolean).join('\n') !== html) {
      this.answer.innerHTML = html;
      addCopyButtons(this.answer);
    }

    this.#find('.pulse').hidden = true;
    this.#find('.failure').hidden = true;
    this.#find('.tools').hidden = false;
    this.#find('.meta').textContent = model ?? '';
    this.#find('.why-lead').textContent = text(whyLead(recall, memories.length));
    this.#find('.why .memories').replaceChildren(...memories.map(memoryItem));
  }

  fail(message) {
    this.element.dataset.status = 'failed';
    this.#find('.pulse').hidden = true;
    this.#find('.tools').hidden = true;
    this.#find('.failure').hidden = false;
    this.#find('.failure-text').textContent = message;
  }

  /** The memories it was given, as list items, for the panel. */
  memories() {
    return [...this.element.querySelectorAll('.why .memories > li:not(:has(.gone))')];
  }

  #find(selector) {
    return this.element.querySelector(selector);
  }
}

const whyNotAsked = { off: 'whyOff', keptFromCloud: 'whyKeptFromCloud', overheard: 'whyOverheard' };

function whyLead(recall, count) {
  return whyNotAsked[recall] ?? (count > 0 ? 'why' : 'whyNothing');
}

const named = name => name[0].toUpperCase() + name.slice(1);

function memoryItem(memory) {
  const item = document.createElement('li');
  if (memory.state !== 'known') {
    const gone = document.createElement('span');
    gone.className = 'gone';
    gone.textContent = text(`given${named(memory.state)}`);
    item.append(gone);
    return item;
  }

  const linked = memory.turnId && memory.conversationId;
  const content = document.createElement(linked ? 'a' : 'span');
  if (linked) {
    content.href = `/chat/${memory.conversationId}?turn=${memory.turnId}#turn-${memory.turnId}`;
  }

  content.dir = 'auto';
  content.textContent = memory.content;
  const about = document.createElement('small');
  // An answer of just now does not tell the kinds: they are told with the stored turn.
  const kind = memory.source === 'turn' ? 'turn' : memory.kind;
  about.append(...kind ? [text(`Kind.${named(kind)}`), ' · '] : [], date(memory.at), ...memory.validTo ? [' – ', date(memory.validTo)] : []);
  item.append(content, ' ', about);
  localise(item);
  return item;
}

function date(at) {
  const time = document.createElement('time');
  time.dateTime = at;
  time.dataset.date = '';
  return time;
}
