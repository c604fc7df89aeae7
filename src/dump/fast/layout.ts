/**
 * The layout of the WebAssembly module's memory: addresses and sizes, in bytes. AssemblyScript (the `.as.ts` files) and
 * TypeScript both import this file, so it holds nothing but constants. Only `codes.as.ts` knows what lies at `DECODER`,
 * and only `crc.as.ts` what lies at `CHECKSUM`.
 */

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
/** The most bytes before the first record, and after the last one. */
export const MOST_EDGE = 256;
/** How many bytes of its input `inflate` has read. */
export const TAKEN = 0x1204c;
export const GROUPS = 0x13000;
export const GROUP_BYTES = 40;
// The offsets of a group's fields. Lengths have 16 bits, all other fields 32. A field for a text holds the text's address.
export const OF_ACCOUNT = 0;
export const OF_REGION = 4;
/** Any time of the group's hour. */
export const OF_TIME = 8;
export const OF_FIRST = 12;
export const OF_LAST = 16;
export const OF_RECORDS = 20;
export const OF_ACCOUNT_LENGTH = 24;
export const OF_REGION_LENGTH = 26;
/** In bit 0 whether it is in the window, from bit 1 the kind, and from bit 16 the length of the source. */
export const OF_TAG = 28;
export const OF_SOURCE = 32;
/** Values that say the kind of a record: the text, padded with zeros, its length and the number of its key, and what it means. */
export const WORD_COUNT = 0x12050;
export const WORDS = 0x12400;
export const WORD_BYTES = 32;
export const WORD_TEXT = 24;
/** The tables of the decoder, and what the checksum is made of. */
export const DECODER = 0x20000;
export const CHECKSUM = DECODER + 0xb000;
/**
 * The tables of the prefilter, which `filter.ts` writes. `VALUES` has 64 bits for each hash; a value has two hashes. `KEYS` has one
 * entry for each key that matters. A hash of the key gives the slot of its entry. `KEY_FACTOR` was chosen so that all slots differ.
 */
export const VALUES = 0x34000;
export const VALUES_BITS = 14;
export const VALUES_FACTOR = 0x9e3779b1;
export const KEYS = 0x54000;
export const KEY_BYTES = 64;
export const KEY_SLOTS_BITS = 4;
export const KEY_FACTOR = 0x9740e4b9;
export const KEY_HIGH_FACTOR = 0x9e3779b1;
/**
 * By the number of a field: the bits of all its tests, those of tests that hold where the field is missing, and a bit for each
 * length of a value that is looked for. The last of these stands for all greater lengths.
 */
export const FIELDS = 0x54600;
export const FIELD_BYTES = 32;
export const MOST_LENGTH = 63;
/** A bit for each field that has tests which hold where it is missing. */
export const MISSING = 0x54518;
/** How many fields have tests; the keys of other members have the numbers from here on. */
export const FIELD_COUNT = 10;
export const NUMBER_OF_TIME = 10;
export const NUMBER_OF_VERSION = 11;
/** From here on, the keys of what only parsing can classify. */
export const NUMBER_OF_OTHERS = 12;
/** How many nodes and texts there are, and the bits of the texts in any case. */
export const NODE_COUNT = 0x54500;
export const TEXT_COUNT = 0x54504;
export const ANY_CASE = 0x54508;
/** A node for `all` or `any`: the bits that it looks at, and its kind. It sets the bit behind those of the nodes before it. */
export const NODES = 0x54800;
export const NODE_BYTES = 16;
export const FIRST_NODE_BIT = 0x54510;
/** A text that must stand in a record: its address and length, whether in any case, and where it stands next. */
export const TEXTS = 0x54c00;
export const TEXT_BYTES = 16;
/**
 * Sets of many texts: the address of what all texts of a set begin with, their length, the bit of the test, and where what they begin
 * with stands next. `MEMBERS` has a bit for each hash of a text of any set; a text has two hashes.
 */
export const SET_COUNT = 0x54514;
export const SETS = 0x54e00;
export const SET_BYTES = 16;
export const MEMBERS = 0x58000;
export const MEMBERS_BITS = 18;
export const PREFIX = 4;
/** The bytes of the texts, and then those that the texts of sets begin with. `filter.ts` keeps them short enough. */
export const TEXT_DATA = 0x55000;
/** How much of the text is marked at once, and how much memory its marks need besides: see `quotes.as.ts`. */
export const BLOCK_BYTES = 0x1000;
export const MARK_SLACK = 128;
/** The links that are remembered, and where each of them is found: see `link`. */
export const LINK_SLOTS = 0x60000;
export const LINK_SLOTS_BITS = 12;
export const LINKS = 0x69000;
export const LINK_BYTES = 192;
export const LINK_COUNT = 2048;
/** What is known of values that are in many records: see `known.as.ts`. */
export const KNOWN = 0x63000;
export const KNOWN_BYTES = 40;
export const KNOWN_SLOTS_BITS = 9;
/** By the number of a key: what was noted of the member of the record that has it. */
export const OWN_MEMBERS = 0x62000;
export const MEMBER_BYTES = 16;
export const MEMBER_COUNT = 16;
/** The text, followed by `BLANKS` blanks and then the answers. Gzip lies before the text that is unpacked from it. */
export const TEXT = 0xc9000;
export const BLANKS = 128;
export const ANSWER_BYTES = 12;
/** How far beyond its ends `inflate` may read its input and write its output. */
export const INPUT_SLACK = 64;
export const OUTPUT_SLACK = 320;
/** How far beyond the end of a text `find` may read. */
export const FIND_SLACK = 64;

// What values mean, besides the tests that hold for them. A meaning is a sum of these.
/** Only parsing can tell what the record is. */
export const DOUBTFUL = 0x1;
/** Such a call may issue a key of a session. */
export const ISSUING = 0x2;
/** The category of the event. */
export const MANAGEMENT_EVENT = 0x4;
export const DATA_EVENT = 0x8;
export const NETWORK_EVENT = 0x10;
/** The member `managementEvent` says so. */
export const IS_MANAGEMENT = 0x20;
export const IS_NOT_MANAGEMENT = 0x40;
/** The version is one without categories. */
export const OLD_VERSION = 0x80;
/** A bit for each service whose calls may be known to be data events, and so many bits higher the same for the call. */
export const FIRST_SERVICE = 0x100;
export const SERVICES = 0xf00;
export const CALL_OF_SERVICE = 4;
// The kinds of a group.
export const MANAGEMENT_KIND = 0;
export const DATA_KIND = 1;
export const NETWORK_KIND = 2;
export const UNKNOWN_KIND = 3;
