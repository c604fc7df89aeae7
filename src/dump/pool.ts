/** Reads files in several threads. */
import { Worker } from 'node:worker_threads';
import type { EventRecord } from '../cloudtrail/record.js';
import { HuntError } from '../errors.js';
import type { FoundFile } from './discover.js';
import type { DumpRequest } from './dump.js';
import type { FileAccount, ReadRules } from './read-file.js';

/** To a worker: files to read, or word that its last batch was taken. */
export type ToWorker =
  | { readonly kind: 'files'; readonly files: readonly FoundFile[] }
  | { readonly kind: 'taken' };

/** From a worker: rows, the account of a file, or word that it has read all its files. */
export type FromWorker =
  | { readonly kind: 'rows'; readonly batch: readonly EventRecord[] }
  | { readonly kind: 'file'; readonly file: FoundFile; readonly account: FileAccount }
  | { readonly kind: 'idle' };

/** Files handed to a worker at a time: messages cost, and the last ones should end together. */
const SHARE = 16;

export class Pool {
  private readonly request: DumpRequest;
  private readonly threads: number;
  private readonly rows: (batch: readonly EventRecord[]) => Promise<void>;
  private readonly done: (file: FoundFile, account: FileAccount) => void;

  constructor(request: DumpRequest, threads: number, rows: Pool['rows'], done: Pool['done']) {
    this.request = request;
    this.threads = threads;
    this.rows = rows;
    this.done = done;
  }

  /** Reads all files; rejects where a worker dies or the signal aborts. No thread outlives it. */
  async read(files: readonly FoundFile[]): Promise<void> {
    // Large ones first, so that no thread is left alone with the largest at the end.
    const waiting = files.toSorted((a, b) => b.size - a.size);
    const { window, eventNames, signal } = this.request;
    const workerData: ReadRules = { window, eventNames };
    const workers = Array.from(
      { length: this.threads },
      () => new Worker(new URL('./worker.js', import.meta.url), { workerData }),
    );
    try {
      await Promise.all(
        [...workers.map((worker) => this.drive(worker, waiting))].map((driven) =>
          Promise.race([driven, aborted(signal)]),
        ),
      );
    } finally {
      await Promise.all(workers.map((worker) => worker.terminate()));
    }
  }

  private drive(worker: Worker, waiting: FoundFile[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const tell = (message: ToWorker): void => worker.postMessage(message);
      worker.on('error', reject);
      worker.on('exit', () => reject(new Error('a reading thread ended early')));
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'file') this.done(message.file, message.account);
        else if (message.kind === 'rows')
          this.rows(message.batch).then(() => tell({ kind: 'taken' }), reject);
        else if (waiting.length === 0) resolve();
        else tell({ kind: 'files', files: this.share(waiting) });
      });
    });
  }

  /** As many small files as make one message worth its while, or one large one. */
  private share(waiting: FoundFile[]): readonly FoundFile[] {
    const fair = Math.max(1, Math.min(SHARE, Math.floor(waiting.length / (2 * this.threads))));
    return waiting.splice(0, fair);
  }
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_resolve, reject) => {
    const stop = (): void => reject(new HuntError('INTERRUPTED', 'interrupted'));
    if (signal?.aborted === true) stop();
    else signal?.addEventListener('abort', stop, { once: true });
  });
}
