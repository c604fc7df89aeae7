/** Distributes files to several threads and collects what they read. */
import type { Worker } from 'node:worker_threads';
import type { Batch } from '../../batch/batch.js';
import { HuntError, reasonOf } from '../../errors.js';
import { totalSize, type FoundFile } from '../find/discover.js';
import type { ReaderProgress } from '../read/progress.js';
import type { ReadSettings } from '../read/read-settings.js';
import type { PartialSummary } from '../read/summary/summary.js';
import { isS3 } from '../s3/uri.js';
import type { FromWorker, ToWorker } from './messages.js';
import type { Threads } from './threads.js';

/** How many bytes of files one message gives to a thread: messages cost time, but all threads should end together. */
const MESSAGE_BYTES = 2 * 1024 * 1024;
/** A thread with fewer bytes left gets the next files in advance, so that it never waits for the main thread. */
const AHEAD_BYTES = 3 * 1024 * 1024;
/** Larger messages for S3, because a thread downloads many objects at the same time. */
const MESSAGE_OBJECTS = 256;
const MESSAGE_OBJECT_BYTES = 16 * 1024 * 1024;

export interface PoolOptions {
  readonly settings: ReadSettings;
  readonly threads: Threads;
  /** How many threads read. */
  readonly count: number;
  /** Takes batches; resolves when there is room for more. */
  readonly emit: (batch: Batch) => Promise<void>;
  /** Makes the progress of one thread. */
  readonly progress: () => ReaderProgress;
  /** Called when a thread has read some files. */
  readonly onDone: (
    files: readonly FoundFile[],
    summary: PartialSummary,
    progress: ReaderProgress,
  ) => void;
  readonly signal: AbortSignal | undefined;
}

export class Pool {
  readonly #options: PoolOptions;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** Reads all files. Throws a HuntError if a thread dies or the signal aborts. The threads are terminated in any case. */
  async read(files: readonly FoundFile[]): Promise<void> {
    const { threads, count, signal } = this.#options;
    // Taken from the end, largest first: otherwise one thread might be left with a large file when all others are done.
    const waiting = files.toSorted((a, b) => a.size - b.size);
    const workers = Array.from({ length: count }, () => threads.take());
    const abort = rejectOnAbort(signal);
    try {
      const driven = workers.map((worker) => this.#drive(worker, waiting));
      await Promise.race([Promise.all(driven), abort.promise]);
    } finally {
      abort.stopListening();
      // Not awaited: terminating takes a while, in which the query can run.
      for (const worker of workers) void worker.terminate();
    }
  }

  /** Gives files to a thread until none is left. Resolves when the thread has sent everything. */
  #drive(worker: Worker, waiting: FoundFile[]): Promise<void> {
    const { settings, emit, onDone } = this.#options;
    const progress = this.#options.progress();
    const post = (message: ToWorker): void => worker.postMessage(message);
    let bytesGiven = 0;
    const giveFiles = (): void => {
      while (waiting.length > 0 && bytesGiven < AHEAD_BYTES) {
        const files = this.#nextFiles(waiting);
        bytesGiven += totalSize(files);
        post({ kind: 'files', files });
      }
      if (bytesGiven === 0) post({ kind: 'end' });
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
            emit(message.batch).then(() => post({ kind: 'processed' }), reject);
            break;
          case 'read':
            progress.read(message.bytes, message.records);
            break;
          case 'done':
            onDone(message.files, message.summary, progress);
            bytesGiven -= totalSize(message.files);
            giveFiles();
            break;
          case 'ended':
            resolve();
            break;
          default:
            message satisfies never;
        }
      });
      post({ kind: 'settings', settings });
      giveFiles();
    });
  }

  /** Removes the files for one message: several small ones, or one large one. */
  #nextFiles(waiting: FoundFile[]): readonly FoundFile[] {
    let bytes = 0;
    let count = 0;
    const isObject = isS3(waiting.at(-1)?.path ?? '');
    const enough = isObject ? MESSAGE_OBJECT_BYTES : MESSAGE_BYTES;
    // Leave some for the other threads.
    const fair = Math.ceil(waiting.length / (2 * this.#options.count));
    const maxCount = isObject ? Math.min(fair, MESSAGE_OBJECTS) : fair;
    while (count < maxCount && bytes < enough) bytes += waiting.at(-++count)?.size ?? 0;
    return waiting.splice(-count);
  }
}

/** A promise that rejects when the signal aborts. */
function rejectOnAbort(signal: AbortSignal | undefined) {
  let stopListening = (): void => undefined;
  const promise = new Promise<never>((_resolve, reject) => {
    const stop = (): void => reject(new HuntError('INTERRUPTED', 'interrupted'));
    if (signal?.aborted === true) stop();
    signal?.addEventListener('abort', stop);
    stopListening = () => signal?.removeEventListener('abort', stop);
  });
  return { promise, stopListening };
}
