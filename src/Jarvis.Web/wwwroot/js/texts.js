const texts = JSON.parse(document.getElementById('texts').textContent);
const pageLanguage = document.documentElement.lang;

/** Returns the text of that name in the page's language, with the values in place of {0}, {1}, … */
export function text(name, ...values) {
  return (texts[name] ?? name).replace(/\{(\d)\}/g, (_, index) => String(values[index] ?? ''));
}

const plurals = new Intl.PluralRules(pageLanguage);

/** Returns the form of the text for a count, which fills {0}; further values follow from {1}. */
export function plural(name, count, ...values) {
  return text(`${name}.${plurals.select(count)}`, count, ...values);
}

/** The reader's regional variant of the page's language, if the browser names one: en-GB writes the day before the month, en-US after it. */
export const language = navigator.languages.find(locale => locale.split('-')[0] === pageLanguage) ?? pageLanguage;
