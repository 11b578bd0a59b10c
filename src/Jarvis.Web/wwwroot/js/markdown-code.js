import { copy } from './clipboard.js';
import { text } from './texts.js';

/** Adds a copy button to each code block. */
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

/** Highlights the code blocks that name their language. The highlighter loads with the first such block. */
export async function highlightCode(root) {
  const blocks = [...root.querySelectorAll('.code-head + pre > code:not([data-language])')]
    .map(element => ({ element, language: element.parentElement.previousElementSibling.querySelector('.code-name').textContent }))
    .filter(({ element, language }) => language !== '' && element.textContent.trim() !== '');
  if (blocks.length === 0) {
    return;
  }

  blocks.forEach(({ element, language }) => { element.dataset.language = language; });
  try {
    const { highlight } = await import('./highlight.js');
    blocks.forEach(({ element, language }) => highlight(element, language));
  } catch {
    // If the highlighter does not load, the code remains plain.
  }
}
