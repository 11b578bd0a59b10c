import { language, text } from './texts.js';

const day = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
const moment = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
const withYear = new Intl.DateTimeFormat(language, { dateStyle: 'long' });

/** Shows times in the reader's own zone: the server only knows their language. */
export function localise(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    if (time.dateTime) {
      time.textContent = ('date' in time.dataset ? day : moment).format(new Date(time.dateTime));
    }
  }
}

/** The heading that a conversation of that moment stands under. */
export function dayName(at) {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const days = Math.ceil((midnight - at) / 86_400_000);
  if (days <= 0) {
    return text('today');
  }

  return days === 1 ? text('yesterday') : (at.getFullYear() === midnight.getFullYear() ? weekday : withYear).format(at);
}
