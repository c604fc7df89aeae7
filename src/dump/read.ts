/** Reads local dumps: files to rows, in this thread or in several, and an account of what was read and what was not. */
import { setMaxListeners } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { byCodePoint } from '../cloudtrail/canonical.js';
import type { EventRecord } from '../cloudtrail/record.js';
import { HuntError } from '../errors.js';
import { Batches } from './batches.js';
import { Coverage } from './coverage.js';
import { decodeText } from './decompress.js';
import { discover, type Discovery, type FoundFile } from './discover.js';
import type { Dump, DumpAccount, DumpRequest } from './dump.js';
import { PlainReader } from './plain/plain.js';
import { Pool } from './pool.js';
import { neededDays } from './prune.js';
import { Queue } from './queue.js';
import { readFile, type FileAccount } from './read-file.js';
import { openS3Client, ORDINARY } from './s3/client.js';
import { discoverObjects } from './s3/list.js';
import { isS3 } from './s3/uri.js';
import { Texts } from './texts.js';

/** Below this much to read, starting threads costs more than they save. */
const WORTH_THREADS = 8 * 1024 * 1024;
/** What fetching an object costs at least, as if it were so many bytes to read. */
const OBJECT_COST = 64 * 1024;

/** Throws a HuntError at once where a named file or folder is not there; the rest of the reading happens as `batches` is consumed. */
export function readDump(request: DumpRequest): Dump {
  const folders = request.paths.filter((path) => path !== '-' && !isS3(path));
  const found = discover(folders, neededDays(request));
  const totals = new Totals(request);
  totals.discovered(found);
  return { batches: readAll(request, found.files, totals), account: () => totals.account() };
}

async function* readAll(
  request: DumpRequest,
  files: readonly FoundFile[],
  totals: Totals,
): AsyncGenerator<readonly EventRecord[]> {
  const queue = new Queue<readonly EventRecord[]>(4);
  // Whoever consumes the batches may leave before their end; then nothing may read on.
  const left = new AbortController();
  const signal = request.signal ? AbortSignal.any([request.signal, left.signal]) : left.signal;
  // Each of the calls that are under way at once listens to it.
  setMaxListeners(0, signal);
  const reading = readEach({ ...request, signal }, files, totals, queue).then(
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
  local: readonly FoundFile[],
  totals: Totals,
  queue: Queue<readonly EventRecord[]>,
): Promise<void> {
  const files = [...local, ...(await objectsOf(request, totals))];
  const size = files.reduce((sum, file) => sum + file.size, 0);
  const progress = { files: 0, totalFiles: files.length, bytes: 0, totalBytes: size };
  const done = (file: FoundFile, account: FileAccount): void => {
    totals.add(file.path, account);
    progress.files += 1;
    progress.bytes += file.size;
    request.onProgress?.({ ...progress });
  };
  const batches = new Batches((batch) => queue.put(batch));
  const rows = batches.add;
  if (request.paths.includes('-')) await readStdin(request, totals, rows);
  const cost = files.reduce((sum, file) => sum + costOf(file), 0);
  const threads = Math.min(request.workers, files.length, Math.ceil(cost / WORTH_THREADS));
  if (threads > 1) await new Pool(request, threads, rows, done, totals.coverage).read(files);
  else await readHere(request, files, totals.coverage, rows, done);
  await batches.end();
}

/** The objects to read of the paths in S3. */
async function objectsOf(request: DumpRequest, totals: Totals): Promise<Discovery['files']> {
  const uris = request.paths.filter(isS3);
  if (uris.length === 0) return [];
  const client = await openS3Client(request.s3 ?? ORDINARY);
  try {
    const found = await discoverObjects(uris, neededDays(request), client, request.signal);
    totals.discovered(found);
    return found.files;
  } finally {
    client.destroy();
  }
}

function costOf({ path, size }: FoundFile): number {
  return isS3(path) ? Math.max(size, OBJECT_COST) : size;
}

/** Reads files one after the other in this thread. */
async function readHere(
  request: DumpRequest,
  files: readonly FoundFile[],
  coverage: Coverage,
  rows: Batches['add'],
  done: (file: FoundFile, account: FileAccount) => void,
): Promise<void> {
  const { signal, eventNames, window } = request;
  const plain = eventNames && new PlainReader(eventNames, window);
  const texts = new Texts(request.s3, signal);
  try {
    for await (const [file, text] of texts.of(files)) {
      // Small files are read in one go: signals and timers get their turn in between.
      await setImmediate();
      refuseAborted(signal);
      const whole = untilAborted(text, signal);
      const account = await readFile(whole, file.path, request, coverage, rows, plain);
      refuseAborted(signal);
      done(file, account);
    }
  } finally {
    await texts.close();
  }
}

/** A text that ends where the signal aborts; what was read of it is then of no use. */
async function* untilAborted(
  text: AsyncIterable<Buffer>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Buffer> {
  for await (const piece of text) {
    if (signal?.aborted === true) return;
    yield piece;
  }
}

async function readStdin(
  request: DumpRequest,
  totals: Totals,
  rows: Batches['add'],
): Promise<void> {
  const account = await readFile(decodeText(bytesOf(request)), '-', request, totals.coverage, rows);
  refuseAborted(request.signal);
  totals.add('-', account);
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

/** The account of all files, whatever the order they were read in. */
class Totals {
  readonly coverage: Coverage;
  private readonly skipped = new Map<string, number>();
  private readonly skippedRecords = new Map<string, number>();
  private readonly unreadable: { path: string; reason: string }[] = [];
  private records = 0;
  private read = 0;
  private repaired = 0;

  constructor({ window }: DumpRequest) {
    this.coverage = new Coverage(window);
  }

  discovered({ skipped, unreadable }: Discovery): void {
    for (const reason of skipped) this.skip(reason);
    for (const { path, reason } of unreadable) this.lose(path, reason);
  }

  private skip(reason: string): void {
    increase(this.skipped, reason, 1);
  }

  private lose(path: string, reason: string): void {
    this.unreadable.push({ path, reason });
  }

  add(path: string, file: FileAccount): void {
    this.records += file.records;
    this.repaired += file.repaired;
    if (file.lost !== undefined) this.lose(path, file.lost);
    if (file.isLog) {
      this.read += 1;
      for (const [reason, count] of file.others) increase(this.skippedRecords, reason, count);
    } else if (file.lost === undefined) {
      this.skip(mostOf(file.others));
    }
  }

  account(): DumpAccount {
    const { cells, first, last } = this.coverage.covered();
    return {
      records: this.records,
      read: this.read,
      skipped: counts(this.skipped),
      skippedRecords: counts(this.skippedRecords),
      unreadable: this.unreadable.toSorted((a, b) => byCodePoint(a.path, b.path)),
      repairedSurrogates: this.repaired,
      first,
      last,
      coverage: cells,
    };
  }
}

function increase(counter: Map<string, number>, reason: string, by: number): void {
  counter.set(reason, (counter.get(reason) ?? 0) + by);
}

function counts(counter: ReadonlyMap<string, number>) {
  return [...counter]
    .toSorted(([a], [b]) => byCodePoint(a, b))
    .map(([reason, count]) => ({ reason, count }));
}

/** What most of a file's units are. */
function mostOf(others: FileAccount['others']): string {
  const [first] = others.toSorted((a, b) => b[1] - a[1] || byCodePoint(a[0], b[0]));
  return first?.[0] ?? 'other JSON';
}
