/** Plain UTF-8 from whatever a log file holds: gzip is recognised by its first bytes, several members are one text. */
import { createReadStream, readFileSync } from 'node:fs';
import { TextDecoder } from 'node:util';
import { createGunzip, gunzipSync, type Gunzip } from 'node:zlib';

/** Files up to this size are read and decompressed in one go: streaming costs more than it saves. */
const SMALL = 4 * 1024 * 1024;
/** How much is decompressed at a time: what one part gives before it breaks is lost with it. */
const PART = 16 * 1024;
/** Beyond this much text, a file that expands more than `MAX_RATIO` times is a bomb, not a log. */
const BOMB_FLOOR = 256 * 1024 * 1024;
const MAX_RATIO = 400;

const FORMATS: readonly (readonly [magic: string, name: string])[] = [
  ['28b52ffd', 'zstd'],
  ['425a68', 'bzip2'],
  ['504b0304', 'zip'],
  ['fd377a585a00', 'xz'],
  ['50415231', 'Parquet'],
  ['4f7263', 'ORC'],
  ['4f626a01', 'Avro'],
];

/** The text of a file, in pieces. Throws, after the pieces before the break, where it cannot be read on. */
export async function* readText(path: string, size: number): AsyncIterable<Buffer> {
  if (size > SMALL) {
    yield* decodeText(createReadStream(path, { highWaterMark: 1024 * 1024 }));
    return;
  }
  const bytes = readFileSync(path);
  const whole = tryGunzip(bytes);
  yield* decodeText([whole ?? bytes]);
}

function tryGunzip(bytes: Buffer): Buffer | undefined {
  if (!isGzip(bytes)) return undefined;
  try {
    return gunzipSync(bytes, { maxOutputLength: BOMB_FLOOR });
  } catch {
    return undefined; // The stream below gives what stands before the break, and the reason.
  }
}

/** The text in a stream of bytes, in pieces. */
export async function* decodeText(
  source: Iterable<Buffer> | AsyncIterable<Buffer>,
): AsyncIterable<Buffer> {
  const iterator = toAsync(source);
  const head = await headOf(iterator);
  if (!isGzip(head)) refuseOther(head);
  const whole = prepend(head, iterator);
  const pieces = isGzip(head) ? gunzip(whole) : whole;
  let first = true;
  let decoder: TextDecoder | undefined;
  for await (const piece of pieces) {
    let bytes = piece;
    if (first) {
      decoder = utf16(bytes);
      if (bytes.subarray(0, 3).equals(UTF8_MARK)) bytes = bytes.subarray(3);
      first = false;
    }
    yield decoder ? Buffer.from(decoder.decode(bytes, { stream: true })) : bytes;
  }
}

const UTF8_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

function utf16(bytes: Buffer): TextDecoder | undefined {
  const mark = bytes.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return new TextDecoder('utf-16le');
  return mark === 'feff' ? new TextDecoder('utf-16be') : undefined;
}

function isGzip(bytes: Buffer): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

function refuseOther(head: Buffer): void {
  const hex = head.subarray(0, 8).toString('hex');
  const format = FORMATS.find(([magic]) => hex.startsWith(magic));
  if (format) throw new Error(`${format[1]} data, which hunt does not unpack: unpack it first`);
}

async function* toAsync(source: Iterable<Buffer> | AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for await (const piece of source) if (piece.length > 0) yield piece;
}

/** At least eight bytes, where there are as many. */
async function headOf(iterator: AsyncGenerator<Buffer>): Promise<Buffer> {
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 8) {
    const next = await iterator.next();
    if (next.done === true) break;
    head = head.length === 0 ? next.value : Buffer.concat([head, next.value]);
  }
  return head;
}

async function* prepend(head: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  yield* rest;
}

async function* gunzip(source: AsyncIterable<Buffer>): AsyncIterable<Buffer> {
  const stream = createGunzip({ chunkSize: 256 * 1024 });
  // Listening, instead of iterating, keeps what was decompressed before an error.
  const out: Buffer[] = [];
  stream.on('data', (piece: Buffer) => out.push(piece));
  const failure = new Promise<Error>((resolve) => stream.once('error', resolve));
  const ended = new Promise<undefined>((resolve) => stream.once('end', () => resolve(undefined)));
  let read = 0;
  let written = 0;
  try {
    for await (const piece of source) {
      for (let start = 0; start < piece.length; start += PART) {
        const part = piece.subarray(start, start + PART);
        read += part.length;
        const error = await Promise.race([write(stream, part), failure]);
        for (const done of out.splice(0)) {
          written += done.length;
          yield done;
        }
        if (error) throw new Error(gzipReason(error));
        if (written > BOMB_FLOOR && written > MAX_RATIO * read)
          throw new Error(`expands more than ${MAX_RATIO} times: no log does that`);
      }
    }
    stream.end();
    const error = await Promise.race([ended, failure]);
    yield* out.splice(0);
    if (error) throw new Error(gzipReason(error));
  } finally {
    stream.destroy();
  }
}

async function write(stream: Gunzip, part: Buffer): Promise<undefined> {
  await new Promise((resolve) => stream.write(part, resolve));
  // What was decompressed is told in a later turn than that it was.
  await new Promise((resolve) => setImmediate(resolve));
}

function gzipReason(error: Error): string {
  return /unexpected end of file/.test(error.message)
    ? 'gzip that is cut short'
    : `broken gzip: ${error.message}`;
}
