/** Recognises whole files in the encodings in which people send logs by mail. */
import { constants, gunzipSync } from 'node:zlib';
import { HEAD_BYTES } from '../opened-stream.js';
import { eventNamesIn } from './event-marks.js';

/** The encoding of a text that begins like encoded events; undefined if it is none. */
export function encodingOf(head: Buffer): 'base64' | 'hexadecimal digits' | undefined {
  const start = head.toString('latin1', 0, 16);
  const isHex = /^(?:1f8b08|7b22|7b0a|7b20|5b7b)[0-9a-f]+/i.test(start);
  if (!isHex && !/^(?:eyJ|H4sI|ewo|W3s)/.test(start)) return undefined;
  const text = head.toString('latin1');
  if (!(isHex ? /^[0-9a-f\s]+$/i : /^[\w+/\s-]+(?:=[=\s]*)?$/).test(text)) return undefined;
  const packed = text.replace(/\s/g, '');
  const bytes = Buffer.from(packed, isHex ? 'hex' : 'base64');
  if (eventNamesIn(plainOf(bytes)).size < 2) return undefined;
  return isHex ? 'hexadecimal digits' : 'base64';
}

function plainOf(bytes: Buffer): string {
  if (bytes[0] !== 0x1f) return bytes.toString();
  try {
    const options = { finishFlush: constants.Z_SYNC_FLUSH, maxOutputLength: 8 << 20 };
    return gunzipSync(bytes, options).toString('latin1', 0, HEAD_BYTES);
  } catch {
    return '';
  }
}
