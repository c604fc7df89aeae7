/** A span of days as years, months and days: the fewest pieces that a table with those keys can be asked for. */
import { DAY } from '../../../cloudtrail/window.js';
import { daysOf, type DaySpan } from './day-span.js';

/** The days of these years; of those in these months; of those, these. */
export interface CalendarPiece {
  /** Both included, ±Infinity where open. */
  readonly years: { readonly first: number; readonly last: number };
  /** From 1 to 12. */
  readonly months?: readonly number[];
  readonly days?: readonly number[];
}

/** The span's days, each in exactly one piece; with `named`, every piece of a bounded span has months and days. */
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

/** The midnight that begins a month; the thirteenth is the next year's first. */
function firstDay(year: number, month: number): number {
  // Not `Date.UTC`, which takes the years below 100 for the twentieth century's.
  return new Date(0).setUTCFullYear(year, month - 1, 1);
}
