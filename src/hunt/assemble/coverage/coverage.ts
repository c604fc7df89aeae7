/** Finds out from the counts of records which accounts, regions and hours the logs cover. */
import { byCodePoint } from '../../../cloudtrail/canonical.js';
import {
  gapsIn,
  hourOf,
  hoursIn,
  joinedSpans,
  type HourSpan,
} from '../../../cloudtrail/time/hour-span.js';
import { formatInstant, instantText } from '../../../cloudtrail/time/time.js';
import { HOUR, type Window } from '../../../cloudtrail/time/window.js';
import type { CoverageCell, KindCount } from '../../../dump/dump.js';
import type {
  CoverageGap,
  CoveredHours,
  CoveredScope,
  LogCoverage,
  UsualGaps,
} from '../../../report/coverage.js';
import { groupedBy } from '../../../memory/grouped.js';
import { remembering, rememberingByObject } from '../../../memory/remembering.js';
import { FEWEST_HOURS, habitIn } from './usual.js';

/** A summary of the logs that were read. Instants are milliseconds since 1970 UTC. */
export interface LogsRead {
  readonly records: number;
  /** The instants of the earliest and the latest record, inside or outside the window. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** The records of each account and region, inside and outside the window. */
  readonly coverage: readonly CoverageCell[];
  /** Records of further accounts and regions. */
  readonly uncounted: { readonly records: number; readonly inWindow: number };
  /** The kinds of the records in the window. */
  readonly kinds: readonly KindCount[];
}

/** The records in the window of one account, or one region, or one region of an account. */
export interface Scope {
  readonly name: string | null;
  readonly records: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly hours: readonly HourSpan[];
}

export interface AccountCoverage extends Scope {
  readonly regions: readonly Scope[];
}

/** The most gaps that the lists of a report name together. */
const MOST_GAPS = 50_000;

/** The coverage for the report. Files with events from `stillFilling` on may still arrive. */
export function coverageOf(logs: LogsRead, window: Window, stillFilling = Infinity): LogCoverage {
  const accounts = accountCoverages(logs.coverage);
  const hours = joinedSpans(accounts.map((account) => account.hours));
  const whole = hoursAskedFor(hours, window);
  const gaps = [
    hours,
    ...accounts.flatMap(({ hours: own, regions }) => [
      own,
      ...regions.map((region) => region.hours),
    ]),
  ].map((spans) => (whole === undefined ? [] : gapsIn(spans, whole)));
  const shortest = shortestListed(gaps.flat());
  const isListed = (gap: HourSpan): boolean => hoursIn([gap]) >= shortest;
  const covered = (spans: readonly HourSpan[]): CoveredHours => {
    const own = whole === undefined ? [] : gapsIn(spans, whole);
    return {
      covered: hoursIn(spans),
      empty: hoursIn(own),
      gaps: longestFirst(own.filter(isListed)).map(gapText),
    };
  };
  const gapsOf = (scope: Scope, fewestHours: number): UsualGaps => {
    const habit = whole && habitIn(scope.hours, whole, fewestHours);
    const silences = habit?.silences ?? [];
    return {
      usualGap: habit?.usual ?? null,
      unusualGaps: silences
        .filter((silence) => silence.kind !== 'stops' || silence.since < stillFilling)
        .filter(isListed)
        .map(gapText),
    };
  };
  return {
    first: instantText(logs.first),
    last: instantText(logs.last),
    hours: covered(hours),
    shortestGap: shortest,
    accounts: accounts.map((account) => ({
      ...coveredScope(account),
      hours: covered(account.hours),
      ...gapsOf(account, FEWEST_HOURS.account),
      regions: account.regions.map((region) => ({
        ...coveredScope(region),
        hours: covered(region.hours),
        ...gapsOf(region, FEWEST_HOURS.region),
      })),
    })),
    regions: scopesBy(cellsInWindow(logs.coverage), ({ region }) => region).map(({ scope }) =>
      coveredScope(scope),
    ),
    uncounted: logs.uncounted.inWindow,
  };
}

/**
 * The accounts with records in the window, each with its regions. In the order of their names. Several parts of a report ask for
 * the same accounts.
 */
export const accountCoverages = rememberingByObject(
  (cells: readonly CoverageCell[]): readonly AccountCoverage[] =>
    scopesBy(cellsInWindow(cells), ({ account }) => account).map(({ scope, cells: own }) => ({
      ...scope,
      regions: scopesBy(own, ({ region }) => region).map(({ scope: region }) => region),
    })),
);

/** The records of each account, inside and outside the window. */
export function recordsByAccount({
  coverage,
}: Pick<LogsRead, 'coverage'>): ReadonlyMap<string | null, Omit<Scope, 'name' | 'records'>> {
  return new Map(
    [...groupedBy(coverage, ({ account }) => account)].map(([account, cells]) => [
      account,
      spanOf(cells),
    ]),
  );
}

/** The whole hours from the start of the window to its end; where it is open, from the first or to the last record. */
export function hoursAskedFor(
  hours: readonly HourSpan[],
  { since, until }: Window,
): HourSpan | undefined {
  const begin = since === undefined ? hours[0]?.since : hourOf(since);
  const end = until === undefined ? hours.at(-1)?.until : hourOf(until + HOUR - 1);
  return begin === undefined || end === undefined || begin >= end
    ? undefined
    : { since: begin, until: end };
}

function cellsInWindow(cells: readonly CoverageCell[]): readonly CoverageCell[] {
  return cells.filter(({ inWindow }) => inWindow.records > 0);
}

function scopesBy(
  cells: readonly CoverageCell[],
  nameOf: (cell: CoverageCell) => string | null,
): readonly { readonly scope: Scope; readonly cells: readonly CoverageCell[] }[] {
  return [...groupedBy(cells, nameOf)]
    .toSorted(([a], [b]) => (a === null ? 1 : b === null ? -1 : byCodePoint(a, b)))
    .map(([name, own]) => ({ scope: scopeOf(name, own), cells: own }));
}

function scopeOf(name: string | null, cells: readonly CoverageCell[]): Scope {
  const windows = cells.map(({ inWindow }) => inWindow);
  return {
    name,
    records: windows.reduce((total, { records }) => total + records, 0),
    ...spanOf(windows),
  };
}

function spanOf(
  counts: readonly Pick<Scope, 'first' | 'last' | 'hours'>[],
): Pick<Scope, 'first' | 'last' | 'hours'> {
  return {
    first: extreme(
      counts.map(({ first }) => first),
      Math.min,
    ),
    last: extreme(
      counts.map(({ last }) => last),
      Math.max,
    ),
    hours: joinedSpans(counts.map(({ hours }) => hours)),
  };
}

function extreme(
  instants: readonly (number | undefined)[],
  pick: (a: number, b: number) => number,
): number | undefined {
  return instants
    .filter((instant) => instant !== undefined)
    .reduce<number | undefined>(
      (best, instant) => (best === undefined ? instant : pick(best, instant)),
      undefined,
    );
}

/** The length from which on all gaps together are few enough to be listed. */
function shortestListed(gaps: readonly HourSpan[]): number {
  if (gaps.length <= MOST_GAPS) return 1;
  const lengths = gaps.map((gap) => hoursIn([gap])).toSorted((a, b) => b - a);
  return (lengths[MOST_GAPS] ?? 0) + 1;
}

function longestFirst(gaps: readonly HourSpan[]): readonly HourSpan[] {
  return gaps.toSorted((a, b) => b.until - b.since - (a.until - a.since) || a.since - b.since);
}

/** Gaps of all accounts and regions begin and end at the same few hours. */
const hourText = remembering(formatInstant, { most: MOST_GAPS });

function gapText({ since, until }: HourSpan): CoverageGap {
  return { since: hourText(since), until: hourText(until) };
}

function coveredScope({ name, records, first, last }: Scope): CoveredScope {
  return { name, events: records, first: instantText(first), last: instantText(last) };
}
