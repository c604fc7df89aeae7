/** Gaps of a table with partition projection: days outside its range, and values that it does not list. */
import { DAY } from '../../../cloudtrail/time/window.js';
import type { DaySpan } from '../../../cloudtrail/time/day-span.js';
import { unlistedDays } from '../days/unlisted-days.js';
import { canonicalValue } from '../key-value.js';
import type { DayKeys, Layout, PartitionKey } from '../layout.js';
import { dayGap, keyGap, type PartitionGap, type KeyName, type NeededCoverage } from './gap.js';

/** The gaps, whatever files are in the bucket. None for a table without projection. */
export function projectionGaps(layout: Layout, needed: NeededCoverage): readonly PartitionGap[] {
  if (!layout.projected) return [];
  return [
    ...(layout.days ? daysOutside(layout.days, needed.days) : []),
    ...unlistedValues('account', layout.account, needed.accounts),
    ...unlistedValues('region', layout.region, needed.regions),
  ];
}

function daysOutside(days: DayKeys, { first, last }: DaySpan): readonly PartitionGap[] {
  const { range } = days;
  const gaps: PartitionGap[] = [];
  // A hunt without a start needs no certain day, so the days before the range are not a gap.
  if (Number.isFinite(first) && first < range.first) {
    const before = { first, last: Math.min(last, range.first - DAY) };
    gaps.push(dayGap(before, `before ${range.property}`));
  }
  const within = { first: Math.max(first, range.first), last: Math.min(last, range.last) };
  if (Number.isFinite(within.first) && Number.isFinite(within.last))
    for (const { column, span } of unlistedDays(days, within))
      gaps.push(dayGap(span, `not among the projected values of "${column}"`));
  if (last > range.last && range.reachesNow !== true) {
    const after = { first: Math.max(first, range.last + DAY), last };
    gaps.push(dayGap(after, `after ${range.property}`));
  }
  return gaps;
}

function unlistedValues(
  name: KeyName,
  key: PartitionKey | undefined,
  needed: readonly string[],
): readonly PartitionGap[] {
  if (key?.values.kind !== 'listed') return [];
  const listed = new Set(key.values.values.map((value) => canonicalValue(key, value)));
  return needed
    .filter((value) => !listed.has(canonicalValue(key, value)))
    .map((value) => keyGap(name, value, `not among the projected values of "${key.column}"`));
}
