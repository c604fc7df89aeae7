/** What an Athena engine needs to know besides its client. */
import type { ResultConfiguration } from '@aws-sdk/client-athena';
import type { ExecutionProgress } from '../engine.js';
import type { Journal } from './journal.js';
import type { AthenaTableName } from './name.js';

export interface AthenaSettings {
  readonly table: AthenaTableName;
  readonly workgroup: string;
  /** Undefined where the workgroup decides. */
  readonly results: ResultConfiguration | undefined;
  readonly journal: Journal;
  /** Bytes that may be read in all; beyond them everything is stopped. */
  readonly maxScan: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExecutionProgress) => void) | undefined;
  /** Waits so many milliseconds; for tests. */
  readonly wait?: ((milliseconds: number) => Promise<void>) | undefined;
}
