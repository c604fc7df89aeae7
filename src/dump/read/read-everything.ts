/** Runs one reading: it lists S3, reads standard input, then all files (in threads if this is faster), and then Parquet. */
import { setImmediate } from 'node:timers/promises';
import { digestsBeside } from '../digest/beside.js';
import type { Discovered, Discovery, FoundFile } from '../find/discover.js';
import { pathFilter } from '../find/path-filter.js';
import { DEFAULT_SETTINGS, openS3Client } from '../s3/client.js';
import { isS3 } from '../s3/uri.js';
import { Pool } from '../threads/pool.js';
import { Threads } from '../threads/threads.js';
import { refuseAborted } from './aborted.js';
import { createSharedLock } from './long-record-lock.js';
import { ProgressMeter } from './progress.js';
import type { ReadingJob } from './reading-job.js';
import { readSettings } from './read-settings.js';
import type { SummaryBuilder } from './summary/summary.js';
import type { ThisThread } from './this-thread.js';

/** With fewer bytes to read, starting threads costs more than they save. */
const WORTH_THREADS = 8 * 1024 * 1024;
/** Fetching an S3 object costs at least as much as reading this many bytes. */
const OBJECT_COST = 64 * 1024;

/** Why a file is skipped that `isKnown` knows. */
export const READ_BEFORE = 'read by an earlier run';

/** Resolves when everything is read. Throws a HuntError if nothing more can be read. */
export async function readEverything(job: ReadingJob): Promise<void> {
  const { request, discovered, summary, signal } = job;
  const meter = new ProgressMeter(() => summary.coverage.records, request.onProgress);
  const objects = await objectsOf(job);
  const found = [...discovered.files, ...objects];
  summary.noteNames(found.map(({ path }) => path));
  const { isKnown } = request;
  const files = isKnown === undefined ? found : found.filter((file) => !isKnown(file));
  if (files.length < found.length) summary.skip(READ_BEFORE, found.length - files.length);
  let here: Promise<ThisThread> | undefined;
  const thisThread = (): Promise<ThisThread> => (here ??= openThisThread(job, meter));
  if (request.paths.includes('-')) await (await thisThread()).readStdin(request.stdin());
  meter.expect(files);
  const count = threadsFor(files, request.workers);
  const reading =
    count > 1
      ? readInThreads(job, { files, count, meter })
      : thisThread().then((thread) => thread.readFiles(files));
  await Promise.all([reading, addNotRead(discovered, summary, signal)]);
  const deferred = files.filter(({ path }) => summary.isDeferred(path));
  if (deferred.length > 0) await (await thisThread()).readParquet(deferred, request.parquet);
  await (await here)?.flush();
}

/** Loaded only where this thread reads something itself: what reads is large. */
async function openThisThread(job: ReadingJob, meter: ProgressMeter): Promise<ThisThread> {
  const { ThisThread: Thread } = await import('./this-thread.js');
  return new Thread(job, meter.forReader());
}

function threadsFor(files: readonly FoundFile[], workers: number): number {
  const costOf = ({ path, size }: FoundFile): number =>
    isS3(path) ? Math.max(size, OBJECT_COST) : size;
  const cost = files.reduce((sum, file) => sum + costOf(file), 0);
  return Math.min(workers, files.length, Math.ceil(cost / WORTH_THREADS));
}

async function readInThreads(
  { request, summary, emit, signal }: ReadingJob,
  work: {
    readonly files: readonly FoundFile[];
    readonly count: number;
    readonly meter: ProgressMeter;
  },
): Promise<void> {
  const { files, count, meter } = work;
  const pool = new Pool({
    settings: readSettings(request, count, createSharedLock()),
    threads: request.threads ?? new Threads(),
    count,
    emit,
    progress: () => meter.forReader(),
    onDone: (read, partial, progress) => {
      summary.merge(partial);
      const done = read.filter(({ path }) => !summary.isDeferred(path));
      progress.done(done, partial.records);
    },
    signal,
  });
  await pool.read(files);
}

/** Counts the files that are not read, folder by folder, so that other work gets its turn in between. */
async function addNotRead(
  discovered: Discovered,
  summary: SummaryBuilder,
  signal: AbortSignal,
): Promise<void> {
  const steps = discovered.countRest();
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return summary.addNotRead(step.value);
    await setImmediate();
    refuseAborted(signal);
  }
}

/** The S3 objects to read. */
async function objectsOf({ request, summary, signal }: ReadingJob): Promise<Discovery['files']> {
  const uris = request.paths.filter(isS3);
  if (uris.length === 0) return [];
  // Loaded here because only hunts over S3 need it.
  const { discoverObjects } = await import('../find/s3-list.js');
  const client = await openS3Client(request.s3 ?? DEFAULT_SETTINGS);
  try {
    const further = request.verify === undefined ? [] : digestsBeside(uris);
    const filter = pathFilter(request);
    const found = await discoverObjects({ uris, further, filter, client, signal });
    summary.addNotRead(found);
    return found.files;
  } finally {
    client.destroy();
  }
}
