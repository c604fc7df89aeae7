/** Which values are too much to hold: they are named, and read to their ends without being kept, so that memory stays bounded. */
import { MAX_DEPTH, type Scanner } from './scan.js';

/** In bytes, a hundred times what CloudTrail writes: memory holds an event many times on its way to a report. */
const MAX_BYTES = 32 << 20;
/** Values in one: each takes many times what its text did. In 1 MB there never are more. */
const MAX_VALUES = 1 << 19;

type Scanned = Pick<Scanner, 'values' | 'tooDeep'>;

/** Whether a value of so many bytes is longer than any may be. */
export function isTooLong(bytes: number, { values }: Pick<Scanned, 'values'>): boolean {
  return bytes > MAX_BYTES || values > MAX_VALUES;
}

/** Why a value of so many bytes is not held; undefined where it is. */
export function reasonToDrop(bytes: number, { values, tooDeep }: Scanned): string | undefined {
  if (bytes > MAX_BYTES) return 'a record of more than 32 MB';
  if (values > MAX_VALUES) return 'a record of more than 500,000 values';
  return tooDeep ? `nested more than ${MAX_DEPTH} deep` : undefined;
}
