/**
 * Coverage gaps: days, accounts and regions that a hunt needs and for which a table gives no rows. The engine reports no
 * error for them, so without this list a result of zero would look complete.
 */
import { spanName, type DaySpan } from '../../../cloudtrail/time/day-span.js';

/** A gap as the report shows it, among the files that could not be read. */
export interface PartitionGap {
  /** `2026-01-01..2026-01-08`, `account=111122223333`, … */
  readonly path: string;
  readonly reason: string;
  /** The days that no account and region has; undefined if the gap is something else. */
  readonly days?: DaySpan | undefined;
}

/** What a hunt needs from a table. */
export interface NeededCoverage {
  readonly days: DaySpan;
  /** Empty if the rules ask for no certain account. */
  readonly accounts: readonly string[];
  /** Empty if the rules ask for no certain region. */
  readonly regions: readonly string[];
}

/** The keys other than the day by which a table may be partitioned. */
export type KeyName = 'account' | 'region';

/** The gap for a span of days. `why` says why there are no rows. */
export function dayGap(span: DaySpan, why: string): PartitionGap {
  const days = span.first === span.last ? 'this day' : 'these days';
  return {
    path: spanName(span) ?? 'all days',
    reason: `${why}: the table gives no rows for ${days}`,
    days: span,
  };
}

/** The gap for an account or a region. `why` says why there are no rows. */
export function keyGap(name: KeyName, value: string, why: string): PartitionGap {
  return { path: `${name}=${value}`, reason: `${why}: the table gives no rows for this ${name}` };
}
