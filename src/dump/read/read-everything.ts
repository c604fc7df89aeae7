/** Runs one reading: it lists S3, reads standard input, then all files (in threads if this is faster), and then Parquet. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { digestsBeside } from '../digest/beside.js';
import type { FoundFile } from '../find/discover.js';
import { pathFilter } from '../find/path-filter.js';
import { DEFAULT_SETTINGS, openS3Client } from '../s3/client.js';
import { isS3 } from '../s3/uri.js';
import { Pool } from '../threads/pool.js';
import { Threads } from '../threads/threads.js';
import { Listing } from './listing.js';
import { createSharedLock } from './long-record-lock.js';
import { ProgressMeter } from './progress.js';
import type { ReadingJob } from './reading-job.js';
import { readSettings } from './read-settings.js';
import type { ThisThread } from './this-thread.js';

/** Resolves when everything is read. Throws a HuntError if nothing more can be read. */
export async function readEverything(job: ReadingJob): Promise<void> {
  const { request, summary } = job;
  const meter = new ProgressMeter(() => summary.coverage.records, request.onProgress);
  const listing = new Listing(job, meter);
  listing.add(await objectsOf(job));
  let here: Promise<ThisThread> | undefined;
  const thisThread = (): Promise<ThisThread> => (here ??= openThisThread(job, meter));
  if (request.paths.includes('-')) await (await thisThread()).readStdin(request.stdin());
  // When there is enough for all threads, they begin: further files do not change how many are needed.
  await listing.until(() => request.workers > 1 && listing.threads === request.workers);
  const reading =
    listing.threads > 1
      ? readInThreads(job, listing, meter)
      : thisThread().then((thread) => thread.readFiles(listing.files.toSorted(byPath)));
  await Promise.all([reading, listing.toEnd()]);
  const deferred = listing.files.filter(({ path }) => summary.isDeferred(path)).toSorted(byPath);
  if (deferred.length > 0) await (await thisThread()).readParquet(deferred, request.parquet);
  await (await here)?.flush();
}

function byPath(a: FoundFile, b: FoundFile): number {
  return byCodePoint(a.path, b.path);
}

/** Loaded only where this thread reads something itself: what reads is large. */
async function openThisThread(job: ReadingJob, meter: ProgressMeter): Promise<ThisThread> {
  const { ThisThread: Thread } = await import('./this-thread.js');
  return new Thread(job, meter.forReader());
}

async function readInThreads(
  { request, summary, emit, signal }: ReadingJob,
  { threads: count, supply }: Listing,
  meter: ProgressMeter,
): Promise<void> {
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
  await pool.read(supply);
}

/** The S3 objects to read. */
async function objectsOf({ request, summary, signal }: ReadingJob): Promise<readonly FoundFile[]> {
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
