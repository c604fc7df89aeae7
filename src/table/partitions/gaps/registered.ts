/** Gaps of a table whose partitions must be registered: partitions that are not registered. */
import { daysOf, mergeDays, spanName, type DaySpan } from '../../../cloudtrail/time/day-span.js';
import { midnight } from '../../../cloudtrail/time/window.js';
import type { Layout } from '../layout.js';
import { sliceName } from '../slice.js';
import type { RegisteredPair } from '../sql/registered.js';
import { dayGap, keyGap, type CoverageGap, type KeyName, type NeededCoverage } from './gap.js';

export interface RegistrationRequest {
  readonly layout: Layout;
  readonly needed: NeededCoverage;
  /** All pairs of account and region that have a partition. */
  readonly registered: readonly RegisteredPair[];
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * The days that are needed and not registered, up to the day of `now`, and the accounts and regions without any
 * partition. None for a projected table. Every account and region that has some partition needs all
 * days: a new account cannot be distinguished from an account whose first days were not registered.
 */
export function registrationGaps(request: RegistrationRequest): readonly CoverageGap[] {
  const { layout, needed, registered, now } = request;
  if (layout.projected || layout.days === undefined) return [];
  const days = { first: needed.days.first, last: Math.min(needed.days.last, midnight(now)) };
  if (registered.length === 0)
    return [
      {
        path: spanName(days) ?? 'all days',
        reason:
          'no partition of the table is registered, so it gives no rows: register them (ALTER TABLE … ADD PARTITION)',
      },
    ];
  const pairs = registered.filter((pair) => isNeeded(pair, needed));
  const unknown = [
    ...(layout.account ? unknownValues('account', needed.accounts, registered) : []),
    ...(layout.region ? unknownValues('region', needed.regions, registered) : []),
  ];
  if (pairs.length === 0 && unknown.length === 0)
    return [dayGap(days, 'no partition is registered for these accounts in these regions')];
  return [...unregisteredDays(days, pairs), ...unknown];
}

function isNeeded(pair: RegisteredPair, { accounts, regions }: NeededCoverage): boolean {
  const isAmong = (value: string | null, values: readonly string[]): boolean =>
    value === null || values.length === 0 || values.includes(value);
  return isAmong(pair.account, accounts) && isAmong(pair.region, regions);
}

const UNREGISTERED = 'not registered as a partition';

/** Days that no pair has are one gap; days that only some pairs lack are a gap of each of these pairs. */
function unregisteredDays(
  { first, last }: DaySpan,
  registered: readonly RegisteredPair[],
): readonly CoverageGap[] {
  if (registered.length === 0) return [];
  const pairs = registered.map((pair) => ({
    pair,
    days: new Set(pair.days.map((day) => Date.parse(day))),
  }));
  const firsts = registered.map((pair) => Date.parse(pair.first));
  const start = Number.isFinite(first) ? first : Math.min(...firsts);
  const needed = daysOf({ first: start, last });
  const inNone = new Set(needed.filter((day) => pairs.every(({ days }) => !days.has(day))));
  return [
    ...mergeDays([...inNone]).map((span) => dayGap(span, UNREGISTERED)),
    ...pairs.flatMap(({ pair, days }) =>
      mergeDays(needed.filter((day) => !days.has(day) && !inNone.has(day))).map((span) => ({
        ...dayGap(span, UNREGISTERED),
        path: pairName(span, pair),
      })),
    ),
  ];
}

function pairName(days: DaySpan, { account, region }: RegisteredPair): string {
  return sliceName({
    days,
    accounts: account === null ? undefined : [account],
    regions: region === null ? undefined : [region],
  });
}

function unknownValues(
  name: KeyName,
  needed: readonly string[],
  registered: readonly RegisteredPair[],
): readonly CoverageGap[] {
  const known = new Set(registered.map((pair) => pair[name]));
  return needed
    .filter((value) => !known.has(value))
    .map((value) => keyGap(name, value, 'no partition is registered for it'));
}
