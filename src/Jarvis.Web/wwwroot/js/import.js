import { get } from './api.js';
import { plural, text } from './texts.js';

const pollInterval = 1_000;
const megabyte = 1024 * 1024;
const form = document.getElementById('import');
const resultContainer = document.getElementById('import-result');
const progress = document.getElementById('import-progress');
const [bar, uploadStatus, importStatus] = [progress.querySelector('progress'), progress.querySelector('[data-upload-status]'), progress.querySelector('[data-import-status]')];
const format = (template, ...values) => template.replace(/\{(\d)\}/g, (_, index) => String(values[index]));

/** Uploads the file unchanged. The server imports while it receives, so the upload progress is close to the import progress. */
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
      uploadStatus.textContent = text('importSending', percent);
    });
    request.addEventListener('load', () => request.status === 200 ? resolve(request.response) : reject(request.response ?? {}));
    request.addEventListener('error', () => reject({ detail: text('importBroken') }));
    request.send(file);
  });
}

const counts = (conversations, { imported, skipped }) =>
  [plural('importConversations', conversations), plural('importNew', imported), plural('importSkipped', skipped)];

async function poll() {
  const status = await get('/conversations/import').catch(() => null);
  if (status?.running) {
    importStatus.textContent = text('importProgress', ...counts(status.conversations, status));
  }
}

function paragraph(content) {
  const element = document.createElement('p');
  element.textContent = content;
  return element;
}

function showResult(result) {
  const fragment = document.getElementById('import-result-template').content.cloneNode(true);
  const [summary, shortened, list] = [fragment.querySelector('[data-summary]'), fragment.querySelector('[data-shortened]'), fragment.querySelector('ul')];
  const count = result.conversations.length;
  const maxShown = Number(form.dataset.maxShown);
  summary.textContent = count === 0 ? summary.dataset.empty : format(summary.dataset.summary, ...counts(count, result));
  shortened.textContent = plural('importShortened', result.shortened, shortened.dataset.shortened);
  shortened.hidden = result.shortened === 0;
  fragment.querySelector('[data-memory-note]').hidden = result.imported === 0;
  fragment.querySelector('[data-more]').hidden = count <= maxShown;
  for (const { conversationId, title } of result.conversations.slice(0, maxShown)) {
    const row = document.createElement('li');
    const link = document.createElement('a');
    row.className = 'row';
    link.href = `/chat/${conversationId}`;
    link.dir = 'auto';
    link.textContent = title;
    row.append(link);
    list.append(row);
  }

  resultContainer.replaceChildren(fragment);
}

function showError(problem) {
  const notice = document.createElement('div');
  notice.className = 'notice error';
  notice.setAttribute('role', 'alert');
  notice.append(paragraph(problem.detail ?? text('error')));
  for (const [field, messages] of Object.entries(problem.errors ?? {})) {
    notice.append(...messages.map(message => paragraph(`${field}: ${message}`)));
  }

  resultContainer.replaceChildren(notice);
}

form.addEventListener('submit', async event => {
  const [file] = form.elements.file.files;
  event.preventDefault();
  if (file.size > form.dataset.maxMegabytes * megabyte) {
    showError({ detail: text('importTooLarge', form.dataset.maxMegabytes) });
    return;
  }

  const button = form.querySelector('button');
  button.disabled = true;
  bar.value = 0;
  uploadStatus.textContent = importStatus.textContent = '';
  progress.hidden = false;
  resultContainer.replaceChildren();
  const timer = setInterval(poll, pollInterval);
  try {
    showResult(await upload(file));
  } catch (problem) {
    showError(problem);
  } finally {
    clearInterval(timer);
    progress.hidden = true;
    button.disabled = false;
    resultContainer.focus();

    // A failed import keeps the conversations that it imported before the error.
    document.dispatchEvent(new Event('jarvis:conversations-changed'));
  }
});
