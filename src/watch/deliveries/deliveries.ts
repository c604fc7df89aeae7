/** Compares the log files that CloudTrail delivered, as the logs themselves name them, with the files that there are. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import type { Deliveries } from '../../report/completeness/completeness.js';
import type { Delivery } from './delivery.js';
import { logFileOf, type LogFile } from './log-file.js';
import { deliveredTwice } from './twice.js';

const MOST = 1000;

/** The files of a hunt. */
export interface HuntedFiles {
  /** The paths of all files that were found in hunted folders and archives, whether they could be read or not. */
  readonly paths: readonly string[];
  /** Files that the user named one by one: that others of their folder are not among them says nothing. */
  readonly named: ReadonlySet<string>;
}

/** Null where the logs name no delivered file, and none was delivered twice. */
export function compareDeliveries(
  delivered: readonly Delivery[],
  files: HuntedFiles,
): Deliveries | null {
  const named = delivered.flatMap((delivery) => {
    const file = logFileOf(delivery.key);
    return file === undefined ? [] : [{ delivery, file: inBucket(file, delivery.bucket) }];
  });
  const found = files.paths.flatMap((path) => {
    const file = logFileOf(path);
    return file === undefined ? [] : [{ file, isNamed: files.named.has(path) }];
  });
  const present = new Set(found.map(({ file }) => file.id));
  const hunted = new HuntedParts(found.filter(({ isNamed }) => !isNamed).map(({ file }) => file));
  // Another trail may write to a place of which nothing was copied.
  const trails = new Set(
    named.flatMap(({ file }) => (present.has(file.id) ? [trailOf(file)] : [])),
  );
  const absent = named
    .filter(({ file }) => !present.has(file.id) && trails.has(trailOf(file)) && hunted.has(file))
    .map(({ delivery }) => delivery)
    .toSorted((a, b) => byCodePoint(a.key, b.key) || byCodePoint(a.bucket, b.bucket));
  const known = named.filter(({ file }) => present.has(file.id)).length;
  const twice = deliveredTwice([
    ...named.map(({ file }) => file),
    // On a disk, two folders may be two parts of one copy.
    ...found.flatMap(({ file }) => (file.folder?.startsWith('s3://') === true ? [file] : [])),
  ]);
  if (named.length === 0 && twice.length === 0) return null;
  return {
    named: known + absent.length,
    present: known,
    missing: absent
      .slice(0, MOST)
      .map(({ key, bucket, at }) => ({ key, bucket, eventTime: formatInstant(at) })),
    moreMissing: Math.max(0, absent.length - MOST),
    twice,
  };
}

function inBucket(file: LogFile, bucket: string): LogFile {
  return { ...file, folder: `s3://${bucket}/${file.folder ?? ''}` };
}

/** The parts of the logs that were hunted: of an account and region, days that have files, and nothing after its last file. */
class HuntedParts {
  readonly #last = new Map<string, string>();
  readonly #days = new Set<string>();

  constructor(files: readonly LogFile[]) {
    for (const file of files) {
      const place = placeOf(file);
      this.#days.add(`${place}/${dayOf(file)}`);
      if (file.stamp > (this.#last.get(place) ?? '')) this.#last.set(place, file.stamp);
    }
  }

  /** Whether a file would be there. A copy of logs ends somewhere: what was delivered later is not missing from it. */
  has(file: LogFile): boolean {
    const place = placeOf(file);
    const last = this.#last.get(place);
    return last !== undefined && file.stamp <= last && this.#days.has(`${place}/${dayOf(file)}`);
  }
}

function trailOf(file: LogFile): string {
  return `${placeOf(file)} ${file.folder}`;
}

function placeOf({ account, region }: LogFile): string {
  return `${account}/${region}`;
}

function dayOf({ stamp }: LogFile): string {
  return stamp.slice(0, 8);
}
