/** The settings of an Athena engine. */
import type { ResultConfiguration } from '@aws-sdk/client-athena';
import type { ExecutionProgress } from '../../engine.js';
import type { Journal } from '../journal.js';
import type { AthenaTableName } from '../name.js';

export interface AthenaSettings {
  readonly table: AthenaTableName;
  readonly workgroup: string;
  /** Undefined if the workgroup decides. */
  readonly results: ResultConfiguration | undefined;
  readonly journal: Journal;
  /** The most bytes that all queries together may read. Above it, the engine stops them all. */
  readonly maxScan: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ExecutionProgress) => void) | undefined;
  /** Waits for a number of milliseconds. Tests replace it. */
  readonly wait?: ((milliseconds: number) => Promise<void>) | undefined;
}
