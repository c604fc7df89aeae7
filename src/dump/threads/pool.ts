/** Reads files in several threads. */
import type { Worker } from 'node:worker_threads';
import type { Batch } from '../../batch/batch.js';
import type { Column } from '../../cloudtrail/columns.js';
import type { Window } from '../../cloudtrail/window.js';
import { HuntError, reasonOf } from '../../errors.js';
import { bytesIn, type FoundFile } from '../find/discover.js';
import type { Share } from '../read/progress.js';
import type { SourceRules } from '../read/read-source.js';
import type { S3Settings } from '../s3/client.js';
import { isS3 } from '../s3/uri.js';
import type { Tallied } from '../read/tally.js';
import type { Threads } from './threads.js';

/** To a worker: first what to read by; files to read, word that a batch was taken, or that no more files come. */
export type ToWorker =
  | { readonly kind: 'setup'; readonly setup: WorkerSetup }
  | { readonly kind: 'files'; readonly files: readonly FoundFile[] }
  | { readonly kind: 'taken' | 'end' };

/** From a worker: rows, what became of files that it was given, or word that it has given all. */
export type FromWorker =
  | { readonly kind: 'rows'; readonly batch: Batch }
  /** How much it has read, up to now, of the files whose turn it is. */
  | { readonly kind: 'read'; readonly bytes: number; readonly records: number }
  | {
      readonly kind: 'done';
      readonly files: readonly FoundFile[];
      readonly tallied: Tallied;
    }
  | { readonly kind: 'ended' };

export type WorkerSetup = SourceRules & {
  readonly window: Window;
  readonly s3: S3Settings | undefined;
  readonly columns: readonly Column[];
};

/** How much is handed to a worker at a time: messages cost, and the last ones should end together. */
const SHARE_BYTES = 2 * 1024 * 1024;
/** Below this much, a worker is given the next share before it asks: it would wait while this thread is busy. */
const AHEAD_BYTES = 3 * 1024 * 1024;
/** More of those in S3, for a worker fetches many at once; but not so many that the next ones wait for long. */
const SHARE_OBJECTS = 256;
const SHARE_OBJECT_BYTES = 16 * 1024 * 1024;

export class Pool {
  private readonly setup: WorkerSetup;
  private readonly signal: AbortSignal | undefined;
  private readonly threads: Threads;
  private readonly count: number;
  private readonly rows: (batch: Batch) => Promise<void>;
  private readonly share: () => Share;
  private readonly done: (files: readonly FoundFile[], tallied: Tallied, share: Share) => void;

  constructor(
    setup: WorkerSetup,
    threads: Threads,
    count: number,
    rows: Pool['rows'],
    done: Pool['done'],
    share: Pool['share'],
    signal: AbortSignal | undefined,
  ) {
    this.setup = setup;
    this.threads = threads;
    this.count = count;
    this.rows = rows;
    this.done = done;
    this.share = share;
    this.signal = signal;
  }

  /** Reads all files; rejects where a worker dies or the signal aborts. Its threads end then, by and by. */
  async read(files: readonly FoundFile[]): Promise<void> {
    // The largest are taken first, from the end: no thread is then left alone with one of them at last.
    const waiting = files.toSorted((a, b) => a.size - b.size);
    const workers = Array.from({ length: this.count }, () => this.threads.take());
    const abort = whenAborted(this.signal);
    try {
      const driven = workers.map((worker) => this.drive(worker, waiting));
      await Promise.race([Promise.all(driven), abort.promise]);
    } finally {
      abort.forget();
      // Nothing they do is waited for: their end takes a while, in which the query can run.
      for (const worker of workers) void worker.terminate();
    }
  }

  private drive(worker: Worker, waiting: FoundFile[]): Promise<void> {
    const share = this.share();
    const tell = (message: ToWorker): void => worker.postMessage(message);
    let underWay = 0;
    const give = (): void => {
      while (waiting.length > 0 && underWay < AHEAD_BYTES) {
        const files = this.next(waiting);
        underWay += bytesIn(files);
        tell({ kind: 'files', files });
      }
      if (underWay === 0) tell({ kind: 'end' });
    };
    return new Promise((resolve, reject) => {
      const died = (why: string): void =>
        reject(new HuntError('ENGINE', `a thread that reads logs died: ${why}`));
      worker.on('error', (error) => died(reasonOf(error)));
      worker.on('messageerror', (error) => died(reasonOf(error)));
      worker.on('exit', (code) => died(`exit code ${code}`));
      worker.on('message', (message: FromWorker) => {
        switch (message.kind) {
          case 'rows':
            this.rows(message.batch).then(() => tell({ kind: 'taken' }), reject);
            break;
          case 'read':
            share.read(message.bytes, message.records);
            break;
          case 'done':
            this.done(message.files, message.tallied, share);
            underWay -= bytesIn(message.files);
            give();
            break;
          case 'ended':
            resolve();
            break;
          default:
            message satisfies never;
        }
      });
      tell({ kind: 'setup', setup: this.setup });
      give();
    });
  }

  /** As many small files as make one message worth its while, or one large one. */
  private next(waiting: FoundFile[]): readonly FoundFile[] {
    let bytes = 0;
    let count = 0;
    const isObject = isS3(waiting.at(-1)?.path ?? '');
    const enough = isObject ? SHARE_OBJECT_BYTES : SHARE_BYTES;
    const fair = Math.ceil(waiting.length / (2 * this.count));
    const most = isObject ? Math.min(fair, SHARE_OBJECTS) : fair;
    while (count < most && bytes < enough) bytes += waiting.at(-++count)?.size ?? 0;
    return waiting.splice(-count);
  }
}

/** A promise that rejects where the signal aborts, until it is told to forget it. */
function whenAborted(signal: AbortSignal | undefined) {
  let forget = (): void => undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    const stop = (): void => reject(new HuntError('INTERRUPTED', 'interrupted'));
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop);
    forget = () => signal?.removeEventListener('abort', stop);
  });
  return { promise, forget };
}
