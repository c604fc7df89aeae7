/**
 * Reads `eventTime`: RFC 3339, or `YYYY-MM-DD hh:mm:ss[.fraction]` in UTC, truncated to milliseconds. The SQL dialects guard
 * their casts with the same pattern, because the casts alone accept different texts.
 */

/**
 * A regular expression for a whole `eventTime` that JavaScript, DuckDB and Trino read alike: years 1000 to 2999, offsets up
 * to 14:00 (Trino has no others), no leap seconds.
 */
export const TIME_PATTERN =
  '[12][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])' +
  '([Tt]([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,30})?' +
  '([Zz]|[+-](0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)' +
  '| ([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([.][0-9]{1,30})?)';

const time = new RegExp(`^(?:${TIME_PATTERN})$`);

/** The length of CloudTrail's own form, `2026-01-14T09:30:00Z`. No other text of the pattern has it. */
const WHOLE_SECONDS = 20;
const ZERO = 0x30;

/**
 * The instant of an `eventTime` in milliseconds since 1970 UTC; undefined if there is none, or if it is not a time, or not a day of
 * the calendar.
 */
export function readInstant(eventTime: string | null): number | undefined {
  if (eventTime === null || !time.test(eventTime)) return undefined;
  if (eventTime.length === WHOLE_SECONDS) return instantInUtc(eventTime);
  const date = eventTime.slice(0, 10);
  if (!isDay(date)) return undefined;
  const fraction = /[.]([0-9]+)/.exec(eventTime)?.[1] ?? '';
  const zone = /[+-][0-9:]+$/.exec(eventTime.slice(19))?.[0] ?? 'Z';
  const clock = `${eventTime.slice(11, 19)}.${fraction.slice(0, 3).padEnd(3, '0')}`;
  return Date.parse(`${date}T${clock}${zone}`);
}

/** Whether `YYYY-MM-DD` is a day of the calendar. */
export function isDay(date: string): boolean {
  return midnightOf(date) !== undefined;
}

/** Whether a text that may be anything is a day of the calendar, `2026-12-31`. */
export function isDayText(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && isDay(text);
}

/** The instant of `YYYY-MM-DDThh:mm:ssZ`; undefined if the date is not in the calendar. */
function instantInUtc(text: string): number | undefined {
  const date = text.slice(0, 10);
  // Consecutive times of a log are mostly of one day, and JavaScript takes long to read a date.
  if (date !== latest.date) latest = { date, midnight: midnightOf(date) };
  if (latest.midnight === undefined) return undefined;
  const minutes = 60 * digitsAt(text, 11) + digitsAt(text, 14);
  return latest.midnight + 1000 * (60 * minutes + digitsAt(text, 17));
}

let latest: { readonly date: string; readonly midnight: number | undefined } = {
  date: '',
  midnight: undefined,
};

/** Undefined if the date is not in the calendar: JavaScript reads 30 February as 2 March. */
function midnightOf(date: string): number | undefined {
  const instant = new Date(`${date}T00:00:00Z`);
  return instant.getUTCDate() === Number(date.slice(8, 10)) ? instant.getTime() : undefined;
}

/** The number that two digits of the text make. */
function digitsAt(text: string, at: number): number {
  return 10 * (text.charCodeAt(at) - ZERO) + text.charCodeAt(at + 1) - ZERO;
}

/** An instant, in milliseconds since 1970 UTC, as reports write it: `YYYY-MM-DDThh:mm:ss.sssZ`. */
export function formatInstant(instant: number): string {
  return new Date(instant).toISOString();
}

/** The same; null for an instant that is not known. */
export function instantText(instant: number | undefined): string | null {
  return instant === undefined ? null : formatInstant(instant);
}

/** An instant, or its text in a report, as short lines write it: `2026-01-31 08:00Z`. */
export function minuteText(instant: number | string): string {
  const text = typeof instant === 'number' ? formatInstant(instant) : instant;
  return `${text.slice(0, 16).replace('T', ' ')}Z`;
}

/** A readable `eventTime` as reports write it; undefined for other text. */
export function normalTime(eventTime: string): string | undefined {
  const instant = readInstant(eventTime);
  if (instant === undefined) return undefined;
  if (eventTime.length !== WHOLE_SECONDS) return formatInstant(instant);
  // CloudTrail writes no milliseconds. Adding them to its text is faster than formatting a date.
  return `${eventTime.slice(0, 10)}T${eventTime.slice(11, 19)}.000Z`;
}
