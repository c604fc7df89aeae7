/** The types that a reading of local dumps gives and takes. */
import type { Readable } from 'node:stream';
import type { Batch } from '../batch/batch.js';
import type { Column } from '../cloudtrail/columns.js';
import type { Pruning } from './find/prune.js';
import type { S3Settings } from './s3/client.js';
import type { Threads } from './threads/threads.js';

export interface DumpRequest extends Pruning {
  /** Folders, files, `s3://bucket/prefix`, or `-` for standard input. */
  readonly paths: readonly string[];
  readonly stdin: Readable;
  /** With whose rights S3 is read: as AWS's own tools have it, where it is not given. */
  readonly s3?: S3Settings | undefined;
  /**
   * Only records with one of these event names, a name in lower case standing for any case, become rows; the others are
   * counted. Undefined: all become rows.
   */
  readonly eventNames: ReadonlySet<string> | undefined;
  /** What rows have of AWS's columns, beside their bodies; by default all. */
  readonly columns?: readonly Column[] | undefined;
  /** Threads that read files; 1 reads in this thread. */
  readonly workers: number;
  /** Where those threads come from; its owner closes it. */
  readonly threads?: Threads | undefined;
  /** How many bytes one log, or one member of an archive, may unpack to; by default 20 GB. */
  readonly maxUnpacked?: number | undefined;
  /** Reads a Parquet file, which takes an engine; without it, such a file is lost evidence. */
  readonly parquet?: ((path: string) => Promise<ParquetContent>) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: DumpProgress) => void) | undefined;
}

/** What a Parquet file holds. */
export type ParquetContent =
  /** Events: its rows as JSON, one a line. Throws, after those before the break, where it cannot be read on. */
  | { readonly kind: 'text'; readonly text: AsyncIterable<Buffer> }
  /** No evidence. */
  | { readonly kind: 'other'; readonly reason: string }
  | { readonly kind: 'lost'; readonly reason: string };

/** How far a reading is. */
export interface DumpProgress {
  /** Bytes read, as they are stored, compressed or not; those of a large file count as they are read. */
  readonly bytes: number;
  /** Undefined while nobody knows: S3 is still listed, or standard input has not ended. */
  readonly totalBytes: number | undefined;
  /** Records read, rows or not. */
  readonly records: number;
}

export interface Dump {
  /** Batches of rows, in no particular order. To be consumed once, to its end. */
  readonly batches: AsyncIterable<Batch>;
  /** What was read and what was not; complete once `batches` has ended. */
  account(): DumpAccount;
}

export interface DumpAccount {
  /** All CloudTrail records in the files read, rows or not. */
  readonly records: number;
  readonly read: number;
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
  readonly skippedRecords: readonly { readonly reason: string; readonly count: number }[];
  /** Sorted by path. */
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
  readonly repairedSurrogates: number;
  /** The instants of the earliest and latest record, in the window or not. */
  readonly first: number | undefined;
  readonly last: number | undefined;
  /** Records in the window, by account, region and hour. */
  readonly coverage: readonly CoverageCell[];
}

/** Records of one account and region in one hour (milliseconds since 1970 UTC; undefined: undated). */
export interface CoverageCell {
  readonly account: string | null;
  readonly region: string | null;
  readonly hour: number | undefined;
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly records: number;
}
