/**
 * Recognises the content of a log file by its first bytes: text, or an archive of files. Unpacks gzip and decodes UTF-16, so
 * that the result is UTF-8 text or the bytes of an archive.
 */
import type { PlainLog, PlainReader } from '../fast/plain.js';
import { gunzipStream, gunzipWhole } from './gunzip.js';
import { HEAD_BYTES, openStream, type OpenedStream } from './opened-stream.js';
import type { UnpackBudget } from './unpack-budget.js';

/** Gzip in gzip may be nested without end: there is a file that contains itself. */
const MAX_GZIP_DEPTH = 4;

export type Content =
  /** UTF-8 text in pieces. At damage, reading it throws after the text before. */
  | { readonly kind: 'text'; readonly text: AsyncIterable<Buffer> }
  /** A log that the fast reader has read, and its text, in case it must be read again by the slow one. */
  | { readonly kind: 'plain'; readonly log: PlainLog; readonly text: AsyncIterable<Buffer> }
  /** The unpacked bytes of a tar archive. */
  | { readonly kind: 'tar'; readonly bytes: AsyncIterable<Buffer> }
  /** These formats need random access to the file. */
  | { readonly kind: 'zip' | 'parquet' };

const GZIP = 'gzip';
const TAR = 'a tar archive';
const ZIP = 'a zip archive';
const PARQUET = 'Parquet';

const FORMATS: readonly (readonly [offset: number, magic: string, name: string])[] = [
  [0, '1f8b', GZIP],
  [0, '28b52ffd', 'zstd'],
  [0, '425a68', 'bzip2'],
  [0, '504b0304', ZIP],
  // An empty zip archive.
  [0, '504b0506', ZIP],
  [0, 'fd377a585a00', 'xz'],
  [0, '377abcaf271c', 'a 7z archive'],
  [0, '50415231', PARQUET],
  [0, '4f7263', 'ORC'],
  [0, '4f626a01', 'Avro'],
  [257, '7573746172', TAR],
];

export interface ContentOptions {
  /** The size that is stated for the stream, in bytes; 0 if it is unknown. */
  readonly size: number;
  /** Counts the unpacked bytes. */
  readonly budget: UnpackBudget;
  /** The fast reader takes logs of at most this many bytes. */
  readonly small: number;
  readonly plain?: PlainReader | undefined;
}

/** The content of a stream. Never throws, but reading the content may. */
export async function contentOf(
  source: AsyncIterable<Buffer>,
  { size, budget, small, plain }: ContentOptions,
): Promise<Content> {
  const opened = await openStream(source, size > 0 && size <= small ? small : HEAD_BYTES);
  const format = containerOf(opened.head);
  const mayBePlain = opened.failure === undefined && (format === undefined || format === GZIP);
  const log = mayBePlain && opened.whole && plain?.read(opened.whole, budget.remaining);
  if (!log) return contentFrom(opened, budget, 0);
  budget.spend(log.text.length);
  return { kind: 'plain', log, text: readAgain(opened, budget, log.text.length) };
}

/** The text of a log that the fast reader has read. Its `length` bytes must not count twice. */
async function* readAgain(
  opened: OpenedStream,
  budget: UnpackBudget,
  length: number,
): AsyncGenerator<Buffer> {
  budget.spend(-length);
  const content = await contentFrom(opened, budget, 0);
  if (content.kind === 'text') yield* content.text;
}

async function contentFrom(
  opened: OpenedStream,
  budget: UnpackBudget,
  gzipDepth: number,
): Promise<Content> {
  const format = containerOf(opened.head);
  if (format === undefined) return { kind: 'text', text: toUtf8(opened) };
  if (format === TAR) return { kind: 'tar', bytes: opened.all };
  if (format === GZIP && gzipDepth < MAX_GZIP_DEPTH) {
    const unpacked = await openStream(gunzip(opened, budget), HEAD_BYTES);
    return contentFrom(unpacked, budget, gzipDepth + 1);
  }
  // The stream is not read further: close the file or stop the download.
  await opened.close();
  if (format === GZIP) return failed(`gzip in gzip, more than ${MAX_GZIP_DEPTH} deep`);
  if (format === ZIP && gzipDepth === 0) return { kind: 'zip' };
  if (format === PARQUET && gzipDepth === 0) return { kind: 'parquet' };
  const where = gzipDepth === 0 ? '' : ' in gzip';
  return failed(`${format}${where}, which hunt does not unpack: unpack it first`);
}

/** Content that cannot be read, for this reason. */
export function failed(reason: string): Content & { readonly kind: 'text' } {
  const text = async function* () {
    yield Buffer.alloc(0);
    throw new Error(reason);
  };
  return { kind: 'text', text: text() };
}

/** Unpacks gzip: in one go if the whole file was read and is small. */
async function* gunzip(opened: OpenedStream, budget: UnpackBudget): AsyncGenerator<Buffer> {
  const small = opened.whole && gunzipWhole(opened.whole);
  if (small === undefined) yield* gunzipStream(opened.all, budget);
  else {
    yield small.bytes;
    budget.spend(small.bytes.length);
    // If reading the file failed, its gzip looks cut short. The failure is the reason to report, and not the gzip.
    if (opened.failure) throw opened.failure.error;
    if (small.broken !== undefined) throw new Error(small.broken);
  }
}

async function* toUtf8({ head, all }: OpenedStream): AsyncGenerator<Buffer> {
  const encoding = utf16EncodingOf(head);
  if (encoding === undefined) yield* all;
  else {
    const decoder = new TextDecoder(encoding);
    for await (const piece of all) yield Buffer.from(decoder.decode(piece, { stream: true }));
    yield Buffer.from(decoder.decode());
  }
}

/** By the byte-order mark. */
function utf16EncodingOf(head: Buffer): 'utf-16le' | 'utf-16be' | undefined {
  const mark = head.subarray(0, 2).toString('hex');
  if (mark === 'fffe') return 'utf-16le';
  return mark === 'feff' ? 'utf-16be' : undefined;
}

function containerOf(head: Buffer): string | undefined {
  const hexAt = (offset: number, magic: string): string =>
    head.toString('hex', offset, offset + magic.length / 2);
  return FORMATS.find(([offset, magic]) => hexAt(offset, magic) === magic)?.[2];
}
