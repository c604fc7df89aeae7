/**
 * AssemblyScript: classifies a record by its own members. The scan notes the value of each member that it passes. Links say what
 * the keys mean (`describe.as.ts`).
 */

import { beginSearch, beginTests, hold, mayFulfil, takeHeld } from '../filter/filter.as';
import { countInGroup, removeGroups } from './groups.as';
import { noteIssuedKey, noteSession } from './issued.as';
import { textEnd } from '../json/quotes.as';
import { entryOf, heldBy, isKnown, mayBeRemembered, meaningOf, remember, UNKNOWN } from './known.as';
import { isOldVersion, kindOf, mayHideVersion } from './kinds.as';
import {
  DOUBTFUL,
  ISSUING,
  MANAGEMENT_KIND,
  MEMBER_BYTES,
  MEMBER_COUNT,
  NUMBER_OF_TIME,
  NUMBER_OF_VERSION,
  OLD_VERSION,
  OWN_MEMBERS,
  UNKNOWN_KIND,
} from '../layout';
import { DOUBTFUL_MEMBER, IDENTITY, memberOf } from './describe.as';
import { ACCOUNT, MANAGEMENT_EVENT, meaningOfTime, NAME, REGION, SOURCE, takeText } from './member.as';
import { IN_GAP, IN_KEY, OF_COUNT, OF_HELD, OF_LENGTH, OF_MEANING, OF_MEMBER, OF_PLACE, OF_PRESENT } from '../link/fields.as';

/** The members that every event of AWS has. */
const WHOLE: u32 =
  (1 << NAME) |
  (1 << SOURCE) |
  (1 << REGION) |
  (1 << ACCOUNT) |
  (1 << NUMBER_OF_TIME) |
  (1 << NUMBER_OF_VERSION);

// Of a member: the link with its key, where that is, and where the text ends that follows. 32 bits each.
const OF_LINK = 0;
const OF_AT = 4;
const OF_TEXT_END = 8;
/** Where the record begins. */
export let recordStart: usize = 0;
/** The members of the record are in links that begin from here on. */
let membersStart: usize = 0;
/** The members that a record must have to be an event. */
let needed: u32 = WHOLE;
/** How many own keys that matter the record has had so far. */
let members: u32 = 0;
/** A bit for each key that the record has, and for each whose value is not null. */
let seen: u32 = 0;
let present: u32 = 0;
/** What the values that the record has had so far mean. */
let meaning: u32 = 0;

/** Notes a link of the record, its address, and where the text behind it ends. It matters if the link has an own key. */
@inline
export function noteLink(link: usize, at: usize, close: usize): u32 {
  const member = usize(load<u32>(link, OF_MEMBER));
  store<u32>(member, u32(link), OF_LINK);
  store<u32>(member, u32(at), OF_AT);
  store<u32>(member, u32(close), OF_TEXT_END);
  return load<u32>(link, OF_COUNT);
}

/** Counts the members of the record that were noted. */
@inline
export function countMembers(count: u32): void {
  members += count;
}

/** Finds out what the members mean that were noted. */
export function takeMembers(): void {
  let rest = members;
  let keys: u32 = 0;
  let means: u32 = 0;
  let values: u32 = 0;
  let tests: u64 = 0;
  for (let number: u32 = 0; number <= DOUBTFUL_MEMBER; number++) {
    const member = memberOf(number);
    const at = usize(load<u32>(member, OF_AT));
    if (at < membersStart) continue;
    rest--;
    keys |= u32(1) << number;
    const link = usize(load<u32>(member, OF_LINK));
    means |= load<u32>(link, OF_MEANING);
    tests |= load<u64>(link, OF_HELD);
    values |= load<u32>(link, OF_PRESENT);
    if ((load<u32>(link, OF_PLACE) & (IN_KEY | IN_GAP)) != 0 || number >= IDENTITY) continue;
    const text = textOf(member, link);
    if (number >= u32(NUMBER_OF_TIME)) {
      means |= number == NUMBER_OF_TIME ? meaningOfTime(text) : meaningOfVersion(text - 1);
      continue;
    }
    const known = entryFor(number, text, load<u32>(member, OF_TEXT_END));
    means |= meaningOf(known);
    tests |= heldBy(known);
  }
  seen = keys;
  present = values;
  // Of several members with one key, the last counts.
  meaning = rest == 0 ? means : means | DOUBTFUL;
  hold(tests);
}

/** Where the text begins that is noted of a member. */
@inline
function textOf(member: usize, link: usize): usize {
  return usize(load<u32>(member, OF_AT)) + load<u32>(link, OF_LENGTH);
}

/** An entry that says what a text between two addresses means. It is remembered if such texts often repeat. */
@inline
function entryFor(number: u32, text: usize, end: usize): usize {
  // Addresses and identifiers seldom repeat.
  if (number > u32(MANAGEMENT_EVENT) || !mayBeRemembered(end - text)) return newEntry(UNKNOWN, number, text, end);
  const entry = entryOf(text, end, number);
  return isKnown(entry, text, end, number) ? entry : newEntry(entry, number, text, end);
}

/** Finds out what a text means, and remembers it in an entry. Returns the entry. */
// oxlint-disable-next-line max-params -- objects of AssemblyScript cost an allocation
function newEntry(entry: usize, number: u32, text: usize, end: usize): usize {
  const own = takeHeld();
  const means = takeText(number, text, end);
  remember(entry, text, end, number, means, takeHeld());
  hold(own);
  return entry;
}

@inline
function meaningOfVersion(quote: usize): u32 {
  if (isOldVersion(quote)) return OLD_VERSION;
  return mayHideVersion(quote) ? DOUBTFUL : 0;
}

@inline
function ownText(number: u32): usize {
  const member = memberOf(number);
  return textOf(member, load<u32>(member, OF_LINK));
}

@inline
function ownLength(number: u32): usize {
  return usize(load<u32>(memberOf(number), OF_TEXT_END)) - ownText(number);
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

/** Begins a new text. Its records are in a list, or `isLines`: each has a line of its own. */
export function beginText(isLines: bool): void {
  // A line without an identity may be a copy of an event that is in one of its members.
  needed = isLines ? WHOLE | (u32(1) << IDENTITY) : WHOLE;
  beginSearch();
  memory.fill(OWN_MEMBERS, 0, MEMBER_COUNT * MEMBER_BYTES);
  removeGroups();
}

/** Begins a record, in a link that begins at another address. */
export function beginRecord(start: usize, linkStart: usize): void {
  recordStart = start;
  membersStart = linkStart;
  members = 0;
  beginTests();
}

/** Only parsing can tell what the record is. */
export function markDoubtful(): void {
  meaning |= DOUBTFUL;
}

/** Notes the key that the record between two addresses issues, if it may issue one. */
@inline
export function noteIssued(from: usize, end: usize): void {
  if ((meaning & ISSUING) == 0) return;
  noteIssuedKey(from, ownText(NAME), end);
  noteSession(from, ownText(NAME), end);
}

/** Whether the record, which ends here, must be parsed: a rule may match it, or only parsing can tell what it is. */
export function mustParse(end: usize): bool {
  return (
    (meaning & DOUBTFUL) != 0 ||
    (seen & needed) != needed ||
    mayFulfil(present, recordStart, end, textEnd)
  );
}
