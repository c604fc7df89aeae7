/** A time in which a name means a resource, to the minute: the rule language compares the parts of a time as numbers. */
import { testOf } from '../condition/build.js';
import type { Condition, Test, TimePart } from '../condition/condition.js';

/** From when until when, as texts of instants; undefined for always. */
export interface Span {
  readonly since: string | undefined;
  readonly until: string | undefined;
}

type Part = readonly [part: TimePart, value: number];

/** Holds for an event in one of the spans, and for one whose time cannot be read. */
export function withinSpans(spans: readonly Span[]): Condition {
  const of = spans.map(({ since, until }): Condition => {
    const outside = [...beyond(since, 'lessThan'), ...beyond(until, 'greaterThan')];
    return { kind: 'not', of: { kind: 'any', of: outside } };
  });
  return { kind: 'any', of };
}

/** Nothing can be beyond no time. */
function beyond(instant: string | undefined, op: 'lessThan' | 'greaterThan'): readonly Condition[] {
  const parts = instant === undefined ? [] : partsOf(new Date(instant));
  return parts.map((part, index) => ({
    kind: 'all',
    of: [...parts.slice(0, index).map((equal) => timeTest(equal, 'equals')), timeTest(part, op)],
  }));
}

function partsOf(date: Date): readonly Part[] {
  return [
    ['year', date.getUTCFullYear()],
    ['month', date.getUTCMonth() + 1],
    ['day', date.getUTCDate()],
    ['hour', date.getUTCHours()],
    ['minute', date.getUTCMinutes()],
  ];
}

function timeTest([part, value]: Part, op: Test['op']): Test {
  return { ...testOf('eventTime', op, [String(value)]), part };
}
