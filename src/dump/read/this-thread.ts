/** Reads files one after the other in the calling thread, with progress and interruption. */
import { setImmediate } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import type { DumpRequest } from '../dump.js';
import { PlainReader } from '../fast/plain.js';
import type { FoundFile } from '../find/discover.js';
import { FileOpener } from '../open/file-opener.js';
import { refuseAborted } from './aborted.js';
import { BatchBuilder } from './batch-builder.js';
import { countingBytes, hasPieces, type ReaderProgress } from './progress.js';
import type { ReadingJob } from './reading-job.js';
import { readSettings, usesFastReader, type ReadSettings } from './read-settings.js';
import { SourceReader } from './read-source.js';
import type { SummaryBuilder } from './summary/summary.js';
import { judged, nothing } from './verdict.js';

export class ThisThread {
  readonly #reader: SourceReader;
  readonly #batches: BatchBuilder;
  readonly #settings: ReadSettings;
  readonly #summary: SummaryBuilder;
  readonly #progress: ReaderProgress;
  readonly #signal: AbortSignal;

  constructor({ request, summary, emit, signal }: ReadingJob, progress: ReaderProgress) {
    const settings = readSettings(request, 1);
    const batches = new BatchBuilder(settings.columns, emit);
    const plain = usesFastReader(settings) ? new PlainReader(settings) : undefined;
    this.#reader = new SourceReader({ settings, summary, emit: batches.add, plain, signal });
    this.#batches = batches;
    this.#settings = settings;
    this.#summary = summary;
    this.#progress = progress;
    this.#signal = signal;
  }

  /** Reads the files. Throws a HuntError if interrupted. */
  async readFiles(files: readonly FoundFile[]): Promise<void> {
    const { small, s3 } = this.#settings;
    const opener = new FileOpener(small, s3, this.#signal);
    try {
      for await (const { file, bytes, signature } of opener.open(files)) {
        // Reading a small file is synchronous: let signals and timers run in between.
        await setImmediate();
        refuseAborted(this.#signal);
        const pieces = hasPieces(file, small) ? countingBytes(bytes, this.#progress.read) : bytes;
        await this.#reader.file(file, pieces, signature);
        refuseAborted(this.#signal);
        if (!this.#summary.isDeferred(file.path)) this.#progress.done([file]);
      }
    } finally {
      await opener.close();
    }
  }

  /** Reads the Parquet files that were left to an engine. Throws a HuntError if interrupted. */
  async readParquet(files: readonly FoundFile[], parquet: DumpRequest['parquet']): Promise<void> {
    const summary = this.#summary;
    for (const file of files) {
      const { path } = file;
      refuseAborted(this.#signal);
      const content = await parquet?.(path);
      switch (content?.kind) {
        case undefined:
          summary.lose(path, 'Parquet, which only an engine reads');
          break;
        case 'text':
          summary.addMissing(content.missing);
          await this.#reader.text(file, content.text, content.lost);
          break;
        case 'other':
          summary.add(path, judged(nothing(content.reason), file.chosen));
          break;
        case 'lost':
          summary.lose(path, content.reason);
          break;
        default:
          content satisfies never;
      }
      this.#progress.done([file]);
    }
    refuseAborted(this.#signal);
  }

  /** Reads standard input. Throws a HuntError if interrupted. */
  async readStdin(stdin: Readable): Promise<void> {
    const bytes = bytesOf(stdin, this.#signal);
    await this.#reader.stream('-', countingBytes(bytes, this.#progress.read));
    this.#progress.done([]);
    refuseAborted(this.#signal);
  }

  /** Gives away the last rows. */
  async flush(): Promise<void> {
    await this.#batches.flush();
  }
}

async function* bytesOf(stdin: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  const stop = (): unknown => stdin.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const piece of stdin) yield Buffer.from(piece as Buffer);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
