/**
 * AssemblyScript: what the bytes between two strings mean. All of JSON's grammar is in these gaps, and logs have few of them:
 * nearly each is `:`, `,`, `:{`, `},`, `:null,` or the like. So a gap is parsed once for each state that it is met in, and the
 * state after it is remembered.
 *
 * A state is what must be known of the text before a gap: whether the string there was a key, and which brackets are open. It is
 * a number of 64 bits. Bit 0 is set for a key. The bits above it are the kinds of the open brackets, the innermost first: 1 for a
 * list, 0 for an object. One more bit ends them. A state also has a name, a number of a byte, so that a table can hold it.
 */

import { GAP_BYTES, GAP_SLOTS_BITS, GAPS, MASKS, STATES } from '../layout';
import { afterScalar, isBlank } from './token.as';

/** The depth of the records in `{"Records": [{…}, {…}]}`. */
const LEVEL = 2;
/** The kinds in the list of records, which is in an object. */
const LEVEL_KINDS: u64 = 0b101;
/** More do not fit in 64 bits with the rest of a state. No record of AWS is so deep. */
const MAX_KINDS: u64 = 1 << 63;
/** The state after an own key of a record. */
const AFTER_OWN_KEY: u64 = 0b10101;
/** The state after a record. Before a string, the text has another shape then. */
const AFTER_RECORD: u64 = 0b1010;

// The names of states. 0 is the name of none.
/** After the first key of a record that is not the first one. */
export const IN_NEXT_RECORD: u32 = 1;
/** After another own key of a record. Only these have names up to here. */
export const IN_OWN_KEY: u32 = 2;
/** Before the first key of all. */
export const AT_START: u32 = 3;
/** All states for which no name is left; `other` has the state. */
export const OTHER: u32 = 4;
const FIRST_FREE: u32 = 5;
/** An entry of `GAPS` has the gap, in eight bytes, and then a byte for each name. */
const NAMES: u32 = GAP_BYTES - 8;

const FACTOR: u64 = 0x9e3779b97f4a7c15;

let names: u32 = FIRST_FREE;
/** How often names were forgotten. */
export let forgotten: u32 = 0;
let other: u64 = 0;

// What stands before a place in a gap.
const STRING = 0;
const COLON = 1;
const COMMA = 2;
const OPENING = 3;
/** A value that is no string. */
const VALUE = 4;

/** Before a new text. Forgets all if no names are left, so that a strange log does not make all others slow. */
export function beginGaps(): void {
  if (names == NAMES) {
    memory.fill(GAPS, 0, GAP_BYTES << GAP_SLOTS_BITS);
    names = FIRST_FREE;
    forgotten++;
  }
  // A gap of N bytes has 8 * N bits of a word.
  for (let length = 1; length <= 8; length++)
    store<u64>(usize(MASKS) + (length << 3), u64.MAX_VALUE >> u64(64 - (length << 3)));
  store<u64>(STATES + (IN_NEXT_RECORD << 3), AFTER_OWN_KEY);
  store<u64>(STATES + (IN_OWN_KEY << 3), AFTER_OWN_KEY);
  store<u64>(STATES + (AT_START << 3), AFTER_OWN_KEY);
}

/** The bytes between two addresses that are not blank, as a number; 0 if they are too many, or mean less without the blanks. */
function withoutBlanks(from: usize, end: usize): u64 {
  let word: u64 = 0;
  let shift: u64 = 0;
  let last = from;
  let byte: u8 = 0;
  for (let at = from; at < end; at += 16) {
    const others = i8x16.gt_u(v128.load(at), i8x16.splat(0x20));
    const mask = end - at < 16 ? (1 << u32(end - at)) - 1 : -1;
    for (let rest = i8x16.bitmask(others) & mask; rest != 0; rest &= rest - 1) {
      const place = at + usize(ctz(rest));
      const next = load<u8>(place);
      // Two numbers would become one.
      const isApart = shift == 0 || place == last || isToken(byte) || isToken(next);
      if (!isApart || shift == 64) return 0;
      byte = next;
      word |= u64(byte) << shift;
      shift += 8;
      last = place + 1;
    }
  }
  return word;
}

/** Whether a byte is a token of JSON by itself. */
@inline
function isToken(byte: u8): bool {
  const folded = byte | 0x20;
  return byte == 0x2c || byte == 0x3a || folded == 0x7b || folded == 0x7d;
}

@inline
function slotOf(word: u64): usize {
  return usize((word * FACTOR) >> (64 - GAP_SLOTS_BITS)) * GAP_BYTES;
}

/** The name of the state after the gap between two addresses; 0 if the text is no JSON here, or ends its list of records. */
export function stateAfter(name: u32, from: usize, end: usize): u32 {
  const length = end - from;
  const isShort = length - 1 < 8;
  const word = isShort
    ? load<u64>(from) & load<u64>(length << 3, MASKS)
    : withoutBlanks(from, end);
  const entry = usize(GAPS) + slotOf(word);
  const isHere = load<u64>(entry) == word && word != 0;
  if (isHere) {
    const known = load<u8>(entry + name, 8);
    if (known != 0) return known;
  }
  const next = parsedAfter(name, from, end);
  if (word == 0 || next == OTHER || name == OTHER) return next;
  if (!isHere) {
    memory.fill(entry, 0, GAP_BYTES);
    store<u64>(entry, word);
  }
  store<u8>(entry + name, next, 8);
  return next;
}

/** The name of the state after the gap between two addresses, which is parsed. */
function parsedAfter(name: u32, from: usize, end: usize): u32 {
  const after = parse(stateOf(name), from, end, name == AT_START ? OPENING : STRING);
  if (after == 0 || after == AFTER_RECORD) return 0;
  if (after == AFTER_OWN_KEY) return recordEnd(name, from, end) != 0 ? IN_NEXT_RECORD : IN_OWN_KEY;
  const next = nameOf(after);
  if (next == OTHER) other = after;
  return next;
}

/** Whether the string behind a gap, after which the state has this name, is a key. */
export function isKey(name: u32): bool {
  return (stateOf(name) & 1) != 0;
}

function stateOf(name: u32): u64 {
  return name == OTHER ? other : load<u64>(STATES + (name << 3));
}

function nameOf(state: u64): u32 {
  for (let name = FIRST_FREE; name < names; name++)
    if (load<u64>(STATES + (name << 3)) == state) return name;
  if (names == NAMES) return OTHER;
  store<u64>(STATES + (names << 3), state);
  return names++;
}

/** Whether the text ends well here, after a string in this state: closes a record, and then only what is outside of records follows. */
export function endsRecord(name: u32, from: usize, end: usize): bool {
  return parse(stateOf(name), from, end, name == AT_START ? OPENING : STRING) == AFTER_RECORD;
}

/** The address after the bracket that closes the record, in the gap between two addresses; 0 if it is not closed there. */
export function recordEnd(name: u32, from: usize, end: usize): usize {
  let depth = 62 - i32(clz(stateOf(name)));
  for (let at = from; at < end; at++) {
    const byte = load<u8>(at) | 0x20;
    if (byte == 0x7b) depth++;
    else if (byte == 0x7d) {
      depth--;
      if (depth == LEVEL) return at + 1;
    }
  }
  return 0;
}

/**
 * Parses the gap between two addresses. `before` is what stands before it. Returns the state at the string that follows; 0 if
 * there is no JSON.
 */
// oxlint-disable-next-line max-params -- objects of AssemblyScript cost an allocation
function parse(state: u64, from: usize, end: usize, first: i32): u64 {
  const isKey = (state & 1) != 0;
  let before = first;
  let kinds = state >> 1;
  for (let at = from; at < end; ) {
    const byte = load<u8>(at);
    if (isBlank(byte)) {
      at++;
      continue;
    }
    const isComplete = before == VALUE || (before == STRING && !isKey);
    if (byte == 0x3a) {
      if (before != STRING || !isKey) return 0;
      before = COLON;
      at++;
    } else if (byte == 0x2c) {
      if (!isComplete) return 0;
      before = COMMA;
      at++;
    } else if ((byte | 0x20) == 0x7d) {
      const isList = u64((byte & 0x20) == 0);
      if ((!isComplete && before != OPENING) || (kinds & 1) != isList) return 0;
      kinds >>= 1;
      // Outside of the list of records.
      if (kinds < LEVEL_KINDS) return 0;
      before = VALUE;
      at++;
    } else {
      // In an object, only a colon stands before a value.
      const mayBegin = before == COLON || ((before == COMMA || before == OPENING) && (kinds & 1) != 0);
      if (!mayBegin) return 0;
      if ((byte | 0x20) == 0x7b) {
        kinds = (kinds << 1) | u64((byte & 0x20) == 0);
        if (kinds >= MAX_KINDS) return 0;
        before = OPENING;
        at++;
      } else {
        at = afterScalar(at);
        if (at == 0) return 0;
        before = VALUE;
      }
    }
  }
  if (before == VALUE) return kinds == LEVEL_KINDS ? AFTER_RECORD : 0;
  if (before == STRING || kinds == LEVEL_KINDS) return 0;
  const isAfterKey = before != COLON && (kinds & 1) == 0;
  return (kinds << 1) | u64(isAfterKey);
}
