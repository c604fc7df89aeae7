/**
 * AssemblyScript: remembers the links of logs. A link is what stands between two values: a gap, a key, and the gap behind it, as
 * in `,"eventName":"`. Logs have few different links, and most follow each other as they did before. So each link knows those
 * that followed it, and to read a link again is to compare it.
 *
 * `parse.as.ts` finds out what a link means.
 */

import {
  LINK_BYTES,
  LINK_COUNT,
  LINK_SLOTS,
  LINK_SLOTS_BITS,
  LINKS,
  OWN_MEMBERS,
} from '../layout';
import { AT_START } from '../json/gaps.as';

// The fields of a link, 32 bits each if nothing else is said. It begins with its text.
export const MOST_TEXT: usize = 64;
/** 16 bytes, which are 0 behind a shorter text. */
const OF_MASK = 64;
export const OF_LENGTH = 80;
/** The name of the state behind it. */
export const OF_STATE = 84;
/** Where it ends: `IN_TEXT`, `IN_KEY` or `IN_GAP`; with `BEGINS_RECORD` if a record begins in it. */
export const OF_PLACE = 88;
/** The address of what is noted of its own key: see `record.as.ts`. */
export const OF_MEMBER = 92;
/** Of its own key: see `record.as.ts`. Whether it has one that matters, as 0 or 1. */
export const OF_COUNT = 100;
export const OF_PRESENT = 104;
export const OF_MEANING = 108;
/** 64 bits. */
export const OF_HELD = 112;
/** How far behind its beginning a record ends, and the next one begins. */
export const OF_END = 120;
export const OF_START = 124;
/** The state and the place before it. */
const OF_BEFORE = 128;
/** The link that followed it first, and others, each in the slot that a hash of its first eight bytes gives. */
const OF_USUAL = 132;
const OF_OTHERS = 136;
const OTHERS_BITS = 3;

// Places.
/** In a text that is a value. */
export const IN_TEXT: u32 = 0;
/** In a key. */
export const IN_KEY: u32 = 1;
/** Behind a string. */
export const IN_GAP: u32 = 2;
export const BEGINS_RECORD: u32 = 4;

/** The link that no text has, the one before the first of all, and the one for links that are not remembered. */
const NONE: usize = LINKS;
export const FIRST: usize = LINKS + LINK_BYTES;
export const PASSING: usize = FIRST + LINK_BYTES;
/** Copies of links that are not remembered, by the numbers of their own keys. */
const KEPT: usize = PASSING + LINK_BYTES;
const FIRST_FREE = 3 + 16;

const FACTOR: u64 = 0x9e3779b97f4a7c15;

let links: i32 = LINK_COUNT;
/** A number that the names of states and the links have in common: both are forgotten at the same time. */
let ownStates: u32 = 0;

/** Before a new text. Forgets all if there is no room for more, or if states have new names. */
export function beginLinks(states: u32): void {
  if (links < LINK_COUNT && states == ownStates) return;
  ownStates = states;
  links = FIRST_FREE;
  memory.fill(LINK_SLOTS, 0, 2 << LINK_SLOTS_BITS);
  memory.fill(LINKS, 0, LINK_BYTES * FIRST_FREE);
  // A control character, which no text has here.
  memory.fill(NONE, 1, MOST_TEXT);
  memory.fill(NONE + OF_MASK, 255, 16);
  forgetNext(FIRST);
  forgetNext(PASSING);
  store<u32>(FIRST, AT_START, OF_STATE);
  store<u32>(FIRST, IN_GAP, OF_PLACE);
}

function forgetNext(link: usize): void {
  for (let at = link + OF_USUAL; at < link + LINK_BYTES; at += 4) store<u32>(at, u32(NONE));
}

/** Whether the text of the link begins here. */
@inline
function stands(link: usize, at: usize): bool {
  const length = usize(load<u32>(link, OF_LENGTH));
  let same = i8x16.eq(v128.and(v128.load(at), v128.load(link, OF_MASK)), v128.load(link));
  if (length > 16) {
    const last = length - 16;
    same = v128.and(same, i8x16.eq(v128.load(at + last), v128.load(link + last)));
    if (length > 32) {
      same = v128.and(same, i8x16.eq(v128.load(at, 16), v128.load(link, 16)));
      same = v128.and(same, i8x16.eq(v128.load(at + last - 16), v128.load(link + last - 16)));
    }
  }
  return i8x16.bitmask(same) == 0xffff;
}

/** The address at which it is noted that a link follows, which begins here. */
@inline
function otherAt(link: usize, at: usize): usize {
  return link + (usize((load<u64>(at) * FACTOR) >> (64 - OTHERS_BITS)) << 2) + OF_OTHERS;
}

/** The link that begins here, if it is one that followed this one before; otherwise 0. */
@inline
export function knownLink(link: usize, at: usize): usize {
  const usual = usize(load<u32>(link, OF_USUAL));
  // Tried first, so that the processor need not wait for the hash.
  if (stands(usual, at)) return usual;
  const other = usize(load<u32>(otherAt(link, at)));
  return stands(other, at) ? other : 0;
}

@inline
function before(link: usize): u32 {
  return load<u32>(link, OF_STATE) | (load<u32>(link, OF_PLACE) << 8);
}

/** Notes that a link followed another, and begins here. What follows `PASSING` depends on more than that. */
function follow(link: usize, next: usize, at: usize): void {
  if (link == PASSING) return;
  if (load<u32>(link, OF_USUAL) == u32(NONE)) store<u32>(link, u32(next), OF_USUAL);
  else store<u32>(otherAt(link, at), u32(next));
}

/** What was looked for last: what is before the link, and the slot in which it was not. */
let wanted: u32 = 0;
let slot: usize = 0;

/** Where the search begins for a link whose text begins with these bytes. */
function firstSlot(from: usize, length: usize): usize {
  const head = load<u64>(from);
  const all = length >= 8 ? head ^ rotl(load<u64>(from + length - 8), 23) : head << (u64(8 - length) << 3);
  return usize(((all ^ wanted) * FACTOR) >> (64 - LINK_SLOTS_BITS));
}

/** The link behind another that begins here, if it is remembered; otherwise 0. `head` bytes of it are known to be no value. */
export function rememberedLink(link: usize, at: usize, head: usize): usize {
  wanted = before(link);
  slot = firstSlot(at, head);
  for (let number = numberIn(slot); number != 0; number = numberIn(slot)) {
    const found = usize(LINKS) + usize(number) * LINK_BYTES;
    if (load<u32>(found, OF_BEFORE) == wanted && stands(found, at)) {
      follow(link, found, at);
      return found;
    }
    slot = (slot + 1) & ((1 << LINK_SLOTS_BITS) - 1);
  }
  return 0;
}

/** The number of the link in a slot; 0 if there is none. */
@inline
function numberIn(place: usize): u32 {
  return load<u16>(usize(LINK_SLOTS) + (place << 1));
}

/** The link, or a copy of it if it is not remembered: with its own key, it is needed until the record ends. */
@inline
export function lasting(link: usize): usize {
  if (link != PASSING) return link;
  const copy = KEPT + usize((load<u32>(link, OF_MEMBER) - OWN_MEMBERS) >> 4) * LINK_BYTES;
  memory.copy(copy, link, LINK_BYTES);
  return copy;
}

/** Remembers the link that was looked for last, and that `PASSING` describes: it begins here. Returns it. */
export function remember(link: usize, at: usize): usize {
  const length = usize(load<u32>(PASSING, OF_LENGTH));
  if (links == LINK_COUNT || length > MOST_TEXT) return PASSING;
  store<u16>(usize(LINK_SLOTS) + (slot << 1), u16(links));
  const made = usize(LINKS) + usize(links) * LINK_BYTES;
  links++;
  memory.copy(made, PASSING, LINK_BYTES);
  memory.copy(made, at, length);
  memory.fill(made + length, 0, MOST_TEXT - length);
  memory.fill(made + OF_MASK, 255, min(length, 16));
  store<u32>(made, wanted, OF_BEFORE);
  follow(link, made, at);
  return made;
}
