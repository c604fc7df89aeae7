/** What one reading reads, and where it gives what it has read. */
import type { Batch } from '../../batch/batch.js';
import type { DumpRequest } from '../dump.js';
import type { Discovered } from '../find/discover.js';
import type { SummaryBuilder } from './summary/summary.js';

export interface ReadingJob {
  readonly request: DumpRequest;
  /** The local files. */
  readonly discovered: Discovered;
  readonly summary: SummaryBuilder;
  /** Takes batches; resolves when there is room for more. */
  readonly emit: (batch: Batch) => Promise<void>;
  /** Used instead of the request's own signal. */
  readonly signal: AbortSignal;
}
