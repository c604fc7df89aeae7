/**
 * AssemblyScript: marks the quotes of a text that begin or end strings, with one bit a byte, 64 bytes at a time. It checks that
 * there is no control character but for line breaks and tabs between strings, and looks for escapes in strings.
 *
 * An escape of a letter or of a slash is not checked: a key or a text that matters may hide behind it, so the record must be
 * parsed anyway. This is noted, as are the letters whose lower case is one of ASCII, with a byte for each 64 bytes.
 */

import { atMost, bits, equal, has, hasControl, parity, simpleEscapes } from './bits.as';
import { MARK_SLACK, BLOCK_BYTES } from '../layout';

// What a byte of the notes says.
/** An escape hides something in the 64 bytes. */
export const HIDDEN: u8 = 1;
/** There may be a letter whose lower case is one of ASCII. */
export const STRANGE: u8 = 2;

/** Where the text begins and ends. */
export let textStart: usize = 0;
export let textEnd: usize = 0;
/** Where the marks are, and the notes. */
export let marks: usize = 0;
let notes: usize = 0;
/** Whether there are notes for this text. */
let isNoted = false;
/** Up to where the text is marked, and whether it has a control character behind that. */
export let marked: usize = 0;
export let isBroken = false;

let escaped: i64 = 0;
/** Whether the byte before the next 64 is a backslash. */
let slashBefore: i64 = 0;
/** All bits are set if the text is in a string at the next 64 bytes. */
let inString: i64 = 0;
/** Whether a letter whose lower case is one of ASCII matters. */
let notesStrange = false;

/**
 * Before a new text between two addresses. `room` is memory for a bit for each byte of it, for a byte for each 64, and for
 * `MARK_SLACK` bytes, of which half stands between the two.
 */
// oxlint-disable-next-line max-params -- objects of AssemblyScript cost an allocation
export function beginMarks(from: usize, end: usize, room: usize, anyCase: bool): void {
  textStart = from;
  textEnd = end;
  marks = room;
  notes = room + ((end - from) >> 3) + MARK_SLACK / 2;
  isNoted = false;
  marked = from;
  isBroken = false;
  escaped = 0;
  slashBefore = 0;
  inString = 0;
  notesStrange = anyCase;
}

/** Notes something of the 64 bytes that are marked next. */
function note(what: u8): void {
  if (!isNoted) memory.fill(notes, 0, ((textEnd - textStart) >> 6) + 1);
  isNoted = true;
  const place = notes + ((marked - textStart) >> 6);
  store<u8>(place, load<u8>(place) | what);
}

/** What is noted of the text between two addresses. */
@inline
export function noted(from: usize, to: usize): u8 {
  return isNoted ? notedIn(from, to) : 0;
}

function notedIn(from: usize, to: usize): u8 {
  let all: u8 = 0;
  for (let at = (from - textStart) >> 6, last = (to - 1 - textStart) >> 6; at <= last; at++)
    all |= load<u8>(notes + at);
  return all;
}

/** Marks the next `BLOCK_BYTES` of the text. Returns false if there is a control character. */
export function markBlock(): bool {
  const end = min(marked + BLOCK_BYTES, textEnd);
  while (marked < end && !isBroken) {
    if ((escaped | slashBefore) == 0) markPlain(end);
    if (marked < end) isBroken = !markRare();
  }
  if (isBroken) return false;
  // The scan also looks for marks a little behind these: there are none.
  const to = marks + ((marked - textStart) >> 3);
  store<i64>(to, 0);
  store<i64>(to, 0, 8);
  return true;
}

// 16 bytes of a kind each. Loaded from here they stay in registers, where constants would be made anew for each 64 bytes.
const QUOTE = memory.data<u64>([0x2222222222222222, 0x2222222222222222]);
const SLASH = memory.data<u64>([0x5c5c5c5c5c5c5c5c, 0x5c5c5c5c5c5c5c5c]);
const CONTROL = memory.data<u64>([0x1f1f1f1f1f1f1f1f, 0x1f1f1f1f1f1f1f1f]);

/** Marks 64 bytes at a time, as long as they have no backslash and no control character; and if strange letters matter, only ASCII. */
function markPlain(end: usize): void {
  const quote = v128.load(QUOTE);
  const slash = v128.load(SLASH);
  const control = v128.load(CONTROL);
  const high = i8x16.splat(notesStrange ? -128 : 0);
  let at = marked;
  let to = marks + ((at - textStart) >> 3);
  let inside = inString;
  for (; at < end; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    const least = i8x16.min_u(i8x16.min_u(a, b), i8x16.min_u(c, d));
    const slashes = v128.or(
      v128.or(i8x16.eq(a, slash), i8x16.eq(b, slash)),
      v128.or(i8x16.eq(c, slash), i8x16.eq(d, slash)),
    );
    const beyond = v128.and(v128.or(v128.or(a, b), v128.or(c, d)), high);
    if (v128.any_true(v128.or(v128.or(slashes, beyond), i8x16.le_u(least, control)))) break;
    const quotes = bits(i8x16.eq(a, quote), i8x16.eq(b, quote), i8x16.eq(c, quote), i8x16.eq(d, quote));
    inside ^= -(popcnt(quotes) & 1);
    store<i64>(to, quotes);
    to += 8;
  }
  marked = at;
  inString = inside;
}

/** Marks 64 bytes that may have anything. Returns false if there is a control character. */
function markRare(): bool {
  const a = v128.load(marked);
  const b = v128.load(marked, 16);
  const c = v128.load(marked, 32);
  const d = v128.load(marked, 48);
  let quotes = equal(a, b, c, d, 0x22);
  const all = equal(a, b, c, d, 0x5c);
  if ((all | escaped | slashBefore) != 0) {
    const slashes = all & ~escaped;
    const follows = (slashes << 1) | escaped;
    const odd: i64 = 0xaaaaaaaaaaaaaaaa;
    const starts = slashes & odd & ~follows;
    const sum = starts + slashes;
    escaped = i64(u64(sum) < u64(slashes));
    const behind = follows & (~odd ^ (sum << 1));
    // Also behind a backslash that is escaped itself: a text in this text may be JSON.
    const hiding = (equal(a, b, c, d, 0x75) | equal(a, b, c, d, 0x2f)) & ((all << 1) | slashBefore);
    if ((hiding | (behind & ~(quotes | all | simpleEscapes(a, b, c, d)))) != 0) note(HIDDEN);
    quotes &= ~behind;
    slashBefore = all >>> 63;
  }
  const controls = atMost(a, b, c, d, 0x1f);
  if (controls != 0) {
    const inside = parity(quotes) ^ inString;
    if (hasControl(a, b, c, d) || (controls & inside) != 0) return false;
  }
  if (notesStrange && (has(a, b, c, d, 0xc4) || has(a, b, c, d, 0xe2))) note(STRANGE);
  inString ^= -(popcnt(quotes) & 1);
  store<i64>(marks + ((marked - textStart) >> 3), quotes);
  marked += 64;
  return true;
}

/** The marks of a text that begins here, from an address on, the first one in bit 0: of 57 bytes at least, which must be marked. */
@inline
export function marksAt(room: usize, from: usize, at: usize): i64 {
  const bit = at - from;
  return load<i64>(room + (bit >> 3)) >>> i64(bit & 7);
}

/** The first quote at an address or behind it; 0 if there is none, or a control character before it. */
export function quoteFrom(from: usize): usize {
  for (let at = from; at < textEnd; ) {
    if (at + 64 > marked && marked < textEnd) {
      if (!markBlock()) return 0;
      continue;
    }
    const found = marksAt(marks, textStart, at);
    if (found != 0) {
      const quote = at + usize(ctz(found));
      return quote < textEnd ? quote : 0;
    }
    at += 56;
  }
  return 0;
}
