/** Whether bytes are text, and in which encoding. */

/** Control bytes that texts have: tab, line feed, form feed, carriage return, escape, and the separator of JSON sequences. */
const TEXT_CONTROLS = [0x09, 0x0a, 0x0c, 0x0d, 0x1b, 0x1e];
/** 1 for bytes that no text has. A table, because every file of a folder is looked at. */
const NO_TEXT = new Uint8Array(256).fill(1, 0, 0x20);
NO_TEXT[0x7f] = 1;
for (const byte of TEXT_CONTROLS) NO_TEXT[byte] = 0;

/** Whether the bytes are text of an encoding that extends ASCII: they have no control bytes of other kinds. */
export function isText(bytes: Buffer): boolean {
  for (let at = 0; at < bytes.length; at++) if (NO_TEXT[bytes[at] as number] === 1) return false;
  return true;
}

/** An encoding of text that is not an extension of ASCII. */
export type WideEncoding = 'utf-16le' | 'utf-16be' | 'UTF-32';

/** By the byte-order mark, or else by the zeros in the codes of ASCII characters. Undefined for UTF-8 and its like. */
export function wideEncodingOf(head: Buffer): WideEncoding | undefined {
  const start = head.toString('hex', 0, 4);
  if (start === 'fffe0000' || start === '0000feff') return 'UTF-32';
  if (start.startsWith('fffe')) return 'utf-16le';
  if (start.startsWith('feff')) return 'utf-16be';
  const zeros = [...head.subarray(0, 8)].map((byte) => (byte === 0 ? '0' : 'x')).join('');
  switch (zeros) {
    case 'x0x0x0x0':
      return 'utf-16le';
    case '0x0x0x0x':
      return 'utf-16be';
    case 'x000x000':
    case '000x000x':
      return 'UTF-32';
    default:
      return undefined;
  }
}
