/** A hunt over local dumps, from bound rules to a report. */
import type { Readable } from 'node:stream';
import { withReferences, type Batch } from '../batch/batch.js';
import type { Window } from '../cloudtrail/window.js';
import type { DumpAccount, DumpProgress, DumpRequest } from '../dump/dump.js';
import { readDump } from '../dump/read/read.js';
import { openDuckdb, openParquet } from '../engine/duckdb/open.js';
import type { Report, Warning } from '../report/report.js';
import type { BoundRule } from '../rule/bind.js';
import type { Condition } from '../rule/condition.js';
import { accountSql } from '../sql/statement/account.js';
import { columnsOfQuery } from '../query/columns-read.js';
import { duckdb } from '../sql/dialect/duckdb.js';
import { eventNamesOf, placesOf, plan } from '../query/plan.js';
import type { Query } from '../query/query.js';
import { LOCAL_TABLE } from '../sql/statement/table.js';
import { Bodies } from '../findings/bodies.js';
import { Gathering } from '../findings/gather.js';
import { HiddenStore } from '../answer/hidden.js';
import { toReport, type Outcome } from './assemble/report.js';
import { RowSum } from '../answer/row-sum.js';
import { logWarnings } from './assemble/warnings.js';

export interface HuntRequest {
  readonly rules: readonly BoundRule[];
  readonly paths: readonly string[];
  readonly stdin: Readable;
  readonly window: Window;
  /** How long after an event its file may still arrive, in milliseconds. */
  readonly late: number;
  /** False opens all files, whatever their paths say of their days. */
  readonly prune?: boolean | undefined;
  /** Files of accounts and regions that no rule asks for are not opened, going by their paths. */
  readonly trustPaths?: boolean | undefined;
  /** With whose rights S3 is read. */
  readonly s3?: DumpRequest['s3'];
  readonly exclusions: boolean;
  /** Conditions that the user adds to every rule. */
  readonly filters: readonly Condition[];
  readonly workers: number;
  readonly threads?: DumpRequest['threads'];
  /** False: every record is parsed and becomes a row, whatever the rules ask for. */
  readonly prefilter: boolean;
  /** How many bytes one log may unpack to; by default 20 GB. */
  readonly maxUnpacked?: number | undefined;
  readonly version: string;
  readonly config: Report['source']['config'];
  /** What is to be said already before the hunt. */
  readonly warnings: readonly Warning[];
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DumpProgress) => void) | undefined;
  /** Called when all is read, and the query begins. */
  readonly onQuery?: (() => void) | undefined;
}

/** Reads the dumps, runs the rules in DuckDB, and gives the report. Throws a HuntError where no report can be made. */
export async function huntLocal(request: HuntRequest): Promise<Report> {
  const { rules, window, exclusions, filters, signal } = request;
  const query = plan(rules, window, { exclusions, filters });
  const sqlOf = (name: string): string => accountSql(query, duckdb, { ...LOCAL_TABLE, name });
  const eventNames = request.prefilter ? eventNamesOf(query) : undefined;
  const parquet = (path: string) => openParquet(path, eventNames, signal);
  const columns = columnsOfQuery(query);
  const places = request.trustPaths === true ? placesOf(query) : undefined;
  const dump = readDump({ ...request, eventNames, columns, places, parquet });
  const batches = started(dump.batches);
  const engine = await openDuckdb(columns, signal);
  const bodies = new Bodies();
  try {
    await engine.load(keptApart(batches, bodies));
    request.onQuery?.();
    const outcome = await engine.withMemory(async () => {
      const gathering = new Gathering(query, bodies.of);
      const hidden = new HiddenStore(query);
      // Without what was found and whom it concerned, one row is like another.
      const sum = new RowSum();
      for await (const row of engine.rowsInParts(sqlOf)) sum.add(hidden.add(gathering.take(row)));
      return { rows: sum.rows(), findings: gathering.findings(), hidden: hidden.hidden() };
    });
    return reportOf(request, query, outcome, dump.account());
  } finally {
    bodies.close();
    await engine.close();
  }
}

async function* keptApart(batches: AsyncIterable<Batch>, bodies: Bodies): AsyncGenerator<Batch> {
  for await (const batch of batches) yield withReferences(batch, (...told) => bodies.keep(...told));
}

/** The same, but reading begins at once: the engine is made ready meanwhile. */
function started<T>(source: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = source[Symbol.asyncIterator]();
  const first = iterator.next();
  // It may fail before anybody waits for it.
  first.catch(() => undefined);
  return (async function* rest() {
    try {
      for (let item = await first; item.done !== true; item = await iterator.next())
        yield item.value;
    } finally {
      await iterator.return?.();
    }
  })();
}

function reportOf(
  request: HuntRequest,
  query: Query,
  outcome: Pick<Outcome, 'rows' | 'findings' | 'hidden'>,
  dump: DumpAccount,
): Report {
  const { paths, config, version } = request;
  return toReport({
    query,
    ...outcome,
    logs: dump,
    files: {
      read: dump.read,
      skipped: dump.skipped,
      skippedRecords: dump.skippedRecords,
      unreadable: dump.unreadable,
      repairedSurrogates: dump.repairedSurrogates,
    },
    source: { engine: 'duckdb', paths, table: null, config, missingFields: [], execution: null },
    warnings: [...request.warnings, ...logWarnings(dump, query.window)],
    version,
  });
}
