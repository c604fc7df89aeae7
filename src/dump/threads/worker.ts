/** The program of a thread that reads files: it takes files, and sends rows and summaries. */
import { parentPort } from 'node:worker_threads';
import type { Batch } from '../../batch/batch.js';
import { PlainReader } from '../fast/plain.js';
import type { FoundFile } from '../find/discover.js';
import { FileOpener } from '../open/file-opener.js';
import { BatchBuilder } from '../read/batch-builder.js';
import { countingBytes, hasPieces } from '../read/progress.js';
import { usesFastReader, type ReadSettings } from '../read/read-settings.js';
import { SourceReader } from '../read/read-source.js';
import { SummaryBuilder } from '../read/summary/summary.js';
import type { FromWorker, ToWorker } from './messages.js';

/** How many batches the main thread may have to process while the next one is filled, and how much text in them. */
const MAX_UNPROCESSED = 1;
const MAX_UNPROCESSED_TEXT = 1 << 20;

class ReadingThread {
  readonly #settings: ReadSettings;
  readonly #plain: PlainReader | undefined;
  readonly #opener: FileOpener;
  readonly #batches: BatchBuilder;
  /** The work so far: messages are processed one after the other. */
  #work = Promise.resolve();
  /** The sizes of the batches that the main thread has not processed. */
  readonly #unprocessed: number[] = [];
  #onProcessed: (() => void) | undefined;

  constructor(settings: ReadSettings) {
    this.#settings = settings;
    this.#plain = usesFastReader(settings) ? new PlainReader(settings) : undefined;
    this.#opener = new FileOpener(settings.small, settings.s3);
    this.#batches = new BatchBuilder(settings.columns, (batch) => this.#send(batch));
  }

  handle(message: Exclude<ToWorker, { readonly kind: 'settings' }>): void {
    switch (message.kind) {
      case 'processed':
        this.#unprocessed.shift();
        this.#onProcessed?.();
        break;
      case 'files':
        this.#work = this.#work.then(() => this.#read(message.files));
        break;
      case 'end':
        this.#work = this.#work
          .then(() => this.#batches.flush())
          .then(() => post({ kind: 'ended' }));
        break;
      default:
        message satisfies never;
    }
  }

  async #read(files: readonly FoundFile[]): Promise<void> {
    const settings = this.#settings;
    const summary = new SummaryBuilder(settings.window);
    const { add: emit } = this.#batches;
    const reader = new SourceReader({ settings, summary, emit, plain: this.#plain });
    let bytesDone = 0;
    const onRead = (bytes: number): void =>
      post({ kind: 'read', bytes: bytesDone + bytes, records: summary.coverage.records });
    for await (const { file, bytes, signature } of this.#opener.open(files)) {
      const pieces = hasPieces(file, settings.small) ? countingBytes(bytes, onRead) : bytes;
      await reader.file(file, pieces, signature);
      if (!summary.isDeferred(file.path)) bytesDone += file.size;
    }
    post({ kind: 'done', files, summary: summary.partial() });
  }

  /** Sends a batch. Resolves when the main thread has processed enough of those before. */
  async #send(batch: Batch): Promise<void> {
    const { size } = batch;
    post({ kind: 'rows', batch }, buffersOf(batch));
    this.#unprocessed.push(size);
    while (
      this.#unprocessed.length > MAX_UNPROCESSED ||
      sumOf(this.#unprocessed) > MAX_UNPROCESSED_TEXT
    )
      await new Promise<void>((resolve) => {
        this.#onProcessed = resolve;
      });
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function post(message: FromWorker, transferred: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transferred);
}

/** The buffers of a batch, which are transferred instead of copied. */
function buffersOf({ columns }: Batch): readonly ArrayBuffer[] {
  return columns.flatMap((cells) => (cells.kind === 'text' ? cells.bytes.buffer : []));
}

let thread: ReadingThread | undefined;
parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'settings') thread = new ReadingThread(message.settings);
  else thread?.handle(message);
});
