/** What the path of a file says of digests. A digest with another name is known by its content. */
import { instantOf } from '../../cloudtrail/file-name/stamp.js';
import { DAY } from '../../cloudtrail/time/window.js';
import { regionFolderOf } from '../find/names.js';

/** Looser than `digestNameOf`: tools that copy a bucket write its folders, or words of their own, before the account. */
const NAME =
  /_CloudTrail-Digest_[^/]{1,300}_(\d{8}T\d{6})Z(?:_backfill)?\.json(?:\.[A-Za-z\d]{1,5})?$/;
const FOLDER = /(?:^|\/)CloudTrail-Digest\//;
const JSON_NAME = /\.json(?:\.(?:gz|gzip|zst))?$/;
/** Files that keep the signature beside a copy. */
const SIDECAR = /\.(?:sig|metadata\.json|head\.json)$/;
/** Looser than `logNameOf`: a log whose name was altered is still to be checked. */
const LOG_NAME =
  /(?:^|\/)\d{12}_CloudTrail(?!-Digest_)(?:-[A-Za-z]+)?_[^/]{0,300}\.json(?:\.[a-z\d]+)?$/;

/** Most paths are those of logs, and patterns take longer to say so. */
const MARK = 'CloudTrail-Digest';

/** Whether the name or the folder of a file says that it is a digest. */
export function isDigestName(path: string): boolean {
  if (!path.includes(MARK) || SIDECAR.test(path)) return false;
  return (FOLDER.test(path) && JSON_NAME.test(path)) || NAME.test(path);
}

/** Whether the file is named like a log that CloudTrail delivers. */
export function isDeliveredName(path: string): boolean {
  return LOG_NAME.test(path) && !SIDECAR.test(path);
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
  const [, time] = NAME.exec(path) ?? [];
  const end = time === undefined ? undefined : instantOf(time);
  if (end !== undefined) return { since: end, until: end };
  const folder = regionFolderOf(path);
  return folder?.holdsDigests === true && folder.grain === 'day' && folder.days !== undefined
    ? { since: folder.days.first, until: folder.days.last + DAY - 1 }
    : undefined;
}
