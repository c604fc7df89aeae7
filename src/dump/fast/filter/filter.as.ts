/**
 * AssemblyScript: decides whether a record may fulfil the requirement of a reading, from its members and from the texts that
 * stand in it. Each test of the requirement has a bit, and so has each node of the formula. `filter.ts` writes the tables.
 */

import { find, findIgnoringCase } from './find.as';
import {
  ANY_CASE,
  FIELD_BYTES,
  FIELDS,
  FIRST_NODE_BIT,
  MEMBERS,
  MEMBERS_BITS,
  MISSING,
  MOST_LENGTH,
  NODE_BYTES,
  NODE_COUNT,
  NODES,
  PREFIX,
  SET_BYTES,
  SET_COUNT,
  SETS,
  TEXT_BYTES,
  TEXT_COUNT,
  TEXTS,
  VALUES,
  VALUES_BITS,
  VALUES_FACTOR,
} from '../layout';

// The offsets of a text's fields, 32 bits each.
const OF_ADDRESS = 0;
const OF_LENGTH = 4;
const OF_ANY_CASE = 8;
/** Where the text stands next; 0 if nowhere. */
const OF_NEXT = 12;
/** An address before all texts. */
const NOT_SOUGHT: u32 = 1;
/** Of a set. */
const OF_BIT = 8;

/** The bits of the tests that hold for the record. */
let held: u64 = 0;

/** Before a new text. */
export function beginSearch(): void {
  for (let i = 0, count = i32(load<u32>(TEXT_COUNT)); i < count; i++)
    store<u32>(usize(TEXTS) + usize(i) * TEXT_BYTES, NOT_SOUGHT, OF_NEXT);
  for (let i = 0, count = i32(load<u32>(SET_COUNT)); i < count; i++)
    store<u32>(usize(SETS) + usize(i) * SET_BYTES, NOT_SOUGHT, OF_NEXT);
}

export function beginTests(): void {
  held = 0;
}

/** Holds the tests with these bits. */
@inline
export function hold(tests: u64): void {
  held |= tests;
}

/** Returns the bits of the tests that hold, and clears them. */
@inline
export function takeHeld(): u64 {
  const tests = held;
  held = 0;
  return tests;
}

/** Whether some text is looked for in any case. */
@inline
export function searchesAnyCase(): bool {
  return load<u64>(ANY_CASE) != 0;
}

/** The record may have the letters U+0130 or U+212A. Their lower case is the i and the k of ASCII. */
export function holdAnyCase(): void {
  held |= load<u64>(ANY_CASE);
}

/** Holds all tests of a field. */
export function holdField(field: i32): void {
  held |= load<u64>(usize(FIELDS) + usize(field) * FIELD_BYTES);
}

/** Takes the value of a field. The hash is FNV-1a of the text in lower case, as in `filter.ts`. */
export function takeValue(field: i32, value: usize, length: usize): void {
  const own = usize(FIELDS) + usize(field) * FIELD_BYTES;
  const tests = load<u64>(own);
  if (tests == 0) return;
  // Only the engine knows which letters beyond ASCII are equal ignoring case, and only parsing what an escape stands for.
  if (mayBeSpeltOtherwise(value, length)) {
    held |= tests;
    return;
  }
  if (((load<u64>(own, 16) >> u64(min(length, MOST_LENGTH))) & 1) == 0) return;
  let hash: u32 = 0x811c9dc5 ^ (u32(field) * 0x01000193);
  for (let i: usize = 0; i < length; i++) {
    const byte = load<u8>(value + i);
    const isUpper = byte >= 0x41 && byte <= 0x5a;
    hash = (hash ^ (isUpper ? byte | 0x20 : byte)) * 0x01000193;
  }
  // Two places, as in a Bloom filter: with one, a common name would often share its place with a name that a rule looks for.
  const one = load<u64>(usize(VALUES) + (usize(hash >> (32 - VALUES_BITS)) << 3));
  const other = (hash * VALUES_FACTOR) >> (32 - VALUES_BITS);
  held |= one & load<u64>(usize(VALUES) + (usize(other) << 3)) & tests;
}

/** Whether a text has an escape or a letter beyond ASCII. */
function mayBeSpeltOtherwise(text: usize, length: usize): bool {
  for (let i: usize = 0; i < length; i += 16) {
    const bytes = v128.load(text + i);
    const rare = i8x16.bitmask(v128.or(bytes, i8x16.eq(bytes, i8x16.splat(0x5c))));
    const others = length - i < 16 ? rare << (16 - i32(length - i)) : rare;
    if ((others & 0xffff) != 0) return true;
  }
  return false;
}

/** Finds where a text stands next. */
function seek(index: i32, from: usize, end: usize): usize {
  const entry = usize(TEXTS) + usize(index) * TEXT_BYTES;
  const needle = usize(load<u32>(entry, OF_ADDRESS));
  const length = usize(load<u32>(entry, OF_LENGTH));
  const next =
    load<u32>(entry, OF_ANY_CASE) != 0
      ? findIgnoringCase(from, end, needle, length)
      : find(from, end, needle, length);
  store<u32>(entry, u32(next), OF_NEXT);
  return next;
}

/** Holds the tests of the texts that stand between these addresses. Texts have the first bits. */
function holdTexts(from: usize, to: usize, end: usize): void {
  for (let i = 0, count = i32(load<u32>(TEXT_COUNT)); i < count; i++) {
    const entry = usize(TEXTS) + usize(i) * TEXT_BYTES;
    let next = usize(load<u32>(entry, OF_NEXT));
    if (next != 0 && next < from) next = seek(i, from, end);
    if (next != 0 && next + load<u32>(entry, OF_LENGTH) <= to) held |= u64(1) << i;
  }
}

/** Finds where a text of a set may stand next. */
function seekSet(entry: usize, from: usize, end: usize): usize {
  const next = find(from, end, usize(load<u32>(entry, OF_ADDRESS)), PREFIX);
  store<u32>(entry, u32(next), OF_NEXT);
  return next;
}

@inline
function hasMember(hash: u32): bool {
  const bit = hash >> (32 - MEMBERS_BITS);
  return ((load<u8>(usize(MEMBERS) + usize(bit >> 3)) >> u8(bit & 7)) & 1) != 0;
}

/** Whether the text that begins here may be one of a set. The hash is FNV-1a, as in `filter.ts`. */
function isMember(text: usize, length: usize): bool {
  let hash: u32 = 0x811c9dc5;
  for (let i: usize = 0; i < length; i++) hash = (hash ^ load<u8>(text + i)) * 0x01000193;
  return hasMember(hash) && hasMember(hash * VALUES_FACTOR);
}

/** Holds the tests of the sets of which a text may stand between these addresses. */
function holdSets(from: usize, to: usize, end: usize): void {
  for (let i = 0, count = i32(load<u32>(SET_COUNT)); i < count; i++) {
    const entry = usize(SETS) + usize(i) * SET_BYTES;
    const length = usize(load<u32>(entry, OF_LENGTH));
    let next = usize(load<u32>(entry, OF_NEXT));
    if (next != 0 && next < from) next = seekSet(entry, from, end);
    while (next != 0 && next + length <= to) {
      if (isMember(next, length)) {
        held |= u64(1) << load<u32>(entry, OF_BIT);
        break;
      }
      next = seekSet(entry, next + 1, end);
    }
  }
}

/** Whether some test of a field can hold. */
export function isTested(field: u32): bool {
  const tests = usize(FIELDS) + usize(field) * FIELD_BYTES;
  return (load<u64>(tests) | load<u64>(tests, 8)) != 0;
}

/**
 * Whether a record between these addresses may fulfil the requirement. `present` has a bit for each field that the record has;
 * the text ends at `end`.
 */
// oxlint-disable-next-line max-params -- objects of AssemblyScript cost an allocation
export function mayFulfil(present: u32, from: usize, to: usize, end: usize): bool {
  for (let absent = load<u32>(MISSING) & ~present; absent != 0; absent &= absent - 1)
    held |= load<u64>(usize(FIELDS) + usize(ctz(absent)) * FIELD_BYTES, 8);
  // Texts are looked for only where they can make a difference: each search may go through the whole log.
  const sought = (u64(1) << (load<u32>(TEXT_COUNT) + load<u32>(SET_COUNT))) - 1;
  if (!holds(held | sought)) return false;
  if (sought == 0 || holds(held)) return true;
  holdTexts(from, to, end);
  holdSets(from, to, end);
  return holds(held);
}

/** Whether the requirement is fulfilled if these tests hold. */
function holds(tests: u64): bool {
  let all = tests;
  let bit = u64(1) << load<u32>(FIRST_NODE_BIT);
  let result = false;
  for (let i = 0, count = i32(load<u32>(NODE_COUNT)); i < count; i++) {
    const node = usize(NODES) + usize(i) * NODE_BYTES;
    const parts = load<u64>(node);
    const isAll = load<u32>(node, 8) != 0;
    result = isAll ? (all & parts) == parts : (all & parts) != 0;
    if (result) all |= bit;
    bit <<= 1;
  }
  return result;
}
