/** Short hashes of texts, of which many fit into memory. */
import { hash } from 'node:crypto';

/** In bytes. Half of a SHA-256: whoever writes the logs cannot find a second event or file with the same one. */
export const HASH_BYTES = 16;

/** A hash as a text of 16 characters, one for each byte: cheap to keep in a map, and sorted as its bytes are. */
export type ShortHash = string;

/** The first 16 bytes of the SHA-256 of the UTF-8 of a text. */
export function shortHash(text: string): ShortHash {
  return hash('sha256', text, 'buffer').toString('latin1', 0, HASH_BYTES);
}

/** The same in 32 hexadecimal digits. */
export function hexOf(short: ShortHash): string {
  return Buffer.from(short, 'latin1').toString('hex');
}
