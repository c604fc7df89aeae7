/** Splits a slice into the partition that is named and the rest, so that one bad partition is found without halving. */
import { dayCount } from '../../cloudtrail/time/day-span.js';
import { DAY } from '../../cloudtrail/time/window.js';
import type { NamedPartition } from './path-partition.js';
import type { KnownKeys, Slice } from './slice.js';

/**
 * Slices with the same partitions: the named one; the other regions, the other accounts of its day; the days before and after.
 * Undefined if what is named makes the slice no smaller. `known` must hold every account and region of the table.
 */
export function splitOut(
  slice: Slice,
  { day, values }: NamedPartition,
  known: KnownKeys,
): readonly Slice[] | undefined {
  const rest: Slice[] = [];
  let inner = slice;
  const { days } = slice;
  if (days !== undefined && dayCount(days) > 1) {
    // Days are always split before accounts and regions.
    if (day === undefined || day < days.first || day > days.last) return undefined;
    if (day > days.first) rest.push({ ...slice, days: { first: days.first, last: day - DAY } });
    if (day < days.last) rest.push({ ...slice, days: { first: day + DAY, last: days.last } });
    inner = { ...slice, days: { first: day, last: day } };
  }
  const accounts = apart(slice.accounts ?? known.accounts, values);
  if (accounts !== undefined) {
    rest.push({ ...inner, accounts: accounts.others });
    inner = { ...inner, accounts: accounts.named };
  }
  const regions = apart(slice.regions ?? known.regions, values);
  if (regions !== undefined) {
    rest.push({ ...inner, regions: regions.others });
    inner = { ...inner, regions: regions.named };
  }
  return rest.length === 0 ? undefined : [inner, ...rest.toReversed()];
}

/** The values that are named, and the others; undefined where either list is empty. */
function apart(all: readonly string[], values: ReadonlySet<string>) {
  const named = all.filter((value) => values.has(value));
  const others = all.filter((value) => !values.has(value));
  return named.length === 0 || others.length === 0 ? undefined : { named, others };
}
