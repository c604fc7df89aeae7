/**
 * The range of a projected date. Each bound is a date in the key's format, or NOW plus or minus a duration.
 * Source: https://docs.aws.amazon.com/athena/latest/ug/partition-projection-supported-types.html
 */
import { DAY, HOUR, midnight } from '../../../cloudtrail/time/window.js';
import { nextDate, readDate, writeDate, type DateFormat } from './date-format.js';
import type { DayRange } from '../layout.js';

/** The lengths of the units below a month, in milliseconds. */
const LENGTHS: Readonly<Record<string, number>> = {
  WEEK: 7 * DAY,
  DAY,
  HOUR,
  MINUTE: 60_000,
  SECOND: 1000,
  MILLI: 1,
};

const NOW = /^\s*NOW\s*(?:([+-])\s*(\d{1,9})\s*(YEAR|MONTH|WEEK|DAY|HOUR|MINUTE|SECOND)S?\s*)?$/;

/** The UTC days that a range covers in full at `now` (milliseconds since 1970); undefined if it cannot be read. */
export function readRange(
  range: string,
  format: DateFormat,
  now: number,
): Pick<DayRange, 'first' | 'last' | 'reachesNow'> | undefined {
  const bounds = range.split(',');
  const [first, last] = bounds.map((bound) => readBound(bound, format, now));
  if (bounds.length !== 2 || first === undefined || last === undefined) return undefined;
  // The last bound includes the whole of its day, month or year.
  const end = nextDate(format, last);
  const reachesNow = end > now;
  return {
    first: Math.ceil(first / DAY) * DAY,
    last: reachesNow ? midnight(end - 1) : midnight(end) - DAY,
    ...(reachesNow && { reachesNow }),
  };
}

/** The first instant of a bound. */
function readBound(bound: string, format: DateFormat, now: number): number | undefined {
  const relative = NOW.exec(bound);
  if (!relative) return readDate(format, bound.trim());
  const [, sign, count = '0', unit = 'DAY'] = relative;
  const instant = move(now, unit, Number(`${sign ?? ''}${count}`));
  return Number.isNaN(new Date(instant).getTime())
    ? undefined
    : readDate(format, writeDate(format, instant));
}

function move(instant: number, unit: string, count: number): number {
  if (unit !== 'YEAR' && unit !== 'MONTH') return instant + count * (LENGTHS[unit] ?? 0);
  const date = new Date(instant);
  const month = date.getUTCMonth() + count * (unit === 'YEAR' ? 12 : 1);
  // As in Java, 31 May minus three months is the last day of February.
  const days = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return date.setUTCFullYear(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), days));
}

/**
 * How long each value of a projected key lasts, in milliseconds: `interval` and `interval.unit` of its projection.
 * Undefined if the interval is not set; Infinity for units of a month or longer.
 */
export function readInterval(
  interval: string | undefined,
  unit: string | undefined,
): number | undefined {
  if (interval === undefined) return undefined;
  const name = (unit ?? 'DAYS').trim().toUpperCase().replace(/S$/, '');
  return Number(interval) * (LENGTHS[name] ?? Infinity);
}
