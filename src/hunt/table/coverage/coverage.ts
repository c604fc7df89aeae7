/**
 * Which days, accounts and regions a table covers. The engine gives no rows, and no error, outside the range of a
 * projection, for values that a projection does not list, and for partitions that are not registered. Without this check a
 * result of zero would look complete.
 */
import type { TableEngine } from '../../../engine/engine.js';
import { StatementFailed } from '../../../engine/failure.js';
import { HuntError } from '../../../errors.js';
import type { Warning } from '../../../report/report.js';
import type { PartitionGap, KeyName } from '../../../table/partitions/gaps/gap.js';
import { projectionGaps } from '../../../table/partitions/gaps/projected.js';
import { registrationOf } from '../../../table/partitions/gaps/registered.js';
import { HISTORY } from '../../../table/partitions/gaps/stopped.js';
import type { PartitionKey } from '../../../table/partitions/layout.js';
import type { KnownKeys } from '../../../table/partitions/slice.js';
import { hiddenSql, isByTime } from '../../../table/partitions/sql/hidden.js';
import {
  readRegisteredPair,
  registeredSql,
  type RegisteredPair,
} from '../../../table/partitions/sql/registered.js';
import { warn } from '../../../report/warn.js';
import { registrationWarnings } from './partition-warnings.js';
import type { HuntedTable } from '../plan/hunted-table.js';
import type { TablePlan } from '../plan/plan.js';
import { mayCutByTime, type KnownDays } from '../plan/statement.js';

export interface TableCoverage extends KnownDays {
  readonly gaps: readonly PartitionGap[];
  readonly warnings: readonly Warning[];
  /** All accounts and regions of the table, where they are known. */
  readonly known: KnownKeys;
}

/** The path of the gap where the registered partitions cannot be listed. */
export const REGISTERED = 'registered partitions';

export interface CoverageRequest {
  readonly plan: TablePlan;
  readonly table: HuntedTable;
  readonly engine: TableEngine;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/**
 * Compares what the hunt needs with what the table covers. Where partitions are registered, it asks the engine for them.
 * Throws a HuntError if the hunt is interrupted.
 */
export async function tableCoverage(request: CoverageRequest): Promise<TableCoverage> {
  const { plan, table, now } = request;
  const { layout, needed } = plan;
  const projected = { ...projectedCoverage(plan), byTime: await isCutByTime(request) };
  if (layout.projected || layout.days === undefined) return projected;
  try {
    const all = await registeredPairs(request);
    const pairs = all.filter(({ first }) => first !== '');
    const firstDays = pairs.map(({ first }) => Date.parse(first));
    const registration = registrationOf({ layout, needed, registered: pairs, now });
    return {
      gaps: registration.gaps,
      warnings: registrationWarnings(registration),
      known: {
        accounts: distinct(all, layout.account && 'account'),
        regions: distinct(all, layout.region && 'region'),
      },
      firstDay: pairs.length === 0 ? -Infinity : Math.min(...firstDays),
      undated: all.some(({ undated }) => undated),
      byTime: false,
    };
  } catch (error) {
    if (!(error instanceof HuntError) || error.code !== 'ENGINE') throw error;
    const message = `the registered partitions cannot be listed, so it is not known which days are missing: ${error.message}`;
    // Columns that only hunt.yml calls partition keys may be those of a view, which has no registered partitions.
    if (table.description.partitionKeys.length === 0)
      return { ...projected, warnings: [warn('PARTITIONS_UNKNOWN', message)] };
    return { ...projected, gaps: [{ path: REGISTERED, reason: message }] };
  }
}

/** Whether the table is partitioned by the time of its events, and by no key that gives the day. */
async function isCutByTime({ plan, table, engine }: CoverageRequest): Promise<boolean> {
  const { time } = plan.relation;
  if (time === undefined || !mayCutByTime(table, plan)) return false;
  try {
    let isCut = false;
    for await (const row of engine.rows(hiddenSql(table.partitionsFrom), 'hidden partitions'))
      isCut ||= isByTime(row, time);
    return isCut;
  } catch (error) {
    // One query for the whole window reads the same.
    if (error instanceof StatementFailed) return false;
    throw error;
  }
}

function projectedCoverage({ layout, needed }: TablePlan): Omit<TableCoverage, 'byTime'> {
  const { account, region } = layout;
  return {
    gaps: projectionGaps(layout, needed),
    warnings: [...listWarnings('account', account), ...listWarnings('region', region)],
    known: { accounts: listed(account), regions: listed(region) },
    firstDay: -Infinity,
    undated: false,
  };
}

async function registeredPairs({
  plan,
  table,
  engine,
}: CoverageRequest): Promise<readonly RegisteredPair[]> {
  const { days } = plan.whole;
  const slice = {
    days: days && { first: days.first - HISTORY, last: days.last + HISTORY },
    // A day is lost only where no account and region has it, and that includes those that the hunt does not ask for.
    accounts: undefined,
    regions: undefined,
  };
  const sql = registeredSql(plan.layout, table.partitionsFrom, slice);
  const pairs: RegisteredPair[] = [];
  for await (const row of engine.rows(sql, 'registered partitions'))
    pairs.push(readRegisteredPair(row));
  return pairs;
}

function listed(key: PartitionKey | undefined): readonly string[] {
  return key?.values.kind === 'listed' ? key.values.values : [];
}

/** All values of a key; none where a partition has no value, because a list of values would leave it out. */
function distinct(pairs: readonly RegisteredPair[], name: KeyName | undefined): readonly string[] {
  if (name === undefined) return [];
  const values = pairs.flatMap((pair) => pair[name] ?? []);
  return values.length < pairs.length ? [] : [...new Set(values)].toSorted();
}

function listWarnings(name: KeyName, key: PartitionKey | undefined): readonly Warning[] {
  const values = listed(key);
  if (values.length === 0) return [];
  const message = `the table covers only the ${name}s ${values.join(', ')} (projection of "${key?.column}")`;
  return [warn('PROJECTION_LISTS', message)];
}
