/** Gaps of a table whose partitions must be registered: partitions that are not registered. */
import { byCodePoint } from '../../../cloudtrail/canonical.js';
import { dayName, daysOf, mergeDays, spanName } from '../../../cloudtrail/time/day-span.js';
import type { DaySpan } from '../../../cloudtrail/time/day-span.js';
import { DAY, midnight } from '../../../cloudtrail/time/window.js';
import type { Layout } from '../layout.js';
import { sliceName } from '../slice.js';
import type { RegisteredPair } from '../sql/registered.js';
import { dayGap, keyGap, type PartitionGap, type KeyName, type NeededCoverage } from './gap.js';
import { lastBeforeStop } from './stopped.js';
import { groupedBy } from '../../../memory/grouped.js';

export interface RegistrationRequest {
  readonly layout: Layout;
  readonly needed: NeededCoverage;
  /** All pairs of account and region that have a partition, with their days from `HISTORY` before to `HISTORY` after the needed ones. */
  readonly registered: readonly RegisteredPair[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** An account and region that lacks days which other accounts and regions have. */
export interface LackingPair {
  /** `account=111122223333 region=eu-west-1` */
  readonly name: string;
  readonly days: readonly DaySpan[];
}

export interface Registration {
  /** What is lost: days that no account and region has, and accounts and regions that stopped for good or never had a partition. */
  readonly gaps: readonly PartitionGap[];
  /** Not lost by itself, because a quiet region has no folder. The pairs with the most registered days come first. */
  readonly lacking: readonly LackingPair[];
  /** The day of `now`, where it is needed and no account and region has it yet. */
  readonly awaited: number | undefined;
}

/** The most gaps of this kind that are named. A company may close a hundred accounts at once. */
const MOST_STOPS = 50;

const NOTHING: Registration = { gaps: [], lacking: [], awaited: undefined };

/**
 * Compares the registered partitions with what is needed, up to the day of `now`, whose partitions may still come. A projected
 * table lacks nothing.
 */
export function registrationOf(request: RegistrationRequest): Registration {
  const { layout, needed, registered, now } = request;
  if (layout.projected || layout.days === undefined) return NOTHING;
  const days = { first: needed.days.first, last: Math.min(needed.days.last, midnight(now)) };
  if (registered.length === 0) {
    const reason =
      'no partition of the table is registered, so it gives no rows: register them (ALTER TABLE … ADD PARTITION)';
    return { ...NOTHING, gaps: [{ path: spanName(days) ?? 'all days', reason }] };
  }
  const unknown = [
    ...(layout.account ? unknownValues('account', needed.accounts, registered) : []),
    ...(layout.region ? unknownValues('region', needed.regions, registered) : []),
  ];
  const pairs = registered.filter((pair) => isNeeded(pair, needed));
  if (pairs.length === 0) {
    const why = 'no partition is registered for these accounts in these regions';
    return { ...NOTHING, gaps: unknown.length === 0 ? [dayGap(days, why)] : unknown };
  }
  const { gaps, ...rest } = compareDays({ pairs, registered, days, today: midnight(now) });
  return { ...rest, gaps: [...gaps, ...unknown] };
}

function isNeeded(pair: RegisteredPair, { accounts, regions }: NeededCoverage): boolean {
  const isAmong = (value: string | null, values: readonly string[]): boolean =>
    value === null || values.length === 0 || values.includes(value);
  return isAmong(pair.account, accounts) && isAmong(pair.region, regions);
}

interface Comparison {
  /** The pairs that are needed. */
  readonly pairs: readonly RegisteredPair[];
  readonly registered: readonly RegisteredPair[];
  readonly days: DaySpan;
  readonly today: number;
}

function compareDays({ pairs, registered, days, today }: Comparison): Registration {
  const known = new Set(registered.flatMap(daysOfPair));
  const first = Number.isFinite(days.first)
    ? days.first
    : Math.min(...pairs.map((pair) => Date.parse(pair.first)));
  const needed = { first, last: Math.min(days.last, today - DAY) };
  const asked = daysOf(needed);
  const others = [...known].filter((day) => day < today).toSorted((a, b) => a - b);
  const stopped: Stopped[] = [];
  const lacking: (LackingPair & { readonly count: number })[] = [];
  for (const pair of pairs) {
    const own = new Set(daysOfPair(pair));
    const stop = lastBeforeStop({ own, others, needed });
    if (stop !== undefined) stopped.push({ pair, stop });
    const missing = asked.filter(
      (day) => !own.has(day) && known.has(day) && day < (stop ?? Infinity),
    );
    if (missing.length > 0)
      lacking.push({ name: pairName(pair), days: mergeDays(missing), count: own.size });
  }
  const nobodys = mergeDays(asked.filter((day) => !known.has(day)));
  return {
    gaps: [
      ...nobodys.map((span) => dayGap(span, 'not registered as a partition')),
      ...stopGaps(stopped, needed),
    ],
    lacking: lacking
      .toSorted((a, b) => b.count - a.count || byCodePoint(a.name, b.name))
      .map(({ name, days: spans }) => ({ name, days: spans })),
    awaited: days.last === today && !known.has(today) ? today : undefined,
  };
}

interface Stopped {
  readonly pair: RegisteredPair;
  /** The last day with a partition. */
  readonly stop: number;
}

/** One gap for the regions of an account that stopped on the same day: an account stops as a whole. */
function stopGaps(stopped: readonly Stopped[], needed: DaySpan): readonly PartitionGap[] {
  const groups = groupedBy(stopped, ({ stop, pair }) => `${stop} ${pair.account}`);
  const gaps = [...groups.values()].flatMap((group) => stopGap(group, needed));
  const more = gaps.length - MOST_STOPS;
  if (more <= 0) return gaps;
  const path = `${more} more accounts or regions`;
  return [
    ...gaps.slice(0, MOST_STOPS),
    { path, reason: 'they had partitions regularly, and then none up to the end of the window' },
  ];
}

function stopGap(group: readonly Stopped[], { first, last }: DaySpan): readonly PartitionGap[] {
  const [one] = group;
  if (one === undefined) return [];
  const { account } = one.pair;
  const start = Math.max(first, one.stop + DAY);
  const span = { first: start, last: Math.max(start, last) };
  const regions = group.flatMap(({ pair }) => pair.region ?? []);
  const name = sliceName({
    days: undefined,
    accounts: account === null ? undefined : [account],
    regions: regions.length === 0 ? undefined : regions,
  });
  const gap = dayGap(span, `partitions came regularly until ${dayName(one.stop)}, and then none`);
  return [{ ...gap, path: `${gap.path} ${name}`, days: undefined }];
}

function daysOfPair(pair: RegisteredPair): readonly number[] {
  return pair.days.map((day) => Date.parse(day));
}

function pairName({ account, region }: RegisteredPair): string {
  return sliceName({
    days: undefined,
    accounts: account === null ? undefined : [account],
    regions: region === null ? undefined : [region],
  });
}

function unknownValues(
  name: KeyName,
  needed: readonly string[],
  registered: readonly RegisteredPair[],
): readonly PartitionGap[] {
  const known = new Set(registered.map((pair) => pair[name]));
  return needed
    .filter((value) => !known.has(value))
    .map((value) => keyGap(name, value, 'no partition is registered for it'));
}
