/** Recognises packed files of formats without a magic number. */
import { isText } from './text.js';

/** Formats that only the name tells, where the content is no text. */
const BY_NAME: readonly (readonly [RegExp, string])[] = [
  [/\.br$/i, 'Brotli'],
  [/\.(?:snappy|sz)$/i, 'Snappy'],
  [/\.lz4$/i, 'LZ4'],
  [/\.(?:lzma|tlz)$/i, 'LZMA'],
  [/\.(?:lzo|lzo_deflate)$/i, 'LZO'],
  [/\.(?:deflate)$/i, 'deflate'],
  [/\.(?:7z|zip|rar|tar|gz|tgz|zst|bz2|xz)\.\d{2,3}$/i, 'a part of an archive that was split'],
  [/\.z\d\d$/i, 'a part of a zip archive in several volumes'],
  [/\.r\d\d$/i, 'a part of a RAR archive'],
  // With a sound beginning, it would have a magic number.
  [/\.(?:zst|zstd|bz2|tbz2?|xz|txz|7z|rar|lz|z)$/i, 'a packed file that is damaged'],
];

/** What packed the file; undefined if nothing known did. */
export function packedWithoutMagic(head: Buffer, path: string): string | undefined {
  if (isText(head)) return undefined;
  if (isLzma(head)) return 'LZMA';
  if (isSnappyOfJson(head)) return 'Snappy';
  const hadoop = hadoopCodec(head);
  return hadoop ?? BY_NAME.find(([ending]) => ending.test(path))?.[1];
}

/**
 * The `.lzma` format: a byte of properties (0x5d in practice), the size of the dictionary (a power of two, or the sum of two
 * that follow one another), and the length of the text, which may be unknown.
 */
function isLzma(head: Buffer): boolean {
  if (head.length < 13 || head[0] !== 0x5d) return false;
  const dictionary = head.readUInt32LE(1);
  const length = head.readBigUInt64LE(5);
  const bits = dictionary.toString(2);
  const isDictionary = dictionary >= 4096 && /^11?0+$/.test(bits);
  return isDictionary && (length === 0xffffffffffffffffn || length < 1n << 40n);
}

/**
 * A block of raw Snappy that unpacks to JSON: the length of the text, then a literal (its tag has two low bits of zero) of at
 * most as many bytes, which begins with a bracket.
 */
function isSnappyOfJson(head: Buffer): boolean {
  const { value: length, bytes } = varint(head);
  const tag = head[bytes] ?? 1;
  if (length < 16 || (tag & 3) !== 0) return false;
  const extra = Math.max(0, (tag >> 2) - 59);
  const literal = 1 + (extra === 0 ? tag >> 2 : head.readUIntLE(bytes + 1, Math.min(extra, 4)));
  const text = head.toString('latin1', bytes + 1 + extra, bytes + 3 + extra);
  return literal <= length && /^[[{]["{[\s]/.test(text);
}

function varint(bytes: Buffer): { readonly value: number; readonly bytes: number } {
  let value = 0;
  for (let at = 0; at < 5; at++) {
    const byte = bytes[at] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) return { value, bytes: at + 1 };
  }
  return { value: 0, bytes: 5 };
}

/** Hadoop's block format: the length of the text and of the block, both with the highest byte first, then the block. */
function hadoopCodec(head: Buffer): string | undefined {
  if (head.length < 16) return undefined;
  const text = head.readUInt32BE(0);
  const block = head.readUInt32BE(4);
  if (text < 16 || text > 64 << 20 || block < 8 || block > text + (text >> 2)) return undefined;
  const body = head.subarray(8);
  if (varint(body).value === text && isSnappyOfJson(body)) return 'Snappy (Hadoop)';
  // LZ4 begins with a token, whose high half is the number of literal bytes, or 15 if more follow.
  const literals = (body[0] ?? 0) >> 4;
  const from = literals === 15 ? 1 + body.subarray(1).findIndex((byte) => byte !== 255) + 1 : 1;
  return literals > 0 && /^[[{]["{[\s]/.test(body.toString('latin1', from, from + 2))
    ? 'LZ4 (Hadoop)'
    : undefined;
}
