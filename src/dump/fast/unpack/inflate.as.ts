/**
 * AssemblyScript: unpacks deflate (RFC 1951) into this memory, where the scan reads the text. It is fast for the same reasons
 * as libdeflate: it keeps 64 bits of input in a variable, finds a symbol and all its bits by one look-up, and copies 16 bytes
 * at a time. It refuses everything that is damaged; the caller then uses zlib, which can say what is wrong.
 */

import {
  build,
  DISTANCE_BITS,
  DISTANCE_ENTRIES,
  DISTANCES,
  END,
  FIRST_BIT,
  LENGTH_BITS,
  LENGTH_ENTRIES,
  LENGTHS,
  LENGTHS_OF_LENGTHS,
  LITERAL,
  LITERAL_BITS,
  LITERAL_ENTRIES,
  LITERALS,
  LONGER,
  SPECIAL,
} from './codes.as';
import { TAKEN } from '../layout';

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
  if (!build(LENGTHS_OF_LENGTHS, LENGTH_BITS, LENGTH_ENTRIES, LENGTHS, 19)) return false;
  const all = literals + distances;
  let done: u32 = 0;
  while (done < all) {
    if (input > inputEnd + 8) return false;
    refill();
    const entry = load<u32>((usize(bits) & 127) << 2, LENGTHS_OF_LENGTHS);
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
    // There is room for what is written beyond the last one.
    for (let i: u32 = 0; i < times; i += 16) v128.store(LENGTHS + done + i, i8x16.splat(value));
    done += times;
  }
  // A block must have a code for its end.
  if (load<u8>(LENGTHS + 256) == 0) return false;
  return (
    build(DISTANCES, DISTANCE_BITS, DISTANCE_ENTRIES, LENGTHS + literals, distances) &&
    build(LITERALS, LITERAL_BITS, LITERAL_ENTRIES, LENGTHS, literals)
  );
}

/** The codes of a block with fixed codes. */
function fixedCodes(): bool {
  memory.fill(LENGTHS, 8, 144);
  memory.fill(LENGTHS + 144, 9, 112);
  memory.fill(LENGTHS + 256, 7, 24);
  memory.fill(LENGTHS + 280, 8, 8);
  memory.fill(LENGTHS + 288, 5, 32);
  return (
    build(LITERALS, LITERAL_BITS, LITERAL_ENTRIES, LENGTHS, 288) &&
    build(DISTANCES, DISTANCE_BITS, DISTANCE_ENTRIES, LENGTHS + 288, 32)
  );
}

// Of 32 bits, so that the offset needs no conversion.
const LITERAL_MASK: u32 = ((1 << LITERAL_BITS) - 1) << FIRST_BIT;
const DISTANCE_MASK: u32 = ((1 << DISTANCE_BITS) - 1) << FIRST_BIT;

@inline
function literalAt(buffer: u64): u64 {
  return u64(load<u32>(usize(u32(buffer) & LITERAL_MASK), LITERALS));
}

/** How far the input moves at a refill, after which `count | 56` bits are valid. Only the lowest six bits of `count` count. */
@inline
function bytesTaken(count: u64): usize {
  return usize((~count >> 3) & 7);
}

/** The value of an entry and of the bits that are added to it. */
@inline
function valueOf(buffer: u64, entry: u64): usize {
  return usize(entry >> 16) + usize((buffer & ~(u64(-1 << FIRST_BIT) << entry)) >> (entry >> 8));
}

/** The entry for a code that is longer than the index of its table. `buffer` has lost the bits of that index. */
@inline
function longerAt(table: usize, buffer: u64, entry: u64): u64 {
  const mask: u32 = (1 << (u32(entry >> 8) & 15)) - 1;
  const index = (u32(entry >> 16) & 0x1fff) + (u32(buffer >> FIRST_BIT) & mask);
  return u64(load<u32>(table + (usize(index) << 2)));
}

/** Unpacks a block by the tables. Returns the address at which its text ends; 0 if the block is damaged. */
function block(begin: usize, from: usize, inputEnd: usize, outEnd: usize): usize {
  let out = from;
  let at = input - (bitCount >> 3);
  let count: u64 = u64(bitCount & 7) + FIRST_BIT;
  let buffer = bits << FIRST_BIT;
  buffer |= load<u64>(at) << count;
  at += bytesTaken(count);
  count |= 56;
  let entry = literalAt(buffer);
  // Here 54 bits are valid at least.
  while (at <= inputEnd && out <= outEnd) {
    if (entry & LITERAL) {
      buffer >>= entry;
      count -= entry;
      store<u16>(out, u16(entry >> 16));
      out += usize((entry >> 8) & 3);
      entry = literalAt(buffer);
      if (entry & LITERAL) {
        buffer >>= entry;
        count -= entry;
        store<u16>(out, u16(entry >> 16));
        out += usize((entry >> 8) & 3);
        entry = literalAt(buffer);
        if (entry & LITERAL) {
          buffer >>= entry;
          count -= entry;
          store<u16>(out, u16(entry >> 16));
          out += usize((entry >> 8) & 3);
          entry = literalAt(buffer);
          buffer |= load<u64>(at) << count;
          at += bytesTaken(count);
          count |= 56;
          continue;
        }
      }
    }
    // Two look-ups have taken 22 bits at most, and a length takes 20: enough remain for the look-up of a distance.
    if (entry & SPECIAL) {
      if (entry & LONGER) {
        buffer >>= LITERAL_BITS;
        count -= LITERAL_BITS;
        entry = longerAt(LITERALS, buffer, entry);
      }
      if (entry & LITERAL) {
        buffer >>= entry;
        count -= entry;
        store<u8>(out++, u8(entry >> 16));
        entry = literalAt(buffer);
        buffer |= load<u64>(at) << count;
        at += bytesTaken(count);
        count |= 56;
        continue;
      }
      if (entry & SPECIAL) {
        if ((entry & END) == 0) return 0;
        bits = (buffer >> entry) >> FIRST_BIT;
        bitCount = (u32(count - entry) & 63) - FIRST_BIT;
        input = at;
        return out;
      }
    }
    const end = out + valueOf(buffer, entry);
    buffer >>= entry;
    count -= entry;
    entry = u64(load<u32>(usize(u32(buffer) & DISTANCE_MASK), DISTANCES));
    buffer |= load<u64>(at) << count;
    at += bytesTaken(count);
    count |= 56;
    if (entry & SPECIAL) {
      if ((entry & LONGER) == 0) return 0;
      buffer >>= DISTANCE_BITS;
      count -= DISTANCE_BITS;
      entry = longerAt(DISTANCES, buffer, entry);
    }
    const distance = valueOf(buffer, entry);
    buffer >>= entry;
    count -= entry;
    // A distance takes 28 bits at most.
    entry = literalAt(buffer);
    buffer |= load<u64>(at) << count;
    at += bytesTaken(count);
    count |= 56;
    if (distance > out - begin) return 0;
    copy(out, end, distance);
    out = end;
  }
  return 0;
}

/** Copies what stands `distance` bytes before. Writes up to 31 bytes more. */
@inline
function copy(to: usize, end: usize, distance: usize): void {
  let out = to;
  let source = out - distance;
  if (distance >= 16) {
    v128.store(out, v128.load(source));
    v128.store(out, v128.load(source, 16), 16);
    while (out + 32 < end) {
      out += 32;
      source += 32;
      v128.store(out, v128.load(source));
      v128.store(out, v128.load(source, 16), 16);
    }
  } else if (distance == 1) {
    const byte = v128.load_splat<u8>(source);
    for (; out < end; out += 16) v128.store(out, byte);
  } else {
    // So many of eight bytes are there already; the others are written again.
    const step: usize = distance < 8 ? distance : 8;
    for (; out < end; out += step) {
      store<u64>(out, load<u64>(source));
      source += step;
    }
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
