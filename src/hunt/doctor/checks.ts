/** The checks of `hunt doctor`: harmless calls, one for each permission that the hunt of a table needs. */
import { DAY } from '../../cloudtrail/time/window.js';
import type { TableEngine } from '../../engine/engine.js';
import { HuntError, reasonOf } from '../../errors.js';
import { sliceName, type Slice } from '../../table/partitions/slice.js';
import { predicateSql } from '../../table/partitions/sql/predicate.js';
import { registeredSql } from '../../table/partitions/sql/registered.js';
import type { HuntedTable } from '../table/plan/hunted-table.js';
import { planTable, type PlanRequest, type TablePlan } from '../table/plan/plan.js';
import { partsOf, partSql } from '../table/plan/statement.js';

export interface Check {
  /** The name of the step: `explain the query`. */
  readonly name: string;
  /** The permissions that the step needs, for people. */
  readonly permissions: string;
  /** Performs the step. Gives a sentence about what it found; rejects if the step fails. */
  readonly run: () => Promise<string>;
}

export interface CheckResult {
  readonly check: Check;
  readonly ok: boolean;
  /** What was found, or why the check failed. */
  readonly message: string;
}

/**
 * Runs the checks one after another. A check that fails does not stop the others. Throws a HuntError if the person
 * interrupts.
 */
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

export interface TableChecksRequest {
  /** The table. Throws if an earlier check could not describe it. */
  readonly tableOf: () => HuntedTable;
  readonly planRequest: PlanRequest;
  readonly engine: TableEngine;
  /** The permissions that the checks below need, in the words of the engine. */
  readonly permissions: {
    readonly explain: string;
    readonly partitions: string;
    readonly read: string;
  };
}

/** The checks that every engine shares. */
export function tableChecks(request: TableChecksRequest): readonly Check[] {
  const { tableOf, planRequest, engine, permissions } = request;
  const plan = (): TablePlan => planTable(tableOf(), planRequest);
  return [
    {
      name: 'understand the table',
      permissions: 'no further permission',
      run: async () => fitText(plan()),
    },
    {
      name: 'explain the query',
      permissions: permissions.explain,
      run: async () => explain(await withKnownSource(tableOf(), engine), plan(), engine),
    },
    {
      name: 'list the registered partitions',
      permissions: permissions.partitions,
      run: () => listPartitions(tableOf(), plan(), engine),
    },
    {
      name: 'read a record',
      permissions: permissions.read,
      run: () => readRecord(tableOf(), plan(), engine),
    },
  ];
}

function fitText({ relation, layout, notes }: TablePlan): string {
  const days = layout.days === undefined ? 'no partition key gives the day' : 'partitioned by day';
  const { missing } = relation;
  const lacks = missing.length === 0 ? '' : `; not in the table: ${missing.join(', ')}`;
  return `${days}${lacks}${notes.map((note) => `; ${note}`).join('')}`;
}

async function explain(table: HuntedTable, plan: TablePlan, engine: TableEngine): Promise<string> {
  const [slice] = partsOf(plan, -Infinity);
  if (slice === undefined) return 'the window has no days, so there is no query';
  const sql = partSql(plan, table, { slice, isOnly: true });
  const lines = await countRows(engine, `EXPLAIN ${sql}`, 'explain');
  return `${Buffer.byteLength(sql)} bytes of SQL, a plan of ${lines} lines`;
}

/** The table; without its expression for files, if the engine does not know that column. */
async function withKnownSource(table: HuntedTable, engine: TableEngine): Promise<HuntedTable> {
  if (table.source === undefined) return table;
  try {
    const sql = `EXPLAIN SELECT ${table.source} AS source FROM ${table.from}`;
    await countRows(engine, sql, 'files');
    return table;
  } catch (error) {
    if (reasonOf(error).includes('$path')) return { ...table, source: undefined };
    throw error;
  }
}

async function listPartitions(
  { description, partitionsFrom }: HuntedTable,
  { layout, whole }: TablePlan,
  engine: TableEngine,
): Promise<string> {
  const isRegistered = !layout.projected && description.partitionKeys.length > 0;
  if (!isRegistered || layout.days === undefined) return 'no partitions have to be registered';
  const sql = registeredSql(layout, partitionsFrom, whole);
  return `${await countRows(engine, sql, 'partitions')} pairs of account and region`;
}

async function readRecord(
  { from }: HuntedTable,
  plan: TablePlan,
  engine: TableEngine,
): Promise<string> {
  const slice = lastFullDay(plan);
  const where = predicateSql(plan.layout, slice);
  const sql = `SELECT 1 AS found FROM ${from}${where === undefined ? '' : ` WHERE ${where}`} LIMIT 1`;
  const rows = await countRows(engine, sql, 'record');
  return rows === 0 ? `no record in ${sliceName(slice)}` : `read a record of ${sliceName(slice)}`;
}

/** The day before the last day of the window: files of the last day may not have arrived. */
function lastFullDay({ whole, needed }: TablePlan): Slice {
  if (whole.days === undefined) return whole;
  const day = needed.days.last - DAY;
  return { ...whole, days: { first: day, last: day } };
}

/** How many rows a statement gives. Throws as the engine does. */
export async function countRows(engine: TableEngine, sql: string, part: string): Promise<number> {
  let rows = 0;
  for await (const _ of engine.rows(sql, `doctor: ${part}`)) rows++;
  return rows;
}
