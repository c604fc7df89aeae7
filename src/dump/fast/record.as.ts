/** AssemblyScript: classifies a record by its own members, which the scan passes to it one by one. */

import {
  beginSearch,
  beginTests,
  holdAnyCase,
  holdField,
  mayFulfil,
  searchesAnyCase,
  takeValue,
} from './filter.as';
import { countInGroup, removeGroups } from './groups.as';
import { isIssuing, noteKey } from './issued.as';
import {
  KEY_BYTES,
  KEY_FACTOR,
  KEY_HIGH_FACTOR,
  KEY_SLOTS_BITS,
  KEYS,
  NUMBER_OF_OTHERS,
  NUMBER_OF_TIME,
  NUMBER_OF_VERSION,
  TIME,
} from './layout';
import { isBlank } from './token.as';

/** How many digits an account has. Another spelling of it may have more or fewer. */
const DIGITS: usize = 12;
/** The longest region that is counted here. */
const MAX_REGION: usize = 255;

// The numbers of keys, in the order of `filter.ts`.
const NAME = 0;
const SOURCE = 1;
const REGION = 2;
const ACCOUNT = 3;
const TYPE = 4;
const CATEGORY = 5;
const READ_ONLY = 6;
const MANAGEMENT_EVENT = 7;
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
/** Whether letters whose lower case is one of ASCII matter. */
export let isAnyCase = false;
/** Whether only parsing can tell what the record is. */
let doubtful = false;
/** The address of the record's event name, if such a call may issue a key of a session; otherwise 0. */
let issuing: usize = 0;
let time: usize = 0;
let region: usize = 0;
let regionLength: usize = 0;
let account: usize = 0;
let accountLength: usize = 0;

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

function isDigit(byte: u8): bool {
  return byte >= 0x30 && byte <= 0x39;
}

/** Whether a value has the form of a time. `plain.ts` checks the date and the hour. */
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

const CASE: u64 = 0x2020202020202020;
// The first eight letters of values, as a little-endian number.
const AWS_API_CALL: u64 = 0x6143697041737741;
const AWS_SERVICE_EVENT: u64 = 0x6976726553737741;
const AWS_CONSOLE: u64 = 0x6f736e6f43737741;
const AWS_VPCE_EVENT: u64 = 0x4565637056737741;
const MANAGEMENT: u64 = 0x656d6567616e614d;
const TRUE: u32 = 0x65757274;
const FALS: u32 = 0x736c6166;
const NULL: u32 = 0x6c6c756e;

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

/** Takes a key of the record's own members, which begins after this quote. Only keys that matter have an effect. */
export function takeKey(quote: usize): void {
  const at = quote + 1;
  const folded = load<u64>(at) | CASE;
  const entry = entryOf(folded);
  // Most keys do not matter, and one look tells.
  if (load<u64>(entry) != folded) return;
  const number = load<i32>(entry, 60);
  // An Insights event or one that holds the text of another, another spelling, or a longer key.
  if (number >= NUMBER_OF_OTHERS || !isExact(at, entry)) {
    doubtful = true;
    return;
  }
  const bit = u32(1) << number;
  // Of several members with one key, the last counts.
  if ((seen & bit) != 0) doubtful = true;
  seen |= bit;
  if (number == NUMBER_OF_VERSION) return;
  const value = valueAt(at + load<u32>(entry, 56) + 1);
  if (value < textEnd && load<u8>(value) == 0x22) {
    present |= bit;
    takeText(number, value + 1);
  } else if (number <= CATEGORY || number == NUMBER_OF_TIME) doubtful = true;
  else takeScalar(number, value);
}

/** Takes a member that may be no text. */
function takeScalar(number: i32, value: usize): void {
  const word = load<u32>(value);
  if (word == NULL) return;
  present |= u32(1) << number;
  if (word == TRUE) takeValue(number, value, 4);
  else if (word == FALS) takeValue(number, value, 5);
  else doubtful = true;
}

function isBoolean(text: usize, length: usize): bool {
  const word = load<u32>(text);
  return (length == 4 && word == TRUE) || (length == 5 && word == FALS && load<u8>(text, 4) == 0x65);
}

function takeText(number: i32, value: usize): void {
  if (number == NUMBER_OF_TIME) {
    if (isTime(value)) time = value;
    else doubtful = true;
    return;
  }
  const length = lengthAt(value);
  takeValue(number, value, length);
  if ((number == READ_ONLY || number == MANAGEMENT_EVENT) && !isBoolean(value, length))
    holdField(number);
  if (number == NAME && isIssuing(value)) issuing = value;
  if (number == REGION) {
    region = value;
    regionLength = length;
    if (length > MAX_REGION || hasEscape(value, length)) doubtful = true;
  } else if (number == ACCOUNT) {
    account = value;
    accountLength = length;
    if (length != DIGITS || hasEscape(value, length)) doubtful = true;
  } else if (number == SOURCE) {
    // Notifications of S3 or SNS have sources like aws:s3. CloudTrail's sources are host names.
    if ((load<u32>(value) | 0x202020) == 0x3a737761) doubtful = true;
  } else if (number == TYPE) {
    const kind = load<u64>(value);
    if (
      kind != AWS_API_CALL &&
      kind != AWS_SERVICE_EVENT &&
      kind != AWS_CONSOLE &&
      kind != AWS_VPCE_EVENT
    )
      doubtful = true;
  } else if (number == CATEGORY) {
    const isData = (load<u64>(value) & 0xffffffffff) == 0x2261746144;
    if (load<u64>(value) != MANAGEMENT && !isData) doubtful = true;
  }
}

/** Counts the record in its group. Returns false if there are too many groups. */
export function countRecord(): bool {
  return countInGroup(time, account, accountLength, region, regionLength);
}

/** Before a new text between these addresses. */
export function beginText(from: usize, end: usize): void {
  textEnd = end;
  isAnyCase = searchesAnyCase();
  beginSearch(from, end);
  removeGroups();
}

/**
 * Begins a record. `isDoubtful`: what is near its beginning, only parsing can tell. `isStrange`: near its beginning may be a
 * letter whose lower case is one of ASCII.
 */
export function beginRecord(start: usize, isDoubtful: bool, isStrange: bool): void {
  recordStart = start;
  seen = 0;
  present = 0;
  issuing = 0;
  doubtful = isDoubtful;
  beginTests();
  if (isStrange) holdAnyCase();
}

/** Only parsing can tell what the record is. */
@inline
export function markDoubtful(): void {
  doubtful = true;
}

/** Notes the key that the record between two addresses issues, if it may issue one. */
@inline
export function noteIssued(from: usize, end: usize): void {
  if (issuing != 0) noteKey(from, issuing, end);
}

/** Whether the record, which ends here, must be parsed: a rule may match it, or only parsing can tell what it is. */
export function mustParse(end: usize): bool {
  return doubtful || (seen & WHOLE) != WHOLE || mayFulfil(present, recordStart, end, textEnd);
}
