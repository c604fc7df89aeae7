/** What the names that CloudTrail gives to its files say. A copy may lie anywhere and be unpacked, but it keeps these names. */
import { readInstant } from '../../../cloudtrail/time/time.js';

export interface DigestName {
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  readonly homeRegion: string;
  /** When the digest ends, in milliseconds since 1970 UTC. */
  readonly end: number;
  readonly isBackfill: boolean;
}

export interface LogName {
  readonly account: string;
  readonly region: string;
  /** `Insight` in `ACCOUNT_CloudTrail-Insight_REGION_…`; empty in all others. */
  readonly kind: string;
  /** When it was delivered, about, in milliseconds since 1970 UTC. */
  readonly time: number;
}

const DIGEST =
  /^(\d{12})_CloudTrail-Digest_([a-z0-9-]{1,40})_(.{1,200})_([a-z0-9-]{1,40})_(\d{8}T\d{6})Z(_backfill)?[.]json$/;
const LOG =
  /^(\d{12})_CloudTrail(?:-(?!Digest)([A-Za-z]{1,40}))?_([a-z0-9-]{1,40})_(\d{8}T\d{4})(\d\d)?Z_.{1,100}[.]json$/;
/** Longer names are no file names of S3. */
const LONGEST = 1024;

/** The name of the file, without the folders and without its packing: `X.json` for `…/X.json.gz`. */
export function fileName(path: string): string {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const end = name.lastIndexOf('.json');
  return end > 0 && /^[.][a-z0-9]{1,5}$/i.test(name.slice(end + 5)) ? name.slice(0, end + 5) : name;
}

/** What the name of a digest says; undefined if it is not the name of one. */
export function digestName(name: string): DigestName | undefined {
  if (name.length > LONGEST) return undefined;
  const [, account, region, trail, homeRegion, time, backfill] = DIGEST.exec(name) ?? [];
  if (
    account === undefined ||
    region === undefined ||
    trail === undefined ||
    homeRegion === undefined
  )
    return undefined;
  const end = instantOf(`${time}`);
  return end === undefined
    ? undefined
    : { account, region, trail, homeRegion, end, isBackfill: backfill !== undefined };
}

/** What the name of a log file says; undefined if it is not one that CloudTrail gives. */
export function logName(name: string): LogName | undefined {
  if (name.length > LONGEST) return undefined;
  const [, account, kind = '', region, time, second = '00'] = LOG.exec(name) ?? [];
  if (account === undefined || region === undefined) return undefined;
  const instant = instantOf(`${time}${second}`);
  return instant === undefined ? undefined : { account, region, kind, time: instant };
}

/** The organization in the path of a file of CloudTrail; null where it has none. */
export function organizationIn(key: string): string | null {
  return /(?:^|\/)AWSLogs\/(o-[a-z0-9]{1,40})\//.exec(key)?.[1] ?? null;
}

/** `ACCOUNT/CloudTrail-Digest/REGION/YYYY/MM/DD` in the path of a digest; undefined where the path has other folders. */
export function digestFolder(path: string): string | undefined {
  return /(?:^|\/)(\d{12}\/CloudTrail-Digest\/[^/]+\/\d{4}\/\d{2}\/\d{2})\/[^/]+$/.exec(path)?.[1];
}

/** The folders above the account in the folder of a log file: another trail may write to others. Undefined in a flat copy. */
export function rootOf(folder: string): string | undefined {
  const start = folder.lastIndexOf('AWSLogs/');
  if (start < 0) return undefined;
  const organization = /^AWSLogs\/(o-[a-z0-9]+\/)?/.exec(folder.slice(start))?.[0] ?? '';
  return folder.slice(0, start) + organization;
}

/** `20260131T080000` in UTC. */
function instantOf(time: string): number | undefined {
  const [, year, month, day, hour, minute, second] =
    /^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})$/.exec(time) ?? [];
  return readInstant(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`);
}
