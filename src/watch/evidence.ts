/** What the logs say of themselves, as the evidence of a report. */
import { contains, type Window } from '../cloudtrail/time/window.js';
import type { Evidence } from '../report/completeness/completeness.js';
import { blindSpotsIn } from './blind-spots/blind-spots.js';
import type { AccountRecords } from './blind-spots/records.js';
import { compareDeliveries, type HuntedFiles } from './deliveries/deliveries.js';
import { missingCauses } from './hints/missing-causes.js';
import type { WatchedLogs } from './watched-events.js';

export interface HuntedLogs {
  /** All records that were read, inside and outside the window, by account. */
  readonly accounts: ReadonlyMap<string | null, AccountRecords>;
  /** Undefined where the files are not known, as those of a table. */
  readonly files: HuntedFiles | undefined;
  readonly window: Window;
}

export type WatchedEvidence = Pick<
  Evidence,
  'deliveries' | 'blindSpots' | 'moreBlindSpots' | 'hints' | 'moreHints'
>;

/** When the logs were blind in the window, which causes and which delivered files of it they lack. */
export function watchedEvidence(
  watched: WatchedLogs,
  { accounts, files, window }: HuntedLogs,
): WatchedEvidence {
  const found = withSlashes(files ?? { paths: [], named: new Set() });
  const inWindow = ({ at }: { readonly at: number }): boolean => contains(window, at);
  const delivered = watched.deliveries.filter(inWindow);
  return {
    ...blindSpotsIn(watched, { accounts, window, files: found, buckets: bucketsOf(found.paths) }),
    ...missingCauses(watched.events, { accounts, window }),
    deliveries: files === undefined ? null : compareDeliveries(delivered, found),
  };
}

/** The folders of a path that the user named may be separated as on Windows. */
function withSlashes({ paths, named }: HuntedFiles): HuntedFiles {
  const slashed = (path: string): string => path.replaceAll('\\', '/');
  return { paths: paths.map(slashed), named: new Set([...named].map(slashed)) };
}

/** The buckets of files in S3. */
function bucketsOf(paths: readonly string[]): readonly string[] {
  return [...new Set(paths.flatMap((path) => /^s3:\/\/([^/]+)/.exec(path)?.[1] ?? []))];
}
