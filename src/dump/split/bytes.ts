/** The bytes that JSON is made of, and tables of them: a look-up is the quickest test there is. */
export const SPACE = 0x20;
export const TAB = 0x09;
export const QUOTE = 0x22;
export const BACKSLASH = 0x5c;
export const NEWLINE = 0x0a;
export const RETURN = 0x0d;
export const COMMA = 0x2c;
export const OPEN_LIST = 0x5b;
export const CLOSE_LIST = 0x5d;
export const OPEN_OBJECT = 0x7b;
export const CLOSE_OBJECT = 0x7d;
export const U = 0x75;

/** 1 for the bytes that end the plain run of a string. */
export const SPECIAL = new Uint8Array(256);
SPECIAL.fill(1, 0, 0x20);
SPECIAL[QUOTE] = 1;
SPECIAL[BACKSLASH] = 1;

/** 1 for the bytes that end a number or a literal. */
export const DELIMITER = new Uint8Array(256);
for (const byte of Buffer.from('{}[],:" \t\r\n')) DELIMITER[byte] = 1;

/** 1 for what may stand between documents: commas, the separator of JSON sequences, byte-order marks of appended files. */
export const BETWEEN = new Uint8Array(256);
for (const byte of [COMMA, 0x1e, 0xef, 0xbb, 0xbf]) BETWEEN[byte] = 1;

/** 1 for what may follow a backslash. */
export const ESCAPE = new Uint8Array(256);
for (const byte of Buffer.from('"\\/bfnrtu')) ESCAPE[byte] = 1;

export const HEX = new Uint8Array(256);
for (const byte of Buffer.from('0123456789abcdefABCDEF')) HEX[byte] = 1;

/** A byte that cannot stand where it does, for a message. */
export function unexpected(byte: number): string {
  return byte > 0x20 && byte < 0x7f
    ? `unexpected ${String.fromCharCode(byte)}`
    : `unexpected byte 0x${byte.toString(16).padStart(2, '0')}`;
}
