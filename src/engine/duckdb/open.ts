/** Loads DuckDB only where a command needs it: loading it takes longer than many commands take to run. */
import type { Column } from '../../cloudtrail/field/columns.js';
import type { ParquetContent } from '../../dump/dump.js';
import type { DuckdbEngine } from './engine.js';
import type { WantedEvents } from './parquet.js';

/** Opens an empty `events` table in memory, with the given columns of AWS's table. The caller closes the engine. */
export async function openDuckdb(
  columns: readonly Column[],
  signal?: AbortSignal,
): Promise<DuckdbEngine> {
  const { DuckdbEngine: Engine } = await import('./engine.js');
  return Engine.open(columns, signal);
}

/** What a Parquet file holds: see `parquetContent`. */
export async function openParquet(
  path: string,
  wanted: WantedEvents,
  signal?: AbortSignal,
): Promise<ParquetContent> {
  const { parquetContent } = await import('./parquet.js');
  return parquetContent(path, wanted, signal);
}
