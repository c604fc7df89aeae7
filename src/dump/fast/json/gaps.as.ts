/**
 * AssemblyScript: what the bytes between two strings mean. All of JSON's grammar is in these gaps.
 *
 * A state is what must be known of the text before a gap: whether the string there was a key, and which brackets are open. It is
 * a number of 64 bits. Bit 0 is set for a key. The bits above it are the kinds of the open brackets, the innermost first: 1 for a
 * list, 0 for an object. One more bit ends them.
 */

import { afterScalar, isBlank, isComma, isLineEnd } from './token.as';

/** The depth of the records in `{"Records": [{…}, {…}]}`. */
const LEVEL = 2;
/** The kinds in the list of records, which is in an object. */
const IN_LIST: u64 = 0b101;
/** The kinds where each record has a line of its own: as if the lines were a list in a list, which no other text is here. */
const IN_LINES: u64 = 0b111;
/** More leave no room for `STATE_BITS`. No record of AWS is so deep. */
const MAX_KINDS: u64 = 1 << 61;
/** How many bits a state has. */
export const STATE_BITS: u64 = 62;

/** The kinds around the records of the text. */
let level: u64 = IN_LIST;

/** Begins a new text. Its records are in a list, or `isLines`: each has a line of its own. */
export function beginGaps(isLines: bool): void {
  level = levelOf(isLines);
}

@inline
function levelOf(isLines: bool): u64 {
  return isLines ? IN_LINES : IN_LIST;
}

/** The state behind the bracket of the first record: a string here would be a key in a list, which there is not. */
@inline
export function startOf(isLines: bool): u64 {
  return (levelOf(isLines) << 1) | 1;
}

/** The state after an own key of a record. */
@inline
export function ownKey(): u64 {
  return (level << 2) | 1;
}

/** The state after a record. */
@inline
function afterRecord(): u64 {
  return level << 1;
}

/** The state, where that behind the bracket of the first record is as after an own key. */
@inline
function inRecord(state: u64): u64 {
  return isAtStart(state) ? ownKey() : state;
}

@inline
function isAtStart(state: u64): bool {
  return state == ((level << 1) | 1);
}

// What stands before a place in a gap.
const STRING = 0;
const COLON = 1;
const COMMA = 2;
const OPENING = 3;
/** A value that is no string. */
const VALUE = 4;

/** Whether the string in this state is a key. */
@inline
export function isKey(state: u64): bool {
  return (state & 1) != 0;
}

/** The state at the string that follows the gap between two addresses; 0 if the text is no JSON here, or ends its list of records. */
export function stateAfter(state: u64, from: usize, end: usize): u64 {
  const after = parse(state, from, end);
  return after == afterRecord() ? 0 : after;
}

/** Whether the text ends well here: the gap closes the record, and then only what is outside of records follows. */
export function endsRecord(state: u64, from: usize, end: usize): bool {
  return parse(state, from, end) == afterRecord();
}

/** Whether what is between two addresses separates records of the text. */
export function separates(from: usize, to: usize): bool {
  return level == IN_LINES ? isLineEnd(from, to) : isComma(from, to);
}

/** The address after the bracket that closes the record, in the gap between two addresses; 0 if it is not closed there. */
export function recordEnd(state: u64, from: usize, end: usize): usize {
  let depth = 62 - i32(clz(inRecord(state)));
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

/** Parses the gap between two addresses. Returns the state at the string that follows; 0 if there is no JSON. */
function parse(state: u64, from: usize, end: usize): u64 {
  const isKey = (state & 1) != 0;
  let before = isAtStart(state) ? OPENING : STRING;
  let kinds = inRecord(state) >> 1;
  for (let at = from; at < end; ) {
    const byte = load<u8>(at);
    if (isBlank(byte)) {
      // The end of a line separates records in lines as a comma separates those in a list.
      if (byte == 0x0a && kinds == IN_LINES && before == VALUE) before = COMMA;
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
      if (kinds < level) return 0;
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
  if (before == VALUE) return kinds == level ? afterRecord() : 0;
  if (before == STRING || kinds == level) return 0;
  const isAfterKey = before != COLON && (kinds & 1) == 0;
  return (kinds << 1) | u64(isAfterKey);
}
