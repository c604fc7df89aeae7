/** Times and names in the one line that says how far a report can be trusted. It is short, so its times are in minutes. */
import { minuteText } from '../../cloudtrail/time/time.js';
import { truncate } from '../../text/width.js';

/** In columns. A log must not fill the line. */
const LONGEST_NAME = 60;

/** `2026-01-31 08:00Z`; with seconds where they are not zero, unless the line only needs the minute. */
export function shortTime(instant: string): string {
  const text = instant.replace('T', ' ').replace(/\.\d{3}Z$/, 'Z');
  return text.replace(/:00Z$/, 'Z');
}

/** `2026-01-31 08:00Z to 12:30Z`: the day is said once. Seconds are left out. */
export function minutesOf(since: string, until: string): string {
  const [from, to] = [minuteText(since), minuteText(until)];
  return from.slice(0, 10) === to.slice(0, 10) ? `${from} to ${to.slice(11)}` : `${from} to ${to}`;
}

/** A name from a log or a setting. */
export function nameText(name: string): string {
  return truncate(name, LONGEST_NAME);
}

/** The first names, and how many more there are; `others` are not among the names. */
export function namesText(names: readonly string[], most: number, others = 0): string {
  const more = Math.max(0, names.length - most) + others;
  const shown = names.slice(0, most).map(nameText);
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
}
