/** Reads local dumps: files to rows, in this thread or in several, and an account of what was read and what was not. */
import { setMaxListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { Batch } from '../../batch/batch.js';
import { COLUMNS } from '../../cloudtrail/columns.js';
import { HuntError } from '../../errors.js';
import { MAX_UNPACKED, smallFor } from '../open/unpack-budget.js';
import { Batches } from './batches.js';
import { discover, type Discovered, type Discovery, type FoundFile } from '../find/discover.js';
import type { Dump, DumpRequest } from '../dump.js';
import { PlainReader } from '../fast/plain.js';
import { Pool } from '../threads/pool.js';
import { hasParts, heard, Progress, type Share } from './progress.js';
import { needed } from '../find/prune.js';
import { Queue } from '../threads/queue.js';
import { SourceReader } from './read-source.js';
import { openS3Client, ORDINARY } from '../s3/client.js';
import { isS3 } from '../s3/uri.js';
import { Sources } from '../open/sources.js';
import { Tally, type Tallied } from './tally.js';
import { Threads } from '../threads/threads.js';
import { sharedTurn } from './turn.js';

/** Below this much to read, starting threads costs more than they save. */
const WORTH_THREADS = 8 * 1024 * 1024;
/** What fetching an object costs at least, as if it were so many bytes to read. */
const OBJECT_COST = 64 * 1024;

/** How much may have been read that is not loaded yet. */
const QUEUED_BYTES = 2 * 1024 * 1024;

/** Throws a HuntError at once where a named file or folder is not there; the rest of the reading happens as `batches` is consumed. */
export function readDump(request: DumpRequest): Dump {
  const folders = request.paths.filter((path) => path !== '-' && !isS3(path));
  const found = discover(folders, needed(request));
  const tally = new Tally(request.window);
  return { batches: readAll(request, found, tally), account: () => tally.account() };
}

async function* readAll(
  request: DumpRequest,
  found: Discovered,
  tally: Tally,
): AsyncGenerator<Batch> {
  const queue = new Queue<Batch>(QUEUED_BYTES, ({ size }) => size);
  // Whoever consumes the batches may leave before their end; then nothing may read on.
  const left = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, left.signal]) : left.signal;
  // Each of the calls that are under way at once listens to it.
  setMaxListeners(0, signal);
  const reading = readEach({ ...request, signal }, found, tally, queue).then(
    () => queue.end(),
    (error: unknown) => queue.fail(error),
  );
  try {
    yield* queue.items();
  } finally {
    left.abort();
    queue.close();
    await reading;
  }
}

async function readEach(
  request: DumpRequest,
  local: Discovered,
  tally: Tally,
  queue: Queue<Batch>,
): Promise<void> {
  const { window, eventNames, columns = COLUMNS, maxUnpacked = MAX_UNPACKED, s3, signal } = request;
  const rules = { eventNames, maxUnpacked, needed: needed(request), small: smallFor(1) };
  const progress = new Progress(() => tally.coverage.counted, request.onProgress);
  const share = progress.share();
  const files = [...local.files, ...(await objectsOf(request, tally))];
  const put = (batch: Batch): Promise<void> => queue.put(batch);
  const batches = new Batches(columns, put);
  const plain = eventNames && new PlainReader(eventNames, window);
  const reader = new SourceReader(rules, tally, batches.add, plain, signal);
  const here: Here = { reader, small: rules.small, tally, share };
  if (request.paths.includes('-')) {
    await reader.stream('-', heard(bytesOf(request), share.read));
    share.done([]);
    refuseAborted(signal);
  }
  progress.expect(files);
  const cost = files.reduce((sum, file) => sum + costOf(file), 0);
  const threads = Math.min(request.workers, files.length, Math.ceil(cost / WORTH_THREADS));
  const isLeft = ({ path }: FoundFile): boolean => tally.hasLeft(path);
  const readInPool = (read: readonly FoundFile[], tallied: Tallied, its: Share): void => {
    tally.merge(tallied);
    its.done(
      read.filter((file) => !isLeft(file)),
      tallied.records,
    );
  };
  const reading =
    threads > 1
      ? new Pool(
          { ...rules, turn: sharedTurn(), small: smallFor(threads), window, s3, columns },
          request.threads ?? new Threads(),
          threads,
          put,
          readInPool,
          () => progress.share(),
          signal,
        ).read(files)
      : readHere(request, files, here);
  await Promise.all([reading, countRest(local, tally, signal)]);
  await readParquet(request, files.filter(isLeft), here);
  await batches.end();
}

/** Takes account of what is not opened, bit by bit, while others read. */
async function countRest(
  found: Discovered,
  tally: Tally,
  signal: AbortSignal | undefined,
): Promise<void> {
  const rest = found.rest();
  for (let step = rest.next(); ; step = rest.next()) {
    if (step.done === true) return tally.discovered(step.value);
    await setImmediate();
    refuseAborted(signal);
  }
}

/** The objects to read of the paths in S3. */
async function objectsOf(request: DumpRequest, tally: Tally): Promise<Discovery['files']> {
  const uris = request.paths.filter(isS3);
  if (uris.length === 0) return [];
  const { discoverObjects } = await import('../find/s3-list.js');
  const client = await openS3Client(request.s3 ?? ORDINARY);
  try {
    const found = await discoverObjects(uris, needed(request), client, request.signal);
    tally.discovered(found);
    return found.files;
  } finally {
    client.destroy();
  }
}

/** What this thread reads with, and tells. */
interface Here {
  readonly reader: SourceReader;
  /** What holds up to so many bytes is read in one go. */
  readonly small: number;
  readonly tally: Tally;
  readonly share: Share;
}

/** Reads files one after the other in this thread. */
async function readHere(
  { s3, signal }: DumpRequest,
  files: readonly FoundFile[],
  { reader, small, tally, share }: Here,
): Promise<void> {
  const sources = new Sources(small, s3, signal);
  try {
    for await (const [file, bytes] of sources.of(files)) {
      // Small files are read in one go: signals and timers get their turn in between.
      await setImmediate();
      refuseAborted(signal);
      await reader.file(file, hasParts(file, small) ? heard(bytes, share.read) : bytes);
      refuseAborted(signal);
      if (!tally.hasLeft(file.path)) share.done([file]);
    }
  } finally {
    await sources.close();
  }
}

/** Reads what was left to an engine, in this thread. */
async function readParquet(
  { parquet, signal }: DumpRequest,
  files: readonly FoundFile[],
  { reader, tally, share }: Here,
): Promise<void> {
  for (const file of files) {
    const { path } = file;
    refuseAborted(signal);
    const content = await parquet?.(path);
    switch (content?.kind) {
      case undefined:
        tally.lose(path, 'Parquet, which only an engine reads');
        break;
      case 'text':
        await reader.text(path, content.text);
        break;
      case 'other':
        tally.skip(content.reason);
        break;
      case 'lost':
        tally.lose(path, content.reason);
        break;
      default:
        content satisfies never;
    }
    share.done([file]);
  }
  refuseAborted(signal);
}

async function* bytesOf({ stdin, signal }: DumpRequest): AsyncGenerator<Buffer> {
  const stop = (): unknown => stdin.destroy();
  signal?.addEventListener('abort', stop, { once: true });
  try {
    for await (const piece of stdin) yield Buffer.from(piece as Buffer);
  } finally {
    signal?.removeEventListener('abort', stop);
  }
}

function refuseAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted === true) throw new HuntError('INTERRUPTED', 'interrupted');
}

function costOf({ path, size }: FoundFile): number {
  return isS3(path) ? Math.max(size, OBJECT_COST) : size;
}
