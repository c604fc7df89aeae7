/** DuckDB has little memory, and gets more where a query needs it. */
import { expect, test } from 'vitest';
import { toBatch, toBatches } from '../../../src/batch/batch.js';
import { COLUMNS } from '../../../src/cloudtrail/field/columns.js';
import { toRecord } from '../../../src/cloudtrail/record.js';
import { DuckdbEngine } from '../../../src/engine/duckdb/engine.js';
import { HuntError } from '../../../src/errors.js';
import type { Row } from '../../../src/engine/engine.js';
import { bind } from '../../../src/rule/bind.js';
import { builtInRules } from '../../../src/rule/catalog/find.js';
import { huntSql } from '../../../src/answer/statement/hunt-sql.js';
import { duckdb } from '../../../src/sql/dialect/duckdb.js';
import { buildQuery } from '../../../src/query/build.js';

async function rowsOf(sql: string): Promise<readonly Row[]> {
  const engine = await DuckdbEngine.open();
  try {
    const rows: Row[] = [];
    for await (const row of engine.rows(sql)) rows.push(row);
    return rows;
  } finally {
    await engine.close();
  }
}

test('a query that holds more than the limit is given more, and gives each row once', async () => {
  const list = "list(repeat('x', 1000) || CAST(i AS VARCHAR))";
  expect(await rowsOf(`SELECT len(${list}) AS n FROM range(300000) AS t(i)`)).toEqual([
    { n: '300000' },
  ]);
});

test('what runs out of memory on its way is begun once more, with twice as much', async () => {
  const engine = await DuckdbEngine.open();
  const limits: string[] = [];
  const run = async (): Promise<void> => {
    for await (const { limit } of engine.rows("SELECT current_setting('memory_limit') AS limit"))
      limits.push(String(limit));
    if (limits.length === 1)
      throw new HuntError('ENGINE', 'DuckDB could not run the query: Out of Memory Error: …');
  };
  try {
    await engine.withMemory(run);
    expect(limits).toEqual(['122.0 MiB', '244.1 MiB']);
    await expect(engine.withMemory(() => Promise.reject(new Error('other')))).rejects.toThrow(
      'other',
    );
  } finally {
    await engine.close();
  }
});

test('a wrong query gives its error', async () => {
  await expect(rowsOf('SELECT nothing')).rejects.toThrow(/could not run the query.*nothing/);
});

test('what a query gathers of more events than fit is gathered of a part of them at a time', async () => {
  const engine = await DuckdbEngine.open();
  const userAgent = 'x'.repeat(10_000);
  const events = Array.from({ length: 2000 }, (_, index) => ({
    eventID: `e${index % 900}`,
    userAgent,
  }));
  const without = Array.from({ length: 100 }, () => ({ eventName: 'x' }));
  const records = [...events, ...without].map((event) => toRecord(event, 'a.json'));
  try {
    await engine.load(toBatches(COLUMNS, records));
    const tables = new Set<string>();
    const counts = new Map<string | null, number[]>();
    // Twice as much as DuckDB may hold at first, with no part of it above the limit.
    for await (const { id = null, n } of engine.rowsInParts((table) => {
      tables.add(table);
      return `SELECT eventid AS id, len(list(repeat('x', 120000) || eventid || rowid)) AS n
              FROM (SELECT *, row_number() OVER () AS rowid FROM ${table}) GROUP BY eventid`;
    }))
      counts.set(id, [...(counts.get(id) ?? []), Number(n)]);
    expect(tables.size).toBeGreaterThan(4);
    const expected = (index: number): number[] => [index < 200 ? 3 : 2];
    for (let index = 0; index < 900; index++)
      expect(counts.get(`e${index}`)).toEqual(expected(index));
    expect(counts.get(null)?.reduce((sum, n) => sum + n)).toBe(100);
  } finally {
    await engine.close();
  }
});

test('rows of a query that are stored are gathered a part at a time too, with equal keys in one part', async () => {
  const engine = await DuckdbEngine.open();
  const records = Array.from({ length: 2000 }, (_, index) =>
    toRecord({ eventID: `e${index % 900}`, userAgent: 'x'.repeat(10_000) }, 'a.json'),
  );
  try {
    await engine.load(toBatches(COLUMNS, records));
    const stored = await engine.stored(
      (table) => `SELECT 'key of ' || eventid AS key FROM ${table}`,
      'key',
    );
    const counts = new Map<string | null, number>();
    for await (const { key = null, n } of engine.rowsInParts(
      (table) =>
        `SELECT key, len(list(repeat('x', 120000) || key || rowid)) AS n
         FROM (SELECT *, row_number() OVER () AS rowid FROM ${table}) GROUP BY key`,
      stored,
    )) {
      expect(counts.has(key)).toBe(false);
      counts.set(key, Number(n));
    }
    for (let index = 0; index < 900; index++)
      expect(counts.get(`key of e${index}`)).toBe(index < 200 ? 3 : 2);
    const replaced = await engine.stored((table) => `SELECT 1 AS one FROM ${table} LIMIT 1`, 'one');
    for await (const row of engine.rows(`SELECT * FROM ${replaced(1, 0)}`))
      expect(row).toEqual({ one: '1' });
  } finally {
    await engine.close();
  }
});

test('a query whose stored rows need more memory than the limit gets it', async () => {
  const engine = await DuckdbEngine.open();
  try {
    await engine.load(toBatches(COLUMNS, [toRecord({ eventID: 'e' }, 'a.json')]));
    const list = "list(repeat('x', 1000) || CAST(i AS VARCHAR))";
    const stored = await engine.stored(
      (table) => `SELECT len(${list}) AS n FROM range(300000) AS t(i), ${table}`,
      'n',
    );
    for await (const row of engine.rows(`SELECT n FROM ${stored(1, 0)}`))
      expect(row).toEqual({ n: '300000' });
    await expect(engine.stored(() => 'SELECT nothing', 'n')).rejects.toThrow(/could not run/);
  } finally {
    await engine.close();
  }
});

test('a query that needs the same memory for any part runs on the whole table, with more memory', async () => {
  const engine = await DuckdbEngine.open();
  try {
    await engine.load(toBatches(COLUMNS, [toRecord({ eventID: 'e' }, 'a.json')]));
    const tables: string[] = [];
    const list = "list(repeat('x', 1000) || CAST(i AS VARCHAR))";
    for await (const { n } of engine.rowsInParts((table) => {
      tables.push(table);
      return `SELECT len(${list}) AS n FROM range(100000) AS t(i), ${table}`;
    }))
      expect(n).toBe('100000');
    expect(tables).toEqual(['events']);
  } finally {
    await engine.close();
  }
});

test('all rules at once take no more than the least memory', async () => {
  // Without the rules on any call, as in a hunt with all rules.
  const rules = [...builtInRules().values()]
    .filter(({ id }) => !id.startsWith('AWS.Any.'))
    .map((rule) => bind(rule, new Map()));
  const window = { since: undefined, until: undefined };
  const query = buildQuery(rules, window, { exclusions: true, filters: [] });
  const records = rules.flatMap(({ rule }) => rule.tests.map(({ log }) => toRecord(log, 'a.json')));
  const engine = await DuckdbEngine.open();
  const limit = "SELECT current_setting('memory_limit') AS limit";
  try {
    await engine.load(toBatches(COLUMNS, records));
    const tables: string[] = [];
    let events = 0;
    for await (const row of engine.rowsInParts((name) => {
      tables.push(name);
      return huntSql(query, duckdb, { source: { kind: 'loaded', from: name } });
    }))
      events += Number(row['events']);
    expect(events).toBeGreaterThan(200);
    for await (const row of engine.rows(limit)) expect(row).toEqual({ limit: '122.0 MiB' });
    expect(tables).toEqual(['events']);
  } finally {
    await engine.close();
  }
});

test('events with long texts are in further tables, and still meet their repeats', async () => {
  const engine = await DuckdbEngine.open();
  const long = 'x'.repeat(1 << 20);
  const text = (index: number): string => (index % 2 === 0 ? long : 'short') + index;
  const records = Array.from({ length: 100 }, (_, index) =>
    toRecord({ eventID: `e${index % 25}`, userAgent: text(index) }, 'a.json'),
  );
  const idsOf = async (parts: number): Promise<readonly string[]> => {
    const ids: string[] = [];
    for (let part = 0; part < parts; part++)
      for await (const { id } of engine.rowsInParts(
        (table) => {
          expect(table).toContain('events_2');
          return `SELECT eventid || ' ' || count(*) || ' ' || sum(length(useragent)) AS id FROM ${table} GROUP BY eventid`;
        },
        () => engine.events(parts, part),
      ))
        ids.push(String(id));
    return ids.toSorted();
  };
  const expected = Array.from({ length: 25 }, (_, index) => {
    const copies = [0, 25, 50, 75].map((more) => text(index + more).length);
    return `e${index} 4 ${copies.reduce((sum, length) => sum + length)}`;
  });
  try {
    await engine.load(records.map((record) => toBatch(COLUMNS, [record])));
    expect(await idsOf(1)).toEqual(expected.toSorted());
    expect(await idsOf(4)).toEqual(expected.toSorted());
  } finally {
    await engine.close();
  }
});
