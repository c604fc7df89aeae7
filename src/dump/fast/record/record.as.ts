/** AssemblyScript: classifies a record by its own members, which the scan passes to it one by one. */

import { beginSearch, beginTests, hold, mayFulfil, searchesAnyCase, takeHeld, takeValue } from '../filter/filter.as';
import { countInGroup, removeGroups } from './groups.as';
import { noteKey } from './issued.as';
import { entryOf, heldBy, isKnown, isShort, meaningOf, remember } from './known.as';
import { isOldVersion, kindOf, mayHideVersion } from './kinds.as';
import {
  DOUBTFUL,
  ISSUING,
  MANAGEMENT_KIND,
  NUMBER_OF_TIME,
  NUMBER_OF_VERSION,
  OLD_VERSION,
  OWN_VALUES,
  UNKNOWN_KIND,
} from '../layout';
import {
  ACCOUNT,
  CATEGORY,
  DOUBTFUL_KEY,
  FALS,
  MANAGEMENT_EVENT,
  meaningOfFlag,
  NAME,
  IDLE_KEY,
  NULL,
  numberOf,
  REGION,
  SOURCE,
  takeText,
  TRUE,
} from './member.as';
import { isBlank, isResources } from '../json/token.as';

/** The members that every event of AWS has. */
const WHOLE: u32 =
  (1 << NAME) |
  (1 << SOURCE) |
  (1 << REGION) |
  (1 << ACCOUNT) |
  (1 << NUMBER_OF_TIME) |
  (1 << NUMBER_OF_VERSION);

/** Where the text ends. */
let textEnd: usize = 0;
let recordStart: usize = 0;
/** A bit for each key that the record has had so far, and for each whose value is not null. */
let seen: u32 = 0;
let present: u32 = 0;
/** What the values that the record has had so far mean. */
let meaning: u32 = 0;
/** Whether letters whose lower case is one of ASCII matter. */
export let isAnyCase = false;

/** The address of a key's value. */
function valueAt(behindKey: usize): usize {
  let at = behindKey;
  while (at < textEnd && isBlank(load<u8>(at))) at++;
  // The scan checks that a colon follows each key.
  at++;
  while (at < textEnd && isBlank(load<u8>(at))) at++;
  return at;
}

/** The length of the string whose text begins here. Blanks follow the text of the log, so 16 bytes can always be read. */
function lengthAt(value: usize): usize {
  for (let at = value; at < textEnd; at += 16) {
    const quotes = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(0x22)));
    if (quotes != 0) return at + usize(ctz(quotes)) - value;
  }
  return textEnd - value;
}

/**
 * Takes a key of the record's own members and its value. `pair` has the addresses of the key's quotes; up to `pairsEnd`, those of
 * the next strings follow. Returns false if the splitter stops at the value: it does so at some lists, by their keys.
 */
export function takeMember(pair: usize, pairsEnd: usize): bool {
  const key = usize(load<u32>(pair)) + 1;
  const keyEnd = usize(load<u32>(pair, 4));
  let value = keyEnd + 2;
  let first = load<u8>(value);
  if (load<u8>(keyEnd, 1) != 0x3a || first <= 0x20) {
    value = valueAt(keyEnd + 1);
    first = load<u8>(value);
  }
  if (first == 0x5b && !isResources(value)) return false;
  const number = numberOf(key, keyEnd);
  // Most keys do not matter.
  if (number >= IDLE_KEY) {
    meaning |= number == DOUBTFUL_KEY ? DOUBTFUL : 0;
    return true;
  }
  const bit = u32(1) << number;
  // Of several members with one key, the last counts.
  if ((seen & bit) != 0) meaning |= DOUBTFUL;
  seen |= bit;
  if (number == NUMBER_OF_VERSION) {
    if (isOldVersion(value)) meaning |= OLD_VERSION;
    else if (first == 0x22 && mayHideVersion(value)) meaning |= DOUBTFUL;
    return true;
  }
  if (first == 0x22) {
    present |= bit;
    const isNext = pair + 8 < pairsEnd && usize(load<u32>(pair, 8)) == value;
    const text = value + 1;
    const end = isNext ? usize(load<u32>(pair, 12)) : text + lengthAt(text);
    store<u32>(OWN_VALUES + (number << 3), u32(text));
    store<u32>(OWN_VALUES + (number << 3), u32(end - text), 4);
    meaning |= knownMeaning(number, text, end);
  } else if (number <= u32(CATEGORY) || number == NUMBER_OF_TIME) meaning |= DOUBTFUL;
  else takeScalar(number, value);
  return true;
}

/** `takeText`, remembered. */
@inline
function knownMeaning(number: u32, text: usize, end: usize): u32 {
  // Times, addresses and identifiers seldom repeat.
  if (number > u32(MANAGEMENT_EVENT) || !isShort(end - text)) return takeText(number, text, end);
  const entry = entryOf(text, end, number);
  if (!isKnown(entry, text, end, number)) {
    const held = takeHeld();
    const found = takeText(number, text, end);
    remember(entry, text, end, number, found, takeHeld());
    hold(held);
  }
  hold(heldBy(entry));
  return meaningOf(entry);
}

/** Takes a member that may be no text. */
function takeScalar(number: u32, value: usize): void {
  const word = load<u32>(value);
  if (word == NULL) return;
  present |= u32(1) << number;
  if (word != TRUE && word != FALS) {
    meaning |= DOUBTFUL;
    return;
  }
  const length: usize = word == TRUE ? 4 : 5;
  takeValue(number, value, length);
  if (number == MANAGEMENT_EVENT) meaning |= meaningOfFlag(length);
}

@inline
function ownText(number: u32): usize {
  return load<u32>(OWN_VALUES + (number << 3));
}

@inline
function ownLength(number: u32): usize {
  return load<u32>(OWN_VALUES + (number << 3), 4);
}

/** Counts the record in its group. Returns false if there are too many groups. */
export function countRecord(): bool {
  const kind = kindOf(meaning);
  const hasSource = kind != MANAGEMENT_KIND && kind != UNKNOWN_KIND;
  return countInGroup(
    ownText(NUMBER_OF_TIME),
    ownText(ACCOUNT),
    ownLength(ACCOUNT),
    ownText(REGION),
    ownLength(REGION),
    kind,
    hasSource ? ownText(SOURCE) : 0,
    hasSource ? ownLength(SOURCE) : 0,
  );
}

/** Before a new text between these addresses. */
export function beginText(from: usize, end: usize): void {
  textEnd = end;
  isAnyCase = searchesAnyCase();
  beginSearch(from, end);
  removeGroups();
}

/** Begins a record. */
export function beginRecord(start: usize): void {
  recordStart = start;
  seen = 0;
  present = 0;
  meaning = 0;
  beginTests();
}

/** Only parsing can tell what the record is. */
@inline
export function markDoubtful(): void {
  meaning |= DOUBTFUL;
}

/** Notes the key that the record between two addresses issues, if it may issue one. */
@inline
export function noteIssued(from: usize, end: usize): void {
  if ((meaning & ISSUING) != 0) noteKey(from, ownText(NAME), end);
}

/** Whether the record, which ends here, must be parsed: a rule may match it, or only parsing can tell what it is. */
export function mustParse(end: usize): bool {
  return (
    (meaning & DOUBTFUL) != 0 ||
    (seen & WHOLE) != WHOLE ||
    mayFulfil(present, recordStart, end, textEnd)
  );
}
