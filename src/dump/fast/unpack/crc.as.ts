/**
 * AssemblyScript: the checksum of gzip (CRC-32, RFC 1952). A checksum is the remainder of the text as a polynomial, divided by
 * P. With y = x^128, P divides 1 + y^89 + y^117 + y^155 + y^300. So 16 bytes of text may be left out if they are XORed into
 * those 145, 183, 211 and 300 units of 16 bytes later. Only the last 300 units need a table.
 */

import { CHECKSUM, TEXT } from '../layout';

// In units of 16 bytes, as shifted addresses.
const UNITS: usize = 300 << 4;
const A: usize = (300 - 145) << 4;
const B: usize = (300 - 183) << 4;
const C: usize = (300 - 211) << 4;
/** How much text is folded at once. The units and this much should stay in the fastest cache. */
const STEP: usize = 900 << 4;

/** Eight tables of 256 remainders: of a byte, and of a byte that up to seven others follow. */
const TABLES: usize = CHECKSUM;
/** The last 300 units, and those that are folded now. */
const FOLDED: usize = TABLES + 0x2000;
if (FOLDED + UNITS + STEP > usize(TEXT)) ERROR('The units need more memory.');

/** Writes the tables. */
function writeTables(): void {
  for (let byte: u32 = 0; byte < 256; byte++) {
    let remainder = byte;
    for (let bit = 0; bit < 8; bit++)
      remainder = (remainder >> 1) ^ (remainder & 1 ? 0xedb88320 : 0);
    store<u32>(TABLES + (usize(byte) << 2), remainder);
  }
  for (let at = TABLES; at < TABLES + 0x1c00; at += 4) {
    const shorter = load<u32>(at);
    store<u32>(at + 0x400, (shorter >> 8) ^ load<u32>(TABLES + ((usize(shorter) & 0xff) << 2)));
  }
}
writeTables();

/** The remainder of a byte that so many others follow. */
@inline
function remainder(byte: u32, others: usize): u32 {
  return load<u32>(TABLES + (others << 10) + (usize(byte & 0xff) << 2));
}

/** The remainder of a text that follows another, of which this is the remainder. */
function byTables(before: u32, from: usize, end: usize): u32 {
  let crc = before;
  let at = from;
  for (; at + 8 <= end; at += 8) {
    const low = crc ^ load<u32>(at);
    const high = load<u32>(at, 4);
    crc =
      remainder(low, 7) ^
      remainder(low >> 8, 6) ^
      remainder(low >> 16, 5) ^
      remainder(low >> 24, 4) ^
      remainder(high, 3) ^
      remainder(high >> 8, 2) ^
      remainder(high >> 16, 1) ^
      remainder(high >> 24, 0);
  }
  for (; at < end; at++) crc = (crc >> 8) ^ remainder(crc ^ load<u8>(at), 0);
  return crc;
}

/** A unit of text, with those that are folded into it. */
@inline
function folded(text: usize, unit: usize): v128 {
  return v128.xor(
    v128.xor(v128.load(text), v128.load(unit)),
    v128.xor(v128.xor(v128.load(unit, A), v128.load(unit, B)), v128.load(unit, C)),
  );
}

/** The checksum of the text between two addresses. */
export function crc32(from: usize, end: usize): u32 {
  if (end - from < 2 * UNITS) return ~byTables(0xffffffff, from, end);
  memory.fill(FOLDED, 0, UNITS);
  // A checksum begins with the first four bytes inverted, as if this had been folded into them.
  store<u32>(FOLDED, 0xffffffff);
  let at = from;
  while (end - at >= UNITS + 64) {
    const left = (end - at - UNITS) & ~63;
    const length = left < STEP ? left : STEP;
    const unitsEnd = FOLDED + length;
    for (let unit = FOLDED; unit < unitsEnd; unit += 64) {
      v128.store(unit, folded(at, unit), UNITS);
      v128.store(unit, folded(at + 16, unit + 16), UNITS + 16);
      v128.store(unit, folded(at + 32, unit + 32), UNITS + 32);
      v128.store(unit, folded(at + 48, unit + 48), UNITS + 48);
      at += 64;
    }
    memory.copy(FOLDED, unitsEnd, UNITS);
  }
  // The last units are not folded into each other.
  memory.fill(FOLDED + UNITS, 0, UNITS);
  for (let i: usize = 0; i < UNITS; i += 16) v128.store(FOLDED + i, folded(at + i, FOLDED + i));
  return ~byTables(byTables(0, FOLDED, FOLDED + UNITS), at + UNITS, end);
}
