/** Compares the log files that CloudTrail delivered, as the logs themselves name them, with the files that there are. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { formatInstant } from '../../cloudtrail/time/time.js';
import type { Deliveries } from '../../report/completeness/completeness.js';
import type { Delivery } from './delivery.js';
import { logNameOf, type LogName } from './log-name.js';
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
    const name = logNameOf(delivery.key);
    return name === undefined ? [] : [{ delivery, name: inBucket(name, delivery.bucket) }];
  });
  const found = files.paths.flatMap((path) => {
    const name = logNameOf(path);
    return name === undefined ? [] : [{ name, isNamed: files.named.has(path) }];
  });
  const present = new Set(found.map(({ name }) => name.id));
  const hunted = new HuntedParts(found.filter(({ isNamed }) => !isNamed).map(({ name }) => name));
  // Another trail may write to a place of which nothing was copied.
  const trails = new Set(
    named.flatMap(({ name }) => (present.has(name.id) ? [trailOf(name)] : [])),
  );
  const absent = named
    .filter(({ name }) => !present.has(name.id) && trails.has(trailOf(name)) && hunted.has(name))
    .map(({ delivery }) => delivery)
    .toSorted((a, b) => byCodePoint(a.key, b.key) || byCodePoint(a.bucket, b.bucket));
  const known = named.filter(({ name }) => present.has(name.id)).length;
  const twice = deliveredTwice([
    ...named.map(({ name }) => name),
    // On a disk, two folders may be two parts of one copy.
    ...found.flatMap(({ name }) => (name.folder?.startsWith('s3://') === true ? [name] : [])),
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

function inBucket(name: LogName, bucket: string): LogName {
  return { ...name, folder: `s3://${bucket}/${name.folder ?? ''}` };
}

/** The parts of the logs that were hunted: of an account and region, days that have files, and nothing after its last file. */
class HuntedParts {
  readonly #last = new Map<string, string>();
  readonly #days = new Set<string>();

  constructor(files: readonly LogName[]) {
    for (const file of files) {
      const place = placeOf(file);
      this.#days.add(`${place}/${dayOf(file)}`);
      if (file.time > (this.#last.get(place) ?? '')) this.#last.set(place, file.time);
    }
  }

  /** Whether a file would be there. A copy of logs ends somewhere: what was delivered later is not missing from it. */
  has(file: LogName): boolean {
    const place = placeOf(file);
    const last = this.#last.get(place);
    return last !== undefined && file.time <= last && this.#days.has(`${place}/${dayOf(file)}`);
  }
}

function trailOf(name: LogName): string {
  return `${placeOf(name)} ${name.folder}`;
}

function placeOf({ account, region }: LogName): string {
  return `${account}/${region}`;
}

function dayOf({ time }: LogName): string {
  return time.slice(0, 8);
}
