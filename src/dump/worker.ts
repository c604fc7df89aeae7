/** A reading thread: takes files, gives rows and accounts. */
import { parentPort, workerData } from 'node:worker_threads';
import type { EventRecord } from '../cloudtrail/record.js';
import { Batches } from './batches.js';
import { Coverage } from './coverage.js';
import type { FoundFile } from './discover.js';
import type { FromWorker, ToWorker, WorkerSetup } from './pool.js';
import { PlainReader } from './plain/plain.js';
import { readFile, type FileAccount } from './read-file.js';
import { Texts } from './texts.js';

const setup = workerData as WorkerSetup;
const plain = setup.eventNames && new PlainReader(setup.eventNames, setup.window);
const texts = new Texts(setup.s3);
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
  const coverage = new Coverage(setup.window);
  const accounts: [FoundFile, FileAccount][] = [];
  const batches = new Batches(hand);
  for await (const [file, text] of texts.of(files)) {
    accounts.push([file, await readFile(text, file.path, setup, coverage, batches.add, plain)]);
  }
  await batches.end();
  tell({ kind: 'done', files: accounts, covered: coverage.covered() });
}

/** Gives rows, and waits until they are taken. */
function hand(batch: readonly EventRecord[]): Promise<void> {
  tell({ kind: 'rows', batch });
  return new Promise((resolve) => {
    taken = resolve;
  });
}

void readAll([]);
