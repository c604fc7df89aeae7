/**
 * AssemblyScript, compiled to WebAssembly: scans the text of a log once. It finds the records that a rule may match, and counts
 * the others by account, region and hour. Records that it cannot classify for certain must be parsed.
 *
 * It checks the grammar of all that it passes, because nobody else looks at a record that is not parsed. It marks the quotes of
 * the text (`quotes.as.ts`), and goes from value to value along the links between them (`link`). Text that is no JSON has another
 * shape, and the caller leaves it to the splitter, which can say what is lost.
 *
 * `memory.ts` writes the text, followed by blanks, and reads the answers; `layout.ts` has the addresses.
 */

import { holdAnyCase, searchesAnyCase } from './filter/filter.as';
import { beginGaps, endsRecord, recordEnd } from './json/gaps.as';
import { beginMarks, HIDDEN, isBroken, marked, markBlock, marks, marksAt, noted, quoteFrom, STRANGE, textStart } from './json/quotes.as';
import { isBlank } from './json/token.as';
import { ANSWER_BYTES, FIRST_START, LAST_END, MOST_EDGE } from './layout';
import { BEGINS_RECORD, IN_GAP, IN_KEY, IN_TEXT, OF_END, OF_LENGTH, OF_PLACE, OF_START, OF_STATE } from './link/fields.as';
import { newLink } from './link/parse.as';
import { beginLinks, firstLink, knownLink, lasting } from './link/table.as';
import { beginKeys } from './record/issued.as';
import {
  beginRecord,
  beginText,
  countMembers,
  countRecord,
  markDoubtful,
  mustParse,
  noteIssued,
  noteLink,
  recordStart,
  takeMembers,
} from './record/record.as';

/** In bytes. A longer record may exceed the limit for values in a record, which only the splitter checks. */
const MAX_RECORD: usize = 1 << 20;

/** How far beyond the end of the answers' memory, which is as long as the text, the hashes of issued keys may reach. */
const HASHES_SLACK: usize = 64;

/** Where the last record ends that was taken; 0 before the first one. */
let lastEnd: usize = 0;
let out: usize = 0;
/** The number of the record. */
let number = 0;

/**
 * Where the first record begins: in the first list of the text, or in its first line; 0 if there is none. `plain.ts` checks what is
 * before it.
 */
function firstRecord(from: usize, end: usize, isLines: bool): usize {
  const last = min(end, from + MOST_EDGE);
  let at = from;
  if (!isLines) {
    while (at < last && load<u8>(at) != 0x5b) at++;
    at++;
  }
  while (at < last && isBlank(load<u8>(at))) at++;
  return at < last && load<u8>(at) == 0x7b ? at : 0;
}

/** Ends the record. Returns false if the text has another shape. */
function endRecord(end: usize): bool {
  const length = end - recordStart;
  // An answer must not be longer than the record, because only so much memory is reserved.
  if (length > MAX_RECORD || length < usize(ANSWER_BYTES)) return false;
  takeMembers();
  const notes = noted(recordStart, end);
  if ((notes & HIDDEN) != 0) markDoubtful();
  if ((notes & STRANGE) != 0) holdAnyCase();
  noteIssued(recordStart, end);
  if (mustParse(end)) {
    store<u32>(out, u32(recordStart));
    store<u32>(out, u32(end), 4);
    store<u32>(out, u32(number), 8);
    out += ANSWER_BYTES;
  } else if (!countRecord()) return false;
  number++;
  lastEnd = end;
  return true;
}

/** Whether the text ends after its last record: with the brackets that are still open. */
function isTail(from: usize, end: usize, isLines: bool): bool {
  let brackets: u32 = 0;
  for (let at = from; at < end; at++) {
    const byte = load<u8>(at);
    if (!isBlank(byte)) brackets = (brackets << 8) | byte;
  }
  return brackets == (isLines ? 0 : 0x5d7d);
}

/** How far the scan looks ahead of a link: beyond the longest one, and then for a quote. */
const AHEAD: usize = 192;

/** The link that was passed last, and where the scan is. */
let link: usize = 0;
let at: usize = 0;

/** Goes along the usual links, as long as nothing rare is met. All that is done for most of the text is done here. */
function walk(): void {
  let own = link;
  let here = at;
  let members: u32 = 0;
  const from = textStart;
  const room = marks;
  const limit = marked - AHEAD;
  while (here < limit) {
    const next = knownLink(own, here);
    if (next == 0) break;
    let behind = here + load<u32>(next, OF_LENGTH);
    const place = load<u32>(next, OF_PLACE);
    if (place == IN_TEXT) {
      let found = marksAt(room, from, behind);
      if (found == 0) {
        behind += 56;
        found = marksAt(room, from, behind);
        if (found == 0) break;
      }
      behind += usize(ctz(found)) + 1;
    } else if ((place & BEGINS_RECORD) != 0) break;
    members += noteLink(next, here, behind - 1);
    here = behind;
    own = next;
  }
  countMembers(members);
  link = own;
  at = here;
}

/** The link behind another that begins here, known or new; 0 if there is none. */
function linkAt(before: usize, here: usize): usize {
  const known = knownLink(before, here);
  return known == 0 ? newLink(before, here) : known;
}

/** Passes a link, and the text behind it. Returns false if the text has another shape. */
function pass(next: usize): bool {
  const place = load<u32>(next, OF_PLACE);
  if ((place & BEGINS_RECORD) != 0) {
    if (!endRecord(at + load<u32>(next, OF_END))) return false;
    beginRecord(at + load<u32>(next, OF_START), at);
  }
  link = next;
  const here = at;
  at += load<u32>(next, OF_LENGTH);
  if ((place & (IN_KEY | IN_GAP)) == 0) {
    at = quoteFrom(at) + 1;
    if (at == 1) return false;
  }
  countMembers(noteLink(lasting(next), here, at - 1));
  return true;
}

/**
 * Before the text between two addresses, of which the first record begins here. `room` is memory for the marks (`quotes.as.ts`). Its
 * records are in a list, or each in a line of its own.
 */
// oxlint-disable-next-line max-params -- objects of AssemblyScript cost an allocation
function begin(first: usize, end: usize, answers: usize, room: usize, isLines: bool): void {
  // Answers and hashes take less memory than the records that they are about.
  beginKeys(answers + (end - first) + HASHES_SLACK);
  beginText(isLines);
  beginGaps(isLines);
  beginMarks(first, end, room, searchesAnyCase());
  beginLinks();
  beginRecord(first, first);
  lastEnd = 0;
  out = answers;
  number = 0;
  link = firstLink(isLines);
  at = first + 1;
}

/** Takes all records but the last one. Returns false if the text has another shape. */
function takeRecords(end: usize): bool {
  while (at + AHEAD <= marked || marked >= end || markBlock()) {
    walk();
    const next = linkAt(link, at);
    if (next == 0) return !isBroken && quoteFrom(at) == 0;
    if (!pass(next)) return false;
  }
  return false;
}

/** Takes the last record, behind whose last string the scan is. Returns false if the text does not end well. */
function takeLast(end: usize, isLines: bool): bool {
  if ((load<u32>(link, OF_PLACE) & IN_KEY) != 0) return false;
  const state = load<u64>(link, OF_STATE);
  const last = recordEnd(state, at, end);
  return last != 0 && endsRecord(state, at, last) && isTail(last, end, isLines) && endRecord(last);
}

/**
 * Scans `{"Records": […]}`, or records of which each has a line of its own. For each record that must be parsed, it writes an answer
 * at `answers`: where the record begins and ends, and its number from 0 (32 bits each). It counts the other records in groups.
 * Returns the number of answers; -1 if the text has another shape. `room` is memory for the marks of the text (`quotes.as.ts`).
 */
// oxlint-disable-next-line max-params -- a function of WebAssembly takes numbers only
export function records(from: usize, end: usize, answers: usize, room: usize, isLines: bool): i32 {
  const first = firstRecord(from, end, isLines);
  store<u32>(FIRST_START, u32(first));
  store<u32>(LAST_END, 0);
  if (first == 0) return -1;
  begin(first, end, answers, room, isLines);
  if (!takeRecords(end) || !takeLast(end, isLines)) return -1;
  store<u32>(LAST_END, u32(lastEnd));
  return i32((out - answers) / ANSWER_BYTES);
}

/**
 * As `records`, but scans a part of such a list or of such lines. It begins with the bracket of a record (`plain.ts` checks that).
 * The scan takes the records up to the last one behind which another begins, and stops where the text has another shape. 0 at
 * `LAST_END` means that it took no record.
 */
// oxlint-disable-next-line max-params -- a function of WebAssembly takes numbers only
export function someRecords(first: usize, end: usize, answers: usize, room: usize, isLines: bool): i32 {
  begin(first, end, answers, room, isLines);
  takeRecords(end);
  store<u32>(LAST_END, u32(lastEnd));
  return i32((out - answers) / ANSWER_BYTES);
}
