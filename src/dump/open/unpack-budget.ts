/** How much may come of unpacking something: a small file can hold more than any disk. */

/** Beyond this much, what expands more than `MAX_RATIO` times is a bomb, not a log. */
export const BOMB_FLOOR = 256 << 20;
export const MAX_RATIO = 400;
/** What one log may unpack to where nobody says otherwise, in bytes. */
export const MAX_UNPACKED = 20e9;

/** What deflate can do at best: who says more is damaged. */
export const MOST_DEFLATED = 1032;
/** More text than this is streamed, so that memory stays bounded. */
export const MAX_WHOLE = 64 << 20;
/** The same of text that is held a second time while it is cut into records. */
export const MAX_GUNZIPPED = 16 << 20;
const SMALL = 8 << 20;

/**
 * What holds up to so many bytes is read and unpacked in one go, for streaming costs several times as much; less where
 * there are many threads, for each holds one of them, and its text.
 */
export function smallFor(threads: number): number {
  return Math.min(SMALL, Math.max(1 << 20, Math.floor((4 * SMALL) / threads)));
}

export class Allowance {
  #most: number;
  #unpacked = 0;
  readonly #whole: Allowance | undefined;

  /** At most this many bytes, and no more than is left of `whole`, which they are a part of. */
  constructor(most: number, whole?: Allowance) {
    this.#most = most;
    this.#whole = whole;
  }

  /** Whether more was unpacked than may be. */
  get isSpent(): boolean {
    return this.#unpacked > this.#most;
  }

  /** How many bytes may still be unpacked. */
  get left(): number {
    const own = this.#most - this.#unpacked;
    return this.#whole ? Math.min(own, this.#whole.left) : own;
  }

  /** Allows as much more as packed bytes can honestly become. */
  earn(packed: number): void {
    this.#most += MAX_RATIO * packed;
  }

  /** From now on, only the whole counts. */
  lift(): void {
    this.#most = Infinity;
  }

  /** Takes note of bytes that were unpacked. Throws where they are too many. */
  spend(bytes: number): void {
    this.#unpacked += bytes;
    this.refuse();
    this.#whole?.spend(bytes);
  }

  /** Throws where more was unpacked than may be. */
  refuse(): void {
    if (this.isSpent)
      throw new Error(`unpacks to more than ${this.#most} bytes: --max-unpacked allows no more`);
  }
}
