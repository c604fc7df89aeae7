/** Reads one file or stream with any content: a log, or an archive, of which each member is read like a file. */
import type { EventRecord } from '../../cloudtrail/record.js';
import type { PlainLog, PlainReader } from '../fast/plain.js';
import { fileReason, type FoundFile } from '../find/discover.js';
import { reasonToSkip } from '../find/path-filter.js';
import type { Member } from '../open/archive/member.js';
import { contentOf, failed, type Content } from '../open/content.js';
import { UnpackBudget } from '../open/unpack-budget.js';
import { isS3 } from '../s3/uri.js';
import type { FileSummary } from './summary/file-summary.js';
import { readFile } from './read-file.js';
import type { ReadSettings } from './read-settings.js';
import type { SummaryBuilder } from './summary/summary.js';

/** An archive may have millions of damaged members. This many are named in the summary; the others are counted. */
const MAX_NAMED = 1000;

// Loaded when an archive is met, because each thread would pay for loading them.
const tarModule = () => import('../open/archive/tar.js');
const zipModule = () => import('../open/archive/zip.js');

export interface SourceReaderOptions {
  readonly settings: ReadSettings;
  /** Counts the files and records that are read. */
  readonly summary: SummaryBuilder;
  /** Takes rows in batches; resolves when there is room for more. */
  readonly emit: (rows: readonly EventRecord[]) => Promise<void>;
  /** The fast reader, if event names are known. */
  readonly plain: PlainReader | undefined;
  readonly signal?: AbortSignal | undefined;
}

export class SourceReader {
  readonly #settings: ReadSettings;
  readonly #summary: SummaryBuilder;
  readonly #emit: (rows: readonly EventRecord[]) => Promise<void>;
  readonly #plain: PlainReader | undefined;
  readonly #signal: AbortSignal | undefined;

  constructor({ settings, summary, emit, plain, signal }: SourceReaderOptions) {
    this.#settings = settings;
    this.#summary = summary;
    this.#emit = emit;
    this.#plain = plain;
    this.#signal = signal;
  }

  /** Reads a file with these bytes. Never throws because of the file. */
  async file({ path, size }: FoundFile, bytes: AsyncIterable<Buffer>): Promise<void> {
    const { unpackLimits, small } = this.#settings;
    const total = new UnpackBudget(unpackLimits);
    total.allowFor(size);
    const budget = new UnpackBudget(unpackLimits, total);
    const content = await contentOf(bytes, { size, budget, small, plain: this.#plain });
    if (isS3(path)) return this.#stream(path, streamOnly(content, 'S3', 'copy'), { budget, total });
    switch (content.kind) {
      case 'zip':
        return this.#members(path, (await zipModule()).zipMembers(path, total), total);
      case 'parquet':
        return this.#summary.deferParquet(path);
      default:
        return this.#stream(path, content, { budget, total });
    }
  }

  /** Reads a stream that is not a file. Never throws because of the stream. */
  async stream(name: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    const { unpackLimits, small } = this.#settings;
    const total = new UnpackBudget(unpackLimits);
    const budget = new UnpackBudget(unpackLimits, total);
    const content = await contentOf(allowing(bytes, total), { size: 0, budget, small });
    await this.#stream(name, streamOnly(content, 'standard input', 'unpack'), { budget, total });
  }

  /** Reads text. Never throws because of the text. */
  async text(path: string, text: AsyncIterable<Buffer>, log?: PlainLog): Promise<void> {
    this.#summary.add(path, await this.#read(path, text, log));
  }

  #read(source: string, text: AsyncIterable<Buffer>, log?: PlainLog): Promise<FileSummary> {
    const { eventNames, ruleNames, sharedLock } = this.#settings;
    const { coverage } = this.#summary;
    const emit = this.#emit;
    const pieces = this.#signal ? untilAborted(text, this.#signal) : text;
    const target = { source, eventNames, ruleNames, coverage, emit, sharedLock };
    return readFile(pieces, target, log);
  }

  async #stream(path: string, content: StreamContent, { budget, total }: Budgets): Promise<void> {
    switch (content.kind) {
      case 'text':
        return this.text(path, content.text);
      case 'plain':
        return this.text(path, content.text, content.log);
      case 'tar':
        // The limit is for each log in the archive, not for the archive.
        budget.removeOwnLimit();
        return this.#members(path, (await tarModule()).tarMembers(content.bytes), total);
      default:
        return content satisfies never;
    }
  }

  async #members(
    archive: string,
    members: AsyncIterable<Member>,
    total: UnpackBudget,
  ): Promise<void> {
    let isEmpty = true;
    let lost = 0;
    try {
      for await (const member of members) {
        if (this.#signal?.aborted === true) return;
        isEmpty = false;
        const { name, size, isFile } = member;
        const { filter } = this.#settings;
        const skip = isFile ? reasonToSkip(name, () => size, filter) : 'no regular file';
        if (skip === undefined) {
          const path = `${archive}!/${name}`;
          const file = await this.#member(path, member, total);
          this.#summary.add(path, file, lost < MAX_NAMED);
          if (file.lost !== undefined) lost += 1;
        } else this.#summary.skip(skip);
        total.check();
      }
      if (isEmpty) this.#summary.skip('empty archive');
    } catch (error) {
      this.#summary.lose(archive, fileReason(error));
    }
    if (lost > MAX_NAMED)
      this.#summary.lose(archive, `${lost - MAX_NAMED} more of its members could not be read`);
  }

  async #member(path: string, { size, bytes }: Member, total: UnpackBudget): Promise<FileSummary> {
    const { unpackLimits, small } = this.#settings;
    const budget = new UnpackBudget(unpackLimits, total);
    const found = await contentOf(bytes, { size, budget, small, plain: this.#plain });
    const content = streamOnly(found, 'an archive', 'unpack');
    const { text } =
      content.kind === 'tar' ? failed('an archive in an archive: unpack it first') : content;
    return this.#read(path, text, content.kind === 'plain' ? content.log : undefined);
  }
}

interface Budgets {
  /** Of the log or archive. */
  readonly budget: UnpackBudget;
  /** Of the file with everything in it. */
  readonly total: UnpackBudget;
}

type StreamContent = Exclude<Content, { readonly kind: 'zip' | 'parquet' }>;

/** Content that is read from front to end. Formats that need random access become text that cannot be read. */
function streamOnly(content: Content, where: string, first: 'copy' | 'unpack'): StreamContent {
  switch (content.kind) {
    case 'zip':
      return failed(`a zip archive in ${where}, which only a file can be: ${first} it first`);
    case 'parquet':
      return failed(`Parquet in ${where}, which only a file can be: ${first} it first`);
    default:
      return content;
  }
}

/** The same bytes. Raises the budget by what they can unpack to, since the stream's size is unknown. */
async function* allowing(
  source: AsyncIterable<Buffer>,
  total: UnpackBudget,
): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    total.allowFor(piece.length);
    yield piece;
  }
}

/** The text, until the signal aborts. After that, the text that was read is not used. */
async function* untilAborted(
  text: AsyncIterable<Buffer>,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  for await (const piece of text) {
    if (signal.aborted) return;
    yield piece;
  }
}
