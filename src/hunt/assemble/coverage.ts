/** Finds out from the counts of records which accounts, regions and hours the logs cover. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { formatInstant } from '../../cloudtrail/time.js';
import { HOUR, type Window } from '../../cloudtrail/window.js';
import type { CoverageCell } from '../../dump/dump.js';
import type { LogCoverage, CoveredScope } from '../../report/report.js';

/** A summary of the logs that were read. Instants are milliseconds since 1970 UTC. */
export interface LogsRead {
  readonly records: number;
  /** The instants of the earliest and the latest record, inside or outside the window. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** The records in the window. */
  readonly coverage: readonly CoverageCell[];
}

const GAPS_SHOWN = 10;

/** The coverage for the report. Empty hours are counted between the window's bounds, or the first and last event. */
export function coverageOf(logs: LogsRead, window: Window): LogCoverage {
  const hours = [...new Set(logs.coverage.flatMap((cell) => cell.hour ?? []))].toSorted(
    (a, b) => a - b,
  );
  const gaps = gapsOf(hours, window);
  return {
    first: text(logs.first),
    last: text(logs.last),
    accounts: scopes(logs.coverage, (cell) => cell.account),
    regions: scopes(logs.coverage, (cell) => cell.region),
    hours: {
      covered: hours.length,
      empty: gaps.reduce((total, gap) => total + (gap.until - gap.since) / HOUR, 0),
      gaps: gaps
        .toSorted((a, b) => b.until - b.since - (a.until - a.since) || a.since - b.since)
        .slice(0, GAPS_SHOWN)
        .map(({ since, until }) => ({ since: formatInstant(since), until: formatInstant(until) })),
    },
  };
}

function gapsOf(hours: readonly number[], window: Window) {
  const hour = (instant: number): number => Math.floor(instant / HOUR) * HOUR;
  const begin = window.since === undefined ? hours[0] : hour(window.since);
  const last = hours.at(-1);
  const end = window.until === undefined ? last && last + HOUR : hour(window.until + HOUR - 1);
  if (begin === undefined || end === undefined) return [];
  const gaps: { since: number; until: number }[] = [];
  let next = begin;
  for (const start of [...hours, end]) {
    if (start > next) gaps.push({ since: next, until: start });
    next = Math.max(next, start + HOUR);
  }
  return gaps;
}

function scopes(
  cells: readonly CoverageCell[],
  nameOf: (cell: CoverageCell) => string | null,
): readonly CoveredScope[] {
  const names = [...new Set(cells.map(nameOf))];
  return names
    .toSorted((a, b) => (a === null ? 1 : b === null ? -1 : byCodePoint(a, b)))
    .map((name) => {
      const own = cells.filter((cell) => nameOf(cell) === name);
      return {
        name,
        events: own.reduce((total, cell) => total + cell.records, 0),
        first: text(
          extreme(
            own.map((cell) => cell.first),
            Math.min,
          ),
        ),
        last: text(
          extreme(
            own.map((cell) => cell.last),
            Math.max,
          ),
        ),
      };
    });
}

function extreme(
  instants: readonly (number | undefined)[],
  pick: (a: number, b: number) => number,
): number | undefined {
  const known = instants.filter((instant) => instant !== undefined);
  return known.length === 0 ? undefined : known.reduce((best, instant) => pick(best, instant));
}

function text(instant: number | undefined): string | null {
  return instant === undefined ? null : formatInstant(instant);
}
