/** Spans of days: midnights UTC, both included, ±Infinity where open. */
import { DAY } from '../../../cloudtrail/window.js';

export interface DaySpan {
  readonly first: number;
  readonly last: number;
}

/** A day as `YYYY-MM-DD`. */
export function dayName(day: number): string {
  return new Date(day).toISOString().split('T')[0] ?? '';
}

/** `2026-01-01..2026-01-08`, `2026-01-01`, `..2026-01-08`; undefined for all time. */
export function spanName({ first, last }: DaySpan): string | undefined {
  if (first === last) return dayName(first);
  const [from, to] = [first, last].map((day) => (Number.isFinite(day) ? dayName(day) : ''));
  return from || to ? `${from}..${to}` : undefined;
}

/** The days of a span that is bounded. */
export function daysOf({ first, last }: DaySpan): readonly number[] {
  return Array.from({ length: Math.max(0, (last - first) / DAY + 1) }, (_, i) => first + i * DAY);
}

/** Days, in their order, as few spans. */
export function mergeDays(days: readonly number[]): readonly DaySpan[] {
  const spans: { first: number; last: number }[] = [];
  for (const day of days) {
    const span = spans.at(-1);
    if (span !== undefined && day - span.last === DAY) span.last = day;
    else spans.push({ first: day, last: day });
  }
  return spans;
}
