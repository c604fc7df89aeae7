/** What a hunt over local logs is asked for. */
import type { CallCounting } from '../../query/build.js';
import type { Readable } from 'node:stream';
import type { Window } from '../../cloudtrail/time/window.js';
import type { DumpProgress, DumpRequest, FileReading, InputFile } from '../../dump/dump.js';
import type { SessionKeys } from '../../findings/store.js';
import type { BoundRule } from '../../rule/bind.js';
import type { Condition } from '../../rule/condition/condition.js';
import type { Following } from '../follow/follow.js';
import type { Verifying } from '../verify.js';

export interface LogsRequest {
  readonly rules: readonly BoundRule[];
  readonly paths: readonly string[];
  readonly stdin: () => Readable;
  readonly window: Window;
  /** How long after an event its file may still arrive, in milliseconds. */
  readonly late: number;
  /** Milliseconds since 1970 UTC; undefined if all files have arrived. */
  readonly now?: number | undefined;
  /** False opens every file, also if its path names a day outside the window. */
  readonly prune?: boolean | undefined;
  /** True does not open files if their paths name accounts or regions that no rule can match. */
  readonly trustPaths?: boolean | undefined;
  /** The AWS profile, region and endpoint for S3. */
  readonly s3?: DumpRequest['s3'];
  readonly exclusions: boolean;
  /** Without it, as with true. */
  readonly follow?: Following | undefined;
  /** Conditions that the user adds to every rule. */
  readonly filters: readonly Condition[];
  readonly calls?: CallCounting | undefined;
  readonly workers: number;
  readonly threads?: DumpRequest['threads'];
  /** False parses every record and makes a row of it, also if its bytes tell that no rule can match it. */
  readonly prefilter: boolean;
  /** How many bytes one log may unpack to; by default 20 GB. */
  readonly maxUnpacked?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  /**
   * Gets the files that were read, with their hashes; several times where more files are read later. Without it, nothing is hashed.
   * `isLate`: they were read for late events of earlier periods.
   */
  readonly onInputs?: ((inputs: readonly InputFile[], isLate?: boolean) => void) | undefined;
  /** Whether, and with which keys, the logs are checked by digests. */
  readonly verify?: Verifying | undefined;
  /** The same for the files of findings alone. */
  readonly verifyFindings?: Verifying | undefined;
  /** What a scheduled run, or its proof, does with the files. */
  readonly files?: RunFiles | undefined;
  readonly onProgress?: ((progress: DumpProgress) => void) | undefined;
  /** Called when all logs are read, before the query runs. */
  readonly onQuery?: (() => void) | undefined;
}

/** What a scheduled run, or its proof, does with the files of a reading. */
export interface RunFiles {
  /** See `DumpRequest.isKnown`. */
  readonly isKnown?: DumpRequest['isKnown'];
  /** Takes what became of the files. */
  readonly onRead?: ((readings: readonly FileReading[]) => void) | undefined;
  /** Files that were not read, and that may hold the events that issued a key. */
  readonly mayIssue?: ((sessions: SessionKeys) => readonly string[]) | undefined;
}
