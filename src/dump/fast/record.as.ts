/**
 * AssemblyScript: what a record shows of itself by its own members, as the scan comes by them, and the groups in which
 * records are counted that nobody asks for.
 */

/** One bit for each hash of a wanted name. */
const WANTED: usize = 0x10000;
/** Times as 20 characters: where the window begins, and where it ends; unsigned order is theirs. */
const SINCE: usize = 0x12000;
const UNTIL: usize = 0x12020;
/** How many groups there are. */
const GROUPS_COUNT: usize = 0x12040;
/** 32 bytes a group: account, region, time of its hour, earliest and latest time (places), records, lengths, window. */
const GROUPS: usize = 0x13000;
const MOST_GROUPS = 64;

/** Characters of a time: 2026-01-14T09:30:00Z. */
const TIME = 20;
const HOUR = 13;

// What a record has shown so far.
const NAME = 1;
const TIMED = 2;
const REGION = 4;
const ACCOUNT = 8;
const SOURCE = 16;
const TYPE = 32;
const CATEGORY = 64;
const VERSION = 128;
/** Every event of AWS shows these. */
const WHOLE = NAME | TIMED | REGION | ACCOUNT | SOURCE | VERSION;

let seen = 0;
/** Whether only a parse can tell. */
let doubtful = false;
let isWanted = false;
let time: usize = 0;
let region: usize = 0;
let regionLength: usize = 0;
let account: usize = 0;
let accountLength: usize = 0;

export function isBlank(byte: u8): bool {
  return byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09;
}

/** The place behind a key's colon and the quote of its value; 0 where there is no colon, 1 where the value is no string. */
function valueAt(behindKey: usize): usize {
  let at = behindKey;
  while (isBlank(load<u8>(at))) at++;
  if (load<u8>(at) != 0x3a) return 0;
  at++;
  while (isBlank(load<u8>(at))) at++;
  return load<u8>(at) == 0x22 ? at + 1 : 1;
}

function lengthAt(value: usize): usize {
  let end = value;
  while (load<u8>(end) != 0x22) end++;
  return end - value;
}

function compare(a: usize, b: usize, length: usize): i32 {
  for (let i: usize = 0; i < length; i++) {
    const difference = i32(load<u8>(a + i)) - i32(load<u8>(b + i));
    if (difference != 0) return difference;
  }
  return 0;
}

/** The hash by which the host marks the wanted names: FNV-1a of the text in lower case, folded to 16 bits. */
function isMarked(value: usize, length: usize): bool {
  let hash: u32 = 0x811c9dc5;
  for (let i: usize = 0; i < length; i++) {
    let byte = load<u8>(value + i);
    // Of other letters only the engine knows which are the same.
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

/** Whether a value has the form of a time, whose date and hour the host will judge. */
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
// The first eight letters of keys and values, as a number in the order of memory.
const EVENT_NAME: u64 = 0x6d614e746e657665;
const EVENT_TIME: u64 = 0x6d6954746e657665;
const EVENT_SOURCE: u64 = 0x756f53746e657665;
const EVENT_TYPE: u64 = 0x707954746e657665;
const EVENT_CATEGORY: u64 = 0x746143746e657665;
const EVENT_VERSION: u64 = 0x726556746e657665;
const AWS_REGION: u64 = 0x6f69676552737761;
const RECIPIENT: u64 = 0x6e65697069636572;
const INSIGHT: u64 = 0x6474686769736e69;
const AWS_API_CALL: u64 = 0x6143697041737741;
const AWS_SERVICE_EVENT: u64 = 0x6976726553737741;
const AWS_CONSOLE: u64 = 0x6f736e6f43737741;
const AWS_VPCE_EVENT: u64 = 0x4565637056737741;
const MANAGEMENT: u64 = 0x656d6567616e614d;

/** Whether the key at a place goes on so behind its first eight letters, and ends there. */
function goesOn(at: usize, a: u8, b: u8, c: u8, d: u8, length: usize): bool {
  const rest = at + 8;
  if (load<u8>(rest + length) != 0x22) return false;
  if (load<u8>(rest) != a) return false;
  if (length > 1 && load<u8>(rest + 1) != b) return false;
  if (length > 2 && load<u8>(rest + 2) != c) return false;
  return length < 4 || load<u8>(rest + 3) == d;
}

/** Whether one of the keys that matter begins so: a, e, i, r. */
@inline
function isInitial(letter: u32): bool {
  return letter - 0x61 < 18 && ((1 << (letter - 0x61)) & 0x20111) != 0;
}

/** A string at the depth of a record's own members begins behind this quote: takes it in where it is a key that matters. */
export function takeString(quote: usize): void {
  const at = quote + 1;
  const exact = load<u64>(at);
  const folded = exact | CASE;
  if (!isInitial(u32(folded) & 0xff)) return;
  if (folded == (EVENT_NAME | CASE)) {
    const value = valueAt(at + 10);
    // In another spelling, or a longer key: a parse will tell.
    if (exact != EVENT_NAME || !goesOn(at, 0x65, 0, 0, 0, 1) || value == 0) doubtful = true;
    else if (value == 1) doubtful = true;
    else {
      seen |= NAME;
      if (isMarked(value, lengthAt(value))) isWanted = true;
    }
  } else if (folded == (EVENT_TIME | CASE)) {
    const value = valueAt(at + 10);
    if (exact != EVENT_TIME || !goesOn(at, 0x65, 0, 0, 0, 1) || value < 2 || !isTime(value))
      doubtful = true;
    else {
      seen |= TIMED;
      time = value;
    }
  } else if (folded == (AWS_REGION | CASE)) {
    const value = valueAt(at + 10);
    if (exact != AWS_REGION || !goesOn(at, 0x6e, 0, 0, 0, 1) || value < 2) doubtful = true;
    else {
      seen |= REGION;
      region = value;
      regionLength = lengthAt(value);
    }
  } else if (folded == RECIPIENT) {
    const value = valueAt(at + 19);
    if (exact != RECIPIENT || !isRecipient(at) || value < 2) doubtful = true;
    else {
      seen |= ACCOUNT;
      account = value;
      accountLength = lengthAt(value);
    }
  } else if (folded == (EVENT_SOURCE | CASE)) {
    const value = valueAt(at + 12);
    if (exact != EVENT_SOURCE || !goesOn(at, 0x72, 0x63, 0x65, 0, 3) || value < 2) doubtful = true;
    else {
      seen |= SOURCE;
      // S3, SNS and the like name themselves aws:s3; CloudTrail's sources are host names.
      if ((load<u32>(value) | 0x202020) == 0x3a737761) doubtful = true;
    }
  } else if (folded == (EVENT_TYPE | CASE)) {
    const value = valueAt(at + 10);
    if (exact != EVENT_TYPE || !goesOn(at, 0x65, 0, 0, 0, 1) || value < 2) doubtful = true;
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
    if (exact != EVENT_CATEGORY || load<u8>(at + 13) != 0x22 || value < 2) doubtful = true;
    else {
      seen |= CATEGORY;
      const isData = (load<u64>(value) & 0xffffffffff) == 0x2261746144;
      if (load<u64>(value) != MANAGEMENT && !isData) doubtful = true;
    }
  } else if (folded == (EVENT_VERSION | CASE)) {
    if (exact != EVENT_VERSION) doubtful = true;
    else seen |= VERSION;
  } else if (folded == INSIGHT) doubtful = true;
}

/** recipientAccountId" */
function isRecipient(at: usize): bool {
  return (
    load<u64>(at + 8) == 0x746e756f63634174 && // tAccount
    load<u16>(at + 16) == 0x6449 && // Id
    load<u8>(at + 18) == 0x22
  );
}

/** Counts a record in its group; false where there are too many groups. */
export function count(): bool {
  const inWindow = compare(time, SINCE, TIME) >= 0 && compare(time, UNTIL, TIME) < 0 ? 1 : 0;
  const known = load<u32>(GROUPS_COUNT);
  // Neighbours in a log are of one group more often than not.
  for (let i = i32(known) - 1; i >= 0; i--) {
    const group = GROUPS + (usize(i) << 5);
    if (
      load<u32>(group, 28) == u32(inWindow) &&
      load<u16>(group, 24) == u16(accountLength) &&
      load<u16>(group, 26) == u16(regionLength) &&
      compare(load<u32>(group, 8), time, HOUR) == 0 &&
      compare(load<u32>(group), account, accountLength) == 0 &&
      compare(load<u32>(group, 4), region, regionLength) == 0
    ) {
      store<u32>(group, load<u32>(group, 20) + 1, 20);
      if (compare(time, load<u32>(group, 12), TIME) < 0) store<u32>(group, u32(time), 12);
      if (compare(time, load<u32>(group, 16), TIME) > 0) store<u32>(group, u32(time), 16);
      return true;
    }
  }
  if (known == MOST_GROUPS) return false;
  const group = GROUPS + (usize(known) << 5);
  store<u32>(group, u32(account));
  store<u32>(group, u32(region), 4);
  store<u32>(group, u32(time), 8);
  store<u32>(group, u32(time), 12);
  store<u32>(group, u32(time), 16);
  store<u32>(group, 1, 20);
  store<u16>(group, u16(accountLength), 24);
  store<u16>(group, u16(regionLength), 26);
  store<u32>(group, u32(inWindow), 28);
  store<u32>(GROUPS_COUNT, known + 1);
  return true;
}

/** Forgets the groups of the text before. */
export function forget(): void {
  store<u32>(GROUPS_COUNT, 0);
}

/** A record begins; `isDoubtful` where a backslash is about. */
export function begin(isDoubtful: bool): void {
  seen = 0;
  isWanted = false;
  doubtful = isDoubtful;
}

/** Only a parse can tell what the record is. */
@inline
export function doubt(): void {
  doubtful = true;
}

/** Whether the record that ends is to be parsed: a rule may match it, or there is a doubt. */
export function isToParse(): bool {
  return doubtful || isWanted || (seen & WHOLE) != WHOLE;
}
