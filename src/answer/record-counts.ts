/** Sums the record counts of a table, so that its report has the same coverage as a report on local logs. */
import type { CoverageCell } from '../dump/dump.js';
import type { RecordCount } from './row.js';

export interface CountedLogs {
  /** CloudTrail events, in the window or not. */
  readonly records: number;
  /** The instants of the earliest and the latest event. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** The events in the window. */
  readonly coverage: readonly CoverageCell[];
  /** How many other records there are, by the reason why they are not events. Sorted by reason. */
  readonly notEvents: readonly { readonly reason: string; readonly count: number }[];
}

/** Sums the counts of all parts of a hunt. */
export function countedLogs(counts: readonly RecordCount[]): CountedLogs {
  const events = counts.filter(({ notEvent }) => notEvent === null);
  const reasons = [...new Set(counts.flatMap(({ notEvent }) => notEvent ?? []))].toSorted();
  const firsts = events.flatMap(({ first }) => first ?? []);
  const lasts = events.flatMap(({ last }) => last ?? []);
  return {
    records: recordsOf(events),
    first: firsts.length === 0 ? undefined : Math.min(...firsts),
    last: lasts.length === 0 ? undefined : Math.max(...lasts),
    coverage: events.flatMap(cellsOf),
    notEvents: reasons.map((reason) => ({
      reason,
      count: recordsOf(counts.filter(({ notEvent }) => notEvent === reason)),
    })),
  };
}

function recordsOf(counts: readonly RecordCount[]): number {
  return counts.reduce((total, { records }) => total + records, 0);
}

/** A table lists the hours but does not count by hour. So the first cell has all records, and each other cell names an hour. */
function cellsOf({ account, region, inWindow }: RecordCount): readonly CoverageCell[] {
  const { records, first, last, hours } = inWindow;
  if (records === 0) return [];
  const empty = { account, region, hour: undefined, first: undefined, last: undefined, records: 0 };
  return [{ ...empty, records, first, last }, ...hours.map((hour) => ({ ...empty, hour }))];
}
