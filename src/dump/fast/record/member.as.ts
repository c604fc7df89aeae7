/** AssemblyScript: what an own key of a record means, and what its value means. */

import { separators } from '../json/bits.as';
import { holdField, takeValue } from '../filter/filter.as';
import { isIssuing } from './issued.as';
import { meaningOfWord } from './kinds.as';
import {
  DOUBTFUL,
  IS_MANAGEMENT,
  IS_NOT_MANAGEMENT,
  ISSUING,
  KEY_BYTES,
  KEY_FACTOR,
  KEY_HIGH_FACTOR,
  KEY_SLOTS_BITS,
  KEYS,
  NUMBER_OF_OTHERS,
  TIME,
} from '../layout';

// The numbers of keys, in the order of `filter.ts`.
export const NAME = 0;
export const SOURCE = 1;
export const REGION = 2;
export const ACCOUNT = 3;
export const TYPE = 4;
export const CATEGORY = 5;
export const READ_ONLY = 6;
export const MANAGEMENT_EVENT = 7;
/** The number of a key that does not matter, and of one that only parsing can understand. */
export const IDLE_KEY: u32 = 32;
export const DOUBTFUL_KEY: u32 = 33;

/** How many digits an account has. Another spelling of it may have more or fewer. */
const DIGITS: usize = 12;
/** The longest region or source that is counted here. */
const MAX_NAME: usize = 255;

const CASE: u64 = 0x2020202020202020;
// The first eight letters of `eventJson` and `eventOriginal` in lower case, as little-endian numbers.
const EVENT_JSON: u64 = 0x6f736a746e657665;
const EVENT_ORIGINAL: u64 = 0x69726f746e657665;
// The first eight letters of values, as a little-endian number.
const AWS_API_CALL: u64 = 0x6143697041737741;
const AWS_SERVICE_EVENT: u64 = 0x6976726553737741;
const AWS_CONSOLE: u64 = 0x6f736e6f43737741;
const AWS_VPCE_EVENT: u64 = 0x4565637056737741;
export const TRUE: u32 = 0x65757274;
export const FALS: u32 = 0x736c6166;
export const NULL: u32 = 0x6c6c756e;

/** Where the entry of a key may be, by its first eight letters in lower case. */
@inline
function entryOf(folded: u64): usize {
  const hash = (u32(folded) ^ (u32(folded >> 32) * KEY_HIGH_FACTOR)) * KEY_FACTOR;
  return usize(KEYS) + usize(hash >> (32 - KEY_SLOTS_BITS)) * KEY_BYTES;
}

/** Whether the key at an address is exactly that of the entry. */
function isExact(at: usize, entry: usize): bool {
  return (
    (load<u64>(at) & load<u64>(entry, 16)) == load<u64>(entry, 8) &&
    (load<u64>(at, 8) & load<u64>(entry, 32)) == load<u64>(entry, 24) &&
    (load<u64>(at, 16) & load<u64>(entry, 48)) == load<u64>(entry, 40)
  );
}

/** The number of the own key between two addresses. A key that matters has eight letters or more. */
export function numberOf(key: usize, end: usize): u32 {
  const folded = load<u64>(key) | CASE;
  const entry = entryOf(folded);
  if (load<u64>(entry) == folded) {
    const number = load<u32>(entry, 60);
    // An Insights event or one that holds the text of another, another spelling, or a longer key.
    return number >= u32(NUMBER_OF_OTHERS) || !isExact(key, entry) ? DOUBTFUL_KEY : number;
  }
  // Such a member may hold the event, of which the others are a copy.
  if (folded == EVENT_JSON || folded == EVENT_ORIGINAL) return DOUBTFUL_KEY;
  // With these between its letters, a key may be another spelling of one that matters.
  const length = u32(min(end - key, 8));
  return (separators(v128.load(key)) & ((1 << length) - 1)) != 0 ? DOUBTFUL_KEY : IDLE_KEY;
}

function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39;
}

/** What a time means: nothing if it has the form of one. `plain.ts` checks the date and the hour. */
@inline
export function meaningOfTime(value: usize): u32 {
  return isTime(value) ? 0 : DOUBTFUL;
}

function isTime(value: usize): bool {
  return (
    load<u8>(value + TIME) == 0x22 &&
    load<u8>(value + TIME - 1) == 0x5a &&
    load<u8>(value + 10) == 0x54 &&
    load<u8>(value + 13) == 0x3a &&
    load<u8>(value + 16) == 0x3a &&
    isDigit(load<u8>(value + 14)) &&
    load<u8>(value + 14) < 0x36 &&
    isDigit(load<u8>(value + 15)) &&
    isDigit(load<u8>(value + 17)) &&
    load<u8>(value + 17) < 0x36 &&
    isDigit(load<u8>(value + 18))
  );
}

/** Whether a text has an escape. */
function hasEscape(text: usize, length: usize): bool {
  for (let i: usize = 0; i < length; i++) if (load<u8>(text + i) == 0x5c) return true;
  return false;
}

function isBoolean(text: usize, length: usize): bool {
  const word = load<u32>(text);
  return (length == 4 && word == TRUE) || (length == 5 && word == FALS && load<u8>(text, 4) == 0x65);
}

/** Takes a text as the value of the key with this number, and marks the tests that hold for it. Returns what it means. */
export function takeText(number: u32, value: usize, end: usize): u32 {
  const length = end - value;
  takeValue(number, value, length);
  if (number == READ_ONLY || number == MANAGEMENT_EVENT) {
    if (isBoolean(value, length)) return number == MANAGEMENT_EVENT ? meaningOfFlag(length) : 0;
    holdField(number);
    return number == MANAGEMENT_EVENT ? DOUBTFUL : 0;
  }
  if (number == NAME) return (isIssuing(value) ? ISSUING : 0) | meaningOfWord(number, value, length);
  if (number == CATEGORY) {
    const category = meaningOfWord(number, value, length);
    return category == 0 ? DOUBTFUL : category;
  }
  if (isDoubtful(number, value, length)) return DOUBTFUL;
  return number == SOURCE ? meaningOfWord(number, value, length) : 0;
}

/** What `true` or `false` means as the value of `managementEvent`. */
@inline
export function meaningOfFlag(length: usize): u32 {
  return length == 4 ? IS_MANAGEMENT : IS_NOT_MANAGEMENT;
}

function isDoubtful(number: u32, value: usize, length: usize): bool {
  if (number == REGION) return length > MAX_NAME || hasEscape(value, length);
  if (number == ACCOUNT) return length != DIGITS || hasEscape(value, length);
  if (number == SOURCE)
    return (
      // Notifications of S3 or SNS have sources like aws:s3. CloudTrail's sources are host names.
      (load<u32>(value) | 0x202020) == 0x3a737761 || length > MAX_NAME || hasEscape(value, length)
    );
  if (number != TYPE) return false;
  const letters = load<u64>(value);
  return (
    letters != AWS_API_CALL &&
    letters != AWS_SERVICE_EVENT &&
    letters != AWS_CONSOLE &&
    letters != AWS_VPCE_EVENT
  );
}
