/**
 * The names of log files. CloudTrail makes each of them unique, so a file is known by its name alone, wherever a copy of it lies.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
 */

export interface LogName {
  /** The account, the region, the time and the random text. Equal for the file and for a copy that is unpacked. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** When it was delivered, to the minute: `20260131T0805Z`. */
  readonly time: string;
  /** What stands before `AWSLogs`: the bucket or a folder, and the prefix. Undefined where no such folder is on the way. */
  readonly folder: string | undefined;
}

const NAME = /(?:^|[/\\])((\d{12})_CloudTrail_([a-z0-9-]+)_(\d{8}T\d{4}Z)_[A-Za-z0-9]+)\.[^/\\]*$/;

/** Undefined for a file with another name, such as a digest. */
export function logNameOf(path: string): LogName | undefined {
  const [, id, account, region, time] = NAME.exec(path) ?? [];
  if (id === undefined || account === undefined || region === undefined || time === undefined)
    return undefined;
  const at = path.lastIndexOf('AWSLogs/');
  return { id, account, region, time, folder: at < 0 ? undefined : path.slice(0, at) };
}
