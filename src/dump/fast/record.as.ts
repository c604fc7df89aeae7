/** AssemblyScript: classifies a record by its own members, which the scan passes to it one by one. */

import { countInGroup, removeGroups } from './groups.as';
import { isIssuing, noteKey } from './issued.as';
import { TIME, WANTED } from './layout';
import { isBlank } from './token.as';

/** How many digits an account has. Another spelling of it may have more or fewer. */
const DIGITS: usize = 12;
/** The longest region that is counted here. */
const MAX_REGION: usize = 255;

// The members that the record has had so far.
const NAME = 1;
const TIMED = 2;
const REGION = 4;
const ACCOUNT = 8;
const SOURCE = 16;
const TYPE = 32;
const CATEGORY = 64;
const VERSION = 128;
/** The members that every event of AWS has. */
const WHOLE = NAME | TIMED | REGION | ACCOUNT | SOURCE | VERSION;

/** Where the text ends. */
let textEnd: usize = 0;
let seen = 0;
/** Whether only parsing can tell what the record is. */
let doubtful = false;
let isWanted = false;
/** The address of the record's event name, if such a call may issue a key of a session; otherwise 0. */
let issuing: usize = 0;
let time: usize = 0;
let region: usize = 0;
let regionLength: usize = 0;
let account: usize = 0;
let accountLength: usize = 0;

/** The address of the text of a key's value. 0 if the value is not a string, or the text ends before it. */
function valueAt(behindKey: usize): usize {
  let at = behindKey;
  while (at < textEnd && isBlank(load<u8>(at))) at++;
  if (load<u8>(at) != 0x3a) return 0;
  at++;
  while (at < textEnd && isBlank(load<u8>(at))) at++;
  return at < textEnd && load<u8>(at) == 0x22 ? at + 1 : 0;
}

/** The length of the string whose text begins here. Blanks follow the text of the log, so 16 bytes can always be read. */
function lengthAt(value: usize): usize {
  for (let at = value; at < textEnd; at += 16) {
    const quotes = i8x16.bitmask(i8x16.eq(v128.load(at), i8x16.splat(0x22)));
    if (quotes != 0) return at + usize(ctz(quotes)) - value;
  }
  return textEnd - value;
}

/** Whether the text may be a wanted name. The hash is FNV-1a of the text in lower case, folded to 16 bits, as in `plain.ts`. */
function isMarked(value: usize, length: usize): bool {
  let hash: u32 = 0x811c9dc5;
  for (let i: usize = 0; i < length; i++) {
    let byte = load<u8>(value + i);
    // Only the engine knows which letters beyond ASCII are equal ignoring case.
    if (byte >= 0x80) return true;
    if (byte >= 0x41 && byte <= 0x5a) byte |= 0x20;
    hash = (hash ^ byte) * 0x01000193;
  }
  hash = (hash ^ (hash >> 16)) & 0xffff;
  return (load<u8>(WANTED + (hash >> 3)) & (1 << (hash & 7))) != 0;
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

const CASE: u64 = 0x2020202020202020;
// The first eight letters of keys and values, as a little-endian number.
const EVENT_NAME: u64 = 0x6d614e746e657665;
const EVENT_TIME: u64 = 0x6d6954746e657665;
const EVENT_SOURCE: u64 = 0x756f53746e657665;
const EVENT_TYPE: u64 = 0x707954746e657665;
const EVENT_CATEGORY: u64 = 0x746143746e657665;
const EVENT_VERSION: u64 = 0x726556746e657665;
const AWS_REGION: u64 = 0x6f69676552737761;
const RECIPIENT: u64 = 0x6e65697069636572;
const INSIGHT: u64 = 0x6474686769736e69;
const CLOUD_TRAIL: u64 = 0x61727464756f6c63;
const AWS_API_CALL: u64 = 0x6143697041737741;
const AWS_SERVICE_EVENT: u64 = 0x6976726553737741;
const AWS_CONSOLE: u64 = 0x6f736e6f43737741;
const AWS_VPCE_EVENT: u64 = 0x4565637056737741;
const MANAGEMENT: u64 = 0x656d6567616e614d;

/** Whether the key at an address has exactly these `length` letters after its first eight. */
function endsWith(at: usize, a: u8, b: u8, c: u8, d: u8, length: usize): bool {
  const rest = at + 8;
  if (load<u8>(rest + length) != 0x22) return false;
  if (load<u8>(rest) != a) return false;
  if (length > 1 && load<u8>(rest + 1) != b) return false;
  if (length > 2 && load<u8>(rest + 2) != c) return false;
  return length < 4 || load<u8>(rest + 3) == d;
}

/** The keys that matter, in lower case, each in the slot that `slotOf` gives. No other key is in its slot. */
const SLOTS = memory.data<u64>([
  EVENT_VERSION | CASE,
  EVENT_TIME | CASE,
  AWS_REGION | CASE,
  EVENT_SOURCE | CASE,
  CLOUD_TRAIL,
  0,
  0,
  0,
  EVENT_TYPE | CASE,
  EVENT_CATEGORY | CASE,
  RECIPIENT,
  INSIGHT,
  0,
  0,
  EVENT_NAME | CASE,
  0,
]);

/** The multiplier was found by trial: it gives each of the keys a slot of its own. */
@inline
function slotOf(folded: u64): usize {
  return usize((folded * 0x78e510617311d8a3) >> 60);
}

/** Takes a key of the record's own members, which begins after this quote. Only keys that matter have an effect. */
export function takeKey(quote: usize): void {
  const at = quote + 1;
  const exact = load<u64>(at);
  const folded = exact | CASE;
  // Most keys do not matter, and one look tells.
  if (load<u64>(SLOTS + (slotOf(folded) << 3)) != folded) return;
  if (folded == (EVENT_NAME | CASE)) {
    const value = valueAt(at + 10);
    // Another spelling, a longer key, or no string.
    if (exact != EVENT_NAME || !endsWith(at, 0x65, 0, 0, 0, 1) || value == 0) doubtful = true;
    else {
      seen |= NAME;
      if (isMarked(value, lengthAt(value))) isWanted = true;
      if (isIssuing(value)) issuing = value;
    }
  } else if (folded == (EVENT_TIME | CASE)) {
    const value = valueAt(at + 10);
    if (exact != EVENT_TIME || !endsWith(at, 0x65, 0, 0, 0, 1) || value == 0 || !isTime(value))
      doubtful = true;
    else {
      seen |= TIMED;
      time = value;
    }
  } else if (folded == (AWS_REGION | CASE)) {
    const value = valueAt(at + 10);
    if (exact != AWS_REGION || !endsWith(at, 0x6e, 0, 0, 0, 1) || value == 0) doubtful = true;
    else {
      seen |= REGION;
      region = value;
      regionLength = lengthAt(value);
      if (regionLength > MAX_REGION) doubtful = true;
    }
  } else if (folded == RECIPIENT) {
    const value = valueAt(at + 19);
    if (exact != RECIPIENT || !isRecipient(at) || value == 0) doubtful = true;
    else {
      seen |= ACCOUNT;
      account = value;
      accountLength = lengthAt(value);
      if (accountLength != DIGITS) doubtful = true;
    }
  } else if (folded == (EVENT_SOURCE | CASE)) {
    const value = valueAt(at + 12);
    if (exact != EVENT_SOURCE || !endsWith(at, 0x72, 0x63, 0x65, 0, 3) || value == 0)
      doubtful = true;
    else {
      seen |= SOURCE;
      // Notifications of S3 or SNS have sources like aws:s3. CloudTrail's sources are host names.
      if ((load<u32>(value) | 0x202020) == 0x3a737761) doubtful = true;
    }
  } else if (folded == (EVENT_TYPE | CASE)) {
    const value = valueAt(at + 10);
    if (exact != EVENT_TYPE || !endsWith(at, 0x65, 0, 0, 0, 1) || value == 0) doubtful = true;
    else {
      seen |= TYPE;
      const kind = load<u64>(value);
      if (
        kind != AWS_API_CALL &&
        kind != AWS_SERVICE_EVENT &&
        kind != AWS_CONSOLE &&
        kind != AWS_VPCE_EVENT
      )
        doubtful = true;
    }
  } else if (folded == (EVENT_CATEGORY | CASE)) {
    const value = valueAt(at + 14);
    if (exact != EVENT_CATEGORY || load<u8>(at + 13) != 0x22 || value == 0) doubtful = true;
    else {
      seen |= CATEGORY;
      const isData = (load<u64>(value) & 0xffffffffff) == 0x2261746144;
      if (load<u64>(value) != MANAGEMENT && !isData) doubtful = true;
    }
  } else if (folded == (EVENT_VERSION | CASE)) {
    if (exact != EVENT_VERSION) doubtful = true;
    else seen |= VERSION;
  }
  // An Insights event, or an event that holds the text of another.
  else if (folded == INSIGHT || folded == CLOUD_TRAIL) doubtful = true;
}

/** Whether the key is recipientAccountId. */
function isRecipient(at: usize): bool {
  return (
    load<u64>(at + 8) == 0x746e756f63634174 && // tAccount
    load<u16>(at + 16) == 0x6449 && // Id
    load<u8>(at + 18) == 0x22
  );
}

/** Counts the record in its group. Returns false if there are too many groups. */
export function countRecord(): bool {
  return countInGroup(time, account, accountLength, region, regionLength);
}

/** Before a new text, which ends at this address. */
export function beginText(end: usize): void {
  textEnd = end;
  removeGroups();
}

/** Begins a record. `isDoubtful`: what is near its beginning, only parsing can tell. */
export function beginRecord(isDoubtful: bool): void {
  seen = 0;
  isWanted = false;
  issuing = 0;
  doubtful = isDoubtful;
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

/** Whether the record, which has ended, must be parsed: a rule may match it, or only parsing can tell what it is. */
export function mustParse(): bool {
  return doubtful || isWanted || (seen & WHOLE) != WHOLE;
}
