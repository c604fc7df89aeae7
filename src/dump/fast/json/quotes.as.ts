/**
 * AssemblyScript: finds the quotes of a part of the text, 64 bytes at a time, and lists their addresses. It checks that there
 * is no control character but for line breaks and tabs between strings, and looks for escapes in strings.
 *
 * An escape of a letter or of a slash is not checked: a key or a text that matters may hide behind it, so the record must be
 * parsed anyway. This is noted, as are the letters whose lower case is one of ASCII, with a bit for each 64 bytes.
 */

import { atMost, bits, equal, has, hasAtMost, hasControl, parity, simpleEscapes } from './bits.as';
import { PART_BYTES, QUOTES } from '../layout';

let escaped: i64 = 0;
/** Whether the byte before the next 64 is a backslash. */
let slashBefore: i64 = 0;
/** Whether a letter whose lower case is one of ASCII matters. */
let notesStrange = false;

/** A bit for each 64 bytes of the part: whether an escape hides something there. */
export let hidden: i64 = 0;
/** A bit for each 64 bytes of the part that may have a letter whose lower case is one of ASCII. */
export let strange: i64 = 0;

/** Before a new text. */
export function beginQuotes(anyCase: bool): void {
  escaped = 0;
  slashBefore = 0;
  notesStrange = anyCase;
}

/** Writes the addresses of the first ten of these quotes; of fewer, and then anything. Returns the others. */
@inline
function listTen(quotes: i64, at: usize, to: usize): i64 {
  let rest = quotes;
  store<u32>(to, u32(at + usize(ctz(rest))));
  rest &= rest - 1;
  store<u32>(to, u32(at + usize(ctz(rest))), 4);
  rest &= rest - 1;
  store<u32>(to, u32(at + usize(ctz(rest))), 8);
  rest &= rest - 1;
  store<u32>(to, u32(at + usize(ctz(rest))), 12);
  rest &= rest - 1;
  store<u32>(to, u32(at + usize(ctz(rest))), 16);
  rest &= rest - 1;
  store<u32>(to, u32(at + usize(ctz(rest))), 20);
  rest &= rest - 1;
  store<u32>(to, u32(at + usize(ctz(rest))), 24);
  rest &= rest - 1;
  store<u32>(to, u32(at + usize(ctz(rest))), 28);
  rest &= rest - 1;
  store<u32>(to, u32(at + usize(ctz(rest))), 32);
  rest &= rest - 1;
  store<u32>(to, u32(at + usize(ctz(rest))), 36);
  return rest & (rest - 1);
}

/**
 * Lists the quotes of the `PART_BYTES` that begin here, or of those up to `end`. The list is at `QUOTES`; `listed` quotes are in
 * it already, 1 if the text is in a string here. Returns how many there are then; -1 if there is a control character.
 */
export function findQuotes(from: usize, end: usize, listed: i32): i32 {
  let to = usize(QUOTES) + (usize(listed) << 2);
  hidden = 0;
  strange = 0;
  const partEnd = min(from + PART_BYTES, end);
  for (let at = from; at < partEnd; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    let quotes = equal(a, b, c, d, 0x22);
    if (has(a, b, c, d, 0x5c) || (escaped | slashBefore) != 0) {
      const all = equal(a, b, c, d, 0x5c);
      const slashes = all & ~escaped;
      const follows = (slashes << 1) | escaped;
      const odd: i64 = 0xaaaaaaaaaaaaaaaa;
      const starts = slashes & odd & ~follows;
      const sum = starts + slashes;
      escaped = i64(u64(sum) < u64(slashes));
      const behind = follows & (~odd ^ (sum << 1));
      // Also behind a backslash that is escaped itself: a text in this text may be JSON.
      const hiding = (equal(a, b, c, d, 0x75) | equal(a, b, c, d, 0x2f)) & ((all << 1) | slashBefore);
      if ((hiding | (behind & ~(quotes | all | simpleEscapes(a, b, c, d)))) != 0)
        hidden |= i64(1) << ((at - from) >> 6);
      quotes &= ~behind;
      slashBefore = all >>> 63;
    }
    if (hasAtMost(a, b, c, d, 0x1f)) {
      const isInString = i64((to >> 2) & 1);
      const inside = parity(quotes) ^ -isInString;
      if (hasControl(a, b, c, d) || (atMost(a, b, c, d, 0x1f) & inside) != 0) return -1;
    }
    if (notesStrange && bits(a, b, c, d) != 0 && (has(a, b, c, d, 0xc4) || has(a, b, c, d, 0xe2)))
      strange |= i64(1) << ((at - from) >> 6);
    let rest = listTen(quotes, at, to);
    // A block rarely has more.
    for (let more = to + 40; rest != 0; more += 40) rest = listTen(rest, at, more);
    to += usize(popcnt(quotes)) << 2;
  }
  return i32((to - QUOTES) >> 2);
}
