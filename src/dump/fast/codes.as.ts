/**
 * AssemblyScript: builds look-up tables for the Huffman codes of deflate (RFC 1951). The next bits of the input are the index
 * of an entry, which holds the symbol and how many bits it takes.
 */

// Addresses of the tables, between those of `layout.ts`. Entries for longer codes follow the first 2^bits entries of a table.
export const LITERALS: usize = 0x14000;
export const LITERAL_BITS = 11;
export const DISTANCES: usize = 0x19000;
export const DISTANCE_BITS = 8;
export const LENGTHS_OF_LENGTHS: usize = 0x1c000;
export const LENGTH_BITS = 7;
/** The length of each symbol's code, one byte each. */
export const LENGTHS: usize = 0x1c400;
/** For each length, how many codes there are, and the next code. */
const COUNTS: usize = 0x1c800;
const NEXT: usize = 0x1c880;

// An entry: bits 0 to 7 say how many bits the symbol takes, bits 8 to 11 how many of them are the code. The remaining ones
// are added to the value, which begins at bit 16.
export const SPECIAL: u32 = 0x8000;
export const LITERAL: u32 = 0x4000;
/** Of a literal: the entry holds a second literal too, in bits 24 to 31. */
export const PAIR: u32 = 0x2000;
/** Of a special entry: the code is longer. The value is the index of further entries; bits 8 to 11 say how many bits choose one. */
export const LONGER: u32 = 0x2000;
/** Of a special entry: the block ends. A special entry that is neither is an invalid code. */
export const END: u32 = 0x1000;

/** For the symbols from 257: the shortest length (from bit 16), and how many extra bits are added to it. */
const LENGTH_SYMBOLS = memory.data<u32>([
  0x30000, 0x40000, 0x50000, 0x60000, 0x70000, 0x80000, 0x90000, 0xa0000, 0xb0001, 0xd0001, 0xf0001,
  0x110001, 0x130002, 0x170002, 0x1b0002, 0x1f0002, 0x230003, 0x2b0003, 0x330003, 0x3b0003, 0x430004,
  0x530004, 0x630004, 0x730004, 0x830005, 0xa30005, 0xc30005, 0xe30005, 0x1020000,
]);

function reverse(code: u32, length: u32): u32 {
  let from = code;
  let to: u32 = 0;
  for (let i: u32 = 0; i < length; i++) {
    to = (to << 1) | (from & 1);
    from >>= 1;
  }
  return to;
}

/** The entry of a symbol, without the length of its code. */
function entryOf(table: usize, symbol: u32): u32 {
  if (table == LENGTHS_OF_LENGTHS) return symbol << 16;
  if (table == DISTANCES) {
    if (symbol > 29) return SPECIAL;
    // The largest value, 24577, needs 15 bits.
    if (symbol < 4) return (symbol + 1) << 16;
    const extra = (symbol >> 1) - 1;
    return ((((2 + (symbol & 1)) << extra) + 1) << 16) | extra;
  }
  if (symbol < 256) return LITERAL | (symbol << 16);
  if (symbol == 256) return SPECIAL | END;
  return symbol > 285 ? SPECIAL : load<u32>(LENGTH_SYMBOLS + (usize(symbol - 257) << 2));
}

/** Builds the table of a code from the lengths of its symbols' codes. Returns false if the lengths are invalid. */
export function build(table: usize, tableBits: u32, lengths: usize, symbols: u32): bool {
  memory.fill(COUNTS, 0, 64);
  for (let s: u32 = 0; s < symbols; s++) {
    const count = COUNTS + (usize(load<u8>(lengths + s)) << 2);
    store<u32>(count, load<u32>(count) + 1);
  }
  const used = symbols - load<u32>(COUNTS);
  let left: i32 = 1;
  let code: u32 = 0;
  let longest: u32 = 0;
  store<u32>(COUNTS, 0);
  for (let length: u32 = 1; length < 16; length++) {
    const count = load<u32>(COUNTS + (usize(length) << 2));
    code = (code + load<u32>(COUNTS + (usize(length - 1) << 2))) << 1;
    store<u32>(NEXT + (usize(length) << 2), code);
    left = (left << 1) - i32(count);
    if (left < 0) return false;
    if (count > 0) longest = length;
  }
  const size: u32 = 1 << tableBits;
  if (left > 0) {
    // Only the distances may be incomplete: a text without repeats has none or one.
    if (table != DISTANCES || used > 1 || longest > 1) return false;
    for (let i: u32 = 0; i < size; i++) store<u32>(table + (usize(i) << 2), SPECIAL);
  }
  const longerBits = longest > tableBits ? longest - tableBits : 0;
  let longer = size;
  if (longerBits > 0) for (let i: u32 = 0; i < size; i++) store<u32>(table + (usize(i) << 2), 0);
  for (let s: u32 = 0; s < symbols; s++) {
    const length: u32 = load<u8>(lengths + s);
    if (length == 0) continue;
    const next = NEXT + (usize(length) << 2);
    const reversed = reverse(load<u32>(next), length);
    store<u32>(next, load<u32>(next) + 1);
    const entry = entryOf(table, s);
    if (length <= tableBits) {
      const whole = entry + length + (length << 8);
      for (let i = reversed; i < size; i += 1 << length) store<u32>(table + (usize(i) << 2), whole);
      continue;
    }
    const head = table + (usize(reversed & (size - 1)) << 2);
    if (load<u32>(head) == 0) {
      store<u32>(head, SPECIAL | LONGER | (longer << 16) | (longerBits << 8) | tableBits);
      longer += 1 << longerBits;
    }
    const base = (load<u32>(head) >> 16) & 0x1fff;
    const rest = length - tableBits;
    const whole = entry + rest + (rest << 8);
    for (let i = reversed >> tableBits; i < 1 << longerBits; i += 1 << rest)
      store<u32>(table + (usize(base + i) << 2), whole);
  }
  return true;
}

/** Combines two literals in one entry, wherever the bits of the index hold the codes of both. */
export function pairLiterals(): void {
  // Downwards: the second literal's index is smaller, so its entry has not been combined yet.
  for (let i = (1 << LITERAL_BITS) - 1; i >= 0; i--) {
    const address = LITERALS + (usize(i) << 2);
    const one = load<u32>(address);
    if ((one & LITERAL) == 0) continue;
    const other = load<u32>(LITERALS + (usize(i >>> (one & 63)) << 2));
    const length: u32 = (one & 63) + (other & 63);
    if ((other & LITERAL) == 0 || length > u32(LITERAL_BITS)) continue;
    store<u32>(address, LITERAL | PAIR | length | (one & 0xff0000) | ((other & 0xff0000) << 8));
  }
}
