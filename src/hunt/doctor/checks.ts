/** Whether a hunt elsewhere would work: a harmless call for each right that it needs, and what each says. */
import { DAY } from '../../cloudtrail/window.js';
import type { TableEngine, Row } from '../../engine/engine.js';
import { HuntError, reasonOf } from '../../errors.js';
import { predicateSql } from '../../table/partitions/sql/predicate.js';
import { registeredSql } from '../../table/partitions/gaps.js';
import { sliceName, type Slice } from '../../table/partitions/slice.js';
import {
  partsOf,
  partSql,
  planTable,
  type PlanRequest,
  type TablePlan,
  type HuntedTable,
} from '../table/plan.js';

export interface Check {
  /** What a hunt must be able to do: `explain the query`. */
  readonly name: string;
  /** The rights that it takes. */
  readonly permissions: string;
  /** What was found, in words. Throws where it cannot be done. */
  readonly run: () => Promise<string>;
}

export interface CheckResult {
  readonly check: Check;
  readonly ok: boolean;
  readonly message: string;
}

/** Runs the checks one after the other; one that fails stops no other. */
export async function* runChecks(checks: readonly Check[]): AsyncGenerator<CheckResult> {
  for (const check of checks) {
    try {
      yield { check, ok: true, message: await check.run() };
    } catch (error) {
      if (error instanceof HuntError && error.code === 'INTERRUPTED') throw error;
      yield { check, ok: false, message: reasonOf(error) };
    }
  }
}

/** What any engine must do for a hunt of a table, which `tableOf` gives, or throws where it could not be looked at. */
export function tableChecks(
  tableOf: () => HuntedTable,
  ask: PlanRequest,
  engine: TableEngine,
  permissions: { readonly explain: string; readonly partitions: string; readonly read: string },
): readonly Check[] {
  const plan = (): TablePlan => planTable(tableOf(), ask);
  return [
    {
      name: 'understand the table',
      permissions: 'nothing more',
      run: async () => fitText(plan()),
    },
    {
      name: 'explain the query',
      permissions: permissions.explain,
      run: async () => {
        const [slice] = partsOf(plan(), -Infinity);
        if (slice === undefined) return 'nothing to ask';
        const sql = partSql(plan(), await withSource(tableOf(), engine), slice, true);
        const lines = await count(engine, `EXPLAIN ${sql}`, 'explain');
        return `${Buffer.byteLength(sql)} bytes of SQL, a plan of ${lines} lines`;
      },
    },
    {
      name: 'list the registered partitions',
      permissions: permissions.partitions,
      run: async () => {
        const { layout, whole } = plan();
        const { description, partitionsFrom } = tableOf();
        const none = layout.projected || description.partitionKeys.length === 0;
        if (none || layout.days === undefined) return 'none have to be registered';
        const sql = registeredSql(layout, partitionsFrom, whole);
        return `${await count(engine, sql, 'partitions')} accounts and regions`;
      },
    },
    {
      name: 'read a record',
      permissions: permissions.read,
      run: async () => {
        const slice = oneDay(plan());
        const where = predicateSql(plan().layout, slice);
        const sql = `SELECT 1 AS found FROM ${tableOf().from}${where === undefined ? '' : ` WHERE ${where}`} LIMIT 1`;
        const rows = await count(engine, sql, 'record');
        return rows === 0 ? `none in ${sliceName(slice)}` : `one of ${sliceName(slice)}`;
      },
    },
  ];
}

function fitText({ relation, layout, notes }: TablePlan): string {
  const lacks = relation.missing.length === 0 ? '' : `; not there: ${relation.missing.join(', ')}`;
  const days = layout.days === undefined ? 'no partition key says the day' : 'days are partitions';
  return `${days}${lacks}${notes.map((note) => `; ${note}`).join('')}`;
}

/** The table with its expression for files, where the engine knows one. */
async function withSource(table: HuntedTable, engine: TableEngine): Promise<HuntedTable> {
  if (table.source === undefined) return table;
  try {
    await count(engine, `EXPLAIN SELECT ${table.source} AS source FROM ${table.from}`, 'files');
    return table;
  } catch (error) {
    if (reasonOf(error).includes('$path')) return { ...table, source: undefined };
    throw error;
  }
}

/** Yesterday, or the last day of the window: today's files may be yet to come. */
function oneDay({ whole, needed }: TablePlan): Slice {
  if (whole.days === undefined) return whole;
  const day = needed.days.last - DAY;
  return { ...whole, days: { first: day, last: day } };
}

/** How many rows a statement gives. Throws as the engine does. */
export async function count(engine: TableEngine, sql: string, part: string): Promise<number> {
  const rows: Row[] = [];
  for await (const row of engine.rows(sql, `doctor: ${part}`)) rows.push(row);
  return rows.length;
}
