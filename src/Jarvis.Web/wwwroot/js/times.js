import { language, text } from './texts.js';

const dateFormat = new Intl.DateTimeFormat(language, { dateStyle: 'medium' });
const dateTimeFormat = new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' });
const dayFormat = new Intl.DateTimeFormat(language, { weekday: 'long', day: 'numeric', month: 'long' });
const dayWithYearFormat = new Intl.DateTimeFormat(language, { dateStyle: 'long' });

/** Writes times in the reader's time zone, which the server does not know. */
export function localiseTimes(root) {
  for (const time of root.querySelectorAll('time[datetime]')) {
    if (time.dateTime) {
      time.textContent = ('date' in time.dataset ? dateFormat : dateTimeFormat).format(new Date(time.dateTime));
    }
  }
}

/** Returns the heading of the day in the list of conversations. */
export function dayHeading(date) {
  const midnight = new Date();
  midnight.setHours(0, 0, 0, 0);
  const days = Math.ceil((midnight - date) / 86_400_000);
  if (days <= 0) {
    return text('today');
  }

  return days === 1 ? text('yesterday') : (date.getFullYear() === midnight.getFullYear() ? dayFormat : dayWithYearFormat).format(date);
}
