/** Sets of partitions, and how they are cut into smaller sets. */
import { dayCount, spanName, type DaySpan } from '../../cloudtrail/time/day-span.js';
import { DAY } from '../../cloudtrail/time/window.js';

/** A set of partitions: every day of the span, in every listed account and region. */
export interface Slice {
  /** Undefined if no partition key gives the day. */
  readonly days: DaySpan | undefined;
  /** True for the partitions whose keys give no day, as Hive's default partition, and only those. */
  readonly undated?: boolean;
  /** Undefined for all accounts of the table. */
  readonly accounts: readonly string[] | undefined;
  /** Undefined for all regions of the table. */
  readonly regions: readonly string[] | undefined;
}

/** The accounts and regions of a table; none where not all of its partitions have one. */
export interface KnownKeys {
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** A stable and readable name: `2026-01-01..2026-01-08`, `2026-01-01 account=111122223333`, `all`. */
export function sliceName({ days, undated, accounts, regions }: Slice): string {
  const parts = [
    days && spanName(days),
    undated === true ? 'without a day' : undefined,
    accounts && `account=${accounts.join(',')}`,
    regions && `region=${regions.join(',')}`,
  ].filter((part) => part !== undefined);
  return parts.join(' ') || 'all';
}

/** Whether a slice leaves out accounts or regions of the table. */
export function isPartial({ accounts, regions }: Slice): boolean {
  return accounts !== undefined || regions !== undefined;
}

/** Cuts a slice into spans of at most `longestDays` days, equal to within a day. A slice without bounds stays whole. */
export function cutSlice(slice: Slice, longestDays: number): readonly Slice[] {
  const { days } = slice;
  const count = days === undefined ? Infinity : dayCount(days);
  if (days === undefined || !Number.isFinite(count)) return [slice];
  const pieces = Math.ceil(count / Math.max(1, Math.floor(longestDays)));
  const start = (piece: number): number => days.first + Math.floor((piece * count) / pieces) * DAY;
  return Array.from({ length: pieces }, (_, piece) => ({
    ...slice,
    days: { first: start(piece), last: start(piece + 1) - DAY },
  }));
}

/**
 * Two slices with the same partitions: halves by days, else by accounts, else by regions. Undefined for a single
 * partition. An open span is never halved by days. `known` must hold every account and region of the table: it is used
 * where the slice lists none.
 */
export function halve(slice: Slice, known: KnownKeys): readonly [Slice, Slice] | undefined {
  const count = slice.days === undefined ? Infinity : dayCount(slice.days);
  if (slice.days !== undefined && count > 1 && Number.isFinite(count)) {
    const { first, last } = slice.days;
    const middle = first + Math.floor(count / 2) * DAY;
    return [
      { ...slice, days: { first, last: middle - DAY } },
      { ...slice, days: { first: middle, last } },
    ];
  }
  const accounts = halves(slice.accounts ?? known.accounts);
  if (accounts)
    return [
      { ...slice, accounts: accounts[0] },
      { ...slice, accounts: accounts[1] },
    ];
  const regions = halves(slice.regions ?? known.regions);
  if (regions)
    return [
      { ...slice, regions: regions[0] },
      { ...slice, regions: regions[1] },
    ];
  return undefined;
}

function halves(values: readonly string[]): readonly [string[], string[]] | undefined {
  const all = [...new Set(values)];
  const middle = Math.floor(all.length / 2);
  return middle === 0 ? undefined : [all.slice(0, middle), all.slice(middle)];
}
