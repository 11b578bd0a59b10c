import { text } from './texts.js';

/** Copies, and says on the button for a moment whether it worked. */
export async function copy(button, content) {
  const label = button.querySelector('span') ?? button;
  const before = label.dataset.before ??= label.textContent;
  try {
    await navigator.clipboard.writeText(content);
    label.textContent = text('copied');
  } catch {
    label.textContent = copyBySelection(content) ? text('copied') : text('notCopied');
  }

  setTimeout(() => { label.textContent = before; }, 1500);
}

// Without https a page on another machine has no clipboard.
function copyBySelection(content) {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = content;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  const done = document.execCommand('copy');
  field.remove();
  focused?.focus();
  return done;
}
