/**
 * The names that CloudTrail gives to its signed digests. A copy may lie anywhere and be unpacked, but it keeps this name.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-log-file-validation-digest-file-structure.html
 */
import { instantOf } from './stamp.js';

export interface DigestName {
  /** The name without its ending: equal for the file and for a copy that is unpacked. */
  readonly id: string;
  readonly account: string;
  readonly region: string;
  readonly trail: string;
  readonly homeRegion: string;
  /** When the hour of the digest ends, in milliseconds since 1970 UTC. */
  readonly end: number;
  /** A backfill digest names logs that were delivered late. */
  readonly isBackfill: boolean;
}

// The name of a trail may have points and underscores.
const NAME =
  /^((\d{12})_CloudTrail-Digest_([a-z0-9-]{1,40})_(.{1,200}?)_([a-z0-9-]{1,40})_(\d{8}T\d{6})Z(_backfill)?)\.json(?:\.[A-Za-z0-9]{1,5})?$/;

/** What the name of the file at a path says; undefined if it is not one that CloudTrail gives to a digest. */
export function digestNameOf(path: string): DigestName | undefined {
  const found = NAME.exec(path.slice(path.lastIndexOf('/') + 1));
  if (found === null) return undefined;
  const [, id = '', account = '', region = '', trail = '', homeRegion = '', time = ''] = found;
  const end = instantOf(time);
  if (end === undefined) return undefined;
  return { id, account, region, trail, homeRegion, end, isBackfill: found[7] !== undefined };
}
