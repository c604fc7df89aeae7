/** The bytes that have a meaning in JSON, and tables of them: looking a byte up in a table is the fastest test. */
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

/** 1 for bytes in a string that need a closer look. */
export const SPECIAL = new Uint8Array(256);
SPECIAL.fill(1, 0, 0x20);
SPECIAL[QUOTE] = 1;
SPECIAL[BACKSLASH] = 1;

/** 1 for bytes that end a number or a literal. */
export const DELIMITER = new Uint8Array(256);
for (const byte of Buffer.from('{}[],:" \t\r\n')) DELIMITER[byte] = 1;

/** 1 for bytes allowed between documents: comma, the separator of JSON text sequences (RFC 7464), byte-order marks. */
export const BETWEEN = new Uint8Array(256);
for (const byte of [COMMA, 0x1e, 0xef, 0xbb, 0xbf]) BETWEEN[byte] = 1;

/** 1 for bytes allowed after a backslash. */
export const ESCAPE = new Uint8Array(256);
for (const byte of Buffer.from('"\\/bfnrtu')) ESCAPE[byte] = 1;

/** 1 for hexadecimal digits. */
export const HEX = new Uint8Array(256);
for (const byte of Buffer.from('0123456789abcdefABCDEF')) HEX[byte] = 1;

/** The first position from `from` on without a space or a tab; `end` if there is none. */
export function afterBlanks(bytes: Uint8Array, from: number, end: number): number {
  let at = from;
  while (at < end && (bytes[at] === SPACE || bytes[at] === TAB)) at++;
  return at;
}

/** A message for a byte that is not allowed where it is. */
export function unexpected(byte: number): string {
  return byte > 0x20 && byte < 0x7f
    ? `unexpected ${String.fromCharCode(byte)}`
    : `unexpected byte 0x${byte.toString(16).padStart(2, '0')}`;
}
