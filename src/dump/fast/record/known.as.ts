/**
 * AssemblyScript: remembers what values mean that are in many records of a log, such as names of calls, accounts and regions. An
 * entry has the whole text of the value, as three times eight bytes, which may overlap, and its length.
 */

import { KNOWN, KNOWN_BYTES, KNOWN_SLOTS_BITS } from '../layout';

// The fields of an entry. What a text means is any number, and the bits of tests that hold for it.
const OF_MIDDLE = 8;
const OF_LAST = 16;
/** The length of the text, and the number of its key. */
const OF_TAG = 24;
const OF_MEANING = 28;
const OF_HELD = 32;

/** An entry that is never looked for: that of a text which is not remembered. */
export const UNKNOWN: usize = usize(KNOWN) + (usize(KNOWN_BYTES) << KNOWN_SLOTS_BITS);

/** Eight bytes of a shorter text would also have what stands beside its quotes; and of a longer one, some would be left out. */
const LEAST: usize = 7;
const MOST: usize = 24;
const FACTOR: u64 = 0x9e3779b97f4a7c15;

@inline
export function mayBeRemembered(length: usize): bool {
  return length - LEAST <= MOST - LEAST;
}

@inline
function first(text: usize): u64 {
  return load<u64>(text);
}

@inline
function middle(text: usize, end: usize): u64 {
  return load<u64>(max(text, end - 16));
}

@inline
function last(end: usize): u64 {
  return load<u64>(end - 8);
}

@inline
function tagOf(length: usize, number: u32): u32 {
  return (u32(length) << 8) | number;
}

/** The entry for a text between two quotes, which may mean something else as the value of another key. */
@inline
export function entryOf(text: usize, end: usize, number: u32): usize {
  const hash = (first(text) ^ rotl(last(end), 23) ^ number) * FACTOR;
  return usize(KNOWN) + usize(hash >> (64 - KNOWN_SLOTS_BITS)) * KNOWN_BYTES;
}

/** Whether the entry is that of the text. */
@inline
export function isKnown(entry: usize, text: usize, end: usize, number: u32): bool {
  return (
    ((load<u64>(entry) ^ first(text)) |
      (load<u64>(entry, OF_MIDDLE) ^ middle(text, end)) |
      (load<u64>(entry, OF_LAST) ^ last(end)) |
      (load<u32>(entry, OF_TAG) ^ tagOf(end - text, number))) ==
    0
  );
}

/** What was remembered: any number, and the bits of tests. */
@inline
export function meaningOf(entry: usize): u32 {
  return load<u32>(entry, OF_MEANING);
}

@inline
export function heldBy(entry: usize): u64 {
  return load<u64>(entry, OF_HELD);
}

/** Remembers a text. It replaces what the entry had. */
// oxlint-disable-next-line max-params -- objects of AssemblyScript cost an allocation
export function remember(entry: usize, text: usize, end: usize, number: u32, meaning: u32, held: u64): void {
  store<u64>(entry, first(text));
  store<u64>(entry, middle(text, end), OF_MIDDLE);
  store<u64>(entry, last(end), OF_LAST);
  store<u32>(entry, tagOf(end - text, number), OF_TAG);
  store<u32>(entry, meaning, OF_MEANING);
  store<u64>(entry, held, OF_HELD);
}
