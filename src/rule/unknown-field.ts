/** The error for a field that CloudTrail does not have. Without an error, its test would fail silently for every event. */
import { fieldNames } from '../cloudtrail/fields.js';
import { HuntError, type SourcePosition } from '../errors.js';
import { didYouMean } from '../text/did-you-mean.js';

/** `name` is the field as errors show it. */
export function unknownField(name: string, at: SourcePosition): HuntError {
  const near = didYouMean(name, fieldNames());
  return new HuntError('RULE', `the CloudTrail table has no field ${name}.${near}`, { at });
}
