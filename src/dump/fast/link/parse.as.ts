/** AssemblyScript: finds out what a link means that is not remembered (`table.as.ts`). */

import { isKey, ownKey, recordEnd, separates, stateAfter } from '../json/gaps.as';
import { quoteFrom } from '../json/quotes.as';
import { describeKey, describeNothing } from '../record/describe.as';
import { BEGINS_RECORD, IN_GAP, IN_KEY, IN_TEXT, OF_END, OF_LENGTH, OF_PLACE, OF_START, OF_STATE } from './fields.as';
import { PASSING, remember, rememberedLink } from './table.as';

// What a parse finds: no JSON, or a link that means the same wherever its text stands, or one that does not.
const NO_LINK: u32 = 0;
const CONSTANT: u32 = 1;
const VARYING: u32 = 2;

/** Whether the gap between two addresses has a number, of which there are many: its link would be of no use again. */
function varies(from: usize, end: usize): bool {
  let digits = 0;
  for (let at = from; at < end; at++) {
    const byte = load<u8>(at);
    digits += i32(byte >= 0x30 && byte <= 0x39);
  }
  return digits > 1;
}

/**
 * How many bytes surely hold no value, so that a hash of them finds the link again: its first gap and its key, or the gap and a
 * quote. 0 at the end of the text.
 */
function headOf(link: usize, at: usize): usize {
  const isInKey = (load<u32>(link, OF_PLACE) & IN_KEY) != 0;
  const quote = isInKey ? at : quoteFrom(at);
  if (quote == 0) return 0;
  const close = quoteFrom(isInKey ? at : quote + 1);
  if (close == 0) return 0;
  return (isInKey || load<u8>(close, 1) == 0x3a ? close : quote) + 1 - at;
}

/** The link that begins here, and that did not follow this one before; 0 if the text is no JSON here, or ends its list of records. */
export function newLink(link: usize, at: usize): usize {
  const head = headOf(link, at);
  if (head == 0) return 0;
  const known = rememberedLink(link, at, head);
  if (known != 0) return known;
  const found = parseLink(link, at);
  if (found == NO_LINK) return 0;
  return found == CONSTANT ? remember(link, at) : PASSING;
}

/** The address of the bracket that opens an object, before another address. */
function bracketBefore(end: usize): usize {
  let at = end - 1;
  while (load<u8>(at) != 0x7b) at--;
  return at;
}

/** Writes into `PASSING` what the link at this address means, which follows another. Returns what it found: see `CONSTANT`. */
function parseLink(link: usize, at: usize): u32 {
  const before = load<u64>(link, OF_STATE);
  const isInKey = (load<u32>(link, OF_PLACE) & IN_KEY) != 0;
  describeNothing(PASSING);
  const quote = isInKey ? at - 1 : quoteFrom(at);
  const first = isInKey ? before : stateAfter(before, at, quote);
  if (first == 0) return NO_LINK;
  const isConstant = isInKey || !varies(at, quote);
  let begins: u32 = 0;
  if (!isInKey) {
    const end = recordEnd(before, at, quote);
    if (end != 0) {
      const start = bracketBefore(quote);
      if (!separates(end, start)) return NO_LINK;
      store<u32>(PASSING, u32(end - at), OF_END);
      store<u32>(PASSING, u32(start - at), OF_START);
      begins = BEGINS_RECORD;
    }
  }
  if (!isKey(first)) {
    endLink(at, quote + 1, first, IN_TEXT | begins);
    return isConstant ? CONSTANT : VARYING;
  }
  const close = quoteFrom(quote + 1);
  if (close == 0) return NO_LINK;
  const isOwn = first == ownKey();
  if (isOwn && !describeKey(PASSING, quote + 1, close)) return NO_LINK;
  const next = quoteFrom(close + 1);
  if (next != 0) {
    const second = stateAfter(first, close + 1, next);
    if (second == 0) return NO_LINK;
    // A gap that differs from time to time, or ends the record, is a link of its own.
    if (recordEnd(first, close + 1, next) == 0 && !varies(close + 1, next)) {
      endLink(at, next + 1, second, (isKey(second) ? IN_KEY : IN_TEXT) | begins);
      return isConstant ? CONSTANT : VARYING;
    }
  }
  endLink(at, close + 1, first, IN_GAP | begins);
  // What an own key means depends on its value.
  return isConstant && !isOwn ? CONSTANT : VARYING;
}

function endLink(at: usize, end: usize, state: u64, place: u32): void {
  store<u32>(PASSING, u32(end - at), OF_LENGTH);
  store<u64>(PASSING, state, OF_STATE);
  store<u32>(PASSING, place, OF_PLACE);
}
