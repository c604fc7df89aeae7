/**
 * AssemblyScript, compiled to WebAssembly: scans the text of a log once. It finds the records that a rule may match, and counts
 * the others by account, region and hour. Records that it cannot classify for certain must be parsed.
 *
 * It checks the grammar of all that it passes, because nobody else looks at a record that is not parsed. It lists the quotes of
 * a part of the text (`quotes.as.ts`), and then goes from string to string and looks up the gap before each (`gaps.as.ts`). Text
 * that is no JSON has another shape, and the caller leaves it to the splitter, which can say what is lost.
 *
 * `memory.ts` writes the text, followed by blanks, and reads the answers; `layout.ts` has the addresses.
 */

import { holdAnyCase } from './filter/filter.as';
import {
  AT_START,
  beginGaps,
  endsRecord,
  IN_NEXT_RECORD,
  IN_OWN_KEY,
  knownAfter,
  recordEnd,
  stateAfter,
} from './json/gaps.as';
import { beginKeys } from './record/issued.as';
import { ANSWER_BYTES, FIRST_START, LAST_END, OWN_KEYS, PART_BYTES, QUOTES } from './layout';
import { beginQuotes, findQuotes, hidden, strange } from './json/quotes.as';
import {
  beginRecord,
  beginText,
  countRecord,
  isAnyCase,
  markDoubtful,
  mustParse,
  noteIssued,
  takeMember,
} from './record/record.as';
import { isBlank, isComma } from './json/token.as';

/** In bytes. A longer record may exceed the limit for values in a record, which only the splitter checks. */
const MAX_RECORD: usize = 1 << 20;

/** How far beyond the end of the answers' memory, which is as long as the text, the hashes of issued keys may reach. */
const HASHES_SLACK: usize = 64;
/** The most bytes before the first record. `plain.ts` checks them. */
const MAX_HEAD: usize = 256;

let recordStart: usize = 0;
/** Where the part of the text begins that is scanned. */
let partStart: usize = 0;
let out: usize = 0;
/** The number of the record. */
let number = 0;

/** Where the first record begins, in the first list of the text; 0 if there is none. */
function firstRecord(from: usize, end: usize): usize {
  const last = min(end, from + MAX_HEAD);
  let at = from;
  while (at < last && load<u8>(at) != 0x5b) at++;
  at++;
  while (at < last && isBlank(load<u8>(at))) at++;
  return at < last && load<u8>(at) == 0x7b ? at : 0;
}

/** Takes the record's own keys that were found in this part of the text, up to `end`, and what else the part holds of it. */
function takeOwnKeys(keysEnd: usize, pairsEnd: usize, end: usize): bool {
  for (let at: usize = OWN_KEYS; at < keysEnd; at += 4)
    if (!takeMember(load<u32>(at), pairsEnd)) return false;
  if ((hidden | strange) != 0 && end > partStart) {
    const first = (max(recordStart, partStart) - partStart) >> 6;
    const last = (end - 1 - partStart) >> 6;
    const blocks = (i64(-1) << i64(first)) & (i64(-1) >>> i64(63 - last));
    if ((hidden & blocks) != 0) markDoubtful();
    if ((strange & blocks) != 0) holdAnyCase();
  }
  return true;
}

/** Ends the record. Returns false if the text has another shape. */
function endRecord(end: usize): bool {
  const length = end - recordStart;
  // An answer must not be longer than the record, because only so much memory is reserved.
  if (length > MAX_RECORD || length < usize(ANSWER_BYTES)) return false;
  noteIssued(recordStart, end);
  if (mustParse(end)) {
    store<u32>(out, u32(recordStart));
    store<u32>(out, u32(end), 4);
    store<u32>(out, u32(number), 8);
    out += ANSWER_BYTES;
  } else if (!countRecord()) return false;
  number++;
  return true;
}

/** Begins the record that the last bracket of a gap opens. Between it and the end of the other, there must be only a comma. */
function nextRecord(end: usize, gapEnd: usize): bool {
  let start = gapEnd - 1;
  while (load<u8>(start) != 0x7b) start--;
  if (!isComma(end, start)) return false;
  recordStart = start;
  beginRecord(start);
  return true;
}

/** Whether the text ends after its last record: with the brackets that are still open. */
function isTail(from: usize, end: usize): bool {
  let brackets: u32 = 0;
  for (let at = from; at < end; at++) {
    const byte = load<u8>(at);
    if (!isBlank(byte)) brackets = (brackets << 8) | byte;
  }
  return brackets == 0x5d7d;
}

/**
 * Scans `{"Records": […]}`. For each record that must be parsed, it writes an answer at `answers`: where the record begins and
 * ends, and its number from 0 (32 bits each). It counts the other records in groups. Returns the number of answers; -1 if the
 * text has another shape.
 */
export function records(from: usize, end: usize, answers: usize): i32 {
  beginText(from, end);
  beginQuotes(isAnyCase);
  out = answers;
  number = 0;
  // Answers and hashes take less memory than the records that they are about.
  beginKeys(answers + (end - from) + HASHES_SLACK);
  const first = firstRecord(from, end);
  store<u32>(FIRST_START, u32(first));
  store<u32>(LAST_END, 0);
  if (first == 0) return -1;
  recordStart = first;
  beginRecord(first);

  beginGaps();
  let state = AT_START;
  /** The quote at which the last string ended; before the first one, the bracket of the record. */
  let before = first;
  let listed = 0;
  for (let part = first; part < end; part += PART_BYTES) {
    partStart = part;
    listed = findQuotes(part, end, listed);
    if (listed < 0) return -1;
    let keysEnd: usize = OWN_KEYS;
    const pairsEnd = usize(QUOTES) + (usize(listed >> 1) << 3);
    for (let pair: usize = QUOTES; pair < pairsEnd; pair += 8) {
      const quote = usize(load<u32>(pair));
      let next = knownAfter(state, before, quote);
      if (next <= IN_NEXT_RECORD) {
        if (next == 0) next = stateAfter(state, before + 1, quote);
        if (next == 0) return -1;
        if (next == IN_NEXT_RECORD) {
          const ended = recordEnd(state, before + 1, quote);
          if (!takeOwnKeys(keysEnd, pairsEnd, ended)) return -1;
          keysEnd = OWN_KEYS;
          if (!endRecord(ended) || !nextRecord(ended, quote)) return -1;
        }
      }
      state = next;
      before = load<u32>(pair, 4);
      // Writes each, because a branch for the own ones would often be predicted wrongly.
      store<u32>(keysEnd, u32(pair));
      keysEnd += usize(state <= IN_OWN_KEY) << 2;
    }
    if (!takeOwnKeys(keysEnd, pairsEnd, min(part + PART_BYTES, end))) return -1;
    // The string that ends in another part.
    if ((listed & 1) != 0) store<u32>(QUOTES, load<u32>(pairsEnd));
    listed &= 1;
  }
  const last = recordEnd(state, before + 1, end);
  if (listed != 0 || last == 0 || !endsRecord(state, before + 1, last)) return -1;
  if (!isTail(last, end) || !endRecord(last)) return -1;
  store<u32>(LAST_END, u32(last));
  return i32((out - answers) / ANSWER_BYTES);
}
