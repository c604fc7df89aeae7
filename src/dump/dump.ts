/** The types of the interface to `readDump`: what a caller asks for, and what it gets. */
import type { Readable } from 'node:stream';
import type { Batch } from '../batch/batch.js';
import type { Column } from '../cloudtrail/field/columns.js';
import type { RecordKind } from '../cloudtrail/kind.js';
import type { Requirement } from '../cloudtrail/requirement.js';
import type { HourSpan } from '../cloudtrail/time/hour-span.js';
import type { LogEvidence } from './digest/evidence.js';
import type { FoundFile } from './find/discover.js';
import type { PathFilterOptions } from './find/path-filter.js';
import type { KeyIndex } from './read/key-index.js';
import type { S3Settings } from './s3/client.js';
import type { Threads } from './threads/threads.js';

export interface DumpRequest extends PathFilterOptions {
  /** Folders, files, `s3://bucket/prefix`, or `-` for standard input. */
  readonly paths: readonly string[];
  readonly stdin: () => Readable;
  /** Credentials and region for S3. The default is what AWS's own tools use. */
  readonly s3?: S3Settings | undefined;
  /**
   * What a record must have so that a rule can match it. Records without it are counted but do not become rows, and it does
   * not matter that a field of them cannot be read.
   */
  readonly required: Requirement;
  /**
   * What a record must have so that a rule can find it. Other rows are only counted, so they have no body. The default is that
   * every row has one.
   */
  readonly found?: Requirement | undefined;
  /** False: every record is parsed and becomes a row. */
  readonly prefilter: boolean;
  /**
   * Instead of rows for a query: a row for each record with one of these event IDs. Its body is the record's text, and
   * `extra` is JSON of its ID and its position.
   */
  readonly eventIds?: ReadonlySet<string> | undefined;
  /** Whether to note which files may hold the events that issue a key (`Dump.keys`). */
  readonly notesKeys?: boolean | undefined;
  /** Leaves out files that an earlier run has read, also if the user named them. */
  readonly isKnown?: ((file: FoundFile) => boolean) | undefined;
  /** Whether to note what became of each file (`Dump.readings`). */
  readonly notesFiles?: boolean | undefined;
  /** The columns of a row, besides the body. The default is all of AWS's columns. */
  readonly columns?: readonly Column[] | undefined;
  /** Whether to hash every file that holds events, or that is lost evidence. */
  readonly hashes?: boolean | undefined;
  /** How many threads read files. With 1, the calling thread reads them. */
  readonly workers: number;
  /** Threads that were started in advance. The owner of this object closes it. */
  readonly threads?: Threads | undefined;
  /** How many bytes one log, or one member of an archive, may unpack to. The default is 20 GB. */
  readonly maxUnpacked?: number | undefined;
  /** What unpacks to fewer bytes is never called a bomb, however well it was compressed. The default is 256 MB. */
  readonly bombFloor?: number | undefined;
  /** Reads a Parquet file, which needs an engine. Without it, a Parquet file is reported as unreadable. */
  readonly parquet?: ((path: string) => Promise<ParquetContent>) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DumpProgress) => void) | undefined;
}

/** What a Parquet file holds. */
export type ParquetContent =
  /**
   * Events: its rows as JSON, one a line. Throws if the file is broken, after the rows before that point. `missing` are the
   * fields that its schema does not have, and `lost` says which of them a rule tests.
   */
  | {
      readonly kind: 'text';
      readonly text: AsyncIterable<Buffer>;
      readonly missing: readonly string[];
      readonly lost: string | undefined;
    }
  /** No evidence. */
  | { readonly kind: 'other'; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string };

export interface DumpProgress {
  /** Bytes read so far, counted as they are stored (compressed or not), within large files too. */
  readonly bytes: number;
  /** Undefined while it is unknown: S3 is still being listed, or standard input has not ended. */
  readonly totalBytes: number | undefined;
  /** Records read so far, whether or not they become rows. */
  readonly records: number;
}

export interface Dump {
  /** Batches of rows, in no particular order. Consume it once, to its end. */
  readonly batches: AsyncIterable<Batch>;
  /** Which files may hold the events that issue a key. Empty where it was not asked for. Complete once `batches` has ended. */
  keys(): KeyIndex;
  /** The digests and the hashes of logs. Empty without `DumpRequest.verify`. Complete once `batches` has ended. */
  evidence(): LogEvidence;
  /** The files that were read, in no order. Empty where it was not asked for. Complete once `batches` has ended. */
  readings(): readonly FileReading[];
  /**
   * The paths of the files that were found, of objects in S3 too, whether they could be read or not, and of members of archives
   * with names of log files. Without files outside the window. Complete once `batches` has ended.
   */
  names(): readonly string[];
  /** What was read and what was not. Complete once `batches` has ended. */
  summary(): DumpSummary;
}

/** What became of a file. */
export interface FileReading {
  readonly file: FoundFile;
  /** Whether nothing of it was lost, and no member of an archive was left out because of its day. */
  readonly isWhole: boolean;
  /** The earliest time of its records, in milliseconds since 1970 UTC; Infinity where none has one. */
  readonly first: number;
  /** Whether a record of it is in the window. */
  readonly hasWindow: boolean;
}

export interface DumpSummary {
  /** All CloudTrail records in the files read, whether or not they became rows. */
  readonly records: number;
  /** How many files were logs. */
  readonly read: number;
  /** Files that hold no evidence or were not opened, by reason. */
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
  /** JSON values in logs that are not CloudTrail events, by reason. */
  readonly skippedRecords: readonly { readonly reason: string; readonly count: number }[];
  /** Lost evidence, sorted by path: the first 10,000 files or records. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  /** How many more are lost. */
  readonly unlisted: number;
  /** How many unpaired surrogates were replaced by U+FFFD. */
  readonly repairedSurrogates: number;
  /** Outputs of commands that stopped before their last page, sorted by path. */
  readonly cutOff: readonly string[];
  /** How many files hold events of long before the day in their path: they were delivered late. */
  readonly late: number;
  /** The files that were read, in no particular order; empty where they were not to be hashed. */
  readonly inputs: readonly InputFile[];
  /** How many records that a rule may match have a field that cannot be read. */
  readonly unreadableFields: number;
  /** The fields of events that the schema of some file does not have, sorted. */
  readonly missing: readonly string[];
  /** The times of the earliest and the latest record, inside or outside the window (milliseconds since 1970 UTC). */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** Counts by account and region, in the order of their names. */
  readonly coverage: readonly CoverageCell[];
  /** Records of further accounts and regions: more than can be counted one by one, which only a hostile log has. */
  readonly uncounted: { readonly records: number; readonly inWindow: number };
  /** The kinds of the records in the window, in the order of their names. */
  readonly kinds: readonly KindCount[];
}

/** The records of one kind in the window. Times are in milliseconds since 1970 UTC; undefined without a readable one. */
export interface KindCount extends RecordKind {
  readonly records: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
}

/** A file that was read. */
export interface InputFile {
  readonly path: string;
  /** Of the bytes as they are stored, compressed or not. */
  readonly size: number;
  /** In hexadecimal; null if they cannot be read to their end. */
  readonly sha256: string | null;
}

/** Records of one AWS account, region and kind in one hour, counted together. Times are in milliseconds since 1970 UTC. */
export interface RecordGroup {
  readonly account: string | null;
  readonly region: string | null;
  readonly kind: RecordKind;
  /** When the hour begins; undefined for records without a readable time. */
  readonly hour: number | undefined;
  /** The earliest and the latest time; Infinity and -Infinity without a readable time. */
  readonly first: number;
  readonly last: number;
  readonly records: number;
}

/** The records of one AWS account and region. Times are in milliseconds since 1970 UTC. */
export interface CoverageCell {
  readonly account: string | null;
  readonly region: string | null;
  /** Records inside or outside the window. */
  readonly records: number;
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** The hours that have one. */
  readonly hours: readonly HourSpan[];
  /** The same for the records inside the window. */
  readonly inWindow: {
    readonly records: number;
    readonly first: number | undefined;
    readonly last: number | undefined;
    readonly hours: readonly HourSpan[];
  };
}
