import { copy } from './clipboard.js';
import { drafts } from './drafts.js';
import { startSidebar } from './sidebar.js';
import { localiseTimes } from './times.js';

localiseTimes(document);

for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', () => copy(button, document.getElementById(button.dataset.copy).textContent));
}

document.getElementById('sign-out')?.addEventListener('submit', drafts.clear);

if (document.getElementById('sidebar')) {
  startSidebar();
}
