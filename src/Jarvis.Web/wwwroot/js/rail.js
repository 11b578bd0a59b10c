import { get, send } from './api.js';
import { startDrawer } from './drawer.js';
import { text } from './texts.js';
import { dayName } from './times.js';

const searchDelay = 200;
const more = 'M4 10h.01M10 10h.01M16 10h.01';
const noMemory = 'M7 3h8v9M15 15v2l-5-4l-5 4V6M3 3l14 14';

/** Conversations by day, with search, further pages, renaming and deleting. */
export function startRail() {
  const rail = document.getElementById('rail');
  const list = document.getElementById('conversations');
  const empty = document.getElementById('conversations-empty');
  const moreLink = document.getElementById('conversations-more');
  const search = document.getElementById('rail-search');
  const drawer = startDrawer(rail);
  let rows = [...list.querySelectorAll('li')].map(item => ({ id: item.dataset.id, updatedAt: item.dataset.at, title: item.querySelector('.name').textContent.trim(), withoutMemory: Boolean(item.dataset.withoutMemory) }));
  let page = 1;
  let asked = 0;

  const current = () => document.querySelector('main').dataset.conversation;

  const show = () => {
    list.replaceChildren();
    let name = '';
    let group;
    for (const row of rows) {
      const under = dayName(new Date(row.updatedAt));
      if (under !== name) {
        name = under;
        group = document.createElement('ul');
        list.append(heading(name), group);
      }

      group.append(item(row, row.id === current()));
    }

    empty.hidden = rows.length > 0;
    empty.textContent = text(search.value.trim() ? 'searchEmpty' : 'empty');
  };

  // The server names a chat after its first message.
  const nameChat = () => {
    const row = rows.find(other => other.id === current());
    if (row) {
      document.getElementById('chat-title').textContent = row.title;
      document.title = `${row.title} · Jarvis`;
    }
  };

  const load = async next => {
    const mine = ++asked;
    const found = await get(`/chat/conversations?page=${next}&q=${encodeURIComponent(search.value.trim())}`);
    if (mine === asked) {
      page = next;
      rows = next === 1 ? found.items : [...rows, ...found.items];
      moreLink.hidden = !found.hasMore;
      nameChat();
      show();
    }
  };

  // A list that cannot be read again stays as it was.
  const reload = () => load(1).catch(() => {});

  let timer;
  search.addEventListener('input', () => {
    clearTimeout(timer);
    timer = setTimeout(reload, searchDelay);
  });
  search.form.addEventListener('submit', event => {
    event.preventDefault();
    list.querySelector('a')?.click();
  });
  moreLink.addEventListener('click', event => {
    event.preventDefault();
    load(page + 1).catch(() => {});
  });

  startMenu(list, id => rows.find(row => row.id === id), {
    renamed: () => {
      nameChat();
      show();
    },
    deleted: row => {
      if (row.id === current()) {
        location.assign('/');
        return;
      }

      rows = rows.filter(other => other !== row);
      show();
    },
  });

  document.addEventListener('keydown', event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) {
      return;
    }

    const key = event.key.toLowerCase();
    if (key === 'k' && !event.shiftKey) {
      event.preventDefault();
      drawer.open();
      search.focus();
      search.select();
    } else if (key === 'o' && event.shiftKey) {
      event.preventDefault();
      location.assign('/');
    }
  });
  document.addEventListener('click', event => {
    const person = rail.querySelector('.person');
    if (!person.contains(event.target)) {
      person.open = false;
    }
  });
  rail.querySelector('.person').addEventListener('keydown', event => {
    if (event.key === 'Escape' && event.currentTarget.open) {
      event.stopPropagation();
      event.currentTarget.open = false;
      event.currentTarget.querySelector('summary').focus();
    }
  });
  document.addEventListener('jarvis:said', reload);

  show();
}

function heading(name) {
  const element = document.createElement('h2');
  element.className = 'day';
  element.textContent = name;
  return element;
}

function item(row, isCurrent) {
  const element = document.createElement('li');
  element.dataset.id = row.id;
  const link = document.createElement('a');
  link.href = `/chat/${row.id}`;
  link.dir = 'auto';
  const name = document.createElement('span');
  name.className = 'name';
  name.textContent = row.title;
  link.append(name, ...row.withoutMemory ? [withoutMemory()] : []);
  if (isCurrent) {
    link.setAttribute('aria-current', 'page');
  }

  const options = document.createElement('button');
  options.type = 'button';
  options.className = 'options';
  options.setAttribute('aria-label', text('options', row.title));
  options.setAttribute('aria-haspopup', 'true');
  options.setAttribute('aria-expanded', 'false');
  options.append(icon(more));
  element.append(link, options);
  return element;
}

function withoutMemory() {
  const mark = document.createElement('span');
  const words = document.createElement('span');
  words.className = 'visually-hidden';
  words.textContent = text('withoutMemory');
  mark.className = 'off';
  mark.title = text('withoutMemory');
  mark.append(icon(noMemory), words);
  return mark;
}

function icon(path) {
  const space = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(space, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  const line = document.createElementNS(space, 'path');
  line.setAttribute('d', path);
  svg.append(line);
  return svg;
}

function startMenu(list, find, { renamed, deleted }) {
  const menu = document.getElementById('conversation-menu');
  const rename = document.getElementById('rename-dialog');
  const remove = document.getElementById('delete-dialog');
  const title = document.getElementById('rename-title');
  const forget = document.getElementById('delete-forget');
  let opener;
  let row;

  list.addEventListener('click', event => {
    const button = event.target.closest('.options');
    if (!button) {
      return;
    }

    opener = button;
    row = find(button.closest('li').dataset.id);
    menu.showPopover();
    const place = button.getBoundingClientRect();
    menu.style.top = `${Math.min(place.bottom + 4, innerHeight - menu.offsetHeight - 8)}px`;
    menu.style.left = `${Math.min(place.left, innerWidth - menu.offsetWidth - 8)}px`;
    menu.querySelector('button').focus();
  });
  menu.addEventListener('toggle', event => {
    opener?.setAttribute('aria-expanded', String(event.newState === 'open'));

    // The event comes later than the closing: whoever has gone on meanwhile is not called back.
    if (event.newState === 'closed' && document.activeElement === document.body) {
      opener?.focus();
    }
  });
  menu.querySelector('[data-do="rename"]').addEventListener('click', () => {
    title.value = row.title;
    open(rename);
    title.select();
  });
  menu.querySelector('[data-do="delete"]').addEventListener('click', () => {
    document.getElementById('delete-text').textContent = text('deleteText', row.title);
    forget.checked = false;
    open(remove);
  });

  const open = dialog => {
    dialog.querySelector('.field-error').hidden = true;
    dialog.showModal();
    menu.hidePopover();
  };
  const on = (dialog, act) => {
    dialog.querySelector('[data-do="cancel"]').addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => opener?.isConnected && opener.focus());
    dialog.querySelector('form').addEventListener('submit', async event => {
      event.preventDefault();
      try {
        await act();
        dialog.close();
      } catch (refusal) {
        const error = dialog.querySelector('.field-error');
        error.textContent = refusal.message;
        error.hidden = false;
      }
    });
  };

  on(rename, async () => {
    await send('PATCH', `/chat/conversations/${row.id}`, { title: title.value });
    row.title = title.value.trim();
    renamed(row);
  });
  on(remove, async () => {
    await send('DELETE', `/chat/conversations/${row.id}?forget=${forget.checked}`);
    deleted(row);
  });
}
