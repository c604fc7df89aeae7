/** What hunt doctor says about a table in Athena, and which statements it runs. */
import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/cloudtrail/time/window.js';
import { athenaDoctor } from '../../../src/hunt/doctor/athena.js';
import { runChecks, type CheckResult } from '../../../src/hunt/doctor/checks.js';
import type { AthenaTarget } from '../../../src/hunt/table/athena.js';
import type { PlanRequest } from '../../../src/hunt/table/plan/plan.js';
import type { Execute } from '../../support/athena/execution.js';
import { accessDenied, EXPIRED_TOKEN, html, queryFails } from '../../support/athena/faults.js';
import { ACCOUNTS, ASK, FIRST, startTables, useHunting } from '../../support/athena/hunting.js';
import type { AthenaOptions, AthenaServer } from '../../support/athena/server.js';
import { documentedTable, type CatalogTable } from '../../support/athena/tables.js';

useHunting();

type Cells = readonly (string | null)[];

/** Answers the statements of the doctor. `sample` are the records that it reads: day, time, event name. */
function answering(sample: readonly Cells[]): Execute {
  return (sql) => {
    const [names, rows]: readonly [readonly string[], readonly Cells[]] = sql.includes('AS part')
      ? [['part', 'eventtime', 'eventname'], sample]
      : [['x'], [['1']]];
    return Promise.resolve({
      columns: names.map((name) => ({ name, type: 'varchar' })),
      rows: rows.map((row) => [...row]),
      bytesScanned: 10,
    });
  };
}

/** The days that are looked at in a window of ten days: not the last one, whose files may not have arrived. */
const DAYS = ['2026-01-01', '2026-01-03', '2026-01-05', '2026-01-07', '2026-01-09'];
const GOOD = DAYS.map((day): Cells => [day, `${day}T10:00:00Z`, 'RunInstances']);
const WINDOW = { since: FIRST, until: FIRST + 10 * DAY };

interface Given extends Partial<AthenaOptions> {
  readonly target?: Partial<AthenaTarget>;
  readonly ask?: Partial<PlanRequest>;
  readonly signal?: AbortSignal;
  readonly onServer?: (server: AthenaServer) => void;
}

async function diagnose({ target, ask, signal, onServer, ...options }: Given = {}) {
  const server = await startTables({ execute: answering(GOOD), ...options });
  onServer?.(server);
  const doctor = await athenaDoctor({
    target: {
      table: 'logs.projection',
      workgroup: 'primary',
      output: undefined,
      columns: new Map(),
      roles: new Map(),
      aws: { profile: undefined, region: 'us-east-1', endpoint: server.url },
      ...target,
    },
    planRequest: { ...ASK, window: WINDOW, ...ask },
    price: 5,
    runId: 'a run',
  });
  const results = new Map<string, CheckResult>();
  const run = { signal: signal ?? new AbortController().signal, onSlow: () => undefined };
  try {
    for await (const result of runChecks(doctor.checks, run))
      results.set(result.check.name, result);
  } finally {
    doctor.close();
  }
  return { server, results };
}

const statesOf = (results: ReadonlyMap<string, CheckResult>) =>
  Object.fromEntries([...results].map(([name, { status }]) => [name, status]));
const statements = ({ executions }: AthenaServer) => executions.map(({ Query: sql = '' }) => sql);

test('a table with injected accounts is asked for those of the hunt only', async () => {
  const metadata = documentedTable('injected', 'organization');
  const Parameters = { ...metadata.Parameters, 'projection.account.type': 'injected' };
  const injected: CatalogTable = { database: 'logs', metadata: { ...metadata, Parameters } };
  const { server, results } = await diagnose({
    tables: [injected],
    target: { table: 'logs.injected' },
    ask: { rules: ASK.rules.slice(0, 1) },
  });
  expect(Object.values(statesOf(results))).not.toContain('failed');
  const own = statements(server).filter((sql) => sql.includes('"injected"'));
  expect(own.length).toBeGreaterThanOrEqual(3);
  for (const sql of own)
    for (const account of ACCOUNTS)
      expect(sql).toMatch(new RegExp(`"account" IN \\(.*'${account}'`));
});

test('no statement of a projected table spans more than a day', async () => {
  const { server } = await diagnose({ ask: { window: { since: undefined, until: undefined } } });
  const own = statements(server).filter((sql) => sql.includes('"projection"'));
  expect(own.length).toBeGreaterThanOrEqual(3);
  for (const sql of own) {
    const bounds = [...sql.matchAll(/"timestamp" >= '([0-9/]+)' AND "timestamp" < '([0-9/]+)'/g)];
    expect(bounds.length).toBeGreaterThan(0);
    for (const [, first = '', end = ''] of bounds)
      expect(Date.parse(end) - Date.parse(first)).toBe(DAY);
  }
});

describe.concurrent('records', () => {
  const judged = async (sample: readonly Cells[]) =>
    (await diagnose({ execute: answering(sample) })).results.get('read records');

  test('of every day are good', async () => {
    expect(await judged(GOOD)).toMatchObject({ status: 'ok' });
  });

  test('of which nothing can be read are a failure, with the SerDe as the likely cause', async () => {
    const result = await judged(DAYS.map((day) => [day, null, null]));
    expect(result).toMatchObject({ status: 'failed', message: expect.stringContaining('SerDe') });
  });

  test('without a readable time are a failure', async () => {
    const result = await judged(DAYS.map((day) => [day, 'yesterday', 'RunInstances']));
    expect(result).toMatchObject({ status: 'failed', message: expect.stringContaining('time') });
  });

  test('that are missing on some days are noted, with the days', async () => {
    const result = await judged(GOOD.slice(0, 3));
    expect(result).toMatchObject({ status: 'note' });
    expect(result?.message).toContain('no record in 2026-01-07, 2026-01-09. ');
    expect(result?.message).toContain('Glacier');
  });

  test('that are missing on all days are a failure', async () => {
    expect(await judged([])).toMatchObject({ status: 'failed' });
  });
});

describe.concurrent('the reason is said:', () => {
  test('expired credentials', async () => {
    const { results } = await diagnose({ faults: () => EXPIRED_TOKEN });
    expect(results.get('sign in')).toMatchObject({ status: 'failed', needs: undefined });
    expect(results.get('sign in')?.message).toContain('expired');
    expect(results.get('describe the table')?.status).toBe('skipped');
  });

  test('a proxy', async () => {
    const { results } = await diagnose({ faults: () => html(403) });
    expect(results.get('sign in')?.message).toContain('HTTP 403 with HTML');
  });

  test.each([
    ['the workgroup', 'describe the workgroup', { workgroup: 'primry' }, '"primary"'],
    ['the table', 'describe the table', { table: 'logs.projectio' }, '"projection"'],
    ['the database', 'describe the table', { table: 'log.projection' }, '"logs"'],
  ])('%s has another name', async (_what, check, target, near) => {
    const { results } = await diagnose({ target });
    expect(results.get(check)).toMatchObject({ status: 'failed', needs: undefined });
    expect(results.get(check)?.message).toContain(`id you mean ${near}?`);
  });

  test('no place for results', async () => {
    const workGroups = [{ Name: 'primary', Configuration: {} }];
    const { results } = await diagnose({ workGroups });
    expect(results.get('describe the workgroup')?.message).toContain('--results');
    expect(results.get('run a query')?.status).toBe('skipped');
    expect(results.get('describe the table')?.status).toBe('ok');
  });

  test('no query may be started, so that there is none to stop', async () => {
    const { results } = await diagnose({
      faults: ({ operation }) =>
        operation === 'StartQueryExecution' ? accessDenied(`athena:${operation}`) : undefined,
    });
    expect(results.get('run a query')).toMatchObject({ status: 'failed' });
    expect(results.get('stop a query')).toMatchObject({
      status: 'skipped',
      message: 'needs: run a query',
    });
  });

  test.each([
    ['GetWorkGroup', 'describe the workgroup', 'note', 'ok'],
    ['GetTableMetadata', 'describe the table', 'failed', 'skipped'],
    ['StopQueryExecution', 'stop a query', 'note', 'ok'],
  ])('a server that does not know %s', async (operation, check, status, read) => {
    const { results } = await diagnose({
      faults: (call) => (call.operation === operation ? html(501) : undefined),
    });
    expect(results.get(check)?.status).toBe(status);
    expect(results.get('read records')?.status).toBe(read);
  });

  test.each([
    ['only plain EXPLAIN', 'EXPLAIN (TYPE', 'ok'],
    ['no EXPLAIN', 'EXPLAIN', 'note'],
  ])('a server that knows %s', async (_what, beginning, status) => {
    const { results } = await diagnose({
      faults: ({ operation, input }) =>
        operation === 'StartQueryExecution' && String(input['QueryString']).startsWith(beginning)
          ? queryFails('SYNTAX_ERROR', `line 1:1: mismatched input '${beginning}'`)
          : undefined,
    });
    expect(results.get('explain the query')?.status).toBe(status);
  });

  test('the logs may not be read', async () => {
    const { results } = await diagnose({
      faults: ({ operation, input }) =>
        operation === 'StartQueryExecution' && String(input['QueryString']).includes('AS part')
          ? queryFails('HIVE_CANNOT_OPEN_SPLIT', 'Access Denied (Status Code: 403)')
          : undefined,
    });
    expect(results.get('read records')).toMatchObject({ status: 'failed' });
    expect(results.get('read records')?.needs).toContain('s3:GetObject');
    expect(results.get('stop a query')?.status).toBe('ok');
  });
});

test('a table without a day says that a hunt reads all of it, with the size that its properties give', async () => {
  const metadata = documentedTable('none', 'none');
  const sized = { ...metadata.Parameters, totalSize: '2500000000000' };
  const tables = [{ database: 'logs', metadata: { ...metadata, Parameters: sized } }];
  const { results } = await diagnose({ tables, target: { table: 'logs.none' } });
  const result = results.get('understand the table');
  expect(result?.status).toBe('note');
  expect(result?.message).toContain('every hunt reads the whole table');
  expect(result?.message).toContain('2.5 TB');
  expect(result?.message).toContain('at most $12.50');
});

test('an interruption stops the query that runs', async () => {
  const interruption = new AbortController();
  let server: AthenaServer | undefined;
  let isRunning = false;
  const running = diagnose({
    signal: interruption.signal,
    execute: (sql, ...more) => {
      if (!sql.includes('AS part')) return answering(GOOD)(sql, ...more);
      isRunning = true;
      return new Promise(() => undefined);
    },
    // Whoever asks for the state of the query knows that it runs.
    faults: ({ operation }) => {
      if (isRunning && operation === 'GetQueryExecution') interruption.abort();
      return undefined;
    },
    onServer: (started) => {
      server = started;
    },
  });
  await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' });
  const states = server?.executions.map(({ Status: status }) => status?.State);
  expect(states?.at(-1)).toBe('CANCELLED');
  expect(states).not.toContain('RUNNING');
});
