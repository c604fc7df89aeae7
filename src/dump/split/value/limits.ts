/** Limits of a value's size. A larger value is reported and read to its end, but not stored, so that memory stays bounded. */
import { MAX_DEPTH } from './nesting.js';
import type { Scanner } from './scanner.js';

/** In bytes; a hundred times the size of CloudTrail's records. Memory has an event many times before it is in a report. */
const MAX_BYTES = 32 << 20;
/** Values inside one value. Parsed, each takes many times its text. A value of 1 MB cannot have more than this. */
const MAX_VALUES = 1 << 19;

/** Why a value is too long; undefined if it is not. `bytes` is its length, and `values` the number of values in it. */
export function tooLong(bytes: number, { values }: Pick<Scanner, 'values'>): string | undefined {
  if (bytes > MAX_BYTES) return 'a record of more than 32 MB';
  return values > MAX_VALUES ? 'a record of more than 500,000 values' : undefined;
}

/** Why a value is too long or nested too deeply; undefined if it is neither. */
export function tooLarge(
  bytes: number,
  scanned: Pick<Scanner, 'values' | 'isTooDeep'>,
): string | undefined {
  const tooDeep = scanned.isTooDeep ? `nested more than ${MAX_DEPTH} deep` : undefined;
  return tooLong(bytes, scanned) ?? tooDeep;
}
