/**
 * AssemblyScript: the fields of a link (`table.as.ts`), as offsets. They have 32 bits each if nothing else is said. A link begins
 * with its text.
 */

export const MOST_TEXT: usize = 64;
/** 16 bytes, which are 0 behind a shorter text. */
export const OF_MASK = 64;
export const OF_LENGTH = 80;
/** What stands behind it: `IN_TEXT`, `IN_KEY` or `IN_GAP`; with `BEGINS_RECORD` if a record begins in it. */
export const OF_PLACE = 88;
/** The address at which the scan notes the value of its own key: see `describe.as.ts`. */
export const OF_MEMBER = 92;
/** What `describe.as.ts` says of its own key. First: 1 if it has one that matters, otherwise 0. */
export const OF_COUNT = 100;
export const OF_PRESENT = 104;
export const OF_MEANING = 108;
/** 64 bits, as are the states. */
export const OF_HELD = 112;
/** The state behind it, and the one before it with its place. */
export const OF_STATE = 120;
export const OF_BEFORE = 128;
/** The offsets in the link at which a record ends and the next one begins. */
export const OF_END = 136;
export const OF_START = 140;
/** The link that followed it first, and others, each in the slot that a hash of its first eight bytes gives. */
export const OF_USUAL = 144;
export const OF_OTHERS = 148;
export const OTHERS_BITS = 3;

// Places.
/** A text that is a value: the link ends with its quote. */
export const IN_TEXT: u32 = 0;
/** A key: the link ends with its quote. */
export const IN_KEY: u32 = 1;
/** A gap. */
export const IN_GAP: u32 = 2;
/** A record begins in the link. */
export const BEGINS_RECORD: u32 = 4;
