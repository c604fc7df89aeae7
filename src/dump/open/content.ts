/** What a log file holds, from its first bytes: UTF-8 text, be it packed in gzip, or an archive of files. */
import type { Allowance } from './unpack-budget.js';
import { gunzipStream, gunzipWhole } from './gunzip.js';
import type { PlainLog, PlainReader } from '../fast/plain.js';

/** Enough to tell a tar archive, whose mark is the latest. */
const HEAD = 512;
/** Gzip in gzip may go on without end: there is one that holds itself. */
const MAX_GZIPS = 4;

export type Content =
  /** Text in pieces; throws, after the pieces before the break, where it cannot be read on. */
  | { readonly kind: 'text'; readonly text: AsyncIterable<Buffer> }
  /** A log that was read already, and the text that it was read of. */
  | { readonly kind: 'plain'; readonly log: PlainLog; readonly text: AsyncIterable<Buffer> }
  /** A tar archive, unpacked. */
  | { readonly kind: 'tar'; readonly bytes: AsyncIterable<Buffer> }
  /** What is not read from its front to its end. */
  | { readonly kind: 'zip' | 'parquet' };

const GZIP = 'gzip';
const TAR = 'a tar archive';
const ZIP = 'a zip archive';
const PARQUET = 'Parquet';

const FORMATS: readonly (readonly [at: number, magic: string, name: string])[] = [
  [0, '1f8b', GZIP],
  [0, '28b52ffd', 'zstd'],
  [0, '425a68', 'bzip2'],
  [0, '504b0304', ZIP],
  // One that holds nothing.
  [0, '504b0506', ZIP],
  [0, 'fd377a585a00', 'xz'],
  [0, '377abcaf271c', 'a 7z archive'],
  [0, '50415231', PARQUET],
  [0, '4f7263', 'ORC'],
  [0, '4f626a01', 'Avro'],
  [257, '7573746172', TAR],
];

/**
 * What a stream holds that says it has `size` bytes (0: any number); `plain` reads what is a log of at most `small`.
 * Throws nothing; reading on may.
 */
export async function contentOf(
  source: AsyncIterable<Buffer>,
  size: number,
  allowance: Allowance,
  small: number,
  plain?: PlainReader,
): Promise<Content> {
  const begun = await begin(source, size > 0 && size <= small ? small : HEAD);
  const format = formatOf(begun.head);
  const isSound = begun.failure === undefined && (format === undefined || format === GZIP);
  const log = isSound && begun.whole && plain?.read(begun.whole, allowance.left);
  if (!log) return contentFrom(begun, allowance, 0);
  allowance.spend(log.text.length);
  return { kind: 'plain', log, text: anew(begun, allowance, log.text.length) };
}

/** The text of a log that was read already and is to be read in another way: it is not to count twice. */
async function* anew(begun: Begun, allowance: Allowance, length: number): AsyncGenerator<Buffer> {
  allowance.spend(-length);
  const content = await contentFrom(begun, allowance, 0);
  if (content.kind === 'text') yield* content.text;
}

async function contentFrom(begun: Begun, allowance: Allowance, gzips: number): Promise<Content> {
  const format = formatOf(begun.head);
  if (format === undefined) return { kind: 'text', text: utf8(begun) };
  if (format === TAR) return { kind: 'tar', bytes: begun.all };
  if (format === GZIP && gzips < MAX_GZIPS)
    return contentFrom(await begin(unpacked(begun, allowance), HEAD), allowance, gzips + 1);
  // Nobody reads it on: what is open is closed, what is on its way stopped.
  await begun.close();
  if (format === GZIP) return failed(`gzip in gzip, more than ${MAX_GZIPS} deep`);
  if (format === ZIP && gzips === 0) return { kind: 'zip' };
  if (format === PARQUET && gzips === 0) return { kind: 'parquet' };
  const place = gzips === 0 ? '' : ' in gzip';
  return failed(`${format}${place}, which hunt does not unpack: unpack it first`);
}

/** A text that cannot be read, for a reason. */
export function failed(reason: string): Content & { readonly kind: 'text' } {
  const text = async function* () {
    yield Buffer.alloc(0);
    throw new Error(reason);
  };
  return { kind: 'text', text: text() };
}

/** Gzip without its packing: in one go where all of it has been read, and is little. */
async function* unpacked(begun: Begun, allowance: Allowance): AsyncGenerator<Buffer> {
  const whole = begun.whole && gunzipWhole(begun.whole);
  if (whole === undefined) yield* gunzipStream(begun.all, allowance);
  else {
    yield whole.bytes;
    allowance.spend(whole.bytes.length);
    // What stops a file explains what is broken in it.
    if (begun.failure) throw begun.failure.error;
    if (whole.broken !== undefined) throw new Error(whole.broken);
  }
}

async function* utf8({ head, all }: Begun): AsyncGenerator<Buffer> {
  const encoding = utf16(head);
  if (encoding === undefined) yield* all;
  else {
    const decoder = new TextDecoder(encoding);
    for await (const piece of all) yield Buffer.from(decoder.decode(piece, { stream: true }));
    yield Buffer.from(decoder.decode());
  }
}

function utf16(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const mark = head.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return 'utf-16le';
  return mark === 'feff' ? 'utf-16be' : undefined;
}

function formatOf(head: Buffer): string | undefined {
  return FORMATS.find(
    ([at, magic]) => head.toString('hex', at, at + magic.length / 2) === magic,
  )?.[2];
}

/** A stream of which the beginning was read. */
interface Begun {
  /** Enough to tell what it is. */
  readonly head: Buffer;
  /** All of it, where all of it was read. */
  readonly whole: Buffer | undefined;
  readonly failure: { readonly error: unknown } | undefined;
  /** From the first byte on; closes the stream where it is left before its end. */
  readonly all: AsyncGenerator<Buffer>;
  /** Closes the stream, where `all` is not read at all. */
  readonly close: () => Promise<void>;
}

/** Reads the beginning of a stream: more than `most` bytes, or all. */
async function begin(source: AsyncIterable<Buffer>, most: number): Promise<Begun> {
  const pieces = source[Symbol.asyncIterator]();
  const read: Buffer[] = [];
  let length = 0;
  let isOver = false;
  let failure: Begun['failure'];
  while (!isOver && length <= most) {
    try {
      const next = await pieces.next();
      isOver = next.done === true;
      if (next.done !== true && next.value.length > 0) {
        read.push(next.value);
        length += next.value.length;
      }
    } catch (error) {
      failure = { error };
      isOver = true;
    }
  }
  const [only] = read;
  const whole = isOver && only && read.length === 1 ? only : Buffer.concat(isOver ? read : []);
  const close = async (): Promise<void> => {
    if (!isOver) await pieces.return?.();
  };
  async function* all(): AsyncGenerator<Buffer> {
    try {
      if (isOver) yield whole;
      else yield* read;
      if (failure) throw failure.error;
      if (!isOver) yield* { [Symbol.asyncIterator]: () => pieces };
    } finally {
      await close();
    }
  }
  return {
    head: Buffer.concat(read.map((piece) => piece.subarray(0, HEAD))),
    whole: isOver ? whole : undefined,
    failure,
    all: all(),
    close,
  };
}
