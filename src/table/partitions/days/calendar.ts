/** Writes a span of days as the fewest conditions on year, month and day, for tables with these partition keys. */
import { DAY } from '../../../cloudtrail/time/window.js';
import { daysOf, type DaySpan } from '../../../cloudtrail/time/day-span.js';

/** The days of some years; where months or days are listed, only those months and days. */
export interface CalendarPiece {
  /** Both years included; ±Infinity where open. */
  readonly years: { readonly first: number; readonly last: number };
  /** From 1 to 12. */
  readonly months?: readonly number[];
  /** From 1 to 31. */
  readonly days?: readonly number[];
}

/**
 * The days of the span, each in exactly one piece. With `named`, every piece lists its months and days, as injected keys
 * require; then the span must be bounded.
 */
export function calendarPieces(span: DaySpan, named: boolean): readonly CalendarPiece[] {
  const pieces: CalendarPiece[] = [];
  for (let from = span.first; from < span.last + DAY;) {
    const whole = named ? undefined : (wholeYears(from, span.last) ?? wholeMonths(from, span.last));
    const { piece, next } = whole ?? daysOfMonth(from, span.last);
    pieces.push(piece);
    from = next;
  }
  return pieces;
}

interface Step {
  readonly piece: CalendarPiece;
  /** The day after the piece. */
  readonly next: number;
}

function wholeYears(from: number, to: number): Step | undefined {
  const first = from === -Infinity ? -Infinity : yearOf(from);
  if (Number.isFinite(from) && from !== firstDay(first, 1)) return undefined;
  const last = to === Infinity ? Infinity : yearOf(to + DAY) - 1;
  if (last < first) return undefined;
  return {
    piece: { years: { first, last } },
    next: last === Infinity ? Infinity : firstDay(last + 1, 1),
  };
}

function wholeMonths(from: number, to: number): Step | undefined {
  const [year, first] = [yearOf(from), monthOf(from)];
  const last = to >= firstDay(year + 1, 1) - DAY ? 12 : monthOf(to + DAY) - 1;
  if (from !== firstDay(year, first) || last < first) return undefined;
  const months = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  return { piece: { years: { first: year, last: year }, months }, next: firstDay(year, last + 1) };
}

function daysOfMonth(from: number, to: number): Step {
  const [year, month] = [yearOf(from), monthOf(from)];
  const next = firstDay(year, month + 1);
  const days = daysOf({ first: from, last: Math.min(to, next - DAY) });
  return {
    piece: {
      years: { first: year, last: year },
      months: [month],
      days: days.map((day) => new Date(day).getUTCDate()),
    },
    next,
  };
}

function yearOf(day: number): number {
  return new Date(day).getUTCFullYear();
}

function monthOf(day: number): number {
  return new Date(day).getUTCMonth() + 1;
}

/** The first day of a month. Month 13 is January of the next year. */
function firstDay(year: number, month: number): number {
  // `Date.UTC` would read the years 0 to 99 as 1900 to 1999.
  return new Date(0).setUTCFullYear(year, month - 1, 1);
}
