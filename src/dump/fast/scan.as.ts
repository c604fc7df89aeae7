/**
 * AssemblyScript, which becomes WebAssembly: one pass over a log's text, at the speed of memory, that says of each record
 * whether a rule may match it, and counts all of them by account, region and hour. It looks at 64 bytes at once, as bits:
 * Langdale and Lemire, "Parsing Gigabytes of JSON per Second" (2019). What it cannot tell for certain it leaves to a parse.
 * The host writes the text with 64 blanks behind it, and reads the answers, at the places that `layout.ts` names too.
 */

import { begin, count, doubt, forget, isBlank, isToParse, takeString } from './record.as';

/** The places of the first record's beginning and of the last one's end. */
const FIRST_START: usize = 0x12044;
const LAST_END: usize = 0x12048;

@inline
function bits(a: v128, b: v128, c: v128, d: v128): i64 {
  return (
    i64(i8x16.bitmask(a)) |
    (i64(i8x16.bitmask(b)) << 16) |
    (i64(i8x16.bitmask(c)) << 32) |
    (i64(i8x16.bitmask(d)) << 48)
  );
}

@inline
function equal(a: v128, b: v128, c: v128, d: v128, byte: u8): i64 {
  const wanted = i8x16.splat(byte);
  return bits(i8x16.eq(a, wanted), i8x16.eq(b, wanted), i8x16.eq(c, wanted), i8x16.eq(d, wanted));
}

/** Whether a byte is among these; cheaper than to ask where. */
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

/** Blanks outside strings, and whatever else is below them. */
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

/** Each bit with all the bits before it: set from an opening quote to before its closing one. */
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

/** Whether only blanks and one comma stand between two places. */
function isComma(from: usize, to: usize): bool {
  let commas = 0;
  for (let at = from; at < to; at++) {
    const byte = load<u8>(at);
    if (byte == 0x2c) commas++;
    else if (!isBlank(byte)) return false;
  }
  return commas == 1;
}

/** In bytes: a longer record may have more values than is allowed, which are counted elsewhere. */
const MOST_RECORD: usize = 1 << 20;

/** The depth of the records in `{"Records": [{…}, {…}]}`. */
const LEVEL = 2;

/**
 * Reads the records of `{"Records": […]}`. Those that only a parse can judge, or that a rule may match, are written at `out`:
 * where each begins and ends, and its number from 0 (32 bits each). The others are counted in groups. Gives how many were
 * written; -1 where the text is not made so.
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
  forget();
  store<u32>(FIRST_START, 0);
  for (let at = from; at < end; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    let quotes = equal(a, b, c, d, 0x22);
    const hasSlash = escaped != 0 || has(a, b, c, d, 0x5c);
    if (hasSlash) {
      doubt();
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
    // Without blanks, keys alone stand behind a comma or an opening brace; with them every string is looked at.
    const behind = (equal(a, b, c, d, 0x2c) & ~inside) | opens;
    const hasBlank = hasBlanks(a, b, c, d, inside);
    const strings = quotes & inside & (hasBlank ? -1 : (behind << 1) | isAfter);
    isAfter = i64(hasBlank) | (behind >>> 63);
    let marks = opens | closes | strings;
    while (marks != 0) {
      const bit = marks & -marks;
      const place = at + usize(ctz(bit));
      marks ^= bit;
      if ((strings & bit) != 0) {
        if (depth == LEVEL + 1) takeString(place);
      } else if ((opens & bit) != 0) {
        if (depth == LEVEL) {
          if (load<u8>(place) != 0x7b) return -1;
          const compact = place == before + 1 && load<u8>(before) == 0x2c;
          if (before == 0) store<u32>(FIRST_START, u32(place));
          else if (!compact && !isComma(before, place)) return -1;
          start = place;
          begin(hasSlash);
        }
        depth++;
      } else {
        depth--;
        if (depth < 0) return -1;
        if (depth == LEVEL && start != 0) {
          before = place + 1;
          if (before - start > MOST_RECORD) return -1;
          if (isToParse()) {
            store<u32>(out, u32(start));
            store<u32>(out, u32(before), 4);
            store<u32>(out, u32(number), 8);
            out += 12;
          } else if (!count()) return -1;
          number++;
          start = 0;
        }
      }
    }
  }
  store<u32>(LAST_END, u32(before));
  return depth == 0 && inString == 0 ? i32((out - first) / 12) : -1;
}
