/**
 * AssemblyScript: finds a text in another one, 64 bytes at a time. It looks for two bytes of the needle at once, those that are
 * rarest in logs, and compares the rest only where both stand. All functions may read `FIND_SLACK` bytes beyond the end of the
 * text, but never before it nor outside of the needle.
 */

import { bits } from '../json/bits.as';

/** How frequent the bytes below 128 are in published logs, roughly as a logarithm. */
const FREQUENCY = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9,
  0, 13, 0, 0, 4, 0, 1, 7, 7, 2, 6, 11, 11, 10, 9, 10, 10, 11, 11, 10, 9, 9, 9, 10, 10, 11, 6, 2, 3,
  2, 0, 0, 10, 7, 9, 9, 9, 7, 7, 8, 10, 6, 7, 7, 8, 8, 7, 8, 7, 8, 9, 9, 7, 8, 6, 7, 6, 7, 6, 5, 6, 0,
  6, 0, 12, 9, 11, 10, 12, 9, 9, 9, 11, 7, 7, 10, 10, 11, 11, 10, 7, 12, 12, 12, 10, 10, 9, 7, 9, 7,
  8, 0, 8, 0, 0,
]);

/** The needle whose rarest bytes were chosen last, and where in it they are. Other bytes there only cost time. */
let chosen: usize = 0;
let chosenLength: usize = 0;
let rarest: usize = 0;
let secondRarest: usize = 0;

@inline
function frequencyOf(byte: u8): u8 {
  // What is not ASCII is rare, but often beside others of its kind.
  return byte < 128 ? load<u8>(FREQUENCY + byte) : 8;
}

/** Chooses the two bytes to look for. */
function choose(needle: usize, length: usize): void {
  if (needle == chosen && length == chosenLength) return;
  chosen = needle;
  chosenLength = length;
  rarest = 0;
  secondRarest = length - 1;
  let least: u8 = 255;
  let second: u8 = 255;
  for (let i: usize = 0; i < length; i++) {
    const frequency = frequencyOf(load<u8>(needle + i));
    if (frequency < least) {
      if (i > 0) {
        second = least;
        secondRarest = rarest;
      }
      least = frequency;
      rarest = i;
    } else if (frequency < second) {
      second = frequency;
      secondRarest = i;
    }
  }
}

@inline
function isLetter(byte: u8): bool {
  return byte >= 0x61 && byte <= 0x7a;
}

/** Whether the text that begins here is the needle. */
@inline
function isAt(text: usize, needle: usize, length: usize, ignoresCase: bool): bool {
  let i: usize = 0;
  if (ignoresCase) {
    for (; i < length; i++) {
      const byte = load<u8>(text + i);
      const isUpper = byte >= 0x41 && byte <= 0x5a;
      if ((isUpper ? byte | 0x20 : byte) != load<u8>(needle + i)) return false;
    }
    return true;
  }
  for (; i + 8 <= length; i += 8)
    if (load<u64>(text + i) != load<u64>(needle + i)) return false;
  for (; i < length; i++) if (load<u8>(text + i) != load<u8>(needle + i)) return false;
  return true;
}

// oxlint-disable-next-line max-params -- inlined with a constant, so that either way has code of its own
@inline
function search(from: usize, end: usize, needle: usize, length: usize, ignoresCase: bool): usize {
  if (length == 0) return from;
  if (end < from || end - from < length) return 0;
  choose(needle, length);
  const one = load<u8>(needle + rarest);
  const other = load<u8>(needle + secondRarest);
  const ones = i8x16.splat(one);
  const others = i8x16.splat(other);
  // The upper case of a letter lacks this bit; no other byte becomes a letter with it.
  const oneCase = i8x16.splat(isLetter(one) ? 0x20 : 0);
  const otherCase = i8x16.splat(isLetter(other) ? 0x20 : 0);
  const last = end - length;
  for (let at = from; at <= last; at += 64) {
    let a = v128.load(at + rarest);
    let b = v128.load(at + rarest, 16);
    let c = v128.load(at + rarest, 32);
    let d = v128.load(at + rarest, 48);
    let e = v128.load(at + secondRarest);
    let f = v128.load(at + secondRarest, 16);
    let g = v128.load(at + secondRarest, 32);
    let h = v128.load(at + secondRarest, 48);
    if (ignoresCase) {
      a = v128.or(a, oneCase);
      b = v128.or(b, oneCase);
      c = v128.or(c, oneCase);
      d = v128.or(d, oneCase);
      e = v128.or(e, otherCase);
      f = v128.or(f, otherCase);
      g = v128.or(g, otherCase);
      h = v128.or(h, otherCase);
    }
    a = v128.and(i8x16.eq(a, ones), i8x16.eq(e, others));
    b = v128.and(i8x16.eq(b, ones), i8x16.eq(f, others));
    c = v128.and(i8x16.eq(c, ones), i8x16.eq(g, others));
    d = v128.and(i8x16.eq(d, ones), i8x16.eq(h, others));
    if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) continue;
    for (let rest = bits(a, b, c, d); rest != 0; rest &= rest - 1) {
      const start = at + usize(ctz(rest));
      if (start > last) return 0;
      if (isAt(start, needle, length, ignoresCase)) return start;
    }
  }
  return 0;
}

/** The address at which the needle first stands in the text between two addresses; 0 if it does not. */
// oxlint-disable-next-line max-params -- a function of WebAssembly takes numbers only
export function find(from: usize, end: usize, needle: usize, needleLength: usize): usize {
  return search(from, end, needle, needleLength, false);
}

/** As `find`, but letters of ASCII match in either case. Those of the needle must be in lower case. */
// oxlint-disable-next-line max-params -- a function of WebAssembly takes numbers only
export function findIgnoringCase(
  from: usize,
  end: usize,
  needle: usize,
  needleLength: usize,
): usize {
  return search(from, end, needle, needleLength, true);
}
