/** The folders of a bucket of logs above those of a region: `[PREFIX/]AWSLogs/[ORGANIZATION/]ACCOUNT/SERVICE/`. */

export interface BucketFolders {
  /** Up to `AWSLogs/` and the folder of the organization, with them. Another trail may write below others. */
  readonly root: string;
  readonly organization: string | undefined;
  readonly account: string | undefined;
  /** `CloudTrail`, `CloudTrail-Digest` or the folder of another service. */
  readonly service: string | undefined;
  /** What follows the last of these folders. */
  readonly rest: string;
}

const FOLDERS = /^(AWSLogs\/(?:(o-[a-z0-9]{1,40})\/)?)(?:(\d{12})\/(?:([^/]+)\/)?)?/;

/**
 * Those on the way to a file, or to a folder if a slash ends the path, from the last `AWSLogs/` on. Undefined where there is none, as
 * in a flat copy.
 */
export function bucketFolders(path: string): BucketFolders | undefined {
  const start = path.lastIndexOf('/AWSLogs/') + 1;
  const found = FOLDERS.exec(path.slice(start));
  if (found === null) return undefined;
  const [folders, logs = '', organization, account, service] = found;
  return {
    root: path.slice(0, start + logs.length),
    organization,
    account,
    service,
    rest: path.slice(start + folders.length),
  };
}
