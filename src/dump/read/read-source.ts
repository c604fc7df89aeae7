/** One file or stream, whatever it holds: a log, or an archive of logs, whose members are read like files. */
import type { EventRecord } from '../../cloudtrail/record.js';
import { Allowance } from '../open/unpack-budget.js';
import type { Member } from '../open/archive/member.js';
import { contentOf, failed, type Content } from '../open/content.js';
import { fileReason, type FoundFile } from '../find/discover.js';
import type { PlainLog, PlainReader } from '../fast/plain.js';
import { reasonToSkip, type Needed } from '../find/prune.js';
import { readFile, type FileAccount, type ReadRules } from './read-file.js';
import { isS3 } from '../s3/uri.js';
import type { Tally } from './tally.js';

/** Of an archive's members that cannot be read these many are named, and the others counted: there may be millions. */
const MAX_NAMED = 1000;

// Loaded by who meets an archive: each thread would pay for them.
const tars = () => import('../open/archive/tar.js');
const zips = () => import('../open/archive/zip.js');

/** What sources are read by. */
export interface SourceRules extends ReadRules {
  readonly needed: Needed;
  /** How many bytes one log may unpack to. */
  readonly maxUnpacked: number;
  /** What holds up to so many bytes is read in one go. */
  readonly small: number;
}

export class SourceReader {
  readonly #rules: SourceRules;
  readonly #tally: Tally;
  readonly #rows: (rows: readonly EventRecord[]) => Promise<void>;
  readonly #plain: PlainReader | undefined;
  readonly #signal: AbortSignal | undefined;

  /** `rows` takes what the rules may match, `tally` counts everything else. */
  constructor(
    rules: SourceRules,
    tally: Tally,
    rows: (rows: readonly EventRecord[]) => Promise<void>,
    plain?: PlainReader,
    signal?: AbortSignal,
  ) {
    this.#rules = rules;
    this.#tally = tally;
    this.#rows = rows;
    this.#plain = plain;
    this.#signal = signal;
  }

  /** Reads a file that holds these bytes. Throws nothing of the file's. */
  async file({ path, size }: FoundFile, bytes: AsyncIterable<Buffer>): Promise<void> {
    const whole = new Allowance(this.#rules.maxUnpacked);
    whole.earn(size);
    const own = new Allowance(this.#rules.maxUnpacked, whole);
    const content = await contentOf(bytes, size, own, this.#rules.small, this.#plain);
    if (isS3(path)) return this.#stream(path, needsFile(content, 'S3', 'copy'), own, whole);
    switch (content.kind) {
      case 'zip':
        return this.#members(path, (await zips()).zipMembers(path, whole), whole);
      case 'parquet':
        return this.#tally.leave(path);
      default:
        return this.#stream(path, content, own, whole);
    }
  }

  /** Reads a stream. Throws nothing of the stream's. */
  async stream(name: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    const whole = new Allowance(this.#rules.maxUnpacked);
    const own = new Allowance(this.#rules.maxUnpacked, whole);
    const content = await contentOf(earning(bytes, whole), 0, own, this.#rules.small);
    await this.#stream(name, needsFile(content, 'standard input', 'unpack'), own, whole);
  }

  /** Reads text, and throws nothing of the text's. */
  async text(path: string, text: AsyncIterable<Buffer>, log?: PlainLog): Promise<void> {
    this.#tally.add(path, await this.#read(path, text, log));
  }

  #read(path: string, text: AsyncIterable<Buffer>, log?: PlainLog): Promise<FileAccount> {
    const read = this.#signal ? untilAborted(text, this.#signal) : text;
    return readFile(read, path, this.#rules, this.#tally.coverage, this.#rows, log);
  }

  async #stream(
    path: string,
    content: StreamContent,
    own: Allowance,
    whole: Allowance,
  ): Promise<void> {
    switch (content.kind) {
      case 'text':
        return this.text(path, content.text);
      case 'plain':
        return this.text(path, content.text, content.log);
      case 'tar':
        own.lift();
        return this.#members(path, (await tars()).tarMembers(content.bytes), whole);
      default:
        return content satisfies never;
    }
  }

  async #members(archive: string, members: AsyncIterable<Member>, whole: Allowance): Promise<void> {
    let isEmpty = true;
    let lost = 0;
    try {
      for await (const member of members) {
        if (this.#signal?.aborted === true) return;
        isEmpty = false;
        if (await this.#member(archive, member, whole, lost < MAX_NAMED)) lost += 1;
        whole.refuse();
      }
      if (isEmpty) this.#tally.skip('empty archive');
    } catch (error) {
      this.#tally.lose(archive, fileReason(error));
    }
    if (lost > MAX_NAMED)
      this.#tally.lose(archive, `${lost - MAX_NAMED} more of its members could not be read`);
  }

  /** Reads a member; gives whether something of it was lost. */
  async #member(
    archive: string,
    { name, size, isFile, bytes }: Member,
    whole: Allowance,
    isNamed: boolean,
  ): Promise<boolean> {
    const skip = isFile ? reasonToSkip(name, () => size, this.#rules.needed) : 'no regular file';
    if (skip !== undefined) {
      this.#tally.skip(skip);
      return false;
    }
    const own = new Allowance(this.#rules.maxUnpacked, whole);
    const found = await contentOf(bytes, size, own, this.#rules.small, this.#plain);
    const content = needsFile(found, 'an archive', 'unpack');
    const { text } =
      content.kind === 'tar' ? failed('an archive in an archive: unpack it first') : content;
    const log = content.kind === 'plain' ? content.log : undefined;
    const path = `${archive}!/${name}`;
    const account = await this.#read(path, text, log);
    this.#tally.add(path, account, isNamed);
    return account.lost !== undefined;
  }
}

type StreamContent = Exclude<Content, { readonly kind: 'zip' | 'parquet' }>;

/** What can be read from its front to its end; anything else is text that cannot be read. */
function needsFile(content: Content, place: string, first: 'copy' | 'unpack'): StreamContent {
  switch (content.kind) {
    case 'zip':
      return failed(`a zip archive in ${place}, which only a file can be: ${first} it first`);
    case 'parquet':
      return failed(`Parquet in ${place}, which only a file can be: ${first} it first`);
    default:
      return content;
  }
}

async function* earning(source: AsyncIterable<Buffer>, whole: Allowance): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    whole.earn(piece.length);
    yield piece;
  }
}

/** A text that ends where the signal aborts; what was read of it is then of no use. */
async function* untilAborted(
  text: AsyncIterable<Buffer>,
  signal: AbortSignal,
): AsyncGenerator<Buffer> {
  for await (const piece of text) {
    if (signal.aborted) return;
    yield piece;
  }
}
