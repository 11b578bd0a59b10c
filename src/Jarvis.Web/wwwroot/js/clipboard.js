import { text } from './texts.js';

const messageDuration = 1_500;

/** Copies the content and shows the result on the button for a moment. */
export async function copy(button, content) {
  const label = button.querySelector('span') ?? button;
  const original = label.dataset.label ??= label.textContent;
  try {
    await navigator.clipboard.writeText(content);
    label.textContent = text('copied');
  } catch {
    label.textContent = copyBySelection(content) ? text('copied') : text('notCopied');
  }

  setTimeout(() => { label.textContent = original; }, messageDuration);
}

// The clipboard API is available over HTTPS and on localhost only.
function copyBySelection(content) {
  const focused = document.activeElement;
  const field = document.createElement('textarea');
  field.value = content;
  field.className = 'visually-hidden';
  document.body.append(field);
  field.select();
  const isCopied = document.execCommand('copy');
  field.remove();
  focused?.focus();
  return isCopied;
}
