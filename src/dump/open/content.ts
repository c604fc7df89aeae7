/**
 * Recognises the content of a log file by its first bytes: text, or an archive of files. Unpacks gzip, zlib and Zstandard and
 * decodes UTF-16, so that the result is UTF-8 text or the bytes of an archive.
 */
import type { PlainLog, PlainReader } from '../fast/plain.js';
import { holdsEvents } from './database.js';
import { toUtf8 } from './encoding.js';
import { formatOf } from './format/format.js';
import { wideEncodingOf } from './format/text.js';
import { gunzipStream, gunzipWhole, zlibStream } from './gunzip.js';
import {
  HEAD_BYTES,
  openStream,
  piecesOf,
  type Bytes,
  type OpenedStream,
} from './opened-stream.js';
import type { TextHash } from '../digest/text-hash.js';
import type { UnpackBudget } from './unpack-budget.js';

/** Gzip in gzip may be nested without end: there is a file that contains itself. */
const MAX_DEPTH = 4;

export type Content =
  /** UTF-8 text in pieces. At damage, reading it throws after the text before. */
  | { readonly kind: 'text'; readonly text: AsyncIterable<Buffer> }
  /** A log that the fast reader has read, and its text, in case it must be read again by the slow one. */
  | { readonly kind: 'plain'; readonly log: PlainLog; readonly text: AsyncIterable<Buffer> }
  /** The unpacked bytes of a tar archive. */
  | { readonly kind: 'tar'; readonly bytes: AsyncIterable<Buffer> }
  /** These formats need random access to the file. */
  | { readonly kind: 'zip' | 'parquet' }
  /** A known format that holds no logs. */
  | { readonly kind: 'other'; readonly name: string };

export interface ContentOptions {
  /** The file's path. Some formats have no magic number, so that the name must help. */
  readonly path: string;
  /** The size that is stated for the stream, in bytes; 0 if it is unknown. */
  readonly size: number;
  /** Counts the unpacked bytes. */
  readonly budget: UnpackBudget;
  /** The fast reader takes logs of at most this many bytes. */
  readonly small: number;
  readonly plain?: PlainReader | undefined;
  /** Whether no record is looked at: then the fast reader only unpacks. */
  readonly onlyText?: boolean | undefined;
  /** Gets the text, where its hash is wanted. */
  readonly hash?: TextHash | undefined;
}

/** The content of a stream. Never throws, but reading the content may. */
export async function contentOf(
  source: Bytes,
  { path, size, budget, small, plain, onlyText, hash }: ContentOptions,
): Promise<Content> {
  const opened = await openStream(source, size > 0 && size <= small ? small : 0);
  const format = formatOf(opened.head, path);
  const mayBePlain =
    opened.failure === undefined && (format === undefined || format.kind === 'gzip');
  const packed = { path, budget, depth: 0 };
  if (onlyText === true) {
    const text =
      format?.kind === 'gzip' && opened.failure === undefined && opened.whole
        ? plain?.unpacked(opened.whole, budget.remaining)
        : undefined;
    return textFrom(text, { ...packed, hash }) ?? contentFrom(opened, { ...packed, hash });
  }
  const log = mayBePlain && opened.whole && plain?.read(opened.whole, budget.remaining);
  if (!log) return contentFrom(opened, { ...packed, hash });
  hash?.whole(log.text);
  budget.spend(log.text.length);
  return { kind: 'plain', log, text: readAgain(opened, packed, log.text.length) };
}

/** What bytes are unpacked with. */
interface Unpacking extends Pick<ContentOptions, 'path' | 'budget' | 'hash'> {
  /** In how many layers of compression the bytes were. */
  readonly depth: number;
}

/** The content where the unpacked bytes are a text; undefined where they are anything else. */
function textFrom(
  text: Buffer | undefined,
  { path, budget, hash }: Unpacking,
): Content | undefined {
  const head = text?.subarray(0, HEAD_BYTES);
  if (text === undefined || head === undefined) return undefined;
  if (formatOf(head, path) !== undefined || wideEncodingOf(head) !== undefined) return undefined;
  budget.spend(text.length);
  hash?.whole(text);
  return { kind: 'text', text: piecesOf(text) };
}

/** The text of a log that the fast reader has read. Its `length` bytes must not count twice. */
async function* readAgain(
  opened: OpenedStream,
  unpacking: Unpacking,
  length: number,
): AsyncGenerator<Buffer> {
  unpacking.budget.spend(-length);
  const content = await contentFrom(opened, unpacking);
  if (content.kind === 'text') yield* content.text;
}

async function contentFrom(opened: OpenedStream, unpacking: Unpacking): Promise<Content> {
  const { path, budget, depth, hash } = unpacking;
  const format = formatOf(opened.head, path);
  if (format === undefined)
    return {
      kind: 'text',
      text: toUtf8(hash ? { ...opened, all: () => hash.passing(opened.all()) } : opened),
    };
  const where = depth === 0 ? '' : ' in a packed file';
  switch (format.kind) {
    case 'gzip':
    case 'zlib':
    case 'zstd': {
      if (depth === MAX_DEPTH) return refused(opened, `packed more than ${MAX_DEPTH} times`);
      const text = await unpacked(opened, format.kind, budget);
      const inner = await openStream(text);
      return contentFrom(inner, { ...unpacking, depth: depth + 1 });
    }
    case 'tar':
      return { kind: 'tar', bytes: opened.all() };
    case 'closed':
      return refused(opened, `${format.name}${where}, which hunt cannot open: ${format.first}`);
    case 'absent':
      return refused(opened, format.reason);
    case 'database':
      return database(opened, {
        name: format.name,
        reason: `${format.name}${where} with CloudTrail events, which hunt cannot open: ${format.first}`,
      });
    case 'other':
      await opened.close();
      return format;
    default: {
      const { kind } = format;
      const name = kind === 'zip' ? 'a zip archive' : 'Parquet';
      if (depth > 0)
        return refused(opened, `${name}${where}, which hunt cannot open: unpack it first`);
      await opened.close();
      return { kind };
    }
  }
}

async function unpacked(
  opened: OpenedStream,
  kind: 'gzip' | 'zlib' | 'zstd',
  budget: UnpackBudget,
): Promise<AsyncIterable<Buffer>> {
  switch (kind) {
    case 'gzip':
      return gunzip(opened, budget);
    case 'zlib':
      return zlibStream(opened.all(), budget);
    case 'zstd':
      // Loaded when it is needed, because few logs are packed so.
      return (await import('./zstd.js')).unzstd(opened.all(), budget);
    default:
      return kind satisfies never;
  }
}

/** The stream is not read further: closes the file or stops the download. */
async function refused(opened: OpenedStream, reason: string): Promise<Content> {
  await opened.close();
  return failed(reason);
}

/** Reads the bytes of a database to the first event, or all of them. */
async function database(
  opened: OpenedStream,
  { name, reason }: { readonly name: string; readonly reason: string },
): Promise<Content> {
  try {
    return (await holdsEvents(opened.all())) ? failed(reason) : { kind: 'other', name };
  } catch (error) {
    return { kind: 'text', text: failing(error) };
  }
}

/** Content that cannot be read, for this reason. */
export function failed(reason: string): Content & { readonly kind: 'text' } {
  return { kind: 'text', text: failing(new Error(reason)) };
}

async function* failing(error: unknown): AsyncGenerator<Buffer> {
  yield Buffer.alloc(0);
  throw error;
}

/** Unpacks gzip: in one go if the whole file was read and is small. */
async function* gunzip(opened: OpenedStream, budget: UnpackBudget): AsyncGenerator<Buffer> {
  const small = opened.whole && gunzipWhole(opened.whole);
  if (small === undefined) yield* gunzipStream(opened.all(), budget);
  else {
    yield small.bytes;
    budget.spend(small.bytes.length);
    // If reading the file failed, its gzip looks cut short. The failure is the reason to report, and not the gzip.
    if (opened.failure) throw opened.failure.error;
    if (small.broken !== undefined) throw new Error(small.broken);
  }
}
