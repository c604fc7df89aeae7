/** Reads one file or stream with any content: a log, or an archive, of which each member is read like a file. */
import type { EventRecord } from '../../cloudtrail/record.js';
import { HOUR } from '../../cloudtrail/time/window.js';
import type { PlainLog, PlainReader } from '../fast/plain.js';
import { chosenInFolder } from '../find/chosen.js';
import type { FoundFile } from '../find/discover.js';
import { isSheet, readSheet } from '../csv/sheet.js';
import type { LostDigest } from '../digest/evidence.js';
import { isDigestName } from '../digest/names.js';
import { isDigestHead } from '../digest/read-digest.js';
import { signatureBeside } from '../digest/sidecar.js';
import { dayOf } from '../find/names.js';
import type { Member } from '../open/archive/member.js';
import { contentOf, failed } from '../open/content.js';
import { HashedStream } from '../open/hashed-stream.js';
import { piecesOf, type Bytes } from '../open/opened-stream.js';
import { TextHash } from '../digest/text-hash.js';
import { UnpackBudget } from '../open/unpack-budget.js';
import { isS3 } from '../s3/uri.js';
import type { FileSummary } from './summary/file-summary.js';
import { look } from './look.js';
import { readFile, type FileTarget } from './read-file.js';
import { readMembers } from './read-members.js';
import { WantedIds } from './wanted-ids.js';
import type { ReadSettings } from './read-settings.js';
import { allowing, untilAborted } from './passing.js';
import { noteHash, sortText } from '../digest/sort-text.js';
import { readText } from './read-text.js';
import { noSignature, type Outcome, type Source } from './source.js';
import type { SummaryBuilder } from './summary/summary.js';
import { judged, nothing, onlyAFile } from './verdict.js';

/** CloudTrail delivers within minutes. A file with events of so long before its day has some that were delivered late. */
const LATE = 12 * HOUR;
/** Archives in an archive are read; archives in those are not. */
const MAX_DEPTH = 1;

// Loaded when an archive is met, because each thread would pay for loading them.
const tarModule = () => import('../open/archive/tar.js');
const zipModule = () => import('../open/archive/zip.js');

export interface SourceReaderOptions {
  readonly settings: ReadSettings;
  /** Counts the files and records that are read. */
  readonly summary: SummaryBuilder;
  /** Takes rows in batches; resolves when there is room for more. */
  readonly emit: (rows: readonly EventRecord[]) => Promise<void>;
  /** The fast reader, if some records can be left out. */
  readonly plain: PlainReader | undefined;
  readonly signal?: AbortSignal | undefined;
}

export class SourceReader {
  readonly #settings: ReadSettings;
  readonly #summary: SummaryBuilder;
  readonly #emit: (rows: readonly EventRecord[]) => Promise<void>;
  readonly #plain: PlainReader | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #wanted: WantedIds | undefined;
  /** The path of the file that is being read; of a member of an archive, that of the archive. */
  #file = '';
  /** The earliest time in that file, whether a record of it is in the window, and whether all members of the archive were read so far. */
  #earliest = Infinity;
  #hasWindow = false;
  #hasAllMembers = true;

  constructor({ settings, summary, emit, plain, signal }: SourceReaderOptions) {
    this.#settings = settings;
    this.#summary = summary;
    this.#emit = emit;
    this.#plain = plain;
    this.#signal = signal;
    this.#wanted = settings.eventIds && new WantedIds(settings.eventIds);
  }

  /** Reads the bytes of a file. `kept` gives the signature that S3 keeps beside a digest. Never throws because of the file. */
  async file(
    file: FoundFile,
    bytes: Bytes,
    kept: () => string | undefined = () => undefined,
  ): Promise<void> {
    const { path, size, chosen } = file;
    const total = new UnpackBudget(this.#settings.unpackLimits);
    total.allowFor(size);
    const place = isS3(path) ? 'S3' : 'a file';
    const signature = (): string | null =>
      place === 'S3' ? (kept() ?? null) : signatureBeside(path);
    await this.#noting(file, async () => {
      await this.#source({ path, size, chosen, place, depth: 0, signature }, bytes, total);
      return !this.#summary.isDeferred(path);
    });
  }

  /** Reads a stream that is not a file. Never throws because of the stream. */
  async stream(path: string, bytes: AsyncIterable<Buffer>): Promise<void> {
    const total = new UnpackBudget(this.#settings.unpackLimits);
    this.#file = path;
    const source: Source = {
      path,
      size: 0,
      chosen: 'by the user',
      place: 'standard input',
      depth: 0,
      signature: noSignature,
    };
    await this.#source(source, allowing(bytes, total), total);
  }

  /** Reads the text that an engine found in a file, and reports what the engine lost. Never throws because of the text. */
  async text(file: FoundFile, text: AsyncIterable<Buffer>, lost?: string): Promise<void> {
    const { path, chosen } = file;
    await this.#noting(file, async () => {
      if (lost !== undefined) this.#summary.lose(path, lost);
      this.#summary.add(path, judged(await this.#lines(path, text), chosen));
      return true;
    });
  }

  /** Notes what became of a file, where that is asked for. `read` gives false where an engine reads the file later. */
  async #noting(file: FoundFile, read: () => Promise<boolean>): Promise<void> {
    this.#file = file.path;
    this.#earliest = Infinity;
    this.#hasWindow = false;
    this.#hasAllMembers = true;
    const losses = this.#summary.lossCount;
    const isRead = await read();
    if (!this.#settings.notesFiles || !isRead) return;
    const isWhole = this.#hasAllMembers && this.#summary.lossCount === losses;
    this.#summary.note({ file, isWhole, first: this.#earliest, hasWindow: this.#hasWindow });
  }

  async #source(source: Source, bytes: Bytes, total: UnpackBudget): Promise<void> {
    const hashed = this.#settings.hashes ? new HashedStream(piecesOf(bytes)) : undefined;
    const outcome = await this.#read(source, hashed?.bytes() ?? bytes, total);
    const file = typeof outcome === 'object' ? judged(outcome, source.chosen) : undefined;
    if (file !== undefined) this.#summary.add(source.path, file);
    if (hashed === undefined) return;
    const isEvidence = file === undefined || file.isLog || file.lost !== undefined;
    if (isEvidence && this.#signal?.aborted !== true)
      this.#summary.addInput({ path: source.path, ...(await hashed.finish()) });
    else await hashed.close();
  }

  async #read(source: Source, bytes: Bytes, total: UnpackBudget): Promise<Outcome> {
    if (this.#settings.verify === undefined) return this.#content(source, bytes, { total });
    const hash = new TextHash();
    const outcome = await this.#content(source, bytes, { total, hash });
    const file = typeof outcome === 'object' ? outcome : undefined;
    if (this.#signal?.aborted === true) await hash.close();
    else await noteHash(source.path, file, { evidence: this.#summary.evidence, hash });
    return outcome;
  }

  async #content(
    source: Source,
    given: Bytes,
    { total, hash }: { readonly total: UnpackBudget; readonly hash?: TextHash },
  ): Promise<Outcome> {
    const { path, size, chosen, place, depth } = source;
    const { unpackLimits, small, verify } = this.#settings;
    const budget = new UnpackBudget(unpackLimits, total);
    const isWanted = verify && isDigestHead;
    const looked = chosen === 'by its content' ? await look(given, path, isWanted) : undefined;
    if (looked?.kind === 'skip') return nothing(looked.reason);
    const bytes = looked?.bytes ?? given;
    const isDigest = verify !== undefined && isDigestName(path);
    const content = await contentOf(bytes, {
      path,
      size,
      budget,
      small,
      plain: this.#plain,
      onlyText: isDigest || verify === 'alone',
      hash,
    });
    if (isDigest && content.kind !== 'text') return this.#digest({ path, reason: 'no JSON' });
    const unreadable = (reason: string): Promise<Outcome> => this.#lines(path, failed(reason).text);
    switch (content.kind) {
      case 'other':
        return nothing(content.name);
      case 'plain':
        return this.#lines(path, content.text, content.log);
      case 'text':
        return this.#text(source, content.text);
      case 'tar':
        if (depth > MAX_DEPTH)
          return unreadable('an archive in an archive in an archive: unpack it first');
        // The limit is for each log in the archive, not for the archive.
        budget.removeOwnLimit();
        return this.#members(source, (await tarModule()).tarMembers(content.bytes), total);
      case 'zip':
        if (place !== 'a file') return unreadable(onlyAFile('a zip archive', place));
        return this.#members(source, (await zipModule()).zipMembers(path, total), total);
      case 'parquet':
        if (place !== 'a file') return unreadable(onlyAFile('Parquet', place));
        this.#summary.deferParquet(path);
        return 'deferred';
      default:
        return content satisfies never;
    }
  }

  async #text(source: Source, text: AsyncIterable<Buffer>): Promise<Outcome> {
    const { verify } = this.#settings;
    const { evidence } = this.#summary;
    const sorted =
      verify === undefined ? undefined : await sortText(source, text, { evidence, verify });
    if (sorted?.kind === 'digest') return this.#digest();
    if (sorted?.kind === 'read') return sorted.file;
    return readText(source, sorted?.text ?? text, (lines) => this.#lines(source.path, lines));
  }

  /** A digest holds no events, and is evidence all the same. */
  #digest(lost?: LostDigest): Outcome {
    if (lost !== undefined) this.#summary.evidence.loseDigest(lost);
    this.#summary.skip('digest of CloudTrail');
    return 'counted';
  }

  async #lines(path: string, text: AsyncIterable<Buffer>, log?: PlainLog): Promise<FileSummary> {
    const { required, found, prefilter, notesKeys, sharedLock } = this.#settings;
    const { coverage } = this.#summary;
    const pieces = this.#signal ? untilAborted(text, this.#signal) : text;
    const wanted = this.#wanted;
    const target: FileTarget = {
      source: path,
      required,
      found,
      prefilter,
      wanted,
      coverage,
      emit: this.#emit,
      sharedLock,
      plain: this.#plain,
    };
    coverage.takeTimes();
    // The fast reader does not look at IDs: where one stands in a log, every record of the log is read.
    const isFast = log !== undefined && wanted?.mayBeIn(log.text) !== true;
    const summary = await readFile(pieces, target, isFast ? log : undefined);
    if (notesKeys && (isFast ? log.issued?.length !== 0 : summary.records > 0))
      this.#summary.keys.add(this.#file, isFast ? log.issued : undefined);
    const day = dayOf(path);
    const { earliest, hasWindow } = coverage.takeTimes();
    this.#hasWindow ||= hasWindow;
    this.#earliest = Math.min(this.#earliest, earliest);
    if (day !== undefined && earliest < day - LATE) this.#summary.addLate();
    return summary;
  }

  #members(archive: Source, members: AsyncIterable<Member>, total: UnpackBudget): Promise<Outcome> {
    return readMembers(archive, members, {
      settings: this.#settings,
      summary: this.#summary,
      total,
      signal: this.#signal,
      read: (member) => this.#member(archive, member, total),
      onOutside: () => {
        this.#hasAllMembers = false;
      },
    });
  }

  #member(archive: Source, { name, size, bytes }: Member, total: UnpackBudget): Promise<Outcome> {
    if (isSheet(name)) return readSheet(bytes);
    const path = `${archive.path}!/${name}`;
    const chosen = chosenInFolder(name);
    const depth = archive.depth + 1;
    const place = 'an archive';
    return this.#read({ path, size, chosen, place, depth, signature: noSignature }, bytes, total);
  }
}
