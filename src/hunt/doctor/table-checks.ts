/** The checks of a table that every engine shares. Each uses the hunt's own plan, for a few days of it. */
import { counted } from '../../text/counted.js';
import { DAY } from '../../cloudtrail/time/window.js';
import type { Row, TableEngine } from '../../engine/engine.js';
import { HuntError, reasonOf } from '../../errors.js';
import type { Slice } from '../../table/partitions/slice.js';
import { REGISTERED, tableCoverage } from '../table/coverage/coverage.js';
import { keysToList, type HuntedTable } from '../table/plan/hunted-table.js';
import { planTable, type PlanRequest, type TablePlan } from '../table/plan/plan.js';
import { ANY_DAYS, partsOf, partSql, scanSql } from '../table/plan/statement.js';
import { withRegisteredValues } from '../table/plan/registered-values.js';
import { LIMITS, type Check, type Found } from './checks.js';
import { judgeSample, sampleSlices, sampleSql } from './sample.js';
import { whyWhole, wholeCost } from './whole-table.js';

const DESCRIBE = 'describe the table';
const UNDERSTAND = 'understand the table';

/** How long to ask for the size of a table, in milliseconds. */
const SIZING = 20_000;

export interface TableChecksRequest {
  /** How the table is described: the first check, which the others need. */
  readonly describe: Omit<Check, 'name' | 'run'> & {
    readonly table: (signal: AbortSignal) => Promise<HuntedTable>;
  };
  readonly planRequest: PlanRequest;
  /** An engine for one check, which closes it. When the signal aborts, the engine stops its queries. */
  readonly open: (signal: AbortSignal) => TableEngine;
  /** The check that runs a query, which the checks here need. */
  readonly query: string;
  /** The price of a terabyte in US dollars; undefined if the engine sends no bill. */
  readonly price: number | undefined;
  /** The permissions that the checks below need, in the words of the engine. */
  readonly permissions: {
    readonly explain: string;
    readonly partitions: string;
    readonly read: string;
  };
}

/** The checks of a table, in their order. */
export function tableChecks(request: TableChecksRequest): readonly Check[] {
  const { planRequest, price, permissions } = request;
  const { table: describeTable, ...describe } = request.describe;
  /** As it was described, and then with its registered values. */
  let known: HuntedTable | undefined;
  const tableOf = (): HuntedTable => {
    if (known === undefined) throw new Error('the table has not been described');
    return known;
  };
  const plan = (): TablePlan => planTable(tableOf(), planRequest);
  const after = [request.query, DESCRIBE, UNDERSTAND];
  const limit = LIMITS.querying;
  const using = <Result>(
    signal: AbortSignal,
    check: (engine: TableEngine) => Promise<Result>,
  ): Promise<Result> => withEngine(request.open(signal), check);
  return [
    {
      ...describe,
      name: DESCRIBE,
      run: async (signal) => {
        known = await describeTable(signal);
        const { columns, partitionKeys } = known.description;
        const message = `${counted(columns.length, 'column')}, ${counted(partitionKeys.length, 'partition key')}`;
        return { status: 'ok', message };
      },
    },
    {
      name: UNDERSTAND,
      after: [DESCRIBE],
      limit: LIMITS.querying,
      run: async (signal) => {
        if (keysToList(tableOf()).length > 0)
          await using(signal, async (engine) => {
            known = await withRegisteredValues(tableOf(), engine);
          });
        const whole = whyWhole(tableOf(), plan());
        if (whole === undefined) return understand(tableOf(), plan(), undefined);
        // The size is not worth more: the other checks need this one.
        const sizing = AbortSignal.any([signal, AbortSignal.timeout(SIZING)]);
        const cost = await using(sizing, (engine) =>
          wholeCost(tableOf(), { engine, price, signal }),
        );
        return understand(tableOf(), plan(), `${whole}; ${cost}`);
      },
    },
    {
      name: 'explain the query',
      permissions: permissions.explain,
      after,
      limit,
      run: (signal) => using(signal, (engine) => explain(tableOf(), plan(), engine)),
    },
    {
      name: 'compare partitions and window',
      permissions: permissions.partitions,
      after,
      limit,
      run: (signal) =>
        using(signal, (engine) =>
          comparePartitions(tableOf(), plan(), { engine, now: planRequest.now }),
        ),
    },
    {
      name: 'read records',
      permissions: permissions.read,
      after,
      limit,
      run: (signal) =>
        using(signal, async (engine) => {
          const slices = sampleSlices(tableOf(), plan(), planRequest.now);
          const rows = await allRows(engine, sampleSql(plan(), tableOf(), slices), 'records');
          return judgeSample(tableOf(), rows, slices);
        }),
    },
  ];
}

/** Runs a check with an engine, and stops what still runs afterwards. */
export async function withEngine<Result>(
  engine: TableEngine,
  check: (engine: TableEngine) => Promise<Result>,
): Promise<Result> {
  try {
    return await check(engine);
  } finally {
    await engine.close();
  }
}

/** The rows of a small result. Throws as the engine does. */
export async function allRows(
  engine: TableEngine,
  sql: string,
  part: string,
): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const row of engine.rows(sql, `doctor: ${part}`)) rows.push(row);
  return rows;
}

/**
 * How the table fits. `whole` says that the hunt reads all of it. Throws a HuntError where the hunt could not even make its
 * statements.
 */
function understand(table: HuntedTable, plan: TablePlan, whole: string | undefined): Found {
  const { layout, relation, notes, refused } = plan;
  for (const slice of partsOf(plan, ANY_DAYS)) partSql(plan, table, { slice, isOnly: false });
  const lacks =
    relation.missing.length === 0 ? [] : [`not in the table: ${relation.missing.join(', ')}`];
  const left = refused.map(({ reason }) => `left out of the hunt: ${reason}`);
  const days =
    layout.days === undefined
      ? 'the engine skips files without events of the window: most files only where the table is partitioned or sorted by event time'
      : 'partitioned by day';
  const isUsual = whole === undefined && notes.length + left.length === 0;
  return {
    status: isUsual ? 'ok' : 'note',
    message: [whole ?? days, ...notes, ...left, ...lacks].join('; '),
  };
}

async function explain(
  described: HuntedTable,
  plan: TablePlan,
  engine: TableEngine,
): Promise<Found> {
  const slice = oneDay(plan.whole, plan.needed.days.last);
  const table = await withKnownSource(described, engine, scanSql(plan, slice));
  const sql = partSql(plan, table, { slice, isOnly: false });
  const size = `${Buffer.byteLength(sql)} bytes of SQL`;
  const unknown = await validate(engine, sql, 'explain');
  return unknown === undefined
    ? { status: 'ok', message: `the engine accepts it: ${size}` }
    : { status: 'note', message: `not known, because the engine explains no query: ${unknown}` };
}

/**
 * Lets the engine check a statement. It need not plan it: for a plan, Trino looks for statistics of every partition, which takes
 * long and fails in some catalogues. Servers that stand in for Athena may know the plain EXPLAIN only, or none: then this gives
 * what the engine said. Throws as the engine does if it does not accept the statement.
 */
async function validate(
  engine: TableEngine,
  sql: string,
  part: string,
): Promise<string | undefined> {
  try {
    await allRows(engine, `EXPLAIN (TYPE VALIDATE) ${sql}`, part);
  } catch (error) {
    if (!(error instanceof HuntError) || error.code !== 'ENGINE') throw error;
    try {
      await allRows(engine, `EXPLAIN ${sql}`, `${part} again`);
    } catch (second) {
      if (/\bexplain\b/i.test(reasonOf(second))) return reasonOf(second);
      throw second;
    }
  }
  return undefined;
}

/** The table; without its expression for files, if the engine does not know that column. */
async function withKnownSource(
  table: HuntedTable,
  engine: TableEngine,
  where: string | undefined,
): Promise<HuntedTable> {
  if (table.source === undefined) return table;
  const rest = where === undefined ? '' : ` WHERE ${where}`;
  try {
    await validate(engine, `SELECT ${table.source} AS source FROM ${table.from}${rest}`, 'files');
    return table;
  } catch (error) {
    if (reasonOf(error).includes('$path')) return { ...table, source: undefined };
    throw error;
  }
}

/** The partitions of one day: planning a query over all days of a projection may take very long. */
function oneDay(slice: Slice, last: number): Slice {
  if (slice.days === undefined) return slice;
  const day = Math.max(slice.days.first, last - DAY);
  return { ...slice, days: { first: day, last: day } };
}

async function comparePartitions(
  table: HuntedTable,
  plan: TablePlan,
  { engine, now }: { readonly engine: TableEngine; readonly now: number },
): Promise<Found> {
  const { gaps, warnings, known } = await tableCoverage({ plan, table, engine, now });
  const unknown = gaps.find(({ path }) => path === REGISTERED);
  if (unknown !== undefined) throw new HuntError('ENGINE', unknown.reason);
  const lost = gaps.map(({ path, reason }) => `${path}: ${reason}`);
  if (lost.length > 0) {
    const [first = ''] = lost;
    const more = lost.length === 1 ? '' : `; and ${lost.length - 1} more`;
    return {
      status: 'note',
      message: `a hunt would name lost evidence, and exit with 3: ${first}${more}`,
    };
  }
  // Most projections list their values: that is how such a table is made, and the lists may be long.
  const unusual = warnings.filter(({ code }) => code !== 'PROJECTION_LISTS');
  if (unusual.length > 0)
    return { status: 'note', message: unusual.map(({ message: text }) => text).join('; ') };
  const keys = [
    ...(known.accounts.length === 0 ? [] : [counted(known.accounts.length, 'account')]),
    ...(known.regions.length === 0 ? [] : [counted(known.regions.length, 'region')]),
  ];
  const isRegistered = !plan.layout.projected && plan.layout.days !== undefined;
  const days = isRegistered
    ? 'all days of the window are registered'
    : 'no partitions have to be registered';
  const message = [...keys, days].join(', ');
  return { status: 'ok', message };
}
