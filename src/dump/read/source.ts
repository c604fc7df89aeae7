/** What is read, and what became of it. */
import type { Chosen } from '../find/chosen.js';
import type { FileSummary } from './summary/file-summary.js';

/** A file, a member of an archive, or standard input. */
export interface Source {
  readonly path: string;
  /** In bytes, as it is stated; 0 if it is unknown. */
  readonly size: number;
  readonly chosen: Chosen;
  readonly place: 'a file' | 'S3' | 'an archive' | 'standard input';
  /** How many archives are around it. */
  readonly depth: number;
  /** See `DigestFile`. */
  readonly signature: () => string | null;
}

/** What became of a source: its summary, or else it is counted already or will be counted later. */
export type Outcome = FileSummary | 'counted' | 'deferred';

/** An archive and standard input have nothing beside a digest. */
export const noSignature = (): null => null;
