/**
 * AssemblyScript, compiled to WebAssembly: scans the text of a log once. It finds the records that a rule may match, and
 * counts the others by account, region and hour. It works on 64 bytes at a time, with one bit a byte, as in Langdale and
 * Lemire, "Parsing Gigabytes of JSON per Second" (2019). Records that it cannot classify for certain must be parsed.
 * `memory.ts` writes the text, followed by blanks, and reads the answers; `layout.ts` has the addresses.
 */

import { ANSWER_BYTES, FIRST_START, LAST_END } from './layout';
import {
  beginRecord,
  countRecord,
  isBlank,
  markDoubtful,
  mustParse,
  resetGroups,
  takeString,
} from './record.as';

/** The highest bits of 64 bytes. */
@inline
function bits(a: v128, b: v128, c: v128, d: v128): i64 {
  return (
    i64(i8x16.bitmask(a)) |
    (i64(i8x16.bitmask(b)) << 16) |
    (i64(i8x16.bitmask(c)) << 32) |
    (i64(i8x16.bitmask(d)) << 48)
  );
}

/** A bit for each byte that is equal to this one. */
@inline
function equal(a: v128, b: v128, c: v128, d: v128, byte: u8): i64 {
  const wanted = i8x16.splat(byte);
  return bits(i8x16.eq(a, wanted), i8x16.eq(b, wanted), i8x16.eq(c, wanted), i8x16.eq(d, wanted));
}

/** Whether one of the 64 bytes is equal to this one. Cheaper than finding out which. */
@inline
function has(a: v128, b: v128, c: v128, d: v128, byte: u8): bool {
  const wanted = i8x16.splat(byte);
  return v128.any_true(
    v128.or(
      v128.or(i8x16.eq(a, wanted), i8x16.eq(b, wanted)),
      v128.or(i8x16.eq(c, wanted), i8x16.eq(d, wanted)),
    ),
  );
}

/** Whether there is a blank or a control character outside strings. */
@inline
function hasBlanks(a: v128, b: v128, c: v128, d: v128, inside: i64): bool {
  const blank = i8x16.splat(0x20);
  return (
    v128.any_true(i8x16.le_u(i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d)), blank)) &&
    (bits(
      i8x16.le_u(a, blank),
      i8x16.le_u(b, blank),
      i8x16.le_u(c, blank),
      i8x16.le_u(d, blank),
    ) &
      ~inside) !=
      0
  );
}

/** The parity of each bit and all bits before it: set from an opening quote to just before the closing one. */
@inline
function parity(quotes: i64): i64 {
  let x = quotes;
  x ^= x << 1;
  x ^= x << 2;
  x ^= x << 4;
  x ^= x << 8;
  x ^= x << 16;
  x ^= x << 32;
  return x;
}

/** Whether there is exactly one comma and otherwise only blanks between two addresses. */
function isComma(from: usize, to: usize): bool {
  let commas = 0;
  for (let at = from; at < to; at++) {
    const byte = load<u8>(at);
    if (byte == 0x2c) commas++;
    else if (!isBlank(byte)) return false;
  }
  return commas == 1;
}

/** In bytes. A longer record may exceed the limit for values in a record, which only the splitter checks. */
const MAX_RECORD: usize = 1 << 20;

/** The depth of the records in `{"Records": [{…}, {…}]}`. */
const LEVEL = 2;

/**
 * Scans `{"Records": […]}`. For each record that must be parsed, it writes an answer at `out`: where the record begins and
 * ends, and its number from 0 (32 bits each). It counts the other records in groups. Returns the number of answers; -1 if the
 * text has another shape.
 */
export function records(from: usize, end: usize, out: usize): i32 {
  const first = out;
  let depth = 0;
  let inString: i64 = 0;
  let isAfter: i64 = 0;
  let escaped: i64 = 0;
  let start: usize = 0;
  let before: usize = 0;
  let number = 0;
  resetGroups();
  store<u32>(FIRST_START, 0);
  for (let at = from; at < end; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    let quotes = equal(a, b, c, d, 0x22);
    const hasSlash = escaped != 0 || has(a, b, c, d, 0x5c);
    if (hasSlash) {
      markDoubtful();
      const slashes = equal(a, b, c, d, 0x5c) & ~escaped;
      const follows = (slashes << 1) | escaped;
      const odd: i64 = 0xaaaaaaaaaaaaaaaa;
      const starts = slashes & odd & ~follows;
      const sum = starts + slashes;
      escaped = i64(u64(sum) < u64(slashes));
      quotes &= ~(follows & (~odd ^ (sum << 1)));
    }
    const inside = parity(quotes) ^ inString;
    inString = inside >> 63;
    const small = i8x16.splat(0x20);
    const la = v128.or(a, small);
    const lb = v128.or(b, small);
    const lc = v128.or(c, small);
    const ld = v128.or(d, small);
    const opens = equal(la, lb, lc, ld, 0x7b) & ~inside;
    const closes = equal(la, lb, lc, ld, 0x7d) & ~inside;
    const falls = i32(popcnt(closes));
    if (depth - falls > LEVEL + 1) {
      depth += i32(popcnt(opens)) - falls;
      isAfter = 1;
      continue;
    }
    // Without blanks, a key directly follows a comma or an opening brace. With blanks, every string is looked at.
    const behind = (equal(a, b, c, d, 0x2c) & ~inside) | opens;
    const hasBlank = hasBlanks(a, b, c, d, inside);
    const strings = quotes & inside & (hasBlank ? -1 : (behind << 1) | isAfter);
    isAfter = i64(hasBlank) | (behind >>> 63);
    let marks = opens | closes | strings;
    while (marks != 0) {
      const bit = marks & -marks;
      const position = at + usize(ctz(bit));
      marks ^= bit;
      if ((strings & bit) != 0) {
        if (depth == LEVEL + 1) takeString(position);
      } else if ((opens & bit) != 0) {
        if (depth == LEVEL) {
          if (load<u8>(position) != 0x7b) return -1;
          const compact = position == before + 1 && load<u8>(before) == 0x2c;
          if (before == 0) store<u32>(FIRST_START, u32(position));
          else if (!compact && !isComma(before, position)) return -1;
          start = position;
          beginRecord(hasSlash);
        }
        depth++;
      } else {
        depth--;
        if (depth < 0) return -1;
        if (depth == LEVEL && start != 0) {
          before = position + 1;
          if (before - start > MAX_RECORD) return -1;
          if (mustParse()) {
            store<u32>(out, u32(start));
            store<u32>(out, u32(before), 4);
            store<u32>(out, u32(number), 8);
            out += ANSWER_BYTES;
          } else if (!countRecord()) return -1;
          number++;
          start = 0;
        }
      }
    }
  }
  store<u32>(LAST_END, u32(before));
  return depth == 0 && inString == 0 ? i32((out - first) / ANSWER_BYTES) : -1;
}
