/**
 * The one reading of `eventTime`: RFC 3339, or `YYYY-MM-DD hh:mm:ss[.fraction]` as UTC, truncated to milliseconds.
 * The SQL dialects guard their casts with the same pattern, so that no engine's habits decide what is a time.
 */

/**
 * What is a time at all, to be matched whole; read alike by JavaScript, DuckDB and Trino. Years 1000 to 2999, zones
 * up to 14:00 (Trino knows no others), no leap seconds.
 */
export const TIME_PATTERN =
  '[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])' +
  '([Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,30})?' +
  '([Zz]|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)' +
  '| ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,30})?)';

const time = new RegExp(`^(?:${TIME_PATTERN})$`);

/** The instant of an `eventTime` in milliseconds since 1970 UTC, or undefined for what is no time (`2021-02-30…` too). */
export function readInstant(eventTime: string): number | undefined {
  if (!time.test(eventTime)) return undefined;
  const date = eventTime.slice(0, 10);
  if (!isDay(date)) return undefined;
  const fraction = /[.]([0-9]+)/.exec(eventTime)?.[1] ?? '';
  const zone = /[+-][0-9:]+$/.exec(eventTime.slice(19))?.[0] ?? 'Z';
  const clock = `${eventTime.slice(11, 19)}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  return Date.parse(`${date}T${clock}${zone}`);
}

// Records and files that follow each other are of one day: asking the calendar each time would cost more than all else.
let lastDay = '';

/** Whether `YYYY-MM-DD` is a day of the calendar: `Date.parse` alone takes 30 February for 1 March. */
export function isDay(date: string): boolean {
  if (date === lastDay) return true;
  const midnight = new Date(`${date}T00:00:00.000Z`);
  if (Number.isNaN(midnight.getTime()) || !midnight.toISOString().startsWith(date)) return false;
  lastDay = date;
  return true;
}

/** An instant as reports write it: `YYYY-MM-DDThh:mm:ss.sssZ`. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString();
}
