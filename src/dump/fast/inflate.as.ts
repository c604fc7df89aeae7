/**
 * AssemblyScript: deflate (RFC 1951) to text in this memory, where the scan reads it. It has the speed of libdeflate's ways:
 * 64 bits of input at hand, tables that tell a symbol and all its bits in one look, copies of 16 bytes at once. What is not
 * wholly sound is refused, for the host to judge.
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

/** How much of the input the text was made of. */
const TAKEN: usize = 0x1204c;

/** The order in which a block tells the lengths of the codes for lengths. */
const ORDER = memory.data<u8>([16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]);

let bits: u64 = 0;
let held: u32 = 0;
let input: usize = 0;

@inline
function refill(): void {
  bits |= load<u64>(input) << held;
  input += (63 - held) >> 3;
  held |= 56;
}

function take(count: u32): u32 {
  const value = u32(bits) & ((1 << count) - 1);
  bits >>= count;
  held -= count;
  return value;
}

/** Reads the codes that a block brings with it. */
function readCodes(): bool {
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
  // Without an end a block would have none.
  if (load<u8>(LENGTHS + 256) == 0) return false;
  if (
    !build(DISTANCES, DISTANCE_BITS, LENGTHS + literals, distances) ||
    !build(LITERALS, LITERAL_BITS, LENGTHS, literals)
  )
    return false;
  pairLiterals();
  return true;
}

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

@inline
function follow(buffer: u64, entry: u32): u32 {
  const low = buffer & ~(u64(-1) << u64(entry));
  return u32(low >> u64(entry >> 8));
}

/** Unpacks a block by the tables; gives where its text ends, 0 where it is damaged. */
function block(begin: usize, from: usize, inputEnd: usize, outEnd: usize): usize {
  let out = from;
  let buffer = bits;
  let count = held;
  let at = input;
  buffer |= load<u64>(at) << u64(count);
  at += (63 - count & 63) >> 3;
  count |= 56;
  let entry = literalAt(buffer);
  while (true) {
    if (at > inputEnd || out > outEnd) return 0;
    // As many looks as the bits at hand are sure to last for.
    let looks = 0;
    while ((entry & LITERAL) != 0 && looks < 3) {
      looks++;
      buffer >>= u64(entry);
      count -= entry & 63;
      store<u16>(out, u16(entry >> 16));
      out += 1 + ((entry >> 13) & 1);
      entry = literalAt(buffer);
    }
    if (looks == 3) {
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
        held = count - (entry & 63);
        input = at;
        return out;
      }
    }
    const length = ((entry >> 16) & 0x1ff) + follow(buffer, entry);
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
    const distance = ((entry >> 16) & 0xffff) + follow(buffer, entry);
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

/** Bytes that were kept by, without a code. */
function stored(out: usize, inputEnd: usize, outEnd: usize): usize {
  const at = input - (held >> 3);
  if (at + 4 > inputEnd) return 0;
  const length = usize(load<u16>(at));
  if (length != usize(load<u16>(at, 2) ^ 0xffff)) return 0;
  if (at + 4 + length > inputEnd || out + length > outEnd) return 0;
  memory.copy(out, at + 4, length);
  input = at + 4 + length;
  bits = 0;
  held = 0;
  return out + length;
}

/**
 * Unpacks what lies between two places to another, up to an end: some 300 bytes behind that are written too, and 16 read
 * behind the input. Gives the bytes of text, and at `TAKEN` those of the input that made it; -1 where it is damaged or too
 * long.
 */
export function inflate(from: usize, inputEnd: usize, begin: usize, outEnd: usize): i32 {
  bits = 0;
  held = 0;
  input = from;
  let out = begin;
  let isLast = false;
  while (!isLast) {
    if (input - (held >> 3) > inputEnd) return -1;
    refill();
    isLast = take(1) == 1;
    const kind = take(2);
    if (kind == 0) out = stored(out, inputEnd, outEnd);
    else {
      if (kind == 3 || !(kind == 1 ? fixedCodes() : readCodes())) return -1;
      out = block(begin, out, inputEnd + 8, outEnd);
    }
    if (out == 0 || out > outEnd) return -1;
  }
  const end = input - (held >> 3);
  if (end > inputEnd) return -1;
  store<u32>(TAKEN, u32(end - from));
  return i32(out - begin);
}
