/**
 * AssemblyScript: tells the kind of a record (`kind.ts`) from what its values mean. `kinds.ts` writes the texts that mean something.
 */

import {
  CALL_OF_SERVICE,
  DATA_EVENT,
  DATA_KIND,
  IS_MANAGEMENT,
  IS_NOT_MANAGEMENT,
  MANAGEMENT_EVENT,
  MANAGEMENT_KIND,
  NETWORK_EVENT,
  NETWORK_KIND,
  OLD_VERSION,
  SERVICES,
  UNKNOWN_KIND,
  WORD_BYTES,
  WORD_COUNT,
  WORD_TEXT,
  WORDS,
} from '../layout';

const ANY_CATEGORY: u32 = MANAGEMENT_EVENT | DATA_EVENT | NETWORK_EVENT;
/** `"1.0` and `"1.1`, as little-endian numbers. */
const VERSION_0: u32 = 0x302e3122;
const VERSION_1: u32 = 0x312e3122;
/** An escape of a character has at most six bytes, and the versions that matter have four characters. */
const LONGEST_VERSION: usize = 24;

/** What a text means as the value of the key with this number; 0 if nothing. */
export function meaningOfWord(number: u32, value: usize, length: usize): u32 {
  if (length > usize(WORD_TEXT)) return 0;
  const tag = (u32(length) << 8) | number;
  const end = usize(WORDS) + usize(load<u32>(WORD_COUNT)) * WORD_BYTES;
  for (let word: usize = WORDS; word < end; word += WORD_BYTES)
    if (load<u32>(word, WORD_TEXT) == tag && isText(word, value, length))
      return load<u32>(word, WORD_TEXT + 4);
  return 0;
}

function isText(word: usize, value: usize, length: usize): bool {
  for (let i: usize = 0; i < length; i++) if (load<u8>(word + i) != load<u8>(value + i)) return false;
  return true;
}

/** Whether a version, which begins with this quote, is one of those without a category. */
@inline
export function isOldVersion(quote: usize): bool {
  if (load<u32>(quote) != VERSION_0) return false;
  const digit = load<u8>(quote, 4);
  return digit == 0x22 || (digit >= 0x30 && digit <= 0x36 && load<u8>(quote, 5) == 0x22);
}

/** Whether a version, which begins with this quote, may have an escape. */
@inline
export function mayHideVersion(quote: usize): bool {
  const start = load<u32>(quote);
  return !((start == VERSION_0 || start == VERSION_1) && load<u8>(quote, 5) == 0x22) && hasEscape(quote);
}

function hasEscape(quote: usize): bool {
  for (let at = quote + 1; at <= quote + LONGEST_VERSION; at++) {
    if (load<u8>(at) == 0x5c) return true;
    if (load<u8>(at) == 0x22) return false;
  }
  return false;
}

/** The kind of a record, of whose values this is the meaning. As `kindOf` in `kind.ts`. */
@inline
export function kindOf(meaning: u32): u32 {
  return (meaning & MANAGEMENT_EVENT) != 0 ? MANAGEMENT_KIND : otherKind(meaning);
}

function otherKind(meaning: u32): u32 {
  if ((meaning & ANY_CATEGORY) != 0) return (meaning & DATA_EVENT) != 0 ? DATA_KIND : NETWORK_KIND;
  if ((meaning & IS_MANAGEMENT) != 0) return MANAGEMENT_KIND;
  // The call is one of the record's own service.
  const isDataCall = (meaning & (meaning >> CALL_OF_SERVICE) & SERVICES) != 0;
  if ((meaning & IS_NOT_MANAGEMENT) != 0 || isDataCall) return DATA_KIND;
  return (meaning & OLD_VERSION) != 0 ? MANAGEMENT_KIND : UNKNOWN_KIND;
}
