/** Sums the record counts of a table, so that its report has the same coverage as a report on local logs. */
import { byCodePoint } from '../cloudtrail/canonical.js';
import { scopeName } from '../cloudtrail/scope-name.js';
import { joinedSpans, spansOf, type HourSpan } from '../cloudtrail/time/hour-span.js';
import type { CoverageCell, KindCount } from '../dump/dump.js';
import { KindCounter } from '../dump/read/summary/kind-counter.js';
import type { RecordCount } from './row.js';
import { UNREADABLE } from './statement/record-count.js';
import { groupedBy } from '../memory/grouped.js';

/** A thousand accounts with 24 regions have so many cells. */
const MOST_CELLS = 24_000;

export interface CountedLogs {
  /** CloudTrail events, in the window or not. */
  readonly records: number;
  /** The instants of the earliest and the latest event. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** By account and region. */
  readonly coverage: readonly CoverageCell[];
  /** Records of further accounts and regions: more than a report can list. */
  readonly uncounted: { readonly records: number; readonly inWindow: number };
  /** All hours in the window that have an event. */
  readonly hours: readonly HourSpan[];
  /** The kinds of events in the window; none where the table does not say them. */
  readonly kinds: readonly KindCount[];
  /**
   * How many other records there are, by the reason why they are not events. Sorted by reason. Those of which nothing
   * can be read are lost evidence, and counted in `unreadable`.
   */
  readonly notEvents: readonly { readonly reason: string; readonly count: number }[];
  readonly unreadable: number;
  /** Events that have a name of a rule and a field that cannot be read: their number, and the file of one of them. */
  readonly odd: { readonly count: number; readonly example: string | undefined };
}

/** Sums the counts of all parts of a hunt. */
export function countedLogs(counts: readonly RecordCount[]): CountedLogs {
  const events = counts.filter(({ notEvent }) => notEvent === null);
  const reasons = [...new Set(counts.flatMap(({ notEvent }) => notEvent ?? []))]
    .filter((reason) => reason !== UNREADABLE)
    .toSorted();
  const cells = cellsOf(events);
  const rest = cells.slice(MOST_CELLS);
  return {
    ...spanOf(events),
    coverage: cells.slice(0, MOST_CELLS),
    uncounted: { records: recordsOf(rest), inWindow: recordsOf(rest.map((cell) => cell.inWindow)) },
    kinds: kindsOf(events),
    hours: joinedSpans(events.map(({ inWindow }) => spansIn(inWindow.hours))),
    notEvents: reasons.map((reason) => ({
      reason,
      count: recordsOf(counts.filter(({ notEvent }) => notEvent === reason)),
    })),
    odd: {
      count: events.reduce((total, { odd }) => total + odd, 0),
      example: lastExample(events),
    },
    unreadable: recordsOf(counts.filter(({ notEvent }) => notEvent === UNREADABLE)),
  };
}

/** The last of the files that the counts name. */
export function lastExample(counts: readonly RecordCount[]): string | undefined {
  return counts
    .flatMap(({ example }) => example ?? [])
    .toSorted(byCodePoint)
    .at(-1);
}

function recordsOf(counts: readonly Pick<RecordCount, 'records'>[]): number {
  return counts.reduce((total, { records }) => total + records, 0);
}

/** One cell for each account and region, of which each part of the hunt has a count. In the order of their names. */
function cellsOf(counts: readonly RecordCount[]): readonly CoverageCell[] {
  const groups = groupedBy(counts, ({ account, region }) =>
    JSON.stringify([account || null, region || null]),
  );
  return [...groups].toSorted(([a], [b]) => byCodePoint(a, b)).map(([, group]) => cellOf(group));
}

function cellOf(counts: readonly [RecordCount, ...RecordCount[]]): CoverageCell {
  const [{ account, region }] = counts;
  const windows = counts.map(({ inWindow }) => inWindow);
  return {
    account: scopeName(account),
    region: scopeName(region),
    ...spanOf(counts),
    hours: joinedSpans([
      ...windows.map(({ hours }) => spansIn(hours)),
      ...counts.map(({ otherHours }) => spansIn(otherHours)),
    ]),
    inWindow: {
      ...spanOf(windows),
      hours: joinedSpans(windows.map(({ hours }) => spansIn(hours))),
    },
  };
}

function kindsOf(events: readonly RecordCount[]): readonly KindCount[] {
  const counter = new KindCounter();
  for (const { eventKind, inWindow } of events)
    if (eventKind !== null && inWindow.records > 0) counter.merge({ ...eventKind, ...inWindow });
  return counter.counts();
}

function spansIn(hours: readonly number[]): readonly HourSpan[] {
  return spansOf(hours.toSorted((a, b) => a - b));
}

type Span = Pick<RecordCount, 'records' | 'first' | 'last'>;

function spanOf(counts: readonly Span[]): Span {
  const least = counts.reduce((first, count) => Math.min(first, count.first ?? first), Infinity);
  const most = counts.reduce((last, count) => Math.max(last, count.last ?? last), -Infinity);
  return {
    records: recordsOf(counts),
    first: Number.isFinite(least) ? least : undefined,
    last: Number.isFinite(most) ? most : undefined,
  };
}
