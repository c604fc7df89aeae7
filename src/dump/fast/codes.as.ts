/**
 * AssemblyScript: the codes of deflate (RFC 1951) as tables that a look at the next bits is answered by: the symbol, all the
 * bits that it takes, and how many of them are its code.
 */

/** Tables by the next bits; behind the first 2^bits entries of each stand those of longer codes. */
export const LITERALS: usize = 0x14000;
export const LITERAL_BITS = 11;
export const DISTANCES: usize = 0x19000;
export const DISTANCE_BITS = 8;
export const LENGTHS_OF_LENGTHS: usize = 0x1c000;
export const LENGTH_BITS = 7;
/** How long the code of each symbol is, a byte each. */
export const LENGTHS: usize = 0x1c400;
/** How many codes there are of each length, and the next one of each. */
const COUNTS: usize = 0x1c800;
const NEXT: usize = 0x1c880;

// An entry: how many bits to take, from bit 8 on how many of them are the code, from 16 on the value that the others add to.
export const SPECIAL: u32 = 0x8000;
export const LITERAL: u32 = 0x4000;
/** Literal: another one follows in the same bits, and its value above that of the first. */
export const PAIR: u32 = 0x2000;
/** Special: the code is longer; bits as many as say bits 8 on choose among the entries from the value on. */
export const LONGER: u32 = 0x2000;
/** Special: the block ends here. What is special and neither is no code. */
export const END: u32 = 0x1000;

/** From the symbol 257 on: the shortest length, from bit 16 on, and how many bits tell how much longer. */
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

/** What a symbol says, with the bits that follow its code. */
function meaning(table: usize, symbol: u32): u32 {
  if (table == LENGTHS_OF_LENGTHS) return symbol << 16;
  if (table == DISTANCES) {
    if (symbol > 29) return SPECIAL;
    // A base needs up to 15 bits: 24577.
    if (symbol < 4) return (symbol + 1) << 16;
    const extra = (symbol >> 1) - 1;
    return ((((2 + (symbol & 1)) << extra) + 1) << 16) | extra;
  }
  if (symbol < 256) return LITERAL | (symbol << 16);
  if (symbol == 256) return SPECIAL | END;
  return symbol > 285 ? SPECIAL : load<u32>(LENGTH_SYMBOLS + (usize(symbol - 257) << 2));
}

/** Makes the table of a code from the lengths of its symbols; false where they make none. */
export function build(table: usize, tableBits: u32, lengths: usize, symbols: u32): bool {
  memory.fill(COUNTS, 0, 64);
  for (let s: u32 = 0; s < symbols; s++) {
    const place = COUNTS + (usize(load<u8>(lengths + s)) << 2);
    store<u32>(place, load<u32>(place) + 1);
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
    // A text without repeats has no distances, or one.
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
    const entry = meaning(table, s);
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

/** Puts a literal and the one behind it into one entry, wherever the bits of a look hold both. */
export function pairLiterals(): void {
  // From the end: what stands behind a first code is an entry before its own, which is single yet.
  for (let i = (1 << LITERAL_BITS) - 1; i >= 0; i--) {
    const place = LITERALS + (usize(i) << 2);
    const one = load<u32>(place);
    if ((one & LITERAL) == 0) continue;
    const other = load<u32>(LITERALS + (usize(i >>> (one & 63)) << 2));
    const length: u32 = (one & 63) + (other & 63);
    if ((other & LITERAL) == 0 || length > u32(LITERAL_BITS)) continue;
    store<u32>(place, LITERAL | PAIR | length | (one & 0xff0000) | ((other & 0xff0000) << 8));
  }
}
