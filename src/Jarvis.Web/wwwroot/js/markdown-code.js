import { copy } from './clipboard.js';
import { text } from './texts.js';

/** Gives each piece of code its button to copy it. */
export function addCopyButtons(root) {
  for (const head of root.querySelectorAll('.code-head:not(:has(button))')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'tool';
    button.textContent = text('copyCode');
    button.addEventListener('click', () => copy(button, head.nextElementSibling.textContent));
    head.append(button);
  }
}
