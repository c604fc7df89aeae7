/** Reads local dumps and S3: paths to batches of rows, and a summary of what was read and what was not. */
import { setMaxListeners } from 'node:events';
import type { Batch } from '../../batch/batch.js';
import type { Dump, DumpRequest } from '../dump.js';
import { digestsBeside } from '../digest/beside.js';
import { discover, type Discovered } from '../find/discover.js';
import { pathFilter } from '../find/path-filter.js';
import { isS3 } from '../s3/uri.js';
import { Queue } from '../threads/queue.js';
import { readEverything } from './read-everything.js';
import { SummaryBuilder } from './summary/summary.js';

/** How many bytes of batches may wait for the consumer. */
const QUEUED_BYTES = 2 * 1024 * 1024;

/**
 * Reads what the request names. Throws a HuntError at once if a named file or folder does not exist. Every file is read
 * later, while `batches` is consumed.
 */
export function readDump(request: DumpRequest): Dump {
  const local = request.paths.filter((path) => path !== '-' && !isS3(path));
  const beside = request.verify === undefined ? [] : digestsBeside(local);
  const discovered = discover(local, pathFilter(request), beside);
  const summary = new SummaryBuilder(request.window);
  return {
    batches: batchesOf(request, discovered, summary),
    summary: () => summary.summary(),
    keys: () => summary.keys,
    readings: () => summary.readings,
    evidence: () => summary.evidence.evidence(),
    names: () => summary.names,
  };
}

async function* batchesOf(
  request: DumpRequest,
  discovered: Discovered,
  summary: SummaryBuilder,
): AsyncGenerator<Batch> {
  const queue = new Queue<Batch>(QUEUED_BYTES, ({ size }) => size);
  // If the consumer leaves early, reading must stop.
  const stop = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, stop.signal]) : stop.signal;
  // Each download in progress listens to the signal: Node would warn of a leak.
  setMaxListeners(0, signal);
  const emit = (batch: Batch): Promise<void> => queue.put(batch);
  const reading = readEverything({ request, discovered, summary, emit, signal }).then(
    () => queue.end(),
    (error: unknown) => queue.fail(error),
  );
  try {
    yield* queue.items();
  } finally {
    stop.abort();
    queue.close();
    await reading;
  }
}
