/** A table in Trino, ready to be hunted. */
import type { ExecutionProgress } from '../../engine/engine.js';
import { describeTrinoTable } from '../../engine/trino/describe.js';
import { TrinoEngine } from '../../engine/trino/engine.js';
import { TrinoFailure } from '../../engine/trino/failure.js';
import { TrinoTableEngine } from '../../engine/trino/table-engine.js';
import { readTrinoServer } from '../../engine/trino/server.js';
import { quoted } from '../../sql/literal.js';
import type { PartitionRoles } from '../../table/partitions/recognise.js';
import type { ColumnNames } from '../../table/columns/fit.js';
import type { HuntedTable } from './plan.js';

export interface TrinoTarget {
  /** `https://[user@]host:port/catalog/schema/table` */
  readonly url: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly columns: ColumnNames;
  readonly roles: PartitionRoles;
  readonly signal: AbortSignal;
  /** Bytes that may be read in all. */
  readonly maxScan: number | undefined;
  readonly onProgress: (progress: ExecutionProgress) => void;
}

export interface OpenTrino {
  readonly table: HuntedTable;
  readonly engine: TrinoTableEngine;
}

/** Trino's own default for `query.max-length`, in characters. */
const TRINO_BYTES = 1_000_000;

const PATH = '"$path"';

/** Looks at the table. Throws a HuntError where that cannot be done. The caller closes the engine. */
export async function openTrino(target: TrinoTarget): Promise<OpenTrino> {
  const server = readTrinoServer(target.url, target.environment);
  const engine = new TrinoEngine(server, target.signal);
  try {
    const description = await describeTrinoTable(engine, server);
    const { catalog, schema, table } = server;
    const from = (name: string): string => [catalog, schema, name].map(quoted).join('.');
    return {
      table: {
        engine: 'trino',
        name: `${server.url}/${catalog}/${schema}/${table}`,
        from: from(table),
        partitionsFrom: from(`${table}$partitions`),
        source: (await knowsFiles(engine, from(table))) ? PATH : undefined,
        description,
        columns: target.columns,
        roles: target.roles,
        longest: TRINO_BYTES,
      },
      engine: new TrinoTableEngine(engine, target),
    };
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** Whether a table tells the files of its records: not every connector does, nor does a view. */
async function knowsFiles(engine: TrinoEngine, table: string): Promise<boolean> {
  try {
    for await (const _ of engine.rows(`EXPLAIN (TYPE VALIDATE) SELECT ${PATH} FROM ${table}`));
    return true;
  } catch (error) {
    if (!(error instanceof TrinoFailure)) throw error;
    return !['COLUMN_NOT_FOUND', 'PERMISSION_DENIED'].includes(error.errorName);
  }
}
