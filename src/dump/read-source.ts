/** One file or stream, whatever it holds: a log, or an archive of logs, whose members are read like files. */
import type { EventRecord } from '../cloudtrail/record.js';
import { Allowance } from './allowance.js';
import type { Member } from './archive/member.js';
import { contentOf, failed, type Content } from './decompress.js';
import { fileReason, type FoundFile } from './discover.js';
import type { PlainReader } from './plain/plain.js';
import { reasonToSkip, type Days } from './prune.js';
import { readFile, type ReadRules } from './read-file.js';
import { isS3 } from './s3/uri.js';
import type { Tally } from './tally.js';

// Loaded by who meets an archive: each thread would pay for them.
const tars = () => import('./archive/tar.js');
const zips = () => import('./archive/zip.js');

/** What sources are read by. */
export interface SourceRules extends ReadRules {
  readonly days: Days;
  /** How many bytes one log may unpack to. */
  readonly maxUnpacked: number;
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
    const content = await contentOf(bytes, size, own);
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
    const content = await contentOf(earning(bytes, whole), 0, own);
    await this.#stream(name, needsFile(content, 'standard input', 'unpack'), own, whole);
  }

  /** Reads text, and throws nothing of the text's. */
  async text(path: string, text: AsyncIterable<Buffer>): Promise<void> {
    const { coverage } = this.#tally;
    const read = this.#signal ? untilAborted(text, this.#signal) : text;
    this.#tally.add(
      path,
      await readFile(read, path, this.#rules, coverage, this.#rows, this.#plain),
    );
  }

  async #stream(
    path: string,
    content: StreamContent,
    own: Allowance,
    whole: Allowance,
  ): Promise<void> {
    if (content.kind === 'text') return this.text(path, content.text);
    own.lift();
    return this.#members(path, (await tars()).tarMembers(content.bytes), whole);
  }

  async #members(archive: string, members: AsyncIterable<Member>, whole: Allowance): Promise<void> {
    let count = 0;
    try {
      for await (const member of members) {
        if (this.#signal?.aborted === true) return;
        await this.#member(archive, member, whole);
        whole.refuse();
        count += 1;
      }
      if (count === 0) this.#tally.skip('empty archive');
    } catch (error) {
      this.#tally.lose(archive, fileReason(error));
    }
  }

  async #member(archive: string, member: Member, whole: Allowance): Promise<void> {
    const { name, size, isFile, bytes } = member;
    const skip = isFile ? reasonToSkip(name, size, this.#rules.days) : 'no regular file';
    if (skip !== undefined) return this.#tally.skip(skip);
    const own = new Allowance(this.#rules.maxUnpacked, whole);
    const content = needsFile(await contentOf(bytes, size, own), 'an archive', 'unpack');
    const { text } =
      content.kind === 'tar' ? failed('an archive in an archive: unpack it first') : content;
    return this.text(`${archive}!/${name}`, text);
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
