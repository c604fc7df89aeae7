/**
 * What a table cannot see. An engine gives no rows, and no error, outside a projection's range, for values that it does
 * not list and for partitions that nobody registered: that would be a zero which says nothing.
 */
import { HuntError } from '../../errors.js';
import type { TableEngine } from '../../engine/engine.js';
import { parseJson } from '../../cloudtrail/json.js';
import type { Warning } from '../../report/report.js';
import type { PartitionKey } from '../../table/partitions/layout.js';
import {
  registeredSql,
  registrationGaps,
  projectionGaps,
  type RegisteredPair,
  type CoverageGap,
} from '../../table/partitions/gaps.js';
import { warn } from '../assemble/warnings.js';
import type { TablePlan, HuntedTable } from './plan.js';

export interface TableCoverage {
  readonly gaps: readonly CoverageGap[];
  readonly warnings: readonly Warning[];
  /** All accounts and regions that the table has, where that is known. */
  readonly known: { readonly accounts: readonly string[]; readonly regions: readonly string[] };
  /** The first day that it has; `-Infinity` where that is not known. */
  readonly first: number;
}

/** Compares what the hunt needs with what the table sees; asks the engine for registered partitions where there are any. */
export async function tableCoverage(
  plan: TablePlan,
  table: HuntedTable,
  engine: TableEngine,
  now: number,
): Promise<TableCoverage> {
  const { layout, needed, whole } = plan;
  const { account, region } = layout;
  const projected: TableCoverage = {
    gaps: projectionGaps(layout, needed),
    warnings: [...listedOnly(account, 'account'), ...listedOnly(region, 'region')],
    known: { accounts: listed(account), regions: listed(region) },
    first: -Infinity,
  };
  // Columns that only hunt.yml calls keys may be those of a table behind a view.
  if (layout.projected || layout.days === undefined) return projected;
  try {
    const sql = registeredSql(layout, table.partitionsFrom, whole);
    const pairs: RegisteredPair[] = [];
    for await (const row of engine.rows(sql, 'registered partitions'))
      pairs.push({
        account: row['account'] ?? null,
        region: row['region'] ?? null,
        first: row['first'] ?? '',
        days: parseJson(row['days'] ?? '[]') as readonly string[],
      });
    return {
      gaps: registrationGaps(layout, needed, pairs, now),
      warnings: [],
      known: { accounts: distinct(pairs, 'account'), regions: distinct(pairs, 'region') },
      first:
        pairs.length === 0 ? -Infinity : Math.min(...pairs.map(({ first }) => Date.parse(first))),
    };
  } catch (error) {
    if (!(error instanceof HuntError) || error.code !== 'ENGINE') throw error;
    const message = `the registered partitions cannot be listed, so nobody knows which days are missing: ${error.message}`;
    // Of what only hunt.yml calls keys, nobody says that there are partitions at all.
    if (table.description.partitionKeys.length === 0)
      return { ...projected, warnings: [warn('PARTITIONS_UNKNOWN', message)] };
    return { ...projected, gaps: [{ path: 'registered partitions', reason: message }] };
  }
}

function listed(key: PartitionKey | undefined): readonly string[] {
  return key?.values.kind === 'listed' ? key.values.values : [];
}

function distinct(pairs: readonly RegisteredPair[], key: 'account' | 'region'): readonly string[] {
  return [...new Set(pairs.flatMap((pair) => pair[key] ?? []))].toSorted();
}

function listedOnly(key: PartitionKey | undefined, what: string): readonly Warning[] {
  const values = listed(key);
  if (values.length === 0) return [];
  const message = `the table sees no ${what} but ${values.join(', ')} (projection of "${key?.column}")`;
  return [warn('PROJECTION_LISTS', message)];
}
