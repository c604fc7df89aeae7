/** The error for a field that CloudTrail does not have. Without an error, its test would fail silently for every event. */
import { fieldNames } from '../cloudtrail/field/fields.js';
import { HuntError, type SourcePosition } from '../errors.js';
import { didYouMean, nearestOf } from '../text/did-you-mean.js';

/** The documented fields whose last key is nearly that of an unknown field, for a warning; empty if there is none. */
export function nearField(name: string): string {
  const last = nearestOf(lastKey(name), fieldNames().map(lastKey));
  const near = fieldNames().filter((field) => lastKey(field) === last);
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
}

function lastKey(name: string): string {
  return (name.split('.').at(-1) ?? '').toLowerCase();
}

/** `name` is the field as errors show it. */
export function unknownField(name: string, at: SourcePosition): HuntError {
  const hint = name.startsWith('p_')
    ? ' Panther adds it to events: name the field of CloudTrail instead'
    : didYouMean(name, fieldNames());
  return new HuntError('RULE', `the CloudTrail table has no field ${name}.${hint}`, { at });
}
