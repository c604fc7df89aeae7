/** AssemblyScript: writes into a link what the own key of a record means that stands in it, and its value if that is no text. */

import { isTested, takeHeld, takeValue } from '../filter/filter.as';
import { textEnd } from '../json/quotes.as';
import { isBlank, isResources } from '../json/token.as';
import {
  DOUBTFUL,
  FIELD_COUNT,
  MEMBER_BYTES,
  NUMBER_OF_TIME,
  NUMBER_OF_VERSION,
  OWN_MEMBERS,
} from '../layout';
import { OF_COUNT, OF_HELD, OF_MEANING, OF_MEMBER, OF_PRESENT } from '../link/fields.as';
import {
  CATEGORY,
  DOUBTFUL_KEY,
  FALS,
  IDLE_KEY,
  MANAGEMENT_EVENT,
  meaningOfFlag,
  NULL,
  numberOf,
  READ_ONLY,
  TRUE,
} from './member.as';

/** The number of the identity of an event, of members that only parsing can understand, and of those that do not matter. */
export const IDENTITY: u32 = 13;
export const DOUBTFUL_MEMBER: u32 = 14;
const NO_MEMBER: u32 = 15;

/** Where a member is noted. */
@inline
export function memberOf(number: u32): usize {
  return usize(OWN_MEMBERS) + usize(number) * MEMBER_BYTES;
}

/** The address of a key's value. */
function valueAt(behindKey: usize): usize {
  let at = behindKey;
  while (at < textEnd && isBlank(load<u8>(at))) at++;
  // This byte should be the colon. If it is not, parsing the gap fails later, and the record is not taken.
  at++;
  while (at < textEnd && isBlank(load<u8>(at))) at++;
  return at;
}

/** Writes into a link that it has no own key that matters. */
export function describeNothing(link: usize): void {
  store<u32>(link, u32(memberOf(NO_MEMBER)), OF_MEMBER);
  store<u32>(link, 0, OF_COUNT);
  store<u32>(link, 0, OF_PRESENT);
  store<u32>(link, 0, OF_MEANING);
  store<u64>(link, 0, OF_HELD);
}

/**
 * Writes into a link what an own key between two addresses means, and its value if that is no text. Returns false if the splitter
 * stops at the value: it does so at some lists, by their keys.
 */
export function describeKey(link: usize, key: usize, keyEnd: usize): bool {
  const value = valueAt(keyEnd + 1);
  const first = load<u8>(value);
  if (first == 0x5b && !isResources(value)) return false;
  const found = numberOf(key, keyEnd);
  if (found == IDLE_KEY && isIdentity(key, keyEnd)) {
    store<u32>(link, u32(memberOf(IDENTITY)), OF_MEMBER);
    store<u32>(link, 1, OF_COUNT);
    return true;
  }
  // Most keys do not matter.
  if (found == IDLE_KEY || (isOptional(found) && !isTested(found))) return true;
  const number = found == DOUBTFUL_KEY ? DOUBTFUL_MEMBER : found;
  store<u32>(link, u32(memberOf(number)), OF_MEMBER);
  store<u32>(link, 1, OF_COUNT);
  if (number == DOUBTFUL_MEMBER) store<u32>(link, DOUBTFUL, OF_MEANING);
  else if (first == 0x22) store<u32>(link, u32(1) << number, OF_PRESENT);
  else if (number <= u32(CATEGORY) || number == NUMBER_OF_TIME) store<u32>(link, DOUBTFUL, OF_MEANING);
  else if (number != NUMBER_OF_VERSION) describeScalar(link, number, value);
  return true;
}

/** Whether the key between two addresses is `userIdentity`. */
function isIdentity(key: usize, keyEnd: usize): bool {
  return keyEnd - key == 12 && load<u64>(key) == 0x6e65644972657375 && load<u32>(key, 8) == 0x79746974;
}

/** Whether the scan needs the value of this key only for the filter's tests. */
function isOptional(number: u32): bool {
  return number == READ_ONLY || (number > u32(MANAGEMENT_EVENT) && number < u32(FIELD_COUNT));
}

/** Describes a value that may be no text. */
function describeScalar(link: usize, number: u32, value: usize): void {
  const word = load<u32>(value);
  if (word == NULL) return;
  store<u32>(link, u32(1) << number, OF_PRESENT);
  if (word != TRUE && word != FALS) {
    store<u32>(link, DOUBTFUL, OF_MEANING);
    return;
  }
  const length: usize = word == TRUE ? 4 : 5;
  takeValue(number, value, length);
  store<u64>(link, takeHeld(), OF_HELD);
  if (number == MANAGEMENT_EVENT) store<u32>(link, meaningOfFlag(length), OF_MEANING);
}
