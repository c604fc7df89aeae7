/** The file that `hunt init` writes: never over another one, and never among the logs. */
import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { HuntError } from '../../errors.js';
import { checkTargets, FileInTheWay } from '../../report/targets.js';
import { writeFiles } from '../../report/write.js';
import { safeLine } from '../../text/safe-text.js';
import { isWithin } from '../files/path-within.js';

/** Throws a HuntError if the file cannot be written. To read the logs may take long, so this is asked before. */
export function checkNew(file: string): Promise<void> {
  return unlessInTheWay(file, () => checkTargets([file], false));
}

/** Throws a HuntError if the file exists, also if it was made after the check. */
export function writeNew(file: string, text: string, signal: AbortSignal): Promise<void> {
  return unlessInTheWay(file, () =>
    writeFiles([{ path: file, chunks: [text] }], { force: false, signal }),
  );
}

/** `hunt init` has no option to overwrite a file, so its message must not name one. */
async function unlessInTheWay(file: string, act: () => void | Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!(error instanceof FileInTheWay)) throw error;
    const name = safeLine(file);
    throw new HuntError(
      'OUTPUT',
      `${name} exists already, and hunt init never changes it

  hunt init --check               what in the logs is not as ${name} says
  hunt init LOGS --stdout         print a new proposal, and write nothing
  hunt init LOGS --output FILE    write it to another file, to compare the two
`,
      { cause: error },
    );
  }
}

/** A configuration among the logs would be evidence: hunt ignores it. */
export function refuseAmong(file: string, logs: readonly string[]): void {
  const folder = dirname(resolve(file));
  const root = logs.find((path) => path !== '-' && existsSync(path) && isWithin(folder, path));
  if (root === undefined) return;
  throw new HuntError(
    'OUTPUT',
    `${safeLine(file)} would lie inside the logs (${safeLine(root)}), where hunt takes it for evidence and ignores it: name a file outside with --output, or run hunt init in another folder`,
  );
}
