/** Changes a file that people write by hand: wholly or not at all, and never over what somebody else wrote meanwhile. */
import { HuntError } from '../../errors.js';
import { writeFiles } from '../../report/write.js';
import { FileInTheWay } from '../../report/targets.js';
import { safeLine } from '../../text/safe-text.js';
import { textIfThere } from './read-file.js';

export interface Replacement {
  readonly path: string;
  /** As it was read; undefined if it was not there. */
  readonly text: string | undefined;
  readonly changed: string;
}

/** Throws a HuntError if somebody has changed the file since it was read: their entry would be lost. */
export async function replaceFile(
  { path, text, changed }: Replacement,
  signal: AbortSignal,
): Promise<void> {
  const force = text === undefined ? false : (): boolean => textIfThere(path) === text;
  try {
    await writeFiles([{ path, chunks: [changed] }], { force, signal });
  } catch (error) {
    if (!(error instanceof FileInTheWay)) throw error;
    throw new HuntError(
      'OUTPUT',
      `${safeLine(path)} was changed meanwhile: run the command again`,
      { cause: error },
    );
  }
}
