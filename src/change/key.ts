/** The key of a resource or a state. Two keys are equal only if what they name is, so a key is never cut as a sentence is. */
import { createHash } from 'node:crypto';
import { shortened } from './sentence.js';

/** The longest ARN. */
const LONGEST = 2048;
/** Hexadecimal digits: enough for names that somebody makes to collide. */
const DIGITS = 32;

/** The whole text. Of one that is longer than any name is, the start and the digest of the whole. */
export function wholeKey(text: string): string {
  if (text.length <= LONGEST) return text;
  const digest = createHash('sha256').update(text).digest('hex').slice(0, DIGITS);
  return `${shortened(text, LONGEST)} ${digest}`;
}
