/** Writes Parquet for tests, and reads it in a test as a hunt does. */
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { valuesIn } from '../../src/cloudtrail/requirement.js';
import type { DumpRequest } from '../../src/dump/dump.js';
import { openParquet } from '../../src/engine/duckdb/open.js';
import { literal } from '../../src/sql/literal.js';
import { folderOf, reading, type Reading } from './read-dump.js';

/** The path of a new Parquet file with the rows of a query. */
export async function parquetFile(query: string, path = 'x.parquet'): Promise<string> {
  const file = join(folderOf({ [`${path}.beside`]: '' }), path);
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO ${literal(file)} (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
  return file;
}

/** What reading these paths gives where an engine is at hand. */
export function readingParquet(
  paths: readonly string[],
  options: Partial<DumpRequest> & { readonly tested?: readonly string[] } = {},
): Promise<Reading> {
  const parquet = (path: string) =>
    openParquet(path, {
      eventNames: options.required && valuesIn(options.required, 'eventName'),
      tested: options.tested ?? [],
    });
  return reading(paths, { parquet, ...options });
}
