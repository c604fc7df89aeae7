/** Reads files that the user names: wholly, or as far as is needed to say what they are. */
import { closeSync, existsSync, openSync, readFileSync, readSync } from 'node:fs';
import { HuntError, reasonOf } from '../../errors.js';
import { START_BYTES } from '../../report/formats.js';
import { safeLine } from '../../text/safe-text.js';

/** Throws a HuntError if it cannot be read. */
export function textOfFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new HuntError('CONFIG', `cannot read ${safeLine(path)}: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Undefined where there is no file. */
export function textIfThere(path: string): string | undefined {
  return existsSync(path) ? textOfFile(path) : undefined;
}

/** The first bytes of a file, however large it is. */
export function startOf(path: string): string {
  const start = Buffer.alloc(START_BYTES);
  const file = openSync(path, 'r');
  try {
    return start.toString('utf8', 0, readSync(file, start));
  } finally {
    closeSync(file);
  }
}
