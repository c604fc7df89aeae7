/**
 * AssemblyScript: notes which access keys the records of a log issue. The answers of `AssumeRole` and its like have them:
 * `"credentials": {"accessKeyId": "ASIA…"}`, and that of `CreateAccessKey` `"accessKey": {"accessKeyId": "AKIA…"}`. Only a hash of each is noted: it says in which logs a key may have been issued, and
 * these are then read again. A session of a role in the console is noted by its ARN, because the console calls with other keys.
 */
import { find } from '../filter/find.as';
import { isBlank } from '../json/token.as';

const CREDENTIALS = memory.data<u8>([
  0x22, 0x63, 0x72, 0x65, 0x64, 0x65, 0x6e, 0x74, 0x69, 0x61, 0x6c, 0x73, 0x22,
]); // "credentials"
const CREDENTIALS_LENGTH: usize = 13;
const NEW_KEY = memory.data<u8>([
  0x22, 0x61, 0x63, 0x63, 0x65, 0x73, 0x73, 0x4b, 0x65, 0x79, 0x22,
]); // "accessKey"
const NEW_KEY_LENGTH: usize = 11;
const ACCESS_KEY: u64 = 0x4b73736563636122; // "accessK
const ACCESS_KEY_REST: u32 = 0x64497965; // eyId
/** The longest key of AWS. */
const LONGEST: usize = 128;

// The first eight letters of the calls that issue keys.
const ASSUME_ROLE: u64 = 0x6f52656d75737341;
const GET_SESSION_TOKEN: u64 = 0x6973736553746547;
const GET_FEDERATION_TOKEN: u64 = 0x7265646546746547;
const GET_SIGNIN_TOKEN: u64 = 0x696e676953746547;
const GET_CREDENTIALS: u64 = 0x6564657243746547;
const CREATE_SESSION: u64 = 0x6553657461657243;
const CREATE_ACCESS_KEY: u64 = 0x6341657461657243;

// The same of those that begin a session of the console. Their caller is the session.
const SWITCH_ROLE: u64 = 0x6f52686374697753;
const RENEW_ROLE: u64 = 0x6c6f5277656e6552;

// What the page of sign-in leaves in a call that it sends.
const AWS_INTERNAL = memory.data<u8>([
  0x41, 0x57, 0x53, 0x20, 0x49, 0x6e, 0x74, 0x65, 0x72, 0x6e, 0x61, 0x6c,
]); // AWS Internal
const AWS_INTERNAL_LENGTH: usize = 12;
const SIGNIN_HOST = memory.data<u8>([
  0x22, 0x73, 0x69, 0x67, 0x6e, 0x69, 0x6e, 0x2e, 0x61, 0x6d, 0x61, 0x7a, 0x6f, 0x6e, 0x61, 0x77,
  0x73,
]); // "signin.amazonaws, of which other partitions have other ends
const SIGNIN_HOST_LENGTH: usize = 17;
const ASSUMED_USER = memory.data<u8>([
  0x22, 0x61, 0x73, 0x73, 0x75, 0x6d, 0x65, 0x64, 0x52, 0x6f, 0x6c, 0x65, 0x55, 0x73, 0x65, 0x72,
  0x22,
]); // "assumedRoleUser"
const ASSUMED_USER_LENGTH: usize = 17;
const ARN = memory.data<u8>([0x22, 0x61, 0x72, 0x6e, 0x22]); // "arn"
const ARN_LENGTH: usize = 5;
/** The longest ARN of AWS. */
const LONGEST_ARN: usize = 2048;

/** The hashes are written from here downwards. */
let top: usize = 0;
let noted: i32 = 0;

/** Before a new text. The memory before this address must have room for as much as the text. */
export function beginKeys(address: usize): void {
  top = address & ~3;
  noted = 0;
}

/** Whether the event name that begins here is that of a call which issues keys. */
@inline
export function isIssuing(name: usize): bool {
  const letters = load<u64>(name);
  return (
    letters == ASSUME_ROLE ||
    letters == GET_SESSION_TOKEN ||
    letters == GET_FEDERATION_TOKEN ||
    letters == GET_SIGNIN_TOKEN ||
    letters == GET_CREDENTIALS ||
    letters == CREATE_SESSION ||
    letters == CREATE_ACCESS_KEY ||
    letters == SWITCH_ROLE ||
    letters == RENEW_ROLE
  );
}

/** Up to where `keyAfter` has looked. A search that begins before it finds nothing else. */
let looked: usize = 0;

/** The address of the key in the object that follows; 0 if there is none. The object holds no other. */
function keyAfter(from: usize, end: usize): usize {
  let at = from;
  while (at < end && load<u8>(at) != 0x7d && !isAccessKey(at)) at++;
  looked = at;
  if (at >= end || load<u8>(at) == 0x7d) return 0;
  at += 13;
  while (isBlank(load<u8>(at)) && at < end) at++;
  if (load<u8>(at) != 0x3a) return 0;
  at++;
  while (isBlank(load<u8>(at)) && at < end) at++;
  return load<u8>(at) == 0x22 ? at + 1 : 0;
}

/** Whether `"accessKeyId"` stands here. */
@inline
function isAccessKey(at: usize): bool {
  return (
    load<u8>(at) == 0x22 &&
    load<u64>(at) == ACCESS_KEY &&
    load<u32>(at, 8) == ACCESS_KEY_REST &&
    load<u8>(at, 12) == 0x22
  );
}

/** Notes the session that the record between two addresses begins in, or brings to, the console. `name` is the address of its event name. */
export function noteSession(from: usize, name: usize, end: usize): void {
  const letters = load<u64>(name);
  if (letters == SWITCH_ROLE || letters == RENEW_ROLE || letters == GET_SIGNIN_TOKEN)
    return noteArn(from, end);
  if (letters != ASSUME_ROLE) return;
  const isOfConsole =
    find(from, end, AWS_INTERNAL, AWS_INTERNAL_LENGTH) != 0 ||
    find(from, end, SIGNIN_HOST, SIGNIN_HOST_LENGTH) != 0;
  const user = isOfConsole ? find(from, end, ASSUMED_USER, ASSUMED_USER_LENGTH) : 0;
  if (user != 0) noteArn(user, end);
}

/** Notes the first ARN between two addresses. */
function noteArn(from: usize, end: usize): void {
  const found = find(from, end, ARN, ARN_LENGTH);
  if (found == 0) return;
  let at = found + ARN_LENGTH;
  while (at < end && (isBlank(load<u8>(at)) || load<u8>(at) == 0x3a)) at++;
  if (at < end && load<u8>(at) == 0x22) note(at + 1, end, LONGEST_ARN);
}

/** Notes the key that the record between two addresses issues: no answer has several. `name` is the address of its event name. */
export function noteIssuedKey(from: usize, name: usize, end: usize): void {
  // As CloudTrail writes it, the answer follows the name.
  let key = keyBetween(name, end, CREDENTIALS, CREDENTIALS_LENGTH);
  if (key == 0) key = keyBetween(from, name, CREDENTIALS, CREDENTIALS_LENGTH);
  if (key == 0) key = keyBetween(name, end, NEW_KEY, NEW_KEY_LENGTH);
  if (key == 0) key = keyBetween(from, name, NEW_KEY, NEW_KEY_LENGTH);
  if (key != 0) note(key, end, LONGEST);
}

/** Notes the text that begins at an address. Some programs write a slash as `\/`. */
function note(from: usize, end: usize, longest: usize): void {
  let hash: u32 = 0x811c9dc5;
  // The same hash as in `hashOfKey` in `key-index.ts`.
  for (let at = from; at < end && at < from + longest && load<u8>(at) != 0x22; at++)
    if (load<u8>(at) != 0x5c) hash = (hash ^ load<u8>(at)) * 0x01000193;
  noted++;
  store<u32>(top - (usize(noted) << 2), hash);
}

function keyBetween(from: usize, end: usize, holder: usize, length: usize): usize {
  looked = from;
  for (let at = from; ; ) {
    const found = find(at, end, holder, length);
    if (found == 0) return 0;
    at = found + length;
    if (at < looked) at = looked;
    const key = keyAfter(at, end);
    if (key != 0) return key;
  }
  return 0;
}

/** How many keys of the text were noted. */
export function issuedCount(): i32 {
  return noted;
}

/** Where their hashes begin, 32 bits each. */
export function issuedKeys(): usize {
  return top - (usize(noted) << 2);
}
