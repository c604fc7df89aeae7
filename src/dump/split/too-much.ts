/** Which values are too much to hold: they are named, and read to their ends without being kept, so that memory stays bounded. */
import { MAX_DEPTH, type Scanner } from './scanner.js';

/** In bytes, a hundred times what CloudTrail writes: memory holds an event many times on its way to a report. */
const MAX_BYTES = 32 << 20;
/** Values in one: each takes many times what its text did. In 1 MB there never are more. */
const MAX_VALUES = 1 << 19;

type Scanned = Pick<Scanner, 'values' | 'tooDeep'>;

/** Why a value of so many bytes is longer than any may be; undefined where it is not. */
export function tooLong(bytes: number, { values }: Pick<Scanned, 'values'>): string | undefined {
  if (bytes > MAX_BYTES) return 'a record of more than 32 MB';
  return values > MAX_VALUES ? 'a record of more than 500,000 values' : undefined;
}

/** Why a value of so many bytes is not held; undefined where it is. */
export function tooMuch(bytes: number, scanned: Scanned): string | undefined {
  const tooDeep = scanned.tooDeep ? `nested more than ${MAX_DEPTH} deep` : undefined;
  return tooLong(bytes, scanned) ?? tooDeep;
}
