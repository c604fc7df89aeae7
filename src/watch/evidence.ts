/** What the logs say of themselves, as the evidence of a report. */
import type { Evidence } from '../report/completeness/completeness.js';
import { blindSpotsIn } from './blind-spots/blind-spots.js';
import type { AccountRecords } from './blind-spots/records.js';
import { compareDeliveries, type HuntedFiles } from './deliveries/deliveries.js';
import { missingCauses } from './hints/missing-causes.js';
import type { WatchedLogs } from './watched-events.js';

export interface HuntedLogs {
  /** The records in the window, by account. */
  readonly accounts: ReadonlyMap<string | null, AccountRecords>;
  /** Undefined where the files are not known, as those of a table. */
  readonly files: HuntedFiles | undefined;
}

export type WatchedEvidence = Pick<
  Evidence,
  'deliveries' | 'blindSpots' | 'moreBlindSpots' | 'hints' | 'moreHints'
>;

export function watchedEvidence(
  watched: WatchedLogs,
  { accounts, files }: HuntedLogs,
): WatchedEvidence {
  const paths = files?.paths ?? [];
  return {
    ...blindSpotsIn(watched, { accounts, buckets: bucketsOf(paths), paths }),
    ...missingCauses(watched.events, accounts),
    deliveries: files === undefined ? null : compareDeliveries(watched.deliveries, files),
  };
}

/** The buckets of files in S3. */
function bucketsOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => /^s3:\/\/([^/]+)/.exec(path)?.[1] ?? []))];
}
