import { send } from './api.js';
import { startComposer } from './composer.js';
import { drafts } from './drafts.js';
import { startHistory, untilDone } from './history.js';
import { startModels } from './models.js';
import { startPanel } from './panel.js';
import { startFollowing } from './scroll.js';
import { events } from './stream.js';
import { text } from './texts.js';
import { Turn } from './turn.js';
import { startVoice } from './voice.js';

const longestAnnouncement = 600;
const main = document.getElementById('main');
const list = document.getElementById('turns');
const turns = [...list.children].map(element => new Turn(element));
let running = null;

const conversation = () => main.dataset.conversation;
const withoutMemory = document.getElementById('without-memory');
const follow = startFollowing(document.getElementById('jump'));
const composer = startComposer({ conversation, send: ask, stop });
const panel = startPanel({ conversation, turns: () => turns });
const history = startHistory({
  conversation,
  turns: () => turns,
  follow,
  insert: earlier => {
    turns.unshift(...earlier);
    list.prepend(...earlier.map(turn => turn.element));
  },
});
const voice = startVoice({ list, turnOf: element => turns.find(turn => turn.element.contains(element)), announce });
startModels(announce);
open();

async function open() {
  document.querySelectorAll('.suggestion').forEach(button => button.addEventListener('click', () => composer.fill(button.textContent)));
  list.addEventListener('submit', event => {
    event.preventDefault();
    retry(turns.find(turn => turn.element.contains(event.target)));
  });
  list.addEventListener('click', jump);
  document.getElementById('panel').addEventListener('click', jump);
  addEventListener('hashchange', () => history.reveal().catch(() => {}));

  if (!await history.reveal().catch(() => false) && turns.length > 0) {
    follow.toEnd();
  }

  const pending = turns.findLast(turn => turn.isPending);
  if (pending) {
    await run(pending, () => stored(pending));
  }
}

async function ask(prompt) {
  const turn = Turn.begin(prompt);
  turns.push(turn);
  list.append(turn.element);
  document.getElementById('welcome')?.setAttribute('hidden', '');
  composer.sent();
  follow.toEnd();
  announce(text('waiting'));

  const reading = voice.begin(turn);
  await run(turn, async () => {
    try {
      await write(turn, reading, await send('POST', `/chat/ask?render=blocks${reading ? '&speak=sentences' : ''}`, { conversationId: conversation() || null, prompt, memory: conversation() ? undefined : chosenMemory() }, 'text/event-stream'));
    } catch (refusal) {
      // Nothing was stored: as if it had not been sent.
      voice.stop();
      turns.splice(turns.indexOf(turn), 1);
      turn.element.remove();
      document.getElementById('welcome')?.toggleAttribute('hidden', turns.length > 0);
      composer.refused(prompt, refusal.message);
    }
  });
}

async function retry(turn) {
  if (running) {
    return;
  }

  turn.wait();
  announce(text('waiting'));
  const reading = voice.begin(turn);
  await run(turn, async () => {
    try {
      await write(turn, reading, await send('POST', `/chat/turns/${turn.id}/retry?render=blocks${reading ? '&speak=sentences' : ''}`, undefined, 'text/event-stream'));
    } catch (refusal) {
      voice.stop();
      turn.fail(refusal.message);
    }
  });
}

async function run(turn, work) {
  running = { turn, stopped: false };
  composer.run(true);
  await work();
  running = null;
  composer.run(false);
  follow.grew();
  panel.refresh();
}

// Reads one answer from the stream. Once it began it is stored whatever happens to this connection.
async function write(turn, reading, response) {
  try {
    for await (const { name, data } of events(response)) {
      if (name === 'start') {
        began(turn, data);
      } else if (name === 'block') {
        turn.block(data.index, data.html);
        follow.grew();
      } else if (name === 'sentence') {
        reading?.add(data);
      } else if (name === 'done') {
        turn.complete(data);
        reading?.end();
        announceAnswer(turn, reading);
        document.dispatchEvent(new Event('jarvis:said'));
        return;
      } else if (name === 'error') {
        voice.stop();
        turn.fail(data.detail);
        announce(text('failed', data.detail));
        return;
      }
    }
  } catch {
    // Said below: a stream that ends early and one that breaks are the same to the reader.
  }

  if (!turn.id) {
    throw new Error(text('unreachable'));
  }

  turn.say(text('broken'));
  announce(text('broken'));
  await stored(turn, reading);
}

function began(turn, { conversationId, turnId }) {
  drafts.keep(conversation(), '');
  turn.started(turnId);
  if (!conversation()) {
    main.dataset.conversation = conversationId;
    document.getElementById('without-memory-badge').hidden = chosenMemory() !== false;
    window.history.replaceState(null, '', `/chat/${conversationId}`);
  }

  document.dispatchEvent(new Event('jarvis:said'));
  if (running?.stopped) {
    stop();
  }
}

async function stored(turn, reading = null) {
  const row = await untilDone(conversation(), turn.id, () => running?.turn === turn);
  if (row) {
    turn.show(row);
    reading?.catchUp(turn.id);
    announceAnswer(turn, reading);
  }
}

async function stop() {
  voice.stop();
  if (!running) {
    return;
  }

  running.stopped = true;
  running.turn.say(text('stopping'));
  if (running.turn.id) {
    await send('POST', `/chat/turns/${running.turn.id}/stop`).catch(() => {});
  }
}

// A source in this very chat that is on the page needs no page of its own.
function jump(event) {
  const link = event.target.closest('.memories a');
  if (link && document.getElementById(link.hash.slice(1))) {
    event.preventDefault();
    location.hash = link.hash;
    history.reveal();
  }
}

// Only with the first message, and only where something was chosen.
function chosenMemory() {
  return withoutMemory?.checked ? false : undefined;
}

function announce(words) {
  document.getElementById('announcer').textContent = words;
}

// Once, when it is whole: a reader of screens is not read every word as it comes. Two voices at once would be none.
function announceAnswer(turn, reading) {
  if (!reading?.isOpen && turn.element.dataset.status === 'completed') {
    announce(text('answered', turn.answer.textContent.trim().slice(0, longestAnnouncement)));
  }
}
