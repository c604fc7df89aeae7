/** Spans of whole hours, from which a report says when there are records and when there are none. */
import { HOUR } from './window.js';

/** `[since, until)`, in milliseconds since 1970 UTC. Both are whole hours. */
export interface HourSpan {
  readonly since: number;
  readonly until: number;
}

/** The hour in which the instant lies. */
export function hourOf(instant: number): number {
  return Math.floor(instant / HOUR) * HOUR;
}

/** The spans that these hours make up. The hours are in order, and an hour may be given twice. */
export function spansOf(hours: Iterable<number>): readonly HourSpan[] {
  const spans: { since: number; until: number }[] = [];
  for (const hour of hours) {
    const last = spans.at(-1);
    if (last !== undefined && hour <= last.until) last.until = Math.max(last.until, hour + HOUR);
    else spans.push({ since: hour, until: hour + HOUR });
  }
  return spans;
}

/** The spans of all lists together, in order. Spans that touch become one. */
export function joinedSpans(lists: readonly (readonly HourSpan[])[]): readonly HourSpan[] {
  const joined: { since: number; until: number }[] = [];
  for (const { since, until } of lists.flat().toSorted((a, b) => a.since - b.since)) {
    const last = joined.at(-1);
    if (last !== undefined && since <= last.until) last.until = Math.max(last.until, until);
    else joined.push({ since, until });
  }
  return joined;
}

/** What the spans leave free of a whole. The spans are in order and apart. */
export function gapsIn(spans: readonly HourSpan[], whole: HourSpan): readonly HourSpan[] {
  const gaps: HourSpan[] = [];
  let next = whole.since;
  for (const { since, until } of spans) {
    if (since > next) gaps.push({ since: next, until: Math.min(since, whole.until) });
    next = Math.max(next, until);
    if (next >= whole.until) return gaps;
  }
  return [...gaps, { since: next, until: whole.until }];
}

/** How many hours the spans have together. */
export function hoursIn(spans: readonly HourSpan[]): number {
  return spans.reduce((total, { since, until }) => total + (until - since) / HOUR, 0);
}
