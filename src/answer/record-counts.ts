/** What the counts of a table's records say of the logs: the same summary that a reading of local logs gives. */
import type { CoverageCell } from '../dump/dump.js';
import type { RecordCount } from './row.js';

export interface CountedLogs {
  /** CloudTrail events, in the window or not. */
  readonly records: number;
  /** The instants of the earliest and latest of them. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** Those in the window. */
  readonly coverage: readonly CoverageCell[];
  /** Why other records are not events, in a fixed order. */
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

/** The first cell has all the records: a table lists the hours and does not count by them. The other cells say which hours those are. */
function cellsOf({ account, region, inWindow }: RecordCount): readonly CoverageCell[] {
  const { records, first, last, hours } = inWindow;
  if (records === 0) return [];
  const empty = { account, region, hour: undefined, first: undefined, last: undefined, records: 0 };
  return [{ ...empty, records, first, last }, ...hours.map((hour) => ({ ...empty, hour }))];
}
