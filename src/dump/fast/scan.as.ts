/**
 * AssemblyScript, compiled to WebAssembly: scans the text of a log once, 64 bytes at a time. It finds the records that a rule
 * may match, and counts the others by account, region and hour. Records that it cannot classify for certain must be parsed.
 *
 * It checks the grammar of all that it passes, because nobody else looks at a record that is not parsed: every token by the
 * tokens that may follow it, every bracket by its partner, and every number, literal and escape. An escape of a letter or of a
 * slash is the exception: a key or a text that matters may hide behind it, so the record must be parsed. Text that is no JSON
 * has another shape, and the caller leaves it to the splitter, which can say what is lost.
 *
 * `memory.ts` writes the text, followed by blanks, and reads the answers; `layout.ts` has the addresses.
 */

import {
  atMost,
  betweenWords,
  bits,
  equal,
  following,
  has,
  hasAtMost,
  parity,
  simpleEscapes,
  stillDue,
} from './bits.as';
import { holdAnyCase } from './filter.as';
import { beginKeys } from './issued.as';
import { ANSWER_BYTES, FIRST_START, LAST_END } from './layout';
import {
  beginRecord,
  beginText,
  countRecord,
  isAnyCase,
  markDoubtful,
  mustParse,
  noteIssued,
  takeKey,
} from './record.as';
import { isComma, isResources, isScalar } from './token.as';

/** In bytes. A longer record may exceed the limit for values in a record, which only the splitter checks. */
const MAX_RECORD: usize = 1 << 20;

/** How far beyond the end of the answers' memory, which is as long as the text, the hashes of issued keys may reach. */
const HASHES_SLACK: usize = 64;
/** The depth of the records in `{"Records": [{…}, {…}]}`. */
const LEVEL = 2;
/** A bit for each open bracket must fit in 64. No record of AWS is so deep. */
const MAX_DEPTH = 62;

/**
 * Scans `{"Records": […]}`. For each record that must be parsed, it writes an answer at `out`: where the record begins and
 * ends, and its number from 0 (32 bits each). It counts the other records in groups. Returns the number of answers; -1 if the
 * text has another shape.
 */
export function records(from: usize, end: usize, out: usize): i32 {
  const first = out;
  let depth = 0;
  /** One bit for each open bracket: 1 for a list, 0 for an object. The lowest bit is the innermost bracket. */
  let kinds: i64 = 1;
  /** All bits are set if the text is in a string. */
  let inString: i64 = 0;
  let inKey: i64 = 0;
  let inScalar: i64 = 0;
  let escaped: i64 = 0;
  /** Whether the byte before these 64 is a backslash. */
  let slashBefore: i64 = 0;
  // What is due at the next token: see `following`.
  let startDue: i64 = 1;
  let keyDue: i64 = 0;
  let colonDue: i64 = 0;
  let endDue: i64 = 0;
  let start: usize = 0;
  let before: usize = 0;
  let number = 0;
  beginText(from, end);
  // Answers and hashes take less memory than the records that they are about.
  beginKeys(out + (end - from) + HASHES_SLACK);
  store<u32>(FIRST_START, 0);
  for (let at = from; at < end; at += 64) {
    const a = v128.load(at);
    const b = v128.load(at, 16);
    const c = v128.load(at, 32);
    const d = v128.load(at, 48);
    let quotes = equal(a, b, c, d, 0x22);
    let isHidden = false;
    if ((escaped | slashBefore) != 0 || has(a, b, c, d, 0x5c)) {
      const all = equal(a, b, c, d, 0x5c);
      const slashes = all & ~escaped;
      const follows = (slashes << 1) | escaped;
      const odd: i64 = 0xaaaaaaaaaaaaaaaa;
      const starts = slashes & odd & ~follows;
      const sum = starts + slashes;
      escaped = i64(u64(sum) < u64(slashes));
      const behind = follows & (~odd ^ (sum << 1));
      // Also behind a backslash that is escaped itself: a text in this text may be JSON.
      const hiding = (equal(a, b, c, d, 0x75) | equal(a, b, c, d, 0x2f)) & ((all << 1) | slashBefore);
      isHidden = (hiding | (behind & ~(quotes | all | simpleEscapes(a, b, c, d)))) != 0;
      if (isHidden) markDoubtful();
      quotes &= ~behind;
      slashBefore = all >>> 63;
    }
    const inside = parity(quotes) ^ inString;
    inString = inside >> 63;
    const outside = ~inside;
    const strings = quotes & inside;

    let wrong: i64 = 0;
    let blanks: i64 = 0;
    if (hasAtMost(a, b, c, d, 0x20)) {
      blanks = atMost(a, b, c, d, 0x20) & outside;
      if (hasAtMost(a, b, c, d, 0x1f)) {
        const lines = equal(a, b, c, d, 0x0a) | equal(a, b, c, d, 0x0d) | equal(a, b, c, d, 0x09);
        wrong = atMost(a, b, c, d, 0x1f) & ~(lines & outside);
      }
    }

    const small = i8x16.splat(0x20);
    const la = v128.or(a, small);
    const lb = v128.or(b, small);
    const lc = v128.or(c, small);
    const ld = v128.or(d, small);
    const opens = equal(la, lb, lc, ld, 0x7b) & outside;
    const closes = equal(la, lb, lc, ld, 0x7d) & outside;
    const commas = equal(a, b, c, d, 0x2c) & outside;
    const colons = equal(a, b, c, d, 0x3a) & outside;

    /** Where the innermost bracket begins a list, where it begins a record, and the brackets of records. */
    let lists = -(kinds & 1);
    let own: i64 = depth == LEVEL + 1 ? -1 : 0;
    let edges: i64 = 0;
    for (let rest = opens | closes; rest != 0; rest &= rest - 1) {
      const bit = rest & -rest;
      const position = at + usize(ctz(rest));
      const byte = load<u8>(position);
      const isList = i64((byte & 0x20) == 0);
      const isOpening = (byte & 2) != 0;
      const wasList = kinds & 1;
      if (isOpening) {
        if (depth == MAX_DEPTH) return -1;
        // The splitter stops at some lists of a record, by their keys.
        if (depth == LEVEL + 1 && isList && !isResources(position)) return -1;
        kinds = (kinds << 1) | isList;
      } else {
        if (depth == 0) return -1;
        wrong |= wasList ^ isList;
        kinds >>= 1;
        depth--;
      }
      lists ^= -bit & -(wasList ^ (kinds & 1));
      if (depth == LEVEL) {
        edges |= bit;
        own ^= -bit;
      } else if (depth == LEVEL + 1) own ^= -bit;
      if (isOpening) depth++;
    }

    const beginsKey = (opens | commas) & ~lists;
    const keyPlaces = following(beginsKey, keyDue, blanks);
    keyDue = stillDue(beginsKey, keyDue, blanks);
    const keys = strings & keyPlaces;
    wrong |= keyPlaces & ~(keys | closes);

    // An addition carries a bit from the opening quote of a key to the closing one.
    const carried = inside + (keys | inKey);
    inKey = i64(u64(carried) < u64(inside));
    const keyEnds = carried & quotes & outside;
    wrong |= colons ^ following(keyEnds, colonDue, blanks);
    colonDue = stillDue(keyEnds, colonDue, blanks);

    // With these between its words, a key may be another spelling of one that matters.
    const ownKeys = inside & ~carried & own;
    const hasOtherKey = ownKeys != 0 && (betweenWords(a, b, c, d) & ownKeys) != 0;
    if (hasOtherKey) markDoubtful();
    const isStrange =
      isAnyCase && bits(a, b, c, d) != 0 && (has(a, b, c, d, 0xc4) || has(a, b, c, d, 0xe2));
    if (isStrange) holdAnyCase();

    const scalars = outside & ~(quotes | opens | closes | commas | colons | blanks);
    const scalarStarts = scalars & ~((scalars << 1) | inScalar);
    inScalar = scalars >>> 63;
    for (let rest = scalarStarts; rest != 0; rest &= rest - 1) {
      if (!isScalar(at + usize(ctz(rest)))) return -1;
    }

    const starts = strings | opens | scalarStarts;
    const beginsValue = opens | commas | colons;
    const places = following(beginsValue, startDue, blanks);
    startDue = stillDue(beginsValue, startDue, blanks);
    wrong |= starts & ~places;
    const noStarts = places & ~starts;
    if (noStarts != 0) wrong |= noStarts & ~(closes & following(opens, endDue, blanks));
    endDue = stillDue(opens, endDue, blanks);
    if (wrong != 0) return -1;

    for (let rest = (keys & own) | edges; rest != 0; rest &= rest - 1) {
      const bit = rest & -rest;
      const position = at + usize(ctz(rest));
      if ((edges & bit) == 0) takeKey(position);
      else if ((opens & bit) != 0) {
        if (load<u8>(position) != 0x7b) return -1;
        const compact = position == before + 1 && load<u8>(before) == 0x2c;
        if (before == 0) store<u32>(FIRST_START, u32(position));
        else if (!compact && !isComma(before, position)) return -1;
        start = position;
        beginRecord(position, isHidden || hasOtherKey, isStrange);
      } else {
        before = position + 1;
        const length = before - start;
        // An answer must not be longer than the record, because only so much memory is reserved.
        if (length > MAX_RECORD || length < usize(ANSWER_BYTES)) return -1;
        noteIssued(start, before);
        if (mustParse(before)) {
          store<u32>(out, u32(start));
          store<u32>(out, u32(before), 4);
          store<u32>(out, u32(number), 8);
          out += ANSWER_BYTES;
        } else if (!countRecord()) return -1;
        number++;
      }
    }
  }
  store<u32>(LAST_END, u32(before));
  return depth == 0 && inString == 0 ? i32((out - first) / ANSWER_BYTES) : -1;
}
