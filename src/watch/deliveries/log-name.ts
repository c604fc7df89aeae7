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
  /** Where a trail's files are: up to `AWSLogs/`, and the organization. Undefined where no such folder is on the way. */
  readonly folder: string | undefined;
}

const NAME = /(?:^|[/\\])((\d{12})_CloudTrail_([a-z0-9-]+)_(\d{8}T\d{4}Z)_[A-Za-z0-9]+)\.[^/\\]*$/;

const FOLDER = /^.*(?:^|\/)AWSLogs\/(?:o-[a-z0-9]+\/)?/s;

/** Undefined for a file with another name, such as a digest. */
export function logNameOf(path: string): LogName | undefined {
  const [, id, account, region, time] = NAME.exec(path) ?? [];
  if (id === undefined || account === undefined || region === undefined || time === undefined)
    return undefined;
  return { id, account, region, time, folder: FOLDER.exec(path)?.[0] };
}
