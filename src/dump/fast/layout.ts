/**
 * The layout of the WebAssembly module's memory: addresses and sizes, in bytes. AssemblyScript (the `.as.ts` files) and
 * TypeScript both import this file, so it holds nothing but constants. Only `codes.as.ts` knows what lies at `DECODER`,
 * and only `crc.as.ts` what lies at `CHECKSUM`.
 */

/** A bit for each hash of a wanted event name. */
export const WANTED = 0x10000;
/** The window's bounds as texts of `TIME` characters. */
export const SINCE = 0x12000;
export const UNTIL = 0x12020;
/** The length of a time like 2026-01-14T09:30:00Z. */
export const TIME = 20;
/** How many groups there are. */
export const GROUPS_COUNT = 0x12040;
/** Where the first record begins, and where the last one ends; 0 if there is none. */
export const FIRST_START = 0x12044;
export const LAST_END = 0x12048;
/** How many bytes of its input `inflate` has read. */
export const TAKEN = 0x1204c;
export const GROUPS = 0x13000;
export const GROUP_BYTES = 32;
/** The tables of the decoder, and what the checksum is made of. */
export const DECODER = 0x20000;
export const CHECKSUM = DECODER + 0xb000;
/** The text, followed by `BLANKS` blanks and then the answers. Gzip lies before the text that is unpacked from it. */
export const TEXT = CHECKSUM + 0x9000;
export const BLANKS = 128;
export const ANSWER_BYTES = 12;
/** How far beyond its ends `inflate` may read its input and write its output. */
export const INPUT_SLACK = 64;
export const OUTPUT_SLACK = 320;
/** How far beyond the end of a text `find` may read. */
export const FIND_SLACK = 64;
