/** The messages between the main thread and the threads that read files. */
import type { Batch } from '../../batch/batch.js';
import type { FoundFile } from '../find/discover.js';
import type { ReadSettings } from '../read/read-settings.js';
import type { PartialSummary } from '../read/summary/summary.js';

export type ToWorker =
  /** The first message. */
  | { readonly kind: 'settings'; readonly settings: ReadSettings }
  | { readonly kind: 'files'; readonly files: readonly FoundFile[] }
  /** A batch has been processed; there is room for another. */
  | { readonly kind: 'processed' }
  /** No more files will follow. */
  | { readonly kind: 'end' };

export type FromWorker =
  | { readonly kind: 'rows'; readonly batch: Batch }
  /** How many bytes and records have been read so far of the files that are not done. */
  | { readonly kind: 'read'; readonly bytes: number; readonly records: number }
  /** The files of one message are read. */
  | {
      readonly kind: 'done';
      readonly files: readonly FoundFile[];
      readonly summary: PartialSummary;
    }
  /** All rows have been sent. */
  | { readonly kind: 'ended' };
