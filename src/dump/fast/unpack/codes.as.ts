/**
 * AssemblyScript: builds look-up tables for the Huffman codes of deflate (RFC 1951). The next bits of the input are the index
 * of an entry, which holds the symbol and how many bits it takes.
 */

import { CHECKSUM, DECODER } from '../layout';

// Addresses of the tables. Entries for longer codes follow the first 2^bits entries of a table.
export const LITERALS: usize = DECODER;
export const LITERAL_BITS = 11;
export const DISTANCES: usize = LITERALS + 0x6000;
export const DISTANCE_BITS = 8;
export const LENGTHS_OF_LENGTHS: usize = DISTANCES + 0x3000;
export const LENGTH_BITS = 7;
/** The length of each symbol's code, one byte each. */
export const LENGTHS: usize = LENGTHS_OF_LENGTHS + 0x200;
/** For each length, how many codes there are, the index of its first symbol in `SORTED`, and the one after its last. */
const COUNTS: usize = LENGTHS + 0x200;
const STARTS: usize = COUNTS + 0x40;
const ENDS: usize = STARTS + 0x40;
/** For each length, how many of the codes are those of literals. */
const LITERAL_COUNTS: usize = ENDS + 0x40;
/** The symbols that have a code, in the order of their codes. 16 bits each. */
const SORTED: usize = LITERAL_COUNTS + 0x40;
/** For the literals among these symbols, at the same indices: the code in the lower 16 bits, and the literal in bits 24 to 31. */
const PAIRABLE: usize = SORTED + 0x280;
/** For each symbol its entry without the bits of its code. */
export const LITERAL_ENTRIES: usize = PAIRABLE + 0x500;
export const DISTANCE_ENTRIES: usize = LITERAL_ENTRIES + 0x480;
export const LENGTH_ENTRIES: usize = DISTANCE_ENTRIES + 0x80;
if (LENGTH_ENTRIES + 0x80 > usize(CHECKSUM)) ERROR('The tables need more memory.');

/**
 * The decoder keeps the next bits of the input from this bit of a variable on, so that those bits are the offset of an entry
 * of four bytes without being shifted.
 */
export const FIRST_BIT = 2;

// An entry: bits 0 to 5 say how many bits the symbol takes. Of a length or distance, bits 8 to 13 say where the bits begin
// that are added to the value, which begins at bit 16.
export const SPECIAL: u32 = 0x8000;
/** One literal in bits 16 to 23, or a second one in bits 24 to 31; bits 8 and 9 say how many. */
export const LITERAL: u32 = 0x4000;
/** Of a special entry: the code is longer. The value is the index of further entries; bits 8 to 11 say how many bits choose one. */
export const LONGER: u32 = 0x2000;
/** Of a special entry: the block ends. A special entry that is neither is an invalid code. */
export const END: u32 = 0x1000;
const ONE: u32 = 0x100;
const TWO: u32 = 0x200;

/** For the symbols from 257: the shortest length (from bit 16), and how many extra bits are added to it. */
const LENGTH_SYMBOLS = memory.data<u32>([
  0x30000, 0x40000, 0x50000, 0x60000, 0x70000, 0x80000, 0x90000, 0xa0000, 0xb0001, 0xd0001, 0xf0001,
  0x110001, 0x130002, 0x170002, 0x1b0002, 0x1f0002, 0x230003, 0x2b0003, 0x330003, 0x3b0003, 0x430004,
  0x530004, 0x630004, 0x730004, 0x830005, 0xa30005, 0xc30005, 0xe30005, 0x1020000,
]);

/** Writes the entries of all symbols. They are the same for all codes. */
function writeEntries(): void {
  for (let symbol: u32 = 0; symbol < 288; symbol++) {
    let entry: u32 = SPECIAL;
    if (symbol < 256) entry = LITERAL | ONE | (symbol << 16);
    else if (symbol == 256) entry = SPECIAL | END;
    else if (symbol < 286) entry = load<u32>(LENGTH_SYMBOLS + (usize(symbol - 257) << 2));
    store<u32>(LITERAL_ENTRIES + (usize(symbol) << 2), entry);
  }
  for (let symbol: u32 = 0; symbol < 32; symbol++) {
    let entry: u32 = SPECIAL;
    // The largest value, 24577, needs 15 bits.
    if (symbol < 4) entry = (symbol + 1) << 16;
    else if (symbol < 30) {
      const extra = (symbol >> 1) - 1;
      entry = ((((2 + (symbol & 1)) << extra) + 1) << 16) | extra;
    }
    store<u32>(DISTANCE_ENTRIES + (usize(symbol) << 2), entry);
  }
  for (let symbol: u32 = 0; symbol < 19; symbol++)
    store<u32>(LENGTH_ENTRIES + (usize(symbol) << 2), symbol << 16);
}
writeEntries();

/** Counts the codes of each length and sorts the symbols. Returns the length of the longest code, 16 if the lengths are invalid. */
function sort(lengths: usize, symbols: u32, mayBeIncomplete: bool): u32 {
  memory.fill(COUNTS, 0, 64);
  for (let s: u32 = 0; s < symbols; s++) {
    const count = COUNTS + (usize(load<u8>(lengths + s)) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  const used = symbols - load<u32>(COUNTS);
  let left: i32 = 1;
  let longest: u32 = 0;
  let begin: u32 = 0;
  for (let length: u32 = 1; length < 16; length++) {
    const count = load<u32>(COUNTS + (usize(length) << 2));
    store<u32>(STARTS + (usize(length) << 2), begin);
    store<u32>(ENDS + (usize(length) << 2), begin);
    begin += count;
    left = (left << 1) - i32(count);
    if (left < 0) return 16;
    if (count > 0) longest = length;
  }
  // Only the distances may be incomplete: a text without repeats has none or one.
  if (left > 0 && (!mayBeIncomplete || used > 1 || longest > 1)) return 16;
  for (let s: u32 = 0; s < symbols; s++) {
    const length = usize(load<u8>(lengths + s));
    if (length == 0) continue;
    const end = ENDS + (length << 2);
    const index = load<u32>(end);
    store<u16>(SORTED + (usize(index) << 1), u16(s));
    store<u32>(end, index + 1);
  }
  return longest;
}

/** The code after this one of the same length, or the same if it is the last one. Its first bit is the lowest. */
@inline
function codeAfter(code: u32, length: u32): u32 {
  const zeros = code ^ ((1 << length) - 1);
  if (zeros == 0) return code;
  const bit: u32 = 1 << (31 - clz(zeros));
  return (code & (bit - 1)) | bit;
}

/** Doubles a table of this many bytes: one more bit of input chooses between equal halves. */
function double(table: usize, bytes: usize): void {
  // Two entries are shorter than a step. What is written beyond them is written again.
  for (let done: usize = 0; done < bytes; done += 16)
    v128.store(table + bytes + done, v128.load(table + done));
}

/** Writes the entries with two literals whose codes have `length` bits together. */
function pairLiterals(length: u32): void {
  for (let first: u32 = 1; first < length; first++) {
    const second = length - first;
    const begin = PAIRABLE + (usize(load<u32>(STARTS + (usize(second) << 2))) << 2);
    const end = begin + (usize(load<u32>(LITERAL_COUNTS + (usize(second) << 2))) << 2);
    if (begin == end) continue;
    let one = PAIRABLE + (usize(load<u32>(STARTS + (usize(first) << 2))) << 2);
    const oneEnd = one + (usize(load<u32>(LITERAL_COUNTS + (usize(first) << 2))) << 2);
    for (; one < oneEnd; one += 4) {
      const code = load<u16>(one) << 2;
      const entry = LITERAL | TWO | length | (u32(load<u8>(one, 3)) << 16);
      for (let other = begin; other < end; other += 4) {
        const index = code | (u32(load<u16>(other)) << (first + 2));
        store<u32>(LITERALS + index, entry | (load<u32>(other) & 0xff000000));
      }
    }
  }
}

/** Builds the table of a code from the lengths of its symbols' codes. Returns false if the lengths are invalid. */
// oxlint-disable-next-line max-params -- objects of AssemblyScript cost an allocation
export function build(
  table: usize,
  tableBits: u32,
  entries: usize,
  lengths: usize,
  symbols: u32,
): bool {
  const longest = sort(lengths, symbols, table == DISTANCES);
  if (longest > 15) return false;
  const size: u32 = 1 << tableBits;
  const longerBits = longest > tableBits ? longest - tableBits : 0;
  /** The next code. Its first bit is the lowest one, so one more bit at its end does not change it. */
  let code: u32 = 0;
  let index: usize = 0;
  /** Where entries for longer codes begin, and of which entry they are. */
  let longer: u32 = 0;
  let head = size;
  let nextLonger = size;
  store<u32>(table, SPECIAL);
  store<u32>(table, SPECIAL, 4);
  for (let length: u32 = 1; length <= 15; length++) {
    const fits = length <= tableBits;
    if (fits && length > 1) double(table, 2 << length);
    const rest = fits ? length : length - tableBits;
    const own = rest + ((rest + FIRST_BIT) << 8);
    const last = index + usize(load<u32>(COUNTS + (usize(length) << 2)));
    let literals: u32 = 0;
    for (; index < last; index++) {
      const symbol = usize(load<u16>(SORTED + (index << 1)));
      let entry = load<u32>(entries + (symbol << 2));
      if (entry & LITERAL) {
        literals++;
        entry += rest;
        store<u32>(PAIRABLE + (index << 2), (u32(symbol) << 24) | code);
      } else entry += own;
      if (fits) store<u32>(table + (usize(code) << 2), entry);
      else {
        const slot = code & (size - 1);
        if (slot != head) {
          head = slot;
          longer = nextLonger;
          nextLonger += 1 << longerBits;
          store<u32>(
            table + (usize(slot) << 2),
            SPECIAL | LONGER | (longer << 16) | (longerBits << 8) | tableBits,
          );
        }
        for (let i = code >> tableBits; i < u32(1) << longerBits; i += 1 << rest)
          store<u32>(table + (usize(longer + i) << 2), entry);
      }
      code = codeAfter(code, length);
    }
    if (table == LITERALS && fits) {
      store<u32>(LITERAL_COUNTS + (usize(length) << 2), literals);
      pairLiterals(length);
    } else if (!fits && length >= longest) break;
  }
  return true;
}
