/** Days, accounts and regions that a hunt needs and for which the table gives no rows: lost evidence. */
import { DAY, midnight } from '../../cloudtrail/window.js';
import { literal } from '../../sql/literal.js';
import { dayName, daysOf, mergeDays, spanName, type DaySpan } from './days/day-span.js';
import { daySql, paddedSql, textSql } from './sql/day-sql.js';
import { oneOfSql, valueSql } from './sql/key-sql.js';
import type { DayKeys, Layout, PartitionKey } from './layout.js';
import { unlistedDays } from './days/projected-days.js';
import { sliceName, type Slice } from './slice.js';

/** Lost evidence, as the report shows it. */
export interface CoverageGap {
  readonly path: string;
  readonly reason: string;
}

/** What a hunt needs; empty lists: none in particular. */
export interface NeededCoverage {
  /** Midnights UTC, both included, ±Infinity where open. */
  readonly days: { readonly first: number; readonly last: number };
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
}

/** The partitions that are registered for one account and region; null where the table has no such key. */
export interface RegisteredPair {
  readonly account: string | null;
  readonly region: string | null;
  /** The earliest day registered, `YYYY-MM-DD`. */
  readonly first: string;
  /** The days registered within the span asked for, each `YYYY-MM-DD`. */
  readonly days: readonly string[];
}

/** What a projection never gives, whatever lies in the bucket. */
export function projectionGaps(layout: Layout, needed: NeededCoverage): readonly CoverageGap[] {
  if (!layout.projected) return [];
  return [
    ...(layout.days ? daysOutside(layout.days, needed.days) : []),
    ...unlisted(layout.account, needed.accounts, 'account'),
    ...unlisted(layout.region, needed.regions, 'region'),
  ];
}

function daysOutside(days: DayKeys, { first, last }: DaySpan): readonly CoverageGap[] {
  const { range } = days;
  const gaps: CoverageGap[] = [];
  // With an open start, nobody asked for a certain day.
  if (Number.isFinite(first) && first < range.first)
    gaps.push(
      noRows({ first, last: Math.min(last, range.first - DAY) }, `before ${range.property}`),
    );
  const within = { first: Math.max(first, range.first), last: Math.min(last, range.last) };
  if (Number.isFinite(within.first) && Number.isFinite(within.last))
    for (const { column, span } of unlistedDays(days, within))
      gaps.push(noRows(span, `not among the projected values of "${column}"`));
  if (last > range.last && range.reachesNow !== true)
    gaps.push(
      noRows({ first: Math.max(first, range.last + DAY), last }, `after ${range.property}`),
    );
  return gaps;
}

function unlisted(
  key: PartitionKey | undefined,
  needed: readonly string[],
  what: 'account' | 'region',
): readonly CoverageGap[] {
  if (key?.values.kind !== 'listed') return [];
  const listed = new Set(key.values.values.map((value) => valueSql(key, value)));
  return needed
    .filter((value) => !listed.has(valueSql(key, value)))
    .map((value) => ({
      path: `${what}=${value}`,
      reason: `not among the projected values of "${key.column}": the table gives no rows for this ${what}`,
    }));
}

/**
 * The statement, in Trino's SQL, over `"table$partitions"` (quoted already): a row an account and region, with columns
 * `account`, `region`, `first` and `days`, a JSON list as text. A layout without days has no such statement.
 */
export function registeredSql(layout: Layout, partitionsTable: string, slice: Slice): string {
  if (layout.days === undefined) throw new Error('a table without days has no registered days');
  const where = [
    ...(layout.account && slice.accounts ? [oneOfSql(layout.account, slice.accounts)] : []),
    ...(layout.region && slice.regions ? [oneOfSql(layout.region, slice.regions)] : []),
  ];
  const { first = -Infinity, last = Infinity } = slice.days ?? {};
  const within = [
    ...(Number.isFinite(first) ? [`"day" >= ${literal(dayName(first))}`] : []),
    ...(Number.isFinite(last) ? [`"day" <= ${literal(dayName(last))}`] : []),
  ];
  const filter = within.length === 0 ? '' : ` FILTER (WHERE ${within.join(' AND ')})`;
  return [
    'SELECT "account", "region", min("day") AS "first",',
    `  COALESCE(json_format(CAST(array_sort(array_agg(DISTINCT "day")${filter}) AS JSON)), '[]') AS "days"`,
    'FROM (',
    `  SELECT ${accountSql(layout.account)} AS "account",`,
    `    ${layout.region ? textSql(layout.region) : NOTHING} AS "region",`,
    `    ${daySql(layout.days)} AS "day"`,
    `  FROM ${partitionsTable}${where.length === 0 ? '' : ` WHERE ${where.join(' AND ')}`}`,
    ')',
    // Hive's default partition has no day.
    `WHERE "day" LIKE '____-__-__'`,
    'GROUP BY "account", "region"',
    'ORDER BY "account", "region"',
  ].join('\n');
}

const NOTHING = 'CAST(NULL AS varchar)';

function accountSql(key: PartitionKey | undefined): string {
  if (key === undefined) return NOTHING;
  return key.type === 'number' ? paddedSql(key, 12) : textSql(key);
}

/**
 * What is not registered up to today, in UTC. Of every account and region that has any partition all days are needed: one
 * that is new, and one whose first days were forgotten, look the same.
 */
export function registrationGaps(
  layout: Layout,
  needed: NeededCoverage,
  registered: readonly RegisteredPair[],
  now: number,
): readonly CoverageGap[] {
  if (layout.projected || layout.days === undefined) return [];
  const last = Math.min(needed.days.last, midnight(now));
  if (registered.length === 0)
    return [
      {
        path: spanName({ first: needed.days.first, last }) ?? 'all days',
        reason:
          'no partition of the table is registered, so it gives no rows: register them (ALTER TABLE … ADD PARTITION)',
      },
    ];
  const days = { first: needed.days.first, last };
  const pairs = registered.filter(isNeeded(needed));
  const unknown = [
    ...unknownValues('account', layout.account, needed.accounts, registered),
    ...unknownValues('region', layout.region, needed.regions, registered),
  ];
  if (pairs.length === 0 && unknown.length === 0)
    return [noRows(days, 'registered for none of these accounts in these regions')];
  return [...unregisteredDays(days, pairs), ...unknown];
}

function isNeeded({ accounts, regions }: NeededCoverage): (pair: RegisteredPair) => boolean {
  const among = (values: readonly string[], value: string | null) =>
    value === null || values.length === 0 || values.includes(value);
  return ({ account, region }) => among(accounts, account) && among(regions, region);
}

function unregisteredDays(
  { first, last }: DaySpan,
  pairs: readonly RegisteredPair[],
): readonly CoverageGap[] {
  const known = pairs.map((pair) => ({
    ...pair,
    first: Date.parse(pair.first),
    days: new Set(pair.days.map((day) => Date.parse(day))),
  }));
  if (known.length === 0) return [];
  // With an open start, the first day that anybody has.
  const start = Number.isFinite(first) ? first : Math.min(...known.map((pair) => pair.first));
  const nobodys = new Set(
    daysOf({ first: start, last }).filter((day) => known.every(({ days }) => !days.has(day))),
  );
  const why = 'not registered as a partition';
  return [
    ...mergeDays([...nobodys]).map((span) => noRows(span, why)),
    ...known.flatMap((pair) =>
      mergeDays(
        daysOf({ first: start, last }).filter((day) => !pair.days.has(day) && !nobodys.has(day)),
      ).map((span) => ({ ...noRows(span, why), path: sliceName(sliceOf(span, pair)) })),
    ),
  ];
}

function sliceOf(
  days: DaySpan,
  { account, region }: Pick<RegisteredPair, 'account' | 'region'>,
): Slice {
  return {
    days,
    accounts: account === null ? undefined : [account],
    regions: region === null ? undefined : [region],
  };
}

function unknownValues(
  what: 'account' | 'region',
  key: PartitionKey | undefined,
  needed: readonly string[],
  registered: readonly RegisteredPair[],
): readonly CoverageGap[] {
  if (key === undefined) return [];
  const known = new Set(registered.map((pair) => pair[what]));
  return needed
    .filter((value) => !known.has(value))
    .map((value) => ({
      path: `${what}=${value}`,
      reason: `no partition is registered for it: the table gives no rows for this ${what}`,
    }));
}

function noRows(span: DaySpan, why: string): CoverageGap {
  const these = span.first === span.last ? 'this day' : 'these days';
  return {
    path: spanName(span) ?? 'all days',
    reason: `${why}: the table gives no rows for ${these}`,
  };
}
