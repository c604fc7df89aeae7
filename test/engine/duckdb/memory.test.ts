/** DuckDB is given little memory, and more where a query cannot do without. */
import { expect, test } from 'vitest';
import { DuckdbEngine } from '../../../src/engine/duckdb/engine.js';
import type { Row } from '../../../src/engine/engine.js';

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

test('a query that is wrong is told as wrong', async () => {
  await expect(rowsOf('SELECT nothing')).rejects.toThrow(/could not run the query.*nothing/);
});
