/** What the registered values of a partition key can be, whatever the key is called: `partition_0` of an AWS Glue crawler. */
import { isAccountId } from '../../../cloudtrail/account.js';
import { isRegion } from '../../../cloudtrail/region.js';
import { formatOfValues } from './date-text.js';

export type ValueKind = 'account' | 'region' | 'date' | 'year' | 'small number' | 'constant';

/** The folders of CloudTrail in S3, and the ID of an organization. */
const CONSTANT =
  /^(AWSLogs|CloudTrail(-Digest|-Insight|-NetworkActivity|-Aggregated)?|o-[a-z0-9]{10,32})$/;

/** The kind that all values have; undefined if they do not agree, or if there is none. */
export function kindOf(values: readonly (string | null)[]): ValueKind | undefined {
  const texts = values.filter((value) => value !== null);
  // Hive's default partition has no value, so its records have no account and no day either.
  if (texts.length === 0 || texts.length < values.length) return undefined;
  const all = (pattern: RegExp): boolean => texts.every((text) => pattern.test(text));
  // A date with the minute has twelve digits, as an account has.
  if (formatOfValues(texts) !== undefined) return 'date';
  if (texts.every(isAccountId)) return 'account';
  if (texts.every(isRegion)) return 'region';
  if (all(CONSTANT)) return 'constant';
  if (all(/^20\d\d$/)) return 'year';
  return all(/^[0-5]?\d$/) ? 'small number' : undefined;
}
