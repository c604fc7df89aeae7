/** The engine for Trino on a real one. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeTrinoTable } from '../../../src/engine/trino/describe.js';
import { TrinoEngine } from '../../../src/engine/trino/engine.js';
import type { TrinoProgress } from '../../../src/engine/trino/page.js';
import type { TrinoServer } from '../../../src/engine/trino/server.js';
import type { Row } from '../../../src/engine/engine.js';
import { describeWithTrino, type Trino } from '../../support/trino.js';
import { trinoUrl } from '../../support/trino-proxy.js';

/** Runs for hours, and has rows from the start. */
const ENDLESS = `SELECT a.x, b.x AS y FROM UNNEST(sequence(1, 10000)) a (x)
  CROSS JOIN UNNEST(sequence(1, 10000)) b (x) CROSS JOIN UNNEST(sequence(1, 10000)) c (x)`;
/** Runs for hours, and has no row before its end. */
const SILENT = `SELECT count(*) AS n FROM (${ENDLESS}) WHERE x * y % 7 = 3`;

async function all(rows: AsyncIterable<Row>): Promise<readonly Row[]> {
  const found: Row[] = [];
  for await (const row of rows) found.push(row);
  return found;
}

/** The final state of a query, which Trino may report a moment after it was cancelled. */
async function endOf(trino: Trino, id: string): Promise<Row | undefined> {
  const sql = `SELECT state, error_code FROM system.runtime.queries WHERE query_id = '${id}'`;
  for (;;) {
    const [row] = await trino.rows(sql);
    if (row?.['state'] === 'FAILED' || row?.['state'] === 'FINISHED') return row;
    await sleep(50);
  }
}

const CANCELLED = { state: 'FAILED', error_code: 'USER_CANCELED' };

await describeWithTrino('the engine for Trino', (trino) => {
  let server: TrinoServer;
  let engine: TrinoEngine;

  beforeAll(async () => {
    const [row] = await trino.rows('SELECT current_schema AS name');
    server = {
      url: await trinoUrl(),
      catalog: 'memory',
      schema: row?.['name'] ?? '',
      table: 'cloudtrail',
      user: 'hunt',
      password: undefined,
      token: undefined,
    };
    engine = new TrinoEngine(server);
    await trino.createEvents('cloudtrail', []);
  });
  afterAll(() => engine.close());

  test('gives every value as the text that it had', async () => {
    const sql = `SELECT CAST(NULL AS varchar) AS nothing, '' AS empty, 'Äß漢字🦆' AS text,
      9007199254740993 AS long, DECIMAL '12345678901234567890.10' AS money, 1.5E0 AS half, true AS yes,
      ARRAY[1, NULL] AS some, CAST(ROW('a', NULL) AS ROW(x varchar, y varchar)) AS pair, MAP(ARRAY['k'], ARRAY['v']) AS map,
      TIMESTAMP '2026-01-02 03:04:05.678 UTC' AS time, current_timezone() AS zone, current_user AS me`;
    expect(await all(engine.rows(sql))).toEqual([
      {
        nothing: null,
        empty: '',
        text: 'Äß漢字🦆',
        long: '9007199254740993',
        money: '12345678901234567890.10',
        half: '1.5',
        yes: 'true',
        some: '[1,null]',
        pair: '["a",null]',
        map: '{"k":"v"}',
        time: '2026-01-02 03:04:05.678 UTC',
        zone: 'UTC',
        me: 'hunt',
      },
    ]);
  });

  test('runs in the catalog and schema of the table, and gives no row for none', async () => {
    expect(await all(engine.rows('SELECT eventname FROM cloudtrail'))).toEqual([]);
  });

  test('gives all of many pages, and says how far it is', async () => {
    const heard: TrinoProgress[] = [];
    const sql = `SELECT x, rpad('', 100, 'x') AS filler FROM UNNEST(sequence(1, 10000)) a (x)
      CROSS JOIN UNNEST(sequence(1, 10)) b (y)`;
    const seen = new Map<string | null | undefined, number>();
    for await (const { x } of engine.rows(sql, (progress) => heard.push(progress)))
      seen.set(x, (seen.get(x) ?? 0) + 1);
    expect(seen.size).toBe(10_000);
    expect(new Set(seen.values())).toEqual(new Set([10]));
    expect(heard.length).toBeGreaterThan(3);
    expect(heard[0]?.state).toBe('QUEUED');
    expect(heard.at(-1)?.state).toBe('FINISHED');
    expect(new Set(heard.map(({ id }) => id)).size).toBe(1);
    expect(heard.at(-1)?.splits).toBeGreaterThan(0);
    expect(heard.at(-1)?.splits).toBe(heard.at(-1)?.totalSplits);
  });

  test('says how much of a table was read', async () => {
    await trino.rows(`CREATE TABLE measured AS SELECT x FROM UNNEST(sequence(1, 1000)) a (x)`);
    let last: TrinoProgress | undefined;
    await all(engine.rows('SELECT sum(x) FROM measured', (progress) => (last = progress)));
    expect(last).toMatchObject({ rows: 1000 });
    expect(last?.bytes).toBeGreaterThan(0);
  });

  test.each([
    ['SELECT no_such_column FROM cloudtrail', 'COLUMN_NOT_FOUND', 'no_such_column'],
    ['SELEKT', 'SYNTAX_ERROR', 'SELEKT'],
    ["SELECT CAST(x AS bigint) FROM (VALUES '1', 'a') t (x)", 'INVALID_CAST_ARGUMENT', 'a'],
  ])('%s fails with what Trino says', async (sql, errorName, message) => {
    const failed = all(engine.rows(sql));
    await expect(failed).rejects.toMatchObject({
      code: 'ENGINE',
      errorName,
      errorType: 'USER_ERROR',
    });
    await expect(failed).rejects.toThrow(message);
    await expect(failed).rejects.toHaveProperty('queryId', expect.stringMatching(/^\d{8}_/));
  });

  test('cancels a query in Trino when the signal aborts', async () => {
    const abort = new AbortController();
    const stopped = new TrinoEngine(server, abort.signal);
    let id = '';
    const running = all(
      stopped.rows(SILENT, (progress) => {
        id = progress.id;
        if (progress.state === 'RUNNING') setImmediate(() => abort.abort());
      }),
    );
    await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED', message: 'interrupted' });
    expect(await endOf(trino, id)).toEqual(CANCELLED);
    await expect(all(stopped.rows('SELECT 1'))).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });

  test('cancels a query if its rows are not read further', async () => {
    let id = '';
    for await (const row of engine.rows(ENDLESS, (progress) => (id = progress.id))) {
      expect(Object.keys(row)).toEqual(['x', 'y']);
      break;
    }
    expect(await endOf(trino, id)).toEqual(CANCELLED);
  });

  test('cancels on closing what was begun and neither read on nor left', async () => {
    const closed = new TrinoEngine(server);
    let id = '';
    const rows = closed.rows(ENDLESS, (progress) => (id = progress.id))[Symbol.asyncIterator]();
    expect((await rows.next()).done).toBe(false);
    await closed.close();
    expect(await endOf(trino, id)).toEqual(CANCELLED);
  });

  test('describes a table, and tells its partition keys from its columns', async () => {
    const { columns, partitionKeys } = await describeTrinoTable(engine, server);
    expect(columns).toContainEqual({ name: 'eventname', type: 'varchar' });
    expect(columns.find(({ name }) => name === 'useridentity')?.type).toMatch(/^row\(/);
    expect(partitionKeys).toEqual([]);
  });

  test('describes a table with a name in want of quotes', async () => {
    await trino.rows('CREATE TABLE "odd ""name" (a bigint)');
    const odd = { ...server, table: 'odd "name' };
    expect((await describeTrinoTable(engine, odd)).columns).toEqual([
      { name: 'a', type: 'bigint' },
    ]);
  });

  test.each([
    [{ table: 'cloudtrial' }, 'no table "cloudtrial" in', 'Did you mean "cloudtrail"?'],
    [{ schema: 'defaults' }, 'no schema "defaults" in catalog "memory"', 'Did you mean "default"?'],
    [{ catalog: 'memroy' }, 'no catalog "memroy"', 'Did you mean "memory"?'],
  ])('names what is there where %j is not', async (wrong, message, hint) => {
    const described = describeTrinoTable(engine, { ...server, ...wrong });
    await expect(described).rejects.toMatchObject({ code: 'USAGE' });
    await expect(described).rejects.toThrow(message);
    await expect(described).rejects.toThrow(hint);
  });
});
