/** Formats that are known by their structure, because their magic number is short or missing. */
import { constants, inflateSync } from 'node:zlib';
import { codeOf } from '../../../errors.js';

const TAR_BLOCK = 512;
const CHECKSUM_AT = 148;
const CHECKSUM_LENGTH = 8;

/** Whether the bytes begin with the header of a tar archive of any age: its checksum is right. */
export function isTarHeader(head: Buffer): boolean {
  if (head.length < TAR_BLOCK || head[0] === 0) return false;
  const stated = /^ *([0-7]{4,7})[\0 ]/.exec(
    head.toString('latin1', CHECKSUM_AT, CHECKSUM_AT + CHECKSUM_LENGTH),
  )?.[1];
  if (stated === undefined) return false;
  let sum = 0;
  for (let at = 0; at < TAR_BLOCK; at++) {
    const isChecksum = at >= CHECKSUM_AT && at < CHECKSUM_AT + CHECKSUM_LENGTH;
    // The checksum counts as spaces.
    sum += isChecksum ? 0x20 : (head[at] ?? 0);
  }
  return sum === Number.parseInt(stated, 8);
}

/** The second byte of a zlib stream, for the four levels of compression. */
const ZLIB_LEVELS: ReadonlySet<number | undefined> = new Set([0x01, 0x5e, 0x9c, 0xda]);
/** Enough to know that it is no text that begins with `x`. */
const PROBE = 4096;

/** Whether the bytes begin a zlib stream that can be unpacked. */
export function isZlib(head: Buffer): boolean {
  if (head[0] !== 0x78 || !ZLIB_LEVELS.has(head[1])) return false;
  try {
    const text = inflateSync(head.subarray(0, PROBE), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: 16 << 20,
    });
    return text.length > 0;
  } catch (error) {
    return codeOf(error) === 'ERR_BUFFER_TOO_LARGE';
  }
}
