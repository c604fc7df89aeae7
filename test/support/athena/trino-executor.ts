/** Runs Athena's statements on the real Trino. The schema of the tests is a database of the data catalog. */
import { inject } from 'vitest';
import type { Json } from '../../../src/cloudtrail/json.js';
import { parseKeepingNumbers } from '../../../src/cloudtrail/numbers.js';
import type { GateAnswer } from '../../trino/setup.js';
import type { Trino } from '../trino.js';
import type { Execute, ExecutionResult, ResultColumn } from './execution.js';
import { mapCode, requalified } from './sql-code.js';

interface Answer {
  readonly nextUri?: string;
  readonly columns?: readonly ResultColumn[];
  readonly data?: readonly (readonly Json[])[];
  readonly error?: { readonly errorName: string; readonly message: string };
  readonly stats?: { readonly processedBytes?: number | string };
}

/** The tables that `createEvents` makes are found in this database, and under `AwsDataCatalog`. */
export async function trinoExecutor(trino: Trino, database: string): Promise<Execute> {
  const gate = (await (await fetch(inject('trinoGate'))).json()) as GateAnswer;
  if (!('url' in gate)) throw new Error(gate.missing);
  const { schema } = trino;
  return (sql, { Catalog: catalog = 'AwsDataCatalog', Database: wanted }, signal) => {
    const statement = mapCode(requalified(sql, database, `${schema}.`), (code) =>
      code.replaceAll('"$path"', 'source'),
    ).replace(/;\s*$/, '');
    const known = wanted === undefined || wanted.toLowerCase() === database.toLowerCase();
    const headers = {
      'X-Trino-User': 'hunt',
      'X-Trino-Time-Zone': 'UTC',
      'X-Trino-Catalog': catalog.toLowerCase() === 'awsdatacatalog' ? 'memory' : catalog,
      'X-Trino-Schema': known ? schema : wanted,
    };
    const inOurWords = (message: string): string =>
      message.replaceAll('memory.', 'awsdatacatalog.').replaceAll(schema, database);
    return run(gate.url, statement, headers, inOurWords, signal);
  };
}

async function run(
  url: string,
  sql: string,
  headers: Readonly<Record<string, string>>,
  inOurWords: (message: string) => string,
  signal: AbortSignal,
): Promise<ExecutionResult> {
  const rows: (string | null)[][] = [];
  let columns: readonly ResultColumn[] = [];
  let next = `${url}/v1/statement`;
  let init: RequestInit = { method: 'POST', body: sql };
  for (;;) {
    if (signal.aborted) await fetch(next, { method: 'DELETE', headers });
    signal.throwIfAborted();
    const response = await fetch(next, { ...init, headers });
    const body = await response.text();
    if (!response.ok) throw new Error(`HTTP ${response.status}: ${body.slice(0, 500)}`);
    const answer = parseKeepingNumbers(body) as Answer;
    if (answer.error) {
      const { errorName: name, message } = answer.error;
      throw Object.assign(new Error(inOurWords(message)), { name });
    }
    columns = answer.columns ?? columns;
    for (const values of answer.data ?? []) rows.push(values.map(toText));
    if (answer.nextUri === undefined)
      return { columns, rows, bytesScanned: Number(answer.stats?.processedBytes ?? 0) };
    next = answer.nextUri;
    init = {};
  }
}

function toText(value: Json): string | null {
  if (value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}
