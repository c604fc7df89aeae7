/** Lets a faster reader take records out of a text that is split. */
import type { PlaceInText } from './candidate.js';

/** Consecutive records of a list. */
export interface TakenRecords {
  readonly records: number;
  /** How many bytes they have, with what stands between them. */
  readonly bytes: number;
}

/**
 * Takes as many records of `{"Records": […]}` as it can, of the text that begins with the bracket of one; undefined if it can take
 * none. Only whole records behind which another begins can be taken. `first` is the place of the first one.
 */
export type TakeRecords = (text: Buffer, first: PlaceInText) => TakenRecords | undefined;

/** How many bytes are offered at once: their records may all become rows, which the consumer then gets. */
const MOST_OFFERED = 1 << 20;

export class RecordTaker {
  readonly #take: TakeRecords | undefined;
  #mayTake = false;

  constructor(take: TakeRecords | undefined) {
    this.#take = take;
  }

  beginChunk(): void {
    this.#mayTake = this.#take !== undefined;
  }

  /** As `TakeRecords`. Where little was taken of a chunk, the rest of it is not offered, so that no byte is offered often. */
  take(text: Buffer, first: PlaceInText): TakenRecords | undefined {
    if (!this.#mayTake) return undefined;
    const offered = text.subarray(0, MOST_OFFERED);
    const taken = this.#take?.(offered, first);
    this.#mayTake = taken !== undefined && 2 * taken.bytes >= offered.length;
    return taken;
  }
}
