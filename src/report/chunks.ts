/** A report is never one text: V8 has none over 512 MB. */

import { countGarbage } from '../text/long-text.js';

/** In UTF-16 units: enough for a write to be worth its while. */
const ENOUGH = 65_536;

/** The same text in fewer pieces, each of 64 KB or what one piece made more. */
export function* chunked(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < ENOUGH) continue;
    countGarbage(chunk.length);
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
