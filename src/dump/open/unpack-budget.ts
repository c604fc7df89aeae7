/** Limits how much may be unpacked. A small hostile file can unpack to more than any disk holds. */

export interface UnpackLimits {
  /** How many bytes one log, or one member of an archive, may unpack to. */
  readonly maxUnpacked: number;
  /** A file that unpacks to fewer bytes is not called a bomb, whatever its ratio. */
  readonly bombFloor: number;
}

export const UNPACK_LIMITS: UnpackLimits = { maxUnpacked: 20e9, bombFloor: 256 << 20 };

/** No log expands more. */
const MAX_RATIO = 400;
/** Deflate cannot compress better than 1032 to 1. A file that states a higher ratio is damaged. */
export const MAX_DEFLATE_RATIO = 1032;

/** Longer text is streamed, so that memory stays bounded. In bytes. */
export const MAX_WHOLE = 64 << 20;
/** The same limit for text that is in memory a second time while it is split into records. */
export const MAX_GUNZIPPED = 16 << 20;
/** The largest file that is ever unpacked in one go. */
export const SMALL = 8 << 20;

/**
 * Files of at most this many bytes are read and unpacked in one go, because streaming costs several times as much CPU time.
 * The limit is lower when there are many threads, since each thread has such a file and its text in memory.
 */
export function smallFor(threads: number): number {
  return Math.min(SMALL, Math.max(1 << 20, Math.floor((4 * SMALL) / threads)));
}

export class UnpackBudget {
  readonly #bombFloor: number;
  #max: number;
  #unpacked = 0;
  readonly #total: UnpackBudget | undefined;

  /** If `total` is given, all bytes count against it too: it is the budget of the archive around this file. */
  constructor({ maxUnpacked, bombFloor }: UnpackLimits, total?: UnpackBudget) {
    this.#max = maxUnpacked;
    this.#bombFloor = bombFloor;
    this.#total = total;
  }

  /** How many bytes may still be unpacked. */
  get remaining(): number {
    const own = this.#max - this.#unpacked;
    return this.#total ? Math.min(own, this.#total.remaining) : own;
  }

  /** Raises the limit by as much as this many packed bytes can honestly unpack to. */
  allowFor(packedBytes: number): void {
    this.#max += MAX_RATIO * packedBytes;
  }

  /** Removes this budget's own limit. The total still counts. */
  removeOwnLimit(): void {
    this.#max = Infinity;
  }

  /** Counts unpacked bytes. Throws if there are now too many. */
  spend(bytes: number): void {
    this.#unpacked += bytes;
    this.check();
    this.#total?.spend(bytes);
  }

  /** Throws if too many bytes were unpacked. */
  check(): void {
    if (this.#unpacked > this.#max)
      throw new Error(`unpacks to more than ${this.#max} bytes: --max-unpacked allows no more`);
  }

  /** Throws if `packed` bytes of a stream became `unpacked` bytes and that is a bomb. */
  checkRatio(unpacked: number, packed: number): void {
    if (unpacked > this.#bombFloor && unpacked > MAX_RATIO * packed)
      throw new Error(`expands more than ${MAX_RATIO} times, which no log does: unpack it first`);
  }
}
