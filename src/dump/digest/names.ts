/** What the path of a file says of digests. A digest with another name is known by its content. */
import { REGION } from '../../cloudtrail/region.js';
import { isDay } from '../../cloudtrail/time/time.js';
import { DAY } from '../../cloudtrail/time/window.js';

// ACCOUNT_CloudTrail-Digest_REGION_TRAIL_HOMEREGION_YYYYMMDDTHHMMSSZ.json.gz, by the time at which its hour ends.
// Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
const NAME =
  /_CloudTrail-Digest_[^/]{1,300}_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:_backfill)?\.json(?:\.[a-z\d]+)?$/;
const FOLDER = /(?:^|\/)CloudTrail-Digest\//;
const DAY_FOLDER = new RegExp(
  String.raw`(?:^|/)CloudTrail-Digest/${REGION}/(\d{4})/(\d\d)/(\d\d)/`,
);
const JSON_NAME = /\.json(?:\.(?:gz|gzip|zst))?$/;
/** Files that keep the signature beside a copy. */
const SIDECAR = /\.(?:sig|metadata\.json|head\.json)$/;
const LOG_NAME = /(?:^|[/!])\d{12}_CloudTrail(?:-[A-Za-z]+)?_[^/]{0,300}\.json(?:\.[a-z\d]+)?$/;

/** Most paths are those of logs, and patterns take longer to say so. */
const MARK = 'CloudTrail-Digest';

/** Whether the name or the folder of a file says that it is a digest. */
export function isDigestName(path: string): boolean {
  if (!path.includes(MARK) || SIDECAR.test(path)) return false;
  return NAME.test(path) || (FOLDER.test(path) && JSON_NAME.test(path));
}

/** Whether the file is named like a log that CloudTrail delivers. */
export function isDeliveredName(path: string): boolean {
  return LOG_NAME.test(path) && !NAME.test(path) && !SIDECAR.test(path);
}

/** Instants, both included. */
export interface TimeSpan {
  readonly since: number;
  readonly until: number;
}

/**
 * When the digest ends that a path names, or those in the folder of a day. Undefined where the path names no time, or is that of
 * no digest.
 */
export function digestEnds(path: string): TimeSpan | undefined {
  if (!path.includes(MARK)) return undefined;
  const [, year, month, day, hour, minute, second] = NAME.exec(path) ?? [];
  if (year !== undefined) {
    const instant = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
    return Number.isNaN(instant) ? undefined : { since: instant, until: instant };
  }
  const date = DAY_FOLDER.exec(path)?.slice(1).join('-');
  if (date === undefined || !isDay(date)) return undefined;
  const midnight = Date.parse(date);
  return { since: midnight, until: midnight + DAY - 1 };
}
