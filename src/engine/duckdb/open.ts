/** Opens DuckDB when it is needed: its binding takes longer to load than many a command takes to run. */
import type { Column } from '../../cloudtrail/columns.js';
import type { ParquetContent } from '../../dump/dump.js';
import type { DuckdbEngine } from './engine.js';

/** An empty `events` table in memory, with these of AWS's columns. The caller closes the engine. */
export async function openDuckdb(
  asked: readonly Column[],
  signal?: AbortSignal,
): Promise<DuckdbEngine> {
  const { DuckdbEngine: Engine } = await import('./engine.js');
  return Engine.open(asked, signal);
}

/** What a Parquet file holds; see `parquetContent`. Throws nothing of the file's; reading its text may. */
export async function openParquet(
  path: string,
  eventNames: ReadonlySet<string> | undefined,
  signal?: AbortSignal,
): Promise<ParquetContent> {
  const { parquetContent } = await import('./parquet.js');
  return parquetContent(path, eventNames, signal);
}
