/** Stores texts until they are needed again: short texts in memory, long ones in a temporary file. */
import type { ByteRange } from './spill-file.js';
import type { SpillSpace } from './spill-space.js';

/** Texts of at least this many UTF-16 units go into the file. */
const LONG = 16 * 1024;

/** A short text itself, or the position of a long one in the file. */
export type StoredText = string | ByteRange;

export class TextStore {
  readonly #space: SpillSpace;

  /** Long texts go into the file of `space`. */
  constructor(space: SpillSpace) {
    this.#space = space;
  }

  /** Stores a text. Throws a HuntError if the disk is full. */
  readonly put = (text: string): StoredText =>
    text.length < LONG ? text : this.#space.file().append(Buffer.from(text));

  /** The text that was stored. Throws a HuntError if the file cannot be read. */
  readonly get = (stored: StoredText): string =>
    typeof stored === 'string' ? stored : this.#space.file().bytes(stored).toString();
}
