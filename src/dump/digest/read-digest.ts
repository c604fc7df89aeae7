/** Reads the text of a digest as a whole, because its signature is over all of it. */
import { fileReason } from '../find/discover.js';

/** CloudTrail's own have some kilobytes, and of the busiest accounts some megabytes. */
const LONGEST = 64 << 20;

/** The head of a text: what a digest says first. */
const FIRST_MEMBERS = ['"digestStartTime"', '"digestEndTime"', '"digestS3Object"'];

/** They stand within so many bytes, also where the members are sorted or indented. */
const FIRST_BYTES = 2048;

/** Whether a text that begins so is a digest. */
export function isDigestHead(head: Buffer): boolean {
  const first = head.subarray(0, FIRST_BYTES);
  const isObject = /^[\s\uFEFF]*\{/.test(head.toString('utf8', 0, 64));
  return isObject && FIRST_MEMBERS.every((member) => first.includes(member));
}

export type DigestText =
  | { readonly kind: 'text'; readonly text: Buffer }
  | { readonly kind: 'lost'; readonly reason: string };

/** Never throws. */
export async function digestText(pieces: AsyncIterable<Buffer>): Promise<DigestText> {
  const kept: Buffer[] = [];
  let length = 0;
  try {
    for await (const piece of pieces) {
      length += piece.length;
      if (length > LONGEST)
        return { kind: 'lost', reason: `longer than ${LONGEST >> 20} MB, which no digest is` };
      // The bytes of a small file are overwritten by the next one.
      kept.push(Buffer.from(piece));
    }
  } catch (error) {
    return { kind: 'lost', reason: fileReason(error) };
  }
  // In memory of its own: a thread that sends a part of shared memory sends all of it.
  const text = Buffer.allocUnsafeSlow(length);
  let end = 0;
  for (const piece of kept) end += piece.copy(text, end);
  return { kind: 'text', text };
}
