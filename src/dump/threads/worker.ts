/** A reading thread: takes files, gives rows and accounts. */
import { parentPort } from 'node:worker_threads';
import type { Batch } from '../../batch/batch.js';
import { Batches } from '../read/batches.js';
import type { FoundFile } from '../find/discover.js';
import type { FromWorker, ToWorker, WorkerSetup } from './pool.js';
import { hasParts, heard } from '../read/progress.js';
import { PlainReader } from '../fast/plain.js';
import { SourceReader } from '../read/read-source.js';
import { Sources } from '../open/sources.js';
import { Tally } from '../read/tally.js';

/** How many batches of rows may be under way to the main thread while the next one is filled, and how much text. */
const AHEAD = 1;
const AHEAD_TEXT = 1 << 20;

class Reading {
  readonly #setup: WorkerSetup;
  readonly #plain: PlainReader | undefined;
  readonly #sources: Sources;
  readonly #batches: Batches;
  #turn = Promise.resolve();
  /** How much text was in each batch that is under way. */
  readonly #given: number[] = [];
  #taken: (() => void) | undefined;

  constructor(setup: WorkerSetup) {
    this.#setup = setup;
    this.#plain = setup.eventNames && new PlainReader(setup.eventNames, setup.window);
    this.#sources = new Sources(setup.small, setup.s3);
    this.#batches = new Batches(setup.columns, (batch) => this.#give(batch));
  }

  hear(message: Exclude<ToWorker, { readonly kind: 'setup' }>): void {
    switch (message.kind) {
      case 'taken':
        this.#given.shift();
        this.#taken?.();
        break;
      case 'files':
        this.#turn = this.#turn.then(() => this.#read(message.files));
        break;
      case 'end':
        this.#turn = this.#turn.then(() => this.#batches.end()).then(() => tell({ kind: 'ended' }));
        break;
      default:
        message satisfies never;
    }
  }

  async #read(files: readonly FoundFile[]): Promise<void> {
    const tally = new Tally(this.#setup.window);
    const reader = new SourceReader(this.#setup, tally, this.#batches.add, this.#plain);
    let before = 0;
    const read = (bytes: number): void =>
      tell({ kind: 'read', bytes: before + bytes, records: tally.coverage.counted });
    for await (const [file, bytes] of this.#sources.of(files)) {
      await reader.file(file, hasParts(file, this.#setup.small) ? heard(bytes, read) : bytes);
      if (!tally.hasLeft(file.path)) before += file.size;
    }
    tell({ kind: 'done', files, tallied: tally.tallied() });
  }

  /** Gives rows, and waits while too many of them are not taken. */
  async #give(batch: Batch): Promise<void> {
    const { size } = batch;
    tell({ kind: 'rows', batch }, buffersOf(batch));
    this.#given.push(size);
    while (this.#given.length > AHEAD || sumOf(this.#given) > AHEAD_TEXT)
      await new Promise<void>((resolve) => {
        this.#taken = resolve;
      });
  }
}

function sumOf(numbers: readonly number[]): number {
  return numbers.reduce((sum, number) => sum + number, 0);
}

function tell(message: FromWorker, transferred: readonly ArrayBuffer[] = []): void {
  parentPort?.postMessage(message, transferred);
}

/** What of a batch can be handed over instead of copied. */
function buffersOf({ columns }: Batch): readonly ArrayBuffer[] {
  return columns.flatMap((cells) => (cells.kind === 'bytes' ? cells.bytes.buffer : []));
}

let reading: Reading | undefined;
parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'setup') reading = new Reading(message.setup);
  else reading?.hear(message);
});
