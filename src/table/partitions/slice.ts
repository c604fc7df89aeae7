/** Sets of partitions, and how they are cut into smaller ones. */
import { DAY } from '../../cloudtrail/window.js';
import { spanName } from './days/day-span.js';

/** A set of partitions: every day of a span, in every account and region listed. */
export interface Slice {
  /** Midnights UTC, both included, ±Infinity where open; undefined: the table has no days. */
  readonly days: { readonly first: number; readonly last: number } | undefined;
  /** Undefined: whatever there is. */
  readonly accounts: readonly string[] | undefined;
  readonly regions: readonly string[] | undefined;
}

/** A stable and readable name: `2026-01-01..2026-01-08`, `2026-01-01 account=111122223333`, `all`. */
export function sliceName({ days, accounts, regions }: Slice): string {
  const parts = [
    days && spanName(days),
    accounts && `account=${accounts.join(',')}`,
    regions && `region=${regions.join(',')}`,
  ].filter((part) => part !== undefined);
  return parts.join(' ') || 'all';
}

/** Cuts a slice into equal spans (give or take a day) of at most `longestDays`; an unbounded span stays one. */
export function cutSlice(slice: Slice, longestDays: number): readonly Slice[] {
  const { days } = slice;
  const count = dayCount(slice);
  if (days === undefined || count === undefined) return [slice];
  const pieces = Math.ceil(count / Math.max(1, Math.floor(longestDays)));
  const start = (piece: number) => days.first + Math.floor((piece * count) / pieces) * DAY;
  return Array.from({ length: pieces }, (_, i) => ({
    ...slice,
    days: { first: start(i), last: start(i + 1) - DAY },
  }));
}

/**
 * Two slices that hold what one held: halves by days, then accounts, then regions; undefined for a single partition.
 * Open spans are never halved by days. `known` must be all accounts and regions that there are; it serves where the slice lists none.
 */
export function halve(
  slice: Slice,
  known: { readonly accounts: readonly string[]; readonly regions: readonly string[] },
): readonly [Slice, Slice] | undefined {
  const count = dayCount(slice);
  if (slice.days !== undefined && count !== undefined && count > 1) {
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

/** How many days a bounded span has. */
function dayCount({ days }: Slice): number | undefined {
  const count = days === undefined ? Infinity : (days.last - days.first) / DAY + 1;
  return Number.isFinite(count) ? count : undefined;
}
