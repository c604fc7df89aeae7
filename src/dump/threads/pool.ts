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
import type { Supply } from './supply.js';
import type { Threads } from './threads.js';

/** How much one message gives to a thread: messages cost time, but all threads should end together. */
const MESSAGE = { bytes: 2 * 1024 * 1024, files: Infinity };
/** Larger messages for S3, because a thread downloads many objects at the same time. */
const MESSAGE_OF_OBJECTS = { bytes: 16 * 1024 * 1024, files: 256 };
/** A thread with fewer bytes left gets the next files in advance, so that it never waits for the main thread. */
const AHEAD_BYTES = 3 * 1024 * 1024;

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

interface DrivenThread {
  /** Gives the thread files if it needs some, and tells it if there are no more. */
  readonly giveFiles: () => void;
  /** Resolves when the thread has sent everything. */
  readonly ended: Promise<void>;
}

export class Pool {
  readonly #options: PoolOptions;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /**
   * Reads all files, until the supply is complete and empty. Throws a HuntError if a thread dies or the signal aborts. The
   * threads are terminated in any case.
   */
  async read(supply: Supply): Promise<void> {
    const { threads, count, signal } = this.#options;
    const workers = Array.from({ length: count }, () => threads.take());
    const abort = rejectOnAbort(signal);
    try {
      const driven = workers.map((worker) => this.#drive(worker, supply));
      supply.onChange(() => {
        for (const { giveFiles } of driven) giveFiles();
      });
      await Promise.race([Promise.all(driven.map(({ ended }) => ended)), abort.promise]);
    } finally {
      abort.stopListening();
      // Not awaited: terminating takes a while, in which the query can run.
      for (const worker of workers) void worker.terminate();
    }
  }

  /** Gives files to a thread until none is left. */
  #drive(worker: Worker, supply: Supply): DrivenThread {
    const { settings, emit, onDone } = this.#options;
    const progress = this.#options.progress();
    const post = (message: ToWorker): void => worker.postMessage(message);
    let bytesGiven = 0;
    const giveFiles = (): void => {
      while (supply.waiting > 0 && bytesGiven < AHEAD_BYTES) {
        const files = this.#nextFiles(supply);
        bytesGiven += totalSize(files);
        post({ kind: 'files', files });
      }
      if (bytesGiven === 0 && supply.isComplete) post({ kind: 'end' });
    };
    const ended = new Promise<void>((resolve, reject) => {
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
    return { giveFiles, ended };
  }

  /** Removes the files for one message: several small ones, or one large one. */
  #nextFiles(supply: Supply): readonly FoundFile[] {
    // Leave some for the other threads.
    const fair = Math.ceil(supply.waiting / (2 * this.#options.count));
    const files: FoundFile[] = [];
    let bytes = 0;
    for (let file = supply.take(); file; file = supply.take()) {
      files.push(file);
      bytes += file.size;
      const most = isS3(file.path) ? MESSAGE_OF_OBJECTS : MESSAGE;
      if (files.length >= Math.min(fair, most.files) || bytes >= most.bytes) break;
    }
    return files;
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
