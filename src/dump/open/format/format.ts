/**
 * What a file's first bytes say about its format. The name of a file helps only where a format has no magic number of its own.
 */
import { encryptedName } from './encrypted.js';
import type { Format } from './kinds.js';
import { MAGIC_NUMBERS } from './magic-numbers.js';
import { packedWithoutMagic } from './packed.js';
import { pointerOf } from './pointer.js';
import { isTarHeader, isZlib } from './structure.js';
import { isText } from './text.js';

const OPEN_OBJECT = 0x7b;
const OPEN_LIST = 0x5b;
const USTAR = Buffer.from('ustar');
const USTAR_AT = 257;

/** Undefined for text, and for bytes of an unknown format. `path` is the file's path. */
export function formatOf(head: Buffer, path: string): Format | undefined {
  const isJson = head[0] === OPEN_OBJECT || head[0] === OPEN_LIST;
  if (isJson && !head.subarray(USTAR_AT, USTAR_AT + USTAR.length).equals(USTAR)) return undefined;
  const known = MAGIC_NUMBERS.find(({ offset, bytes, sure }) => {
    const found = head.subarray(offset, offset + bytes.length);
    // A short magic number of letters may also begin a text.
    return found.equals(bytes) && (sure || !isText(head));
  })?.format;
  if (known) return known;
  const pointer = pointerOf(head, path);
  if (pointer !== undefined) return pointer;
  const encrypted = encryptedName(head, path);
  if (encrypted !== undefined)
    return { kind: 'closed', name: encrypted, first: 'decrypt it first' };
  if (isTarHeader(head)) return { kind: 'tar' };
  if (isZlib(head)) return { kind: 'zlib' };
  const packed = packedWithoutMagic(head, path);
  return packed === undefined
    ? undefined
    : { kind: 'closed', name: packed, first: 'unpack it first' };
}
