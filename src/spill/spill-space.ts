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

/** A holder with a smaller part of the memory does not spill: it would write all the time. */
const FAIR_SHARE = 4;

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

  /** Holders spill in the order in which they are added: first those that lose least by it. There are at most `FAIR_SHARE`. */
  addHolder(holder: Holder): void {
    this.#holders.push(holder);
  }

  /**
   * To be called by a holder that holds more. Where that is too much, the first holder with a fair share of it spills. Throws a
   * HuntError if the disk is full.
   */
  grow(size: number): void {
    this.#held += size;
    if (this.#held <= this.#most) return;
    const spilling = this.#holders.find(({ held }) => held > this.#most / FAIR_SHARE);
    if (spilling === undefined) return;
    this.#held -= spilling.held;
    spilling.spill();
  }

  /** Frees the disk space. What was written cannot be read afterwards. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }
}
