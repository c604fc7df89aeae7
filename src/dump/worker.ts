/** A reading thread: takes files, gives rows and accounts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EventRecord } from '../cloudtrail/record.js';
import { Batches } from './batches.js';
import type { FoundFile } from './discover.js';
import type { FromWorker, ToWorker, WorkerSetup } from './pool.js';
import { hasParts, heard } from './progress.js';
import { PlainReader } from './plain/plain.js';
import { SourceReader } from './read-source.js';
import { Sources } from './sources.js';
import { Tally } from './tally.js';

const setup = workerData as WorkerSetup;
const plain = setup.eventNames && new PlainReader(setup.eventNames, setup.window);
const sources = new Sources(setup.s3);
const batches = new Batches(hand);
/** Batches that were given, and are not taken yet. */
let given = 0;
let taken: (() => void) | undefined;
let turn = Promise.resolve();

function tell(message: FromWorker): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (message: ToWorker) => {
  switch (message.kind) {
    case 'taken':
      given -= 1;
      taken?.();
      break;
    case 'files':
      turn = turn.then(() => readAll(message.files));
      break;
    case 'end':
      turn = turn.then(() => batches.end()).then(() => tell({ kind: 'ended' }));
      break;
    default:
      message satisfies never;
  }
});

async function readAll(files: readonly FoundFile[]): Promise<void> {
  const tally = new Tally(setup.window);
  const reader = new SourceReader(setup, tally, batches.add, plain);
  let before = 0;
  const read = (bytes: number): void =>
    tell({ kind: 'read', bytes: before + bytes, records: tally.coverage.counted });
  for await (const [file, bytes] of sources.of(files)) {
    await reader.file(file, hasParts(file) ? heard(bytes, read) : bytes);
    if (!tally.hasLeft(file.path)) before += file.size;
  }
  tell({ kind: 'done', files, tallied: tally.tallied() });
}

/** Gives rows, and waits while two batches of them are not taken. */
async function hand(batch: readonly EventRecord[]): Promise<void> {
  tell({ kind: 'rows', batch });
  given += 1;
  while (given > 1)
    await new Promise<void>((resolve) => {
      taken = resolve;
    });
}
