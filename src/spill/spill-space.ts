/**
 * The memory and the temporary file that several sorts and text stores share, so that a hunt holds one file open, and none of
 * them writes all the time because its own share of the memory is small.
 */
import { SpillFile } from './spill-file.js';

/** Holds items in memory, and can write them to the file. */
interface Holder {
  /** How much it holds in memory, in the unit of `grow`. */
  readonly held: number;
  /** Writes everything to the file, and holds nothing afterwards. */
  spill(): void;
}

export class SpillSpace {
  readonly #most: number;
  readonly #holders: Holder[] = [];
  #held = 0;
  #file: SpillFile | undefined;

  /** `most` is how much all holders together keep in memory. */
  constructor(most: number) {
    this.#most = most;
  }

  /** The shared file. Throws a HuntError if it cannot be created. */
  file(): SpillFile {
    this.#file ??= new SpillFile();
    return this.#file;
  }

  addHolder(holder: Holder): void {
    this.#holders.push(holder);
  }

  /** To be called by a holder that holds more. Where that is too much, the largest holder spills. Throws a HuntError if the disk is full. */
  grow(size: number): void {
    this.#held += size;
    if (this.#held <= this.#most) return;
    const largest = this.#holders.reduce((a, b) => (b.held > a.held ? b : a));
    this.#held -= largest.held;
    largest.spill();
  }

  /** Frees the disk space. What was written cannot be read afterwards. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }
}
