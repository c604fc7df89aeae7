/** Where the memory has what: the same places as in the files beside this one that are AssemblyScript. */

/** One bit for each hash of a wanted name. */
export const WANTED = 0x10000;
/** Times of `TIME` characters: where the window begins, and where it ends. */
export const SINCE = 0x12000;
export const UNTIL = 0x12020;
export const TIME = 20;
export const GROUPS_COUNT = 0x12040;
export const FIRST_START = 0x12044;
export const LAST_END = 0x12048;
/** How much of the input `inflate` took. */
export const TAKEN = 0x1204c;
export const GROUPS = 0x13000;
export const GROUP_BYTES = 32;
/** The text, with `BLANKS` behind it; then the answers. What is packed stands before its text. */
export const TEXT = 0x20000;
export const BLANKS = 128;
export const ANSWER_BYTES = 12;
/** How far `inflate` reads and writes beyond the ends that it is given. */
export const INPUT_SLACK = 64;
export const OUTPUT_SLACK = 320;
