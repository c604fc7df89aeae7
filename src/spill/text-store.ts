/**
 * Stores texts until they are needed again, as bytes outside of V8's heap: in memory, or in a temporary file. So the garbage
 * collector does not copy them, and reading one from the file costs little more than from memory.
 */
import type { ByteRange } from './spill-file.js';
import type { SpillSpace } from './spill-space.js';

/** In bytes. Blocks are written to the file whole. A longer text has a block of its own. */
const BLOCK = 65_536;
/** In UTF-16 units. A shorter text is not stored: the place of a stored text takes as much memory. */
const SHORT = 32;

/** A short text itself, or the place of another. */
export type StoredText = string | TextPlace;

/** The number of a block, and the positions in it of the first byte and of the byte after the last. */
interface TextPlace extends ByteRange {
  readonly block: number;
}

export class TextStore {
  readonly #space: SpillSpace;
  /** The full blocks: their bytes, or the range of the file that has the bytes. */
  readonly #blocks: (Buffer | ByteRange)[] = [];
  /** The block that is being filled, and how much of it is. */
  #open = Buffer.alloc(0);
  #used = 0;
  #held = 0;
  /** How many blocks are in the file: the first ones. */
  #spilled = 0;

  /** The texts share the memory and the file of `space` with its other holders. */
  constructor(space: SpillSpace) {
    this.#space = space;
    space.addHolder(this);
  }

  /** The bytes in memory. */
  get held(): number {
    return this.#held;
  }

  /** Stores a text, which must be well-formed, as JSON is. Throws a HuntError if the disk is full. */
  readonly put = (text: string): StoredText => {
    if (text.length < SHORT) return text;
    const size = Buffer.byteLength(text);
    if (size > this.#open.length - this.#used) {
      this.#close();
      this.#open = Buffer.allocUnsafe(Math.max(size, BLOCK));
    }
    const place = { block: this.#blocks.length, from: this.#used, to: this.#used + size };
    this.#open.write(text, this.#used);
    this.#used += size;
    this.#held += size;
    this.#space.grow(size);
    return place;
  };

  /** The text that was stored. Throws a HuntError if the file cannot be read. */
  readonly get = (stored: StoredText): string => {
    if (typeof stored === 'string') return stored;
    const { block, from, to } = stored;
    const bytes = this.#blocks[block] ?? this.#open;
    return Buffer.isBuffer(bytes)
      ? bytes.toString('utf8', from, to)
      : this.#space
          .file()
          .bytes({ from: bytes.from + from, to: bytes.from + to })
          .toString();
  };

  spill(): void {
    this.#close();
    const file = this.#space.file();
    for (; this.#spilled < this.#blocks.length; this.#spilled++) {
      const block = this.#blocks[this.#spilled];
      if (Buffer.isBuffer(block)) this.#blocks[this.#spilled] = file.append(block);
    }
    this.#held = 0;
  }

  #close(): void {
    if (this.#used > 0) this.#blocks.push(this.#open.subarray(0, this.#used));
    this.#open = Buffer.alloc(0);
    this.#used = 0;
  }
}
