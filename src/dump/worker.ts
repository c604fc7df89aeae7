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
let taken: (() => void) | undefined;

function tell(message: FromWorker): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'taken') {
    taken?.();
    return;
  }
  void readAll(message.files);
});

async function readAll(files: readonly FoundFile[]): Promise<void> {
  const tally = new Tally(setup.window);
  const batches = new Batches(hand);
  const reader = new SourceReader(setup, tally, batches.add, plain);
  let before = 0;
  const read = (bytes: number): void =>
    tell({ kind: 'read', bytes: before + bytes, records: tally.coverage.counted });
  for await (const [file, bytes] of sources.of(files)) {
    await reader.file(file, hasParts(file) ? heard(bytes, read) : bytes);
    if (!tally.hasLeft(file.path)) before += file.size;
  }
  await batches.end();
  tell({ kind: 'done', files, tallied: tally.tallied() });
}

/** Gives rows, and waits until they are taken. */
function hand(batch: readonly EventRecord[]): Promise<void> {
  tell({ kind: 'rows', batch });
  return new Promise((resolve) => {
    taken = resolve;
  });
}

void readAll([]);
