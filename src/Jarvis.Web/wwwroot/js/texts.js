const texts = JSON.parse(document.getElementById('texts').textContent);

/** The sentence of that name in the page's language, with {0}, {1} filled in. */
export function text(name, ...values) {
  return (texts[name] ?? name).replace(/\{(\d)\}/g, (_, index) => String(values[index] ?? ''));
}

export const language = document.documentElement.lang;
