/** Plain UTF-8 from whatever a log file holds: gzip is recognised by its first bytes, several members are one text. */
import { createReadStream, readFileSync } from 'node:fs';
import { gunzipStream, gunzipWhole } from './gunzip.js';

/** Files up to this size are read and decompressed in one go: streaming costs more than it saves. */
const SMALL = 4 << 20;
const CHUNK = 1 << 20;
/** Enough to tell a tar archive, whose mark is the latest. */
const HEAD = 512;

const FORMATS: readonly (readonly [at: number, magic: string, name: string])[] = [
  [0, '28b52ffd', 'zstd'],
  [0, '425a68', 'bzip2'],
  [0, '504b0304', 'a zip archive'],
  [0, 'fd377a585a00', 'xz'],
  [0, '377abcaf271c', 'a 7z archive'],
  [0, '50415231', 'Parquet'],
  [0, '4f7263', 'ORC'],
  [0, '4f626a01', 'Avro'],
  [257, '7573746172', 'a tar archive'],
];

/** The text of a file, in pieces. Throws, after the pieces before the break, where it cannot be read on. */
export async function* readText(path: string, size: number): AsyncGenerator<Buffer> {
  // What has no size may still be long: a pipe.
  if (size > SMALL || size === 0)
    yield* decodeText(createReadStream(path, { highWaterMark: CHUNK }));
  else yield* textIn(readFileSync(path));
}

/** The text in the bytes of a whole small file, in as few pieces as can be. Throws, after them, where it is broken. */
export async function* textIn(packed: Buffer): AsyncGenerator<Buffer> {
  const { bytes, broken } = unpackWhole(packed);
  yield* decodeText([bytes]);
  if (broken !== undefined) throw new Error(broken);
}

function unpackWhole(bytes: Buffer): {
  readonly bytes: Buffer;
  readonly broken: string | undefined;
} {
  return (isGzip(bytes) ? gunzipWhole(bytes) : undefined) ?? { bytes, broken: undefined };
}

/** The text in a stream of bytes, in pieces. */
export async function* decodeText(
  source: Iterable<Buffer> | AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  const { head, rest } = await behead(source);
  // Uploads with a content encoding are gzip in gzip.
  if (isGzip(head)) {
    yield* decodeText(gunzipStream(rest));
    return;
  }
  refuseOther(head);
  const encoding = utf16(head);
  if (encoding === undefined) yield* rest;
  else {
    const decoder = new TextDecoder(encoding);
    for await (const piece of rest) yield Buffer.from(decoder.decode(piece, { stream: true }));
    yield Buffer.from(decoder.decode());
  }
}

function utf16(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const mark = head.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return 'utf-16le';
  return mark === 'feff' ? 'utf-16be' : undefined;
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function refuseOther(head: Buffer): void {
  const format = FORMATS.find(
    ([at, magic]) => head.toString('hex', at, at + magic.length / 2) === magic,
  );
  if (format) throw new Error(`${format[2]}, which hunt does not unpack: unpack it first`);
}

/** The first bytes of a stream, enough to tell what it is, and all of it. */
async function behead(source: Iterable<Buffer> | AsyncIterable<Buffer>) {
  const pieces = pieceByPiece(source);
  const first: Buffer[] = [];
  let length = 0;
  let failure: { readonly error: unknown } | undefined;
  while (length < HEAD) {
    try {
      const next = await pieces.next();
      if (next.done === true) break;
      first.push(next.value);
      length += next.value.length;
    } catch (error) {
      failure = { error };
      break;
    }
  }
  async function* rest(): AsyncGenerator<Buffer> {
    yield* first;
    if (failure) throw failure.error;
    yield* pieces;
  }
  return { head: Buffer.concat(first.map((piece) => piece.subarray(0, HEAD))), rest: rest() };
}

async function* pieceByPiece(
  source: Iterable<Buffer> | AsyncIterable<Buffer>,
): AsyncGenerator<Buffer> {
  for await (const piece of source) if (piece.length > 0) yield piece;
}
