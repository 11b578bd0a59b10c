const texts = JSON.parse(document.getElementById('texts').textContent);

/** The sentence of that name in the page's language, with {0}, {1} filled in. */
export function text(name, ...values) {
  return (texts[name] ?? name).replace(/\{(\d)\}/g, (_, index) => String(values[index] ?? ''));
}

const page = document.documentElement.lang;
const plurals = new Intl.PluralRules(page);

/** Returns the form of the text for a count, which fills {0}; further values follow from {1}. */
export function plural(name, count, ...values) {
  return text(`${name}.${plurals.select(count)}`, count, ...values);
}

/** The page's language as the reader's region writes it: days before months in London, after them in Boston. */
export const language = navigator.languages.find(locale => locale.split('-')[0] === page) ?? page;
