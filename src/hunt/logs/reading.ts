/** Begins to read local logs for a query. It needs little, so that threads can read while the rest of a hunt is loaded. */
import type { Batch } from '../../batch/batch.js';
import { valuesIn } from '../../cloudtrail/requirement.js';
import type { Dump, DumpRequest } from '../../dump/dump.js';
import { readDump } from '../../dump/read/read.js';
import { openParquet } from '../../engine/duckdb/open.js';
import { columnsOfQuery, testedFields } from '../../query/columns-read.js';
import type { Query } from '../../query/query.js';
import {
  accountsAndRegionsOf,
  requirementOf,
  requirementOfFindings,
} from '../../query/required.js';
import type { LogsRequest } from './request.js';

/** A reading that has begun. */
export interface BegunReading {
  readonly request: LogsRequest;
  readonly query: Query;
  /** What the logs are asked for. */
  readonly asked: DumpRequest;
  readonly dump: Dump;
  /** Those of the dump. */
  readonly batches: AsyncIterable<Batch>;
}

/** Throws a HuntError if a named file or folder does not exist. */
export function beginReading(request: LogsRequest, query: Query): BegunReading {
  const asked = dumpRequest(request, query);
  const dump = readDump(asked);
  return { request, query, asked, dump, batches: started(dump.batches) };
}

function dumpRequest(request: LogsRequest, query: Query): DumpRequest {
  const { window, late, prune, paths, stdin, s3, workers, threads } = request;
  const { maxUnpacked, signal, onInputs, files, onProgress } = request;
  const { prefilter } = request;
  const required = requirementOf(query);
  const eventNames = prefilter ? valuesIn(required, 'eventName') : undefined;
  const tested = query.rules.flatMap((rule) => testedFields(rule).map((field) => field.join('.')));
  return {
    window,
    late,
    prune,
    accountsAndRegions: request.trustPaths === true ? accountsAndRegionsOf(query) : undefined,
    paths,
    stdin,
    s3,
    required,
    found: requirementOfFindings(query),
    prefilter,
    notesKeys: request.follow !== false,
    columns: columnsOfQuery(query),
    hashes: onInputs !== undefined,
    isKnown: files?.isKnown,
    notesFiles: files?.onRead !== undefined,
    verify: request.verify && 'beside records',
    workers,
    threads,
    maxUnpacked,
    parquet: (path) => openParquet(path, { eventNames, tested }, signal),
    signal,
    onProgress,
  };
}

/** The same items, but reading begins at once. */
function started<T>(source: AsyncIterable<T>): AsyncIterable<T> {
  const iterator = source[Symbol.asyncIterator]();
  const first = iterator.next();
  // The first item may fail before it is awaited, which Node would treat as an unhandled rejection.
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
