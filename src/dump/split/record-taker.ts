/** Lets a faster reader take records out of a text that is split. */
import type { Context, PlaceInText } from './candidate.js';

/** Consecutive records of a list, or of lines. */
export interface TakenRecords {
  readonly records: number;
  /** How many bytes they have, with what stands between them. */
  readonly bytes: number;
}

/** Records that are offered: of `{"Records": […]}`, or in a line each. */
export interface Offer {
  readonly shape: 'list' | 'lines';
  /** The place of the first record. */
  readonly first: PlaceInText;
}

/**
 * Takes as many records as it can, of the text that begins with the bracket of one; undefined if it can take none. Only whole
 * records behind which another begins can be taken.
 */
export type TakeRecords = (text: Buffer, offer: Offer) => TakenRecords | undefined;

/** The shape of the text around a value: a document may be a line. */
const SHAPES = {
  record: 'list',
  document: 'lines',
  lookup: undefined,
  element: undefined,
} as const;

/** How many bytes are offered at once: their records may all become rows, which the consumer then gets. */
const MOST_OFFERED = 1 << 20;

export class RecordTaker {
  readonly #take: TakeRecords | undefined;
  /** How many bytes may still be offered in vain: by the shape, as many as there were, so that no byte is offered often. */
  readonly #inVain = { list: 0, lines: 0 };

  constructor(take: TakeRecords | undefined) {
    this.#take = take;
  }

  countRead(length: number): void {
    this.#inVain.list += length;
    this.#inVain.lines += length;
  }

  /** Takes records from the one on that the text begins with. */
  take(text: Buffer, context: Context, first: PlaceInText): TakenRecords | undefined {
    const shape = SHAPES[context];
    const offered = text.subarray(0, MOST_OFFERED);
    if (shape === undefined || offered.length > this.#inVain[shape]) return undefined;
    const taken = this.#take?.(offered, { shape, first });
    this.#inVain[shape] -= offered.length - (taken?.bytes ?? 0);
    return taken;
  }
}
