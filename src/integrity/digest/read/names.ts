/** What the check of digests takes from the names and folders of files. */
import { logNameOf, type LogName } from '../../../cloudtrail/file-name/log-name.js';
import { instantOf } from '../../../cloudtrail/file-name/stamp.js';

/** The name of the file, without the folders and without its packing: `X.json` for `…/X.json.gz`. */
export function fileName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const end = name.lastIndexOf('.json');
  return end > 0 && /^[.][a-z0-9]{1,5}$/i.test(name.slice(end + 5)) ? name.slice(0, end + 5) : name;
}

/** A log file by its name. */
export interface DatedLog extends Pick<LogName, 'account' | 'region' | 'kind'> {
  /** When it was delivered, about, in milliseconds since 1970 UTC. */
  readonly time: number;
}

/** By the `fileName` of a log. Undefined for a name that CloudTrail does not give. */
export function datedLog(name: string): DatedLog | undefined {
  const read = logNameOf(name);
  // A digest names JSON: no other form of a log can be compared with it.
  if (read === undefined || !read.ending.endsWith('.json')) return undefined;
  const { account, region, kind, stamp } = read;
  const time = instantOf(stamp);
  return time === undefined ? undefined : { account, region, kind, time };
}

/**
 * `ACCOUNT/CloudTrail-Digest/REGION/YYYY/MM/DD` in the path of a digest; undefined where the path has other folders. The region may
 * be any: a digest that somebody put elsewhere is in a wrong place, too.
 */
export function digestFolder(path: string): string | undefined {
  return /(?:^|\/)(\d{12}\/CloudTrail-Digest\/[^/]+\/\d{4}\/\d{2}\/\d{2})\/[^/]+$/.exec(path)?.[1];
}
