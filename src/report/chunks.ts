/** A report is never one string: V8 allows 512 MB at most. */
import { countGarbage } from '../memory/garbage.js';

/** In UTF-16 units. With smaller chunks, the calls to write them cost more than the writing. */
const CHUNK = 65_536;

/** The same text in fewer pieces: each has at least 64 KB, except the last. */
export function* chunked(pieces: Iterable<string>): Generator<string> {
  let chunk = '';
  for (const piece of pieces) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    countGarbage(chunk.length);
    yield chunk;
    chunk = '';
  }
  if (chunk !== '') yield chunk;
}
