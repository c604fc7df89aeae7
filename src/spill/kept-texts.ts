/** Texts to be kept while others come: short ones as they are, long ones in a file, of which memory has the place. */
import { SpillFile, type Run } from './spill-file.js';

/** In UTF-16 units. */
const LONG = 64 * 1024;

export type Kept = string | Run;

export class KeptTexts {
  #file: SpillFile | undefined;

  /** Throws a HuntError where no disk has room. */
  readonly keep = (text: string): Kept => {
    if (text.length < LONG) return text;
    this.#file ??= new SpillFile();
    return this.#file.append(Buffer.from(text));
  };

  /** The text again. Throws a HuntError where the file cannot be read. */
  readonly of = (kept: Kept): string => {
    if (typeof kept === 'string') return kept;
    if (this.#file === undefined) throw new RangeError('a text of a file that is closed');
    return this.#file.bytes(kept).toString();
  };

  /** Gives the file's space back; what was kept in it cannot be had any more. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }
}
