import { copy } from './clipboard.js';
import { addCopyButtons, highlightCode } from './markdown-code.js';
import { text } from './texts.js';
import { localiseTimes } from './times.js';

/** One message and its answer, as an article element that the server or a script created. */
export class Turn {
  #blocks = [];
  #html = [];

  constructor(element) {
    this.element = element;
    this.answer = element.querySelector('.answer');
    element.querySelector('.copy').addEventListener('click', event => copy(event.currentTarget, this.response ?? this.answer.innerText));
    element.querySelector('.citations').addEventListener('toggle', event => event.target.querySelector('.citations-body').scrollIntoView({ block: 'nearest' }));
    addCopyButtons(this.answer);
    highlightCode(this.answer);
  }

  static create(prompt) {
    const turn = new Turn(document.getElementById('turn-template').content.firstElementChild.cloneNode(true));
    turn.element.querySelector('.user-message').textContent = prompt;
    turn.setTimestamp(new Date().toISOString());
    turn.reset();
    return turn;
  }

  static fromRow(row) {
    const turn = Turn.create(row.prompt);
    turn.setTimestamp(row.timestamp);
    turn.setId(row.id);
    turn.update(row);
    return turn;
  }

  get id() { return this.element.dataset.id; }

  get isPending() { return this.element.dataset.status === 'pending'; }

  setTimestamp(timestamp) {
    this.element.querySelector('h2 time').dateTime = timestamp;
    localiseTimes(this.element);
  }

  /** Removes the answer and shows that a new one is pending. */
  reset() {
    this.element.dataset.status = 'pending';
    this.#blocks = [];
    this.#html = [];
    this.answer.replaceChildren();
    this.setActivity(text('waiting'));
    this.#find('.activity').hidden = false;
    this.#find('.failure').hidden = true;
    this.#find('.tools').hidden = true;
  }

  /** Sets the text beside the activity indicator. */
  setActivity(message) {
    this.#find('.activity-text').textContent = message;
  }

  setId(id) {
    this.element.id = `turn-${id}`;
    this.element.dataset.id = id;
    this.#find('.failure input[name="turn"]').value = id;
  }

  /** Shows one block of the answer, as HTML that the server sanitised. The HTML is empty if the block has merged with the one before it. */
  showBlock(index, html) {
    this.setActivity('');

    // The start of a block ends the one before it.
    if (index > 0 && !this.#blocks[index]) {
      highlightCode(this.#blocks[index - 1]);
    }

    const previous = this.#blocks[index] ?? this.answer.appendChild(document.createElement('div'));
    const template = document.createElement('template');
    template.innerHTML = html;
    const block = template.content.firstElementChild ?? document.createElement('div');
    previous.replaceWith(block);
    this.#blocks[index] = block;
    this.#html[index] = html;
    addCopyButtons(block);
  }

  /** Shows the turn as the server stored it. */
  update(row) {
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
    // If the streamed blocks already show the whole answer they remain, and with them the reader's selection.
    if (this.#html.filter(Boolean).join('\n') !== html) {
      this.answer.innerHTML = html;
      addCopyButtons(this.answer);
    }

    highlightCode(this.answer);
    this.#find('.activity').hidden = true;
    this.#find('.failure').hidden = true;
    this.#find('.tools').hidden = false;
    this.#find('.meta').textContent = model ?? '';
    this.#find('.citations-summary').textContent = text(citationsSummary(recall, memories.length));
    this.#find('.citations .memories').replaceChildren(...memories.map(memoryElement));
  }

  fail(message) {
    this.element.dataset.status = 'failed';
    this.#find('.activity').hidden = true;
    this.#find('.tools').hidden = true;
    this.#find('.failure').hidden = false;
    this.#find('.failure-text').textContent = message;
  }

  /** Returns the list items of the memories that the answer used and that still exist. */
  memoryItems() {
    return [...this.element.querySelectorAll('.citations .memories > li:not(:has(.deleted))')];
  }

  #find(selector) {
    return this.element.querySelector(selector);
  }
}

const memoryUnusedTexts = { off: 'whyOff', keptFromCloud: 'whyKeptFromCloud', overheard: 'whyOverheard' };

function citationsSummary(recall, count) {
  return memoryUnusedTexts[recall] ?? (count > 0 ? 'why' : 'whyNothing');
}

const capitalise = name => name[0].toUpperCase() + name.slice(1);

function memoryElement(memory) {
  const item = document.createElement('li');
  if (memory.state !== 'known') {
    const deleted = document.createElement('span');
    deleted.className = 'deleted';
    deleted.textContent = text(`given${capitalise(memory.state)}`);
    item.append(deleted);
    return item;
  }

  const isLinked = memory.turnId && memory.conversationId;
  const content = document.createElement(isLinked ? 'a' : 'span');
  if (isLinked) {
    content.href = `/chat/${memory.conversationId}?turn=${memory.turnId}#turn-${memory.turnId}`;
  }

  content.dir = 'auto';
  content.textContent = memory.content;
  const details = document.createElement('small');
  // A streamed answer does not contain the kinds of its memories; the stored turn does.
  const kind = memory.source === 'turn' ? 'turn' : memory.kind;
  details.append(...kind ? [text(`Kind.${capitalise(kind)}`), ' · '] : [], dateElement(memory.at), ...memory.validTo ? [' – ', dateElement(memory.validTo)] : []);
  item.append(content, ' ', details);
  localiseTimes(item);
  return item;
}

function dateElement(date) {
  const time = document.createElement('time');
  time.dateTime = date;
  time.dataset.date = '';
  return time;
}
