import { get } from './api.js';
import { plural, text } from './texts.js';

const lookEvery = 1_000;
const megabyte = 1024 * 1024;
const form = document.getElementById('import');
const outcome = document.getElementById('import-outcome');
const progress = document.getElementById('import-progress');
const [bar, sent, stored] = [progress.querySelector('progress'), progress.querySelector('[data-sent]'), progress.querySelector('[data-stored]')];
const fill = (sentence, ...values) => sentence.replace(/\{(\d)\}/g, (_, index) => String(values[index]));

/** The file as it is: Jarvis reads it while it comes, so that what is sent is nearly what is imported. */
function upload(file) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/conversations/import');
    request.setRequestHeader('X-CSRF-TOKEN', document.querySelector('meta[name="csrf-token"]').content);
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.responseType = 'json';
    request.upload.addEventListener('progress', event => {
      const percent = Math.floor(100 * event.loaded / event.total);
      bar.value = percent;
      sent.textContent = text('importSending', percent);
    });
    request.addEventListener('load', () => request.status === 200 ? resolve(request.response) : reject(request.response ?? {}));
    request.addEventListener('error', () => reject({ detail: text('importBroken') }));
    request.send(file);
  });
}

const counts = (conversations, { imported, skipped }) =>
  [plural('importConversations', conversations), plural('importNew', imported), plural('importSkipped', skipped)];

async function look() {
  const now = await get('/conversations/import').catch(() => null);
  if (now?.running) {
    stored.textContent = text('importProgress', ...counts(now.conversations, now));
  }
}

function paragraph(words) {
  const line = document.createElement('p');
  line.textContent = words;
  return line;
}

function showDone(result) {
  const done = document.getElementById('import-done').content.cloneNode(true);
  const [said, shortened, list] = [done.querySelector('[data-done]'), done.querySelector('[data-shortened]'), done.querySelector('ul')];
  const count = result.conversations.length;
  said.textContent = count === 0 ? said.dataset.empty : fill(said.dataset.done, ...counts(count, result));
  shortened.textContent = plural('importShortened', result.shortened, shortened.dataset.shortened);
  shortened.hidden = result.shortened === 0;
  done.querySelector('[data-reading]').hidden = result.imported === 0;
  done.querySelector('[data-more]').hidden = count <= Number(form.dataset.shown);
  for (const { conversationId, title } of result.conversations.slice(0, Number(form.dataset.shown))) {
    const row = document.createElement('li');
    const link = document.createElement('a');
    row.className = 'row';
    link.href = `/chat/${conversationId}`;
    link.dir = 'auto';
    link.textContent = title;
    row.append(link);
    list.append(row);
  }

  outcome.replaceChildren(done);
}

function showRefusal(problem) {
  const notice = document.createElement('div');
  notice.className = 'notice bad';
  notice.setAttribute('role', 'alert');
  notice.append(paragraph(problem.detail ?? text('error')));
  for (const [where, reasons] of Object.entries(problem.errors ?? {})) {
    notice.append(...reasons.map(reason => paragraph(`${where}: ${reason}`)));
  }

  outcome.replaceChildren(notice);
}

form.addEventListener('submit', async event => {
  const [file] = form.elements.file.files;
  event.preventDefault();
  if (file.size > form.dataset.max * megabyte) {
    showRefusal({ detail: text('importTooLarge', form.dataset.max) });
    return;
  }

  const button = form.querySelector('button');
  button.disabled = true;
  bar.value = 0;
  sent.textContent = stored.textContent = '';
  progress.hidden = false;
  outcome.replaceChildren();
  const looking = setInterval(look, lookEvery);
  try {
    showDone(await upload(file));
  } catch (problem) {
    showRefusal(problem);
  } finally {
    clearInterval(looking);
    progress.hidden = true;
    button.disabled = false;
    outcome.focus();

    // Also where it stopped half-way: what came before is in the list.
    document.dispatchEvent(new Event('jarvis:said'));
  }
});
