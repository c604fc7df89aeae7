/** Stores texts until they are needed again: short texts in memory, long ones in a temporary file. */
import { SpillFile, type ByteRange } from './spill-file.js';

/** Texts of at least this many UTF-16 units go into the file. */
const LONG = 64 * 1024;

/** A short text itself, or the position of a long one in the file. */
export type StoredText = string | ByteRange;

export class TextStore {
  #file: SpillFile | undefined;

  /** Stores a text. Throws a HuntError if the disk is full. */
  readonly put = (text: string): StoredText => {
    if (text.length < LONG) return text;
    this.#file ??= new SpillFile();
    return this.#file.append(Buffer.from(text));
  };

  /** The text that `put` stored. Throws a HuntError if the file cannot be read. */
  readonly get = (stored: StoredText): string => {
    if (typeof stored === 'string') return stored;
    if (this.#file === undefined) throw new RangeError('the file of this text is closed');
    return this.#file.bytes(stored).toString();
  };

  /** Frees the disk space. Long texts cannot be read afterwards. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }
}
