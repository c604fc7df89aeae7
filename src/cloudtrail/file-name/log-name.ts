/**
 * The names that CloudTrail gives to log files. It makes each of them unique, so a file is known by its name alone, wherever a copy
 * of it lies and whether it is unpacked.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-examples.html
 */

export interface LogName {
  /** The name without its ending: equal for the file and for a copy that is unpacked. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  /** `Insight` in `ACCOUNT_CloudTrail-Insight_REGION_…`; empty for the events of the trail. */
  readonly kind: string;
  /** When it was delivered, about: `20260131T0805`, for `instantOf`. */
  readonly stamp: string;
  /** `.json.gz`, and `.json` or any other of a copy. */
  readonly ending: string;
}

const NAME =
  /^((\d{12})_CloudTrail(?:-(?!Digest)([A-Za-z]{1,40}))?_([a-z0-9-]{1,40})_(\d{8}T\d{4}(?:\d\d)?)Z_[^.]{1,100})((?:\.[^]*)?)$/;

/** What the name of the file at a path says; undefined if it is not one that CloudTrail gives to a log. */
export function logNameOf(path: string): LogName | undefined {
  const found = NAME.exec(path.slice(path.lastIndexOf('/') + 1));
  if (found === null) return undefined;
  const [, id = '', account = '', kind = '', region = '', stamp = '', ending = ''] = found;
  return { id, account, region, kind, stamp, ending };
}
