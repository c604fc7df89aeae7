/** Lets a faster reader take records out of a text that is split. */
import type { Candidate } from './candidate.js';

/** Some records of a list, one after the other. */
export interface TakenRecords {
  readonly records: number;
  /** How many bytes they have, with what stands between them. */
  readonly bytes: number;
}

/**
 * Takes as many records of `{"Records": […]}` as it can, of the text that begins with one; undefined if it can take none. Only
 * whole records behind which another begins can be taken. `first` is the place of the first one.
 */
export type TakeRecords = (
  text: Buffer,
  first: Pick<Candidate, 'line' | 'number'>,
) => TakenRecords | undefined;

/** Asks once for each chunk, so that a log of which nothing can be taken is not read again and again. */
export function oncePerChunk(take: TakeRecords | undefined): {
  readonly beginChunk: () => void;
  readonly take: TakeRecords;
} {
  let mayTake = false;
  return {
    beginChunk: () => {
      mayTake = true;
    },
    take: (text, first) => {
      if (!mayTake) return undefined;
      mayTake = false;
      return take?.(text, first);
    },
  };
}
