/** The executors of the test server give the same results as Athena. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { end, openAthena, poll, results, start, stop } from './session.js';
import { trinoExecutor } from './trino-executor.js';
import { openDuckdb, recordsOf, type TestedEngine } from '../evaluate-engines.js';
import { openedGroup } from '../hunt-events.js';
import { parseKeepingNumbers } from '../../../src/cloudtrail/numbers.js';
import type { JsonObject } from '../../../src/cloudtrail/json.js';
import { toRecord } from '../../../src/cloudtrail/record.js';
import type { Row } from '../../../src/engine/engine.js';
import { huntSql } from '../../../src/answer/statement/hunt-sql.js';
import { bind } from '../../../src/rule/bind.js';
import { builtInRules } from '../../../src/rule/catalog/find.js';
import { trino as trinoDialect } from '../../../src/sql/dialect/trino.js';
import { duckdb } from '../../../src/sql/dialect/duckdb.js';
import { findingsSql } from '../../../src/sql/statement/findings.js';
import { literal } from '../../../src/sql/literal.js';
import { buildQuery } from '../../../src/query/build.js';
import { forDocumentedTable } from '../../../src/query/missing-fields.js';
import { DOCUMENTED_TABLE, LOADED_EVENTS } from '../../../src/sql/statement/table.js';
import { duckdbExecutor, type DuckdbExecutor } from './duckdb-executor.js';
import { answerOf } from '../answers.js';
import { describeWithTrino } from '../trino.js';

const PATIENT = { timeout: 150_000 };

await describeWithTrino('on Trino', (trino) => {
  test("the documented table's events are found, in the words that Athena has for what is wrong", async () => {
    const records = await recordsOf([JSON.stringify(openedGroup())]);
    await trino.createEvents('cloudtrail_logs', records);
    const { client } = await openAthena({ execute: await trinoExecutor(trino, 'security') });
    const context = { Catalog: 'AwsDataCatalog', Database: 'security' };
    const run = async (sql: string, database = 'security') => {
      const id = await start(client, {
        QueryString: sql,
        QueryExecutionContext: { ...context, Database: database },
      });
      const { Status: status } = await end(client, id);
      if (status?.State !== 'SUCCEEDED') return status?.StateChangeReason;
      const { Rows: rows = [] } = (await results(client, id)).ResultSet ?? {};
      return rows.map(({ Data: data = [] }) => data.map(({ VarCharValue: value }) => value));
    };

    expect(
      await run(
        `SELECT eventname, errorcode, '"$path"' AS text, "$path" AS file
         FROM "AwsDataCatalog"."security"."cloudtrail_logs";`,
      ),
    ).toEqual([
      ['eventname', 'errorcode', 'text', 'file'],
      ['AuthorizeSecurityGroupIngress', undefined, '"$path"', '0'],
    ]);
    const id = await start(client, {
      QueryString:
        'SELECT eventid, count(*) AS n FROM cloudtrail_logs WHERE FALSE GROUP BY eventid',
      QueryExecutionContext: context,
    });
    await end(client, id);
    expect((await results(client, id)).ResultSet).toMatchObject({
      Rows: [{ Data: [{ VarCharValue: 'eventid' }, { VarCharValue: 'n' }] }],
      ResultSetMetadata: { ColumnInfo: [{ Type: 'varchar' }, { Type: 'bigint' }] },
    });
    expect(await run('SELECT nothing FROM cloudtrail_logs')).toBe(
      "COLUMN_NOT_FOUND: line 1:8: Column 'nothing' cannot be resolved",
    );
    expect(await run('SELECT 1 FROM nothing')).toBe(
      "TABLE_NOT_FOUND: line 1:15: Table 'awsdatacatalog.security.nothing' does not exist",
    );
    expect(await run('SELECT 1 FROM cloudtrail_logs', 'nowhere')).toBe(
      "SCHEMA_NOT_FOUND: line 1:15: Schema 'nowhere' does not exist",
    );
  });

  test('a query that is stopped ends', async () => {
    const { client } = await openAthena({ execute: await trinoExecutor(trino, 'security') });
    const id = await start(client, {
      QueryString: `SELECT count(*) AS to_be_stopped FROM ${Array.from({ length: 4 }, (_, n) => `UNNEST(sequence(1, 10000)) t${n}(a)`).join(' CROSS JOIN ')}`,
    });
    const running = async (): Promise<number> => {
      const queries = await trino.rows(
        "SELECT query FROM system.runtime.queries WHERE state = 'RUNNING'",
      );
      return queries.filter((row) => row['query']?.includes('AS to_be_stopped')).length;
    };
    await expect.poll(running, PATIENT).toBe(1);
    await stop(client, id);
    expect((await poll(client, id)).Status?.State).toBe('CANCELLED');
    await expect.poll(running, PATIENT).toBe(0);
  });
});

describe('in DuckDB', () => {
  const rules = [...builtInRules().values()];
  const records = rules.flatMap(({ tests }, rule) =>
    tests.map(({ log }, index) =>
      toRecord(parseKeepingNumbers(JSON.stringify(log)) as JsonObject, `${rule} ${index}`),
    ),
  );
  const window = { since: Date.parse('2000-01-01'), until: Date.parse('2100-01-01') };
  const asked = buildQuery(
    rules.map((rule) => bind(rule, new Map())),
    window,
    { exclusions: true, filters: [] },
  );
  const query = { ...asked, rules: asked.rules.map(forDocumentedTable) };
  let duckdbs: DuckdbExecutor;
  let local: TestedEngine;
  beforeAll(async () => {
    const table = { database: 'security', table: 'cloudtrail_logs', more: { region: 'awsregion' } };
    [duckdbs, local] = await Promise.all([duckdbExecutor(records, table), openDuckdb()]);
    await local.fill(records);
  });
  afterAll(() => Promise.all([duckdbs.close(), local.close()]));

  /** The rows as objects, as an engine gives them. */
  const run = async (sql: string): Promise<readonly Row[]> => {
    const { columns, rows } = await duckdbs.execute(
      sql,
      { Database: 'security' },
      new AbortController().signal,
    );
    return rows.map((row) =>
      Object.fromEntries(columns.map(({ name }, index) => [name, row[index] ?? null])),
    );
  };

  test("Trino's dialect gives the answer that DuckDB's gives", async () => {
    const without = 'CAST(NULL AS varchar) AS extra';
    const table = '"awsdatacatalog"."security"."cloudtrail_logs"';
    const there = await run(
      huntSql(query, trinoDialect, {
        source: {
          kind: 'table',
          relation: `SELECT *, "$path" AS source, FALSE AS is_odd, CAST(NULL AS varchar) AS is_management, ${without} FROM ${table}`,
        },
      }),
    );
    const here = await local.rows(
      huntSql(query, duckdb, {
        source: { kind: 'loaded', from: `(SELECT * REPLACE (${without}) FROM events) AS events` },
      }),
    );
    const { rules: found } = answerOf(query, there);
    expect(found).toEqual(answerOf(query, here).rules);
    expect(there.length).toBeGreaterThan(rules.length);
  });

  test('the Athena dialect gives the findings that the DuckDB dialect gives', async () => {
    for (const rule of query.rules) {
      const there = await run(
        findingsSql(rule, query, { dialect: trinoDialect, table: DOCUMENTED_TABLE }),
      );
      const here = await local.rows(
        findingsSql(rule, query, {
          dialect: duckdb,
          table: { ...LOADED_EVENTS, source: undefined },
        }),
      );
      expect(there).toEqual(here);
      expect(there).not.toEqual([]);
    }
  });

  test('keys with dots, quotes and no letters are found', async () => {
    const keys = ['a.b', '"', "'", '*', '', 'a/b', '~', '\\\\'];
    const [row] = await run(
      `SELECT ${keys.map((key, index) => `${trinoDialect.jsonScalar(literal(JSON.stringify({ [key]: index })), [key])} AS k${index}`).join(', ')}`,
    );
    expect(Object.values(row ?? {})).toEqual(keys.map((_, index) => String(index)));
  });

  test('what is wrong is said as Trino says it', async () => {
    const wrong = (sql: string, database = 'security') =>
      Promise.resolve()
        .then(() => duckdbs.execute(sql, { Database: database }, new AbortController().signal))
        .catch((error: unknown) => error);
    expect(await wrong('SELECT nothing FROM cloudtrail_logs')).toMatchObject({
      name: 'COLUMN_NOT_FOUND',
      message: "Column 'nothing' cannot be resolved",
    });
    expect(await wrong('SELECT 1 FROM security.nothing')).toMatchObject({
      name: 'TABLE_NOT_FOUND',
      message: "Table 'awsdatacatalog.security.nothing' does not exist",
    });
    expect(await wrong('SELECT 1', 'nowhere')).toMatchObject({ name: 'SCHEMA_NOT_FOUND' });
    expect(await wrong('SELEC 1')).toMatchObject({ name: 'SYNTAX_ERROR' });
  });

  test('an empty result has its columns, and an EXPLAIN its plan', async () => {
    const signal = new AbortController().signal;
    const { columns, rows } = await duckdbs.execute(
      'SELECT region, count(*) AS n FROM cloudtrail_logs WHERE FALSE GROUP BY region;',
      {},
      signal,
    );
    expect(columns).toEqual([
      { name: 'region', type: 'varchar' },
      { name: 'n', type: 'bigint' },
    ]);
    expect(rows).toEqual([]);
    const explained = await duckdbs.execute('EXPLAIN SELECT 1', {}, signal);
    expect(explained.rows[0]?.[0]).toMatch(/\w/);
  });
});
