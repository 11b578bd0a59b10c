import { copy } from './clipboard.js';
import { drafts } from './drafts.js';
import { startRail } from './rail.js';
import { localise } from './times.js';

localise(document);

for (const button of document.querySelectorAll('[data-copy]')) {
  button.addEventListener('click', () => copy(button, document.getElementById(button.dataset.copy).textContent));
}

document.getElementById('sign-out')?.addEventListener('submit', drafts.forgetAll);

if (document.getElementById('rail')) {
  startRail();
}
