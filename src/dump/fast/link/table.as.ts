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
  MEMBER_BYTES,
  MEMBER_COUNT,
  OWN_MEMBERS,
} from '../layout';
import {
  IN_GAP,
  IN_KEY,
  MOST_TEXT,
  OF_BEFORE,
  OF_LENGTH,
  OF_MASK,
  OF_MEMBER,
  OF_OTHERS,
  OF_PLACE,
  OF_STATE,
  OF_USUAL,
  OTHERS_BITS,
} from './fields.as';
import { startOf, STATE_BITS } from '../json/gaps.as';

/**
 * The link that no text has, those before the first of all, in a list or in lines, and the one for links that are not remembered.
 */
const NONE: usize = LINKS;
const FIRST_IN_LIST: usize = LINKS + LINK_BYTES;
const FIRST_IN_LINES: usize = FIRST_IN_LIST + LINK_BYTES;
export const PASSING: usize = FIRST_IN_LINES + LINK_BYTES;
/** Copies of links that are not remembered, by the numbers of their own keys. */
const KEPT: usize = PASSING + LINK_BYTES;
const FIRST_FREE = 4 + MEMBER_COUNT;

const FACTOR: u64 = 0x9e3779b97f4a7c15;

let links: i32 = LINK_COUNT;
/** Whether there was no room for a link. */
let isFull = true;

/** Before a new text. Forgets all if there is no room for more, so that a strange log does not make all others slow. */
export function beginLinks(): void {
  if (!isFull) return;
  isFull = false;
  links = FIRST_FREE;
  memory.fill(LINK_SLOTS, 0, 2 << LINK_SLOTS_BITS);
  memory.fill(LINKS, 0, LINK_BYTES * FIRST_FREE);
  // A control character, which no text has here.
  memory.fill(NONE, 1, MOST_TEXT);
  memory.fill(NONE + OF_MASK, 255, 16);
  forgetNext(PASSING);
  makeFirst(FIRST_IN_LIST, startOf(false));
  makeFirst(FIRST_IN_LINES, startOf(true));
}

function makeFirst(link: usize, state: u64): void {
  forgetNext(link);
  store<u64>(link, state, OF_STATE);
  store<u32>(link, IN_GAP, OF_PLACE);
}

/** The link before the first of all. */
export function firstLink(isLines: bool): usize {
  return isLines ? FIRST_IN_LINES : FIRST_IN_LIST;
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

/** The state behind a link and its place, as one number. */
@inline
function before(link: usize): u64 {
  return load<u64>(link, OF_STATE) | (u64(load<u32>(link, OF_PLACE) & (IN_KEY | IN_GAP)) << STATE_BITS);
}

/** Notes that a link followed another, and begins here. What follows `PASSING` depends on more than that. */
function follow(link: usize, next: usize, at: usize): void {
  if (link == PASSING) return;
  if (load<u32>(link, OF_USUAL) == u32(NONE)) store<u32>(link, u32(next), OF_USUAL);
  else store<u32>(otherAt(link, at), u32(next));
}

/** How many slots are looked at, so that links whose hashes were chosen to be the same do not make a log slow. */
const MOST_SLOTS = 16;

/** The latest search for a link: the bytes that stand before the link, and the free slot at which the search ended. */
let wanted: u64 = 0;
let slot: usize = 0;
const NO_SLOT: usize = usize.MAX_VALUE;

/** The first slot in which a link may be whose text begins with these bytes. */
function firstSlot(from: usize, length: usize): usize {
  const head = load<u64>(from);
  const all = length >= 8 ? head ^ rotl(load<u64>(from + length - 8), 23) : head << (u64(8 - length) << 3);
  return usize(((all ^ wanted) * FACTOR) >> (64 - LINK_SLOTS_BITS));
}

/** The link behind another that begins here, if it is remembered; otherwise 0. `head` bytes of it are known to be no value. */
export function rememberedLink(link: usize, at: usize, head: usize): usize {
  wanted = before(link);
  slot = firstSlot(at, head);
  for (let tried = 0; tried < MOST_SLOTS; tried++) {
    const number = numberIn(slot);
    if (number == 0) return 0;
    const found = usize(LINKS) + usize(number) * LINK_BYTES;
    if (load<u64>(found, OF_BEFORE) == wanted && stands(found, at)) {
      follow(link, found, at);
      return found;
    }
    slot = (slot + 1) & ((1 << LINK_SLOTS_BITS) - 1);
  }
  slot = NO_SLOT;
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
  const copy = KEPT + usize((load<u32>(link, OF_MEMBER) - OWN_MEMBERS) / MEMBER_BYTES) * LINK_BYTES;
  memory.copy(copy, link, LINK_BYTES);
  return copy;
}

/** Remembers the link that was looked for last, and that `PASSING` describes: it begins here. Returns it. */
export function remember(link: usize, at: usize): usize {
  const length = usize(load<u32>(PASSING, OF_LENGTH));
  if (length > MOST_TEXT) return PASSING;
  if (links == LINK_COUNT || slot == NO_SLOT) {
    isFull = true;
    return PASSING;
  }
  store<u16>(usize(LINK_SLOTS) + (slot << 1), u16(links));
  const made = usize(LINKS) + usize(links) * LINK_BYTES;
  links++;
  memory.copy(made, PASSING, LINK_BYTES);
  memory.copy(made, at, length);
  memory.fill(made + length, 0, MOST_TEXT - length);
  memory.fill(made + OF_MASK, 255, min(length, 16));
  store<u64>(made, wanted, OF_BEFORE);
  follow(link, made, at);
  return made;
}
