/**
 * AssemblyScript: unpacks deflate (RFC 1951) into this memory, where the scan reads the text. It is fast for the same reasons
 * as libdeflate: it keeps 64 bits of input in a variable, finds a symbol and all its bits by one look-up, and copies 16 bytes
 * at a time. It refuses everything that is damaged; the caller then uses zlib, which can say what is wrong.
 */

import {
  build,
  DISTANCE_BITS,
  DISTANCES,
  END,
  LENGTH_BITS,
  LENGTHS,
  LENGTHS_OF_LENGTHS,
  LITERAL,
  LITERAL_BITS,
  LITERALS,
  LONGER,
  pairLiterals,
  SPECIAL,
} from './codes.as';
import { TAKEN } from './layout';

/** The order in which a block lists the lengths of the codes for lengths. */
const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

/** The next bits of the input, and how many of them are valid. */
let bits: u64 = 0;
let bitCount: u32 = 0;
let input: usize = 0;

@inline
function refill(): void {
  bits |= load<u64>(input) << bitCount;
  input += (63 - bitCount) >> 3;
  bitCount |= 56;
}

function take(count: u32): u32 {
  const value = u32(bits) & ((1 << count) - 1);
  bits >>= count;
  bitCount -= count;
  return value;
}

/** Reads the codes at the beginning of a block with dynamic codes. */
function readCodes(inputEnd: usize): bool {
  refill();
  const literals = take(5) + 257;
  const distances = take(5) + 1;
  const count = take(4) + 4;
  if (literals > 286 || distances > 30) return false;
  memory.fill(LENGTHS, 0, 19);
  for (let i: u32 = 0; i < count; i++) {
    refill();
    store<u8>(LENGTHS + load<u8>(ORDER + i), u8(take(3)));
  }
  if (!build(LENGTHS_OF_LENGTHS, LENGTH_BITS, LENGTHS, 19)) return false;
  const all = literals + distances;
  let done: u32 = 0;
  while (done < all) {
    if (input > inputEnd + 8) return false;
    refill();
    const entry = load<u32>(LENGTHS_OF_LENGTHS + ((usize(bits) & 127) << 2));
    take(entry & 0xff);
    const symbol = entry >> 16;
    if (symbol < 16) {
      store<u8>(LENGTHS + done, u8(symbol));
      done++;
      continue;
    }
    let value: u8 = 0;
    let times: u32 = 0;
    if (symbol == 16) {
      if (done == 0) return false;
      value = load<u8>(LENGTHS + done - 1);
      times = 3 + take(2);
    } else if (symbol == 17) times = 3 + take(3);
    else times = 11 + take(7);
    if (done + times > all) return false;
    memory.fill(LENGTHS + done, value, times);
    done += times;
  }
  // A block must have a code for its end.
  if (load<u8>(LENGTHS + 256) == 0) return false;
  if (
    !build(DISTANCES, DISTANCE_BITS, LENGTHS + literals, distances) ||
    !build(LITERALS, LITERAL_BITS, LENGTHS, literals)
  )
    return false;
  pairLiterals();
  return true;
}

/** The codes of a block with fixed codes. */
function fixedCodes(): bool {
  memory.fill(LENGTHS, 8, 144);
  memory.fill(LENGTHS + 144, 9, 112);
  memory.fill(LENGTHS + 256, 7, 24);
  memory.fill(LENGTHS + 280, 8, 8);
  memory.fill(LENGTHS + 288, 5, 32);
  return (
    build(LITERALS, LITERAL_BITS, LENGTHS, 288) && build(DISTANCES, DISTANCE_BITS, LENGTHS + 288, 32)
  );
}

@inline
function literalAt(buffer: u64): u32 {
  return load<u32>(LITERALS + ((usize(buffer) & ((1 << LITERAL_BITS) - 1)) << 2));
}

/** The extra bits that follow a symbol's code. */
@inline
function extraBits(buffer: u64, entry: u32): u32 {
  const low = buffer & ~(u64(-1) << u64(entry));
  return u32(low >> u64(entry >> 8));
}

/** Unpacks a block by the tables. Returns the address at which its text ends; 0 if the block is damaged. */
function block(begin: usize, from: usize, inputEnd: usize, outEnd: usize): usize {
  let out = from;
  let buffer = bits;
  let count = bitCount;
  let at = input;
  buffer |= load<u64>(at) << u64(count);
  at += (63 - count & 63) >> 3;
  count |= 56;
  let entry = literalAt(buffer);
  while (true) {
    if (at > inputEnd || out > outEnd) return 0;
    // The bits suffice for three look-ups at least.
    let lookUps = 0;
    while ((entry & LITERAL) != 0 && lookUps < 3) {
      lookUps++;
      buffer >>= u64(entry);
      count -= entry & 63;
      store<u16>(out, u16(entry >> 16));
      out += 1 + ((entry >> 13) & 1);
      entry = literalAt(buffer);
    }
    if (lookUps == 3) {
      buffer |= load<u64>(at) << u64(count);
      at += (63 - count & 63) >> 3;
      count |= 56;
      continue;
    }
    if (entry & SPECIAL) {
      if (entry & LONGER) {
        buffer >>= u64(LITERAL_BITS);
        count -= LITERAL_BITS;
        const mask = (u32(1) << ((entry >> 8) & 15)) - 1;
        entry = load<u32>(LITERALS + (usize(((entry >> 16) & 0x1fff) + (u32(buffer) & mask)) << 2));
      }
      if (entry & LITERAL) {
        buffer >>= u64(entry);
        count -= entry & 63;
        store<u16>(out, u16(entry >> 16));
        out += 1 + ((entry >> 13) & 1);
        buffer |= load<u64>(at) << u64(count);
        at += (63 - count & 63) >> 3;
        count |= 56;
        entry = literalAt(buffer);
        continue;
      }
      if (entry & SPECIAL) {
        if ((entry & END) == 0) return 0;
        bits = buffer >> u64(entry);
        bitCount = count - (entry & 63);
        input = at;
        return out;
      }
    }
    const length = ((entry >> 16) & 0x1ff) + extraBits(buffer, entry);
    buffer >>= u64(entry);
    count -= entry & 63;
    buffer |= load<u64>(at) << u64(count);
    at += (63 - count & 63) >> 3;
    count |= 56;
    entry = load<u32>(DISTANCES + ((usize(buffer) & ((1 << DISTANCE_BITS) - 1)) << 2));
    if (entry & SPECIAL) {
      if ((entry & LONGER) == 0) return 0;
      buffer >>= u64(DISTANCE_BITS);
      count -= DISTANCE_BITS;
      const mask = (u32(1) << ((entry >> 8) & 15)) - 1;
      entry = load<u32>(DISTANCES + (usize(((entry >> 16) & 0x1fff) + (u32(buffer) & mask)) << 2));
      if (entry & SPECIAL) return 0;
    }
    const distance = ((entry >> 16) & 0xffff) + extraBits(buffer, entry);
    buffer >>= u64(entry);
    count -= entry & 63;
    buffer |= load<u64>(at) << u64(count);
    at += (63 - count & 63) >> 3;
    count |= 56;
    entry = literalAt(buffer);
    if (usize(distance) > out - begin) return 0;
    let source = out - distance;
    const end = out + length;
    if (distance >= 16) {
      v128.store(out, v128.load(source));
      if (length > 16) {
        v128.store(out, v128.load(source, 16), 16);
        let done: usize = 32;
        while (out + done < end) {
          v128.store(out + done, v128.load(source + done));
          done += 16;
        }
      }
    } else {
      while (out < end) store<u8>(out++, load<u8>(source++));
    }
    out = end;
  }
}

/** Copies a block that is stored without compression. */
function stored(out: usize, inputEnd: usize, outEnd: usize): usize {
  const at = input - (bitCount >> 3);
  if (at + 4 > inputEnd) return 0;
  const length = usize(load<u16>(at));
  if (length != usize(load<u16>(at, 2) ^ 0xffff)) return 0;
  if (at + 4 + length > inputEnd || out + length > outEnd) return 0;
  memory.copy(out, at + 4, length);
  input = at + 4 + length;
  bits = 0;
  bitCount = 0;
  return out + length;
}

/**
 * Unpacks the input between two addresses to `begin`, up to `outEnd`. It may write `OUTPUT_SLACK` bytes beyond `outEnd`, and
 * read `INPUT_SLACK` bytes beyond the input. Returns the length of the text, and stores at `TAKEN` how many bytes of input it
 * read; -1 if the input is damaged or the text too long.
 */
export function inflate(from: usize, inputEnd: usize, begin: usize, outEnd: usize): i32 {
  bits = 0;
  bitCount = 0;
  input = from;
  let out = begin;
  let isLast = false;
  while (!isLast) {
    if (input - (bitCount >> 3) > inputEnd) return -1;
    refill();
    isLast = take(1) == 1;
    const kind = take(2);
    if (kind == 0) out = stored(out, inputEnd, outEnd);
    else {
      if (kind == 3 || !(kind == 1 ? fixedCodes() : readCodes(inputEnd))) return -1;
      out = block(begin, out, inputEnd + 8, outEnd);
    }
    if (out == 0 || out > outEnd) return -1;
  }
  const end = input - (bitCount >> 3);
  if (end > inputEnd) return -1;
  store<u32>(TAKEN, u32(end - from));
  return i32(out - begin);
}
