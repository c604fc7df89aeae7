/** Reads local dumps: files to rows, in this thread or in several, and an account of what was read and what was not. */
import { setImmediate } from 'node:timers/promises';
import { byCodePoint } from '../cloudtrail/canonical.js';
import type { EventRecord } from '../cloudtrail/record.js';
import { HuntError } from '../errors.js';
import { Batches } from './batches.js';
import { Coverage } from './coverage.js';
import { decodeText, readText } from './decompress.js';
import { discover, type FoundFile } from './discover.js';
import type { Dump, DumpAccount, DumpRequest } from './dump.js';
import { PlainReader } from './plain/plain.js';
import { Pool } from './pool.js';
import { Queue } from './queue.js';
import { readFile, type FileAccount } from './read-file.js';

/** Below this much to read, starting threads costs more than they save. */
const WORTH_THREADS = 8 * 1024 * 1024;

/** Throws a HuntError at once where a named path is not there; the rest of the reading happens as `batches` is consumed. */
export function readDump(request: DumpRequest): Dump {
  const folders = request.paths.filter((path) => path !== '-');
  const found = discover(folders, request.window, request.late);
  const totals = new Totals(request);
  for (const reason of found.skipped) totals.skip(reason);
  for (const { path, reason } of found.unreadable) totals.lose(path, reason);
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
  files: readonly FoundFile[],
  totals: Totals,
  queue: Queue<readonly EventRecord[]>,
): Promise<void> {
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
  const threads = Math.min(request.workers, files.length, Math.ceil(size / WORTH_THREADS));
  if (threads > 1) await new Pool(request, threads, rows, done, totals.coverage).read(files);
  else await readHere(request, files, totals.coverage, rows, done);
  await batches.end();
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
  for (const file of files) {
    // Small files are read in one go: signals and timers get their turn in between.
    await setImmediate();
    refuseAborted(signal);
    const text = untilAborted(readText(file.path, file.size), signal);
    const account = await readFile(text, file.path, request, coverage, rows, plain);
    refuseAborted(signal);
    done(file, account);
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

  skip(reason: string): void {
    increase(this.skipped, reason, 1);
  }

  lose(path: string, reason: string): void {
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
