import { get, send } from './api.js';
import { startDrawer } from './drawer.js';
import { text } from './texts.js';
import { dayHeading } from './times.js';

const searchDelay = 200;
const optionsPath = 'M4 10h.01M10 10h.01M16 10h.01';
const noMemoryPath = 'M7 3h8v9M15 15v2l-5-4l-5 4V6M3 3l14 14';

/** Starts the list of conversations by day, with search, paging, renaming and deletion. */
export function startSidebar() {
  const sidebar = document.getElementById('sidebar');
  const list = document.getElementById('conversations');
  const empty = document.getElementById('conversations-empty');
  const moreLink = document.getElementById('conversations-more');
  const search = document.getElementById('sidebar-search');
  const drawer = startDrawer(sidebar);
  let rows = [...list.querySelectorAll('li')].map(item => ({ id: item.dataset.id, updatedAt: item.dataset.updatedAt, title: item.querySelector('.name').textContent.trim(), withoutMemory: Boolean(item.dataset.withoutMemory) }));
  let page = 1;
  let lastRequest = 0;

  const currentId = () => document.querySelector('main').dataset.conversation;

  const show = () => {
    list.replaceChildren();
    let heading = '';
    let group;
    for (const row of rows) {
      const day = dayHeading(new Date(row.updatedAt));
      if (day !== heading) {
        heading = day;
        group = document.createElement('ul');
        list.append(headingElement(heading), group);
      }

      group.append(conversationElement(row, row.id === currentId()));
    }

    empty.hidden = rows.length > 0;
    empty.textContent = text(search.value.trim() ? 'searchEmpty' : 'empty');
  };

  // The server titles a conversation after its first message.
  const updateTitle = () => {
    const row = rows.find(other => other.id === currentId());
    if (row) {
      document.getElementById('chat-title').textContent = row.title;
      document.title = `${row.title} · Jarvis`;
    }
  };

  const load = async number => {
    const request = ++lastRequest;
    const result = await get(`/chat/conversations?page=${number}&q=${encodeURIComponent(search.value.trim())}`);
    if (request === lastRequest) {
      page = number;
      rows = number === 1 ? result.items : [...rows, ...result.items];
      moreLink.hidden = !result.hasMore;
      updateTitle();
      show();
    }
  };

  // If the request fails, the list remains as it is.
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
    onRenamed: () => {
      updateTitle();
      show();
    },
    onDeleted: row => {
      if (row.id === currentId()) {
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

  const userMenu = sidebar.querySelector('.user-menu');
  document.addEventListener('click', event => {
    if (!userMenu.contains(event.target)) {
      userMenu.open = false;
    }
  });
  userMenu.addEventListener('keydown', event => {
    if (event.key === 'Escape' && userMenu.open) {
      event.stopPropagation();
      userMenu.open = false;
      userMenu.querySelector('summary').focus();
    }
  });
  document.addEventListener('jarvis:conversations-changed', reload);

  show();
}

function headingElement(heading) {
  const element = document.createElement('h2');
  element.className = 'day';
  element.textContent = heading;
  return element;
}

function conversationElement(row, isCurrent) {
  const element = document.createElement('li');
  element.dataset.id = row.id;
  const link = document.createElement('a');
  link.href = `/chat/${row.id}`;
  link.dir = 'auto';
  const name = document.createElement('span');
  name.className = 'name';
  name.textContent = row.title;
  link.append(name, ...row.withoutMemory ? [noMemoryElement()] : []);
  if (isCurrent) {
    link.setAttribute('aria-current', 'page');
  }

  const options = document.createElement('button');
  options.type = 'button';
  options.className = 'options';
  options.setAttribute('aria-label', text('options', row.title));
  options.setAttribute('aria-haspopup', 'true');
  options.setAttribute('aria-expanded', 'false');
  options.append(iconElement(optionsPath));
  element.append(link, options);
  return element;
}

function noMemoryElement() {
  const element = document.createElement('span');
  const label = document.createElement('span');
  label.className = 'visually-hidden';
  label.textContent = text('withoutMemory');
  element.className = 'no-memory';
  element.title = text('withoutMemory');
  element.append(iconElement(noMemoryPath), label);
  return element;
}

function iconElement(data) {
  const namespace = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(namespace, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(namespace, 'path');
  path.setAttribute('d', data);
  svg.append(path);
  return svg;
}

function startMenu(list, findRow, { onRenamed, onDeleted }) {
  const menu = document.getElementById('conversation-menu');
  const renameDialog = document.getElementById('rename-dialog');
  const deleteDialog = document.getElementById('delete-dialog');
  const title = document.getElementById('rename-title');
  const forget = document.getElementById('delete-forget');
  let openButton;
  let row;

  list.addEventListener('click', event => {
    const button = event.target.closest('.options');
    if (!button) {
      return;
    }

    openButton = button;
    row = findRow(button.closest('li').dataset.id);
    menu.showPopover();
    const bounds = button.getBoundingClientRect();
    menu.style.top = `${Math.min(bounds.bottom + 4, innerHeight - menu.offsetHeight - 8)}px`;
    menu.style.left = `${Math.min(bounds.left, innerWidth - menu.offsetWidth - 8)}px`;
    menu.querySelector('button').focus();
  });
  menu.addEventListener('toggle', event => {
    openButton?.setAttribute('aria-expanded', String(event.newState === 'open'));

    // The event arrives after the menu has closed. If the user has focused another element by then, it keeps the focus.
    if (event.newState === 'closed' && document.activeElement === document.body) {
      openButton?.focus();
    }
  });
  menu.querySelector('[data-action="rename"]').addEventListener('click', () => {
    title.value = row.title;
    open(renameDialog);
    title.select();
  });
  menu.querySelector('[data-action="delete"]').addEventListener('click', () => {
    document.getElementById('delete-text').textContent = text('deleteText', row.title);
    forget.checked = false;
    open(deleteDialog);
  });

  const open = dialog => {
    dialog.querySelector('.field-error').hidden = true;
    dialog.showModal();
    menu.hidePopover();
  };
  const startDialog = (dialog, onSubmit) => {
    dialog.querySelector('[data-action="cancel"]').addEventListener('click', () => dialog.close());
    dialog.addEventListener('close', () => openButton?.isConnected && openButton.focus());
    dialog.querySelector('form').addEventListener('submit', async event => {
      event.preventDefault();
      try {
        await onSubmit();
        dialog.close();
      } catch (error) {
        const message = dialog.querySelector('.field-error');
        message.textContent = error.message;
        message.hidden = false;
      }
    });
  };

  startDialog(renameDialog, async () => {
    await send('PATCH', `/chat/conversations/${row.id}`, { title: title.value });
    row.title = title.value.trim();
    onRenamed(row);
  });
  startDialog(deleteDialog, async () => {
    await send('DELETE', `/chat/conversations/${row.id}?forget=${forget.checked}`);
    onDeleted(row);
  });
}
