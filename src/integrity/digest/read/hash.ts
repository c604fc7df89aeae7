/** Hashes in memory: a check may hold a million of them. */

/** A SHA-256 in hexadecimal, in either case, as 32 characters of one byte each; undefined if the text is not one. */
export function packedHash(hex: string): string | undefined {
  return /^[0-9a-f]{64}$/i.test(hex) ? Buffer.from(hex, 'hex').toString('latin1') : undefined;
}
