/** Log files by their names, and where a trail wrote them. There may be very many. */
import { bucketFolders } from '../../cloudtrail/file-name/bucket-folders.js';
import { logNameOf, type LogName } from '../../cloudtrail/file-name/log-name.js';

export interface LogFile extends Pick<LogName, 'id' | 'account' | 'region' | 'stamp'> {
  /** See `BucketFolders.root`. Undefined where no such folder is on the way. */
  readonly folder: string | undefined;
}

/** Undefined for a file with another name, such as a digest, and for Insights: only deliveries of events are looked at. */
export function logFileOf(path: string): LogFile | undefined {
  const name = logNameOf(path);
  if (name?.kind !== '') return undefined;
  const { id, account, region, stamp } = name;
  return { id, account, region, stamp, folder: bucketFolders(path)?.root };
}
