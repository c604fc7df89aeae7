/** Spans of whole UTC days. A day is the instant of its midnight, in milliseconds since 1970. */
import { DAY, midnight, type Window } from './window.js';

/** All days from `first` to `last`, both included; ±Infinity where the span has no end. */
export interface DaySpan {
  readonly first: number;
  readonly last: number;
}

export const ALL_DAYS: DaySpan = { first: -Infinity, last: Infinity };

/**
 * The days whose log files may hold events of the window. It begins a day before `since`, because a file may be stored
 * under the day before its events. It ends `late` milliseconds after `until`, because files may arrive late.
 */
export function partitionDays({ since, until }: Window, late: number): DaySpan {
  return {
    first: since === undefined ? -Infinity : midnight(since - DAY),
    last: until === undefined ? Infinity : midnight(until + late),
  };
}

/** The days on which the events of the window happened. */
export function eventDays({ since, until }: Window): DaySpan {
  return {
    first: since === undefined ? -Infinity : midnight(since),
    last: until === undefined ? Infinity : midnight(until - 1),
  };
}

/** A day as `YYYY-MM-DD`. Throws a RangeError for ±Infinity. */
export function dayName(day: number): string {
  return new Date(day).toISOString().split('T')[0] ?? '';
}

/** `2026-01-01..2026-01-08`, `2026-01-01`, `..2026-01-08`; undefined for all days. */
export function spanName({ first, last }: DaySpan): string | undefined {
  if (first === last) return dayName(first);
  const [from, to] = [first, last].map((day) => (Number.isFinite(day) ? dayName(day) : ''));
  return from || to ? `${from}..${to}` : undefined;
}

/** The number of days in a span: 0 where `last` is before `first`, Infinity where the span is open. */
export function dayCount({ first, last }: DaySpan): number {
  return Math.max(0, (last - first) / DAY + 1);
}

/** Every day of a bounded span, in order. */
export function daysOf(span: DaySpan): readonly number[] {
  return Array.from({ length: dayCount(span) }, (_, index) => span.first + index * DAY);
}

/** The fewest spans that hold exactly these days. The days must be in ascending order. */
export function mergeDays(days: readonly number[]): readonly DaySpan[] {
  const spans: { first: number; last: number }[] = [];
  for (const day of days) {
    const span = spans.at(-1);
    if (span !== undefined && day - span.last === DAY) span.last = day;
    else spans.push({ first: day, last: day });
  }
  return spans;
}
