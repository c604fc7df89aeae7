/** Opens a table in Trino for a hunt. */
import type { ExecutionProgress } from '../../engine/engine.js';
import { describeTrinoTable } from '../../engine/trino/describe.js';
import { TrinoEngine } from '../../engine/trino/engine.js';
import { TrinoFailure } from '../../engine/trino/failure.js';
import { TrinoTableEngine } from '../../engine/trino/table-engine.js';
import { readTrinoServer, type TrinoServer } from '../../engine/trino/server.js';
import { quoted } from '../../sql/literal.js';
import type { ColumnNames } from '../../table/columns/find-column.js';
import type { PartitionHints, PartitionRoles } from '../../table/partitions/roles.js';
import type { HuntedTable } from './plan/hunted-table.js';

export interface TrinoTarget {
  /** `https://[user@]host:port/catalog/schema/table` */
  readonly url: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly columns: ColumnNames;
  readonly roles: PartitionRoles;
  readonly named?: PartitionHints['named'];
  readonly signal: AbortSignal;
  /** The most bytes that all queries together may read. */
  readonly maxScan: number | undefined;
  readonly onProgress: (progress: ExecutionProgress) => void;
}

export interface OpenTrino {
  readonly table: HuntedTable;
  readonly engine: TrinoTableEngine;
}

/** Trino's default for `query.max-length`, in characters. */
const TRINO_BYTES = 1_000_000;

const PATH = '"$path"';

/** Describes the table. Throws a HuntError if that fails. The caller closes the engine. */
export async function openTrino(target: TrinoTarget): Promise<OpenTrino> {
  const server = readTrinoServer(target.url, target.environment);
  const engine = new TrinoEngine(server, target.signal);
  try {
    return {
      table: await describeTrino(engine, server, target),
      engine: new TrinoTableEngine(engine, {
        maxScan: target.maxScan,
        signal: target.signal,
        onProgress: target.onProgress,
      }),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** The table as a hunt sees it. Throws a HuntError if Trino cannot describe it. */
export async function describeTrino(
  engine: TrinoEngine,
  server: TrinoServer,
  { columns, roles, named }: Pick<TrinoTarget, 'columns' | 'roles' | 'named'>,
): Promise<HuntedTable> {
  const description = await describeTrinoTable(engine, server);
  const { catalog, schema, table } = server;
  const from = (name: string): string => [catalog, schema, name].map(quoted).join('.');
  return {
    engine: 'trino',
    name: `${server.url}/${catalog}/${schema}/${table}`,
    from: from(table),
    partitionsFrom: from(`${table}$partitions`),
    filesFrom: from(`${table}$files`),
    source: (await hasFiles(engine, from(table))) ? PATH : undefined,
    description,
    columns,
    roles,
    named,
    longestStatement: TRINO_BYTES,
  };
}

/** Whether the table has a column for the file of a record. Some connectors do not have it, and views do not. */
async function hasFiles(engine: TrinoEngine, table: string): Promise<boolean> {
  try {
    for await (const _ of engine.rows(`EXPLAIN (TYPE VALIDATE) SELECT ${PATH} FROM ${table}`));
    return true;
  } catch (error) {
    if (!(error instanceof TrinoFailure)) throw error;
    return !['COLUMN_NOT_FOUND', 'PERMISSION_DENIED'].includes(error.errorName);
  }
}
