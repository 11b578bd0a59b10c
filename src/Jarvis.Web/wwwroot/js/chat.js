import { send } from './api.js';
import { startComposer } from './composer.js';
import { drafts } from './drafts.js';
import { startHistory, waitForCompletion } from './history.js';
import { startModels } from './models.js';
import { startPanel } from './panel.js';
import { startAutoScroll } from './scroll.js';
import { readEvents } from './stream.js';
import { text } from './texts.js';
import { Turn } from './turn.js';
import { startVoice } from './voice.js';

const maxAnnouncementLength = 600;
const main = document.getElementById('main');
const list = document.getElementById('turns');
const turns = [...list.children].map(element => new Turn(element));
let running = null;

const conversationId = () => main.dataset.conversation;
const findTurn = element => turns.find(turn => turn.element.contains(element));
const withoutMemoryCheckbox = document.getElementById('without-memory');
const autoScroll = startAutoScroll(document.getElementById('scroll-to-end'));
const composer = startComposer({ conversationId, send: ask, stop });
const panel = startPanel({ conversationId, turns: () => turns });
const history = startHistory({
  conversationId,
  turns: () => turns,
  autoScroll,
  insert: earlier => {
    turns.unshift(...earlier);
    list.prepend(...earlier.map(turn => turn.element));
  },
});
const voice = startVoice({ list, findTurn, announce });
startModels(announce);
start();

async function start() {
  document.querySelectorAll('.suggestion').forEach(button => button.addEventListener('click', () => composer.fill(button.textContent)));
  list.addEventListener('submit', event => {
    event.preventDefault();
    retry(findTurn(event.target));
  });
  list.addEventListener('click', onMemoryLinkClick);
  document.getElementById('panel').addEventListener('click', onMemoryLinkClick);
  addEventListener('hashchange', () => history.showLinkedTurn().catch(() => {}));

  if (!await history.showLinkedTurn().catch(() => false) && turns.length > 0) {
    autoScroll.scrollToEnd();
  }

  const pending = turns.findLast(turn => turn.isPending);
  if (pending) {
    await run(pending, () => reload(pending));
  }
}

async function ask(prompt) {
  const turn = Turn.create(prompt);
  turns.push(turn);
  list.append(turn.element);
  document.getElementById('welcome')?.setAttribute('hidden', '');
  composer.clear();
  autoScroll.scrollToEnd();
  announce(text('waiting'));

  const playback = voice.start(turn);
  await run(turn, async () => {
    try {
      await readAnswer(turn, playback, await send('POST', `/chat/ask?render=blocks${playback ? '&speak=sentences' : ''}`, { conversationId: conversationId() || null, prompt, memory: conversationId() ? undefined : memoryOption() }, 'text/event-stream'));
    } catch (error) {
      // The server stored nothing, so the page returns to its state before the message.
      voice.stop();
      turns.splice(turns.indexOf(turn), 1);
      turn.element.remove();
      document.getElementById('welcome')?.toggleAttribute('hidden', turns.length > 0);
      composer.restore(prompt, error.message);
    }
  });
}

async function retry(turn) {
  if (running) {
    return;
  }

  turn.reset();
  announce(text('waiting'));
  const playback = voice.start(turn);
  await run(turn, async () => {
    try {
      await readAnswer(turn, playback, await send('POST', `/chat/turns/${turn.id}/retry?render=blocks${playback ? '&speak=sentences' : ''}`, undefined, 'text/event-stream'));
    } catch (error) {
      voice.stop();
      turn.fail(error.message);
    }
  });
}

async function run(turn, action) {
  running = { turn, isStopped: false };
  composer.setRunning(true);
  await action();
  running = null;
  composer.setRunning(false);
  autoScroll.onContentAdded();
  panel.refresh();
}

// After the start event the server completes and stores the answer even if this connection breaks.
async function readAnswer(turn, playback, response) {
  try {
    for await (const { name, data } of readEvents(response)) {
      if (name === 'start') {
        onStart(turn, data);
      } else if (name === 'block') {
        turn.showBlock(data.index, data.html);
        autoScroll.onContentAdded();
      } else if (name === 'sentence') {
        playback?.add(data);
      } else if (name === 'done') {
        turn.complete(data);
        playback?.complete();
        announceAnswer(turn, playback);
        document.dispatchEvent(new Event('jarvis:conversations-changed'));
        return;
      } else if (name === 'error') {
        voice.stop();
        turn.fail(data.detail);
        announce(text('failed', data.detail));
        return;
      }
    }
  } catch {
    // A broken stream and a stream that ends early are handled in the same way below.
  }

  if (!turn.id) {
    throw new Error(text('unreachable'));
  }

  turn.setActivity(text('broken'));
  announce(text('broken'));
  await reload(turn, playback);
}

function onStart(turn, { conversationId: id, turnId }) {
  drafts.save(conversationId(), '');
  turn.setId(turnId);
  if (!conversationId()) {
    main.dataset.conversation = id;
    document.getElementById('without-memory-badge').hidden = memoryOption() !== false;
    window.history.replaceState(null, '', `/chat/${id}`);
  }

  document.dispatchEvent(new Event('jarvis:conversations-changed'));
  if (running?.isStopped) {
    stop();
  }
}

async function reload(turn, playback = null) {
  const row = await waitForCompletion(conversationId(), turn.id, () => running?.turn === turn);
  if (row) {
    turn.update(row);
    playback?.loadMissing(turn.id);
    announceAnswer(turn, playback);
  }
}

async function stop() {
  voice.stop();
  if (!running) {
    return;
  }

  running.isStopped = true;
  running.turn.setActivity(text('stopping'));
  if (running.turn.id) {
    await send('POST', `/chat/turns/${running.turn.id}/stop`).catch(() => {});
  }
}

// A link to a turn on this page scrolls to it instead of loading the page again.
function onMemoryLinkClick(event) {
  const link = event.target.closest('.memories a');
  if (link && document.getElementById(link.hash.slice(1))) {
    event.preventDefault();
    location.hash = link.hash;
    history.showLinkedTurn();
  }
}

// The API accepts this option with the first message only. Undefined selects the user's default.
function memoryOption() {
  return withoutMemoryCheckbox?.checked ? false : undefined;
}

function announce(message) {
  document.getElementById('announcer').textContent = message;
}

// Screen readers get the whole answer once, and only if Jarvis does not read it aloud at the same time.
function announceAnswer(turn, playback) {
  if (!playback?.isActive && turn.element.dataset.status === 'completed') {
    announce(text('answered', turn.answer.textContent.trim().slice(0, maxAnnouncementLength)));
  }
}
