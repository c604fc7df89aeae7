/** A reading thread: takes files, gives rows and accounts. */
import { parentPort, workerData } from 'node:worker_threads';
import { readText } from './decompress.js';
import type { FromWorker, ToWorker } from './pool.js';
import { readFile, type ReadRules } from './read-file.js';

const rules = workerData as ReadRules;
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

async function readAll(files: Extract<ToWorker, { kind: 'files' }>['files']): Promise<void> {
  for (const file of files) {
    const account = await readFile(readText(file.path, file.size), file.path, rules, (batch) => {
      tell({ kind: 'rows', batch });
      return new Promise((resolve) => {
        taken = resolve;
      });
    });
    tell({ kind: 'file', file, account });
  }
  tell({ kind: 'idle' });
}

tell({ kind: 'idle' });
