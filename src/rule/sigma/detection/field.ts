/** The fields that Sigma rules name, looked up in the table. */
import {
  fieldNames,
  locationOf,
  locationWithin,
  type FieldLocation,
} from '../../../cloudtrail/fields.js';
import { HuntError, type SourcePosition } from '../../../errors.js';
import type { FieldPath } from '../../condition.js';
import { didYouMean } from '../../../text/did-you-mean.js';

export interface SigmaField {
  readonly path: FieldPath;
  /** False for a field that CloudTrail does not have: rules ask for such, and of no event do they get it. */
  readonly known: boolean;
}

/**
 * The field of a name like `userIdentity.arn`. Throws where the name is near that of a field, or below one that has no
 * such member: then it is a mistake, and the rule would never match.
 */
export function readFieldName(name: string, at: SourcePosition): SigmaField {
  const path = name.split('.');
  if (path.includes('')) throw new HuntError('RULE', `"${name}" is no field`, { at });
  if (isInTable(path)) return { path, known: true };
  const near = didYouMean(name, fieldNames());
  if (near === '' && locationOf(path.slice(0, 1)) === undefined) return { path, known: false };
  throw new HuntError('RULE', `the CloudTrail table has no field ${name}.${near}`, { at });
}

/** A list of the table counts as its elements. */
function isInTable(path: FieldPath): boolean {
  return path.some((_, index) => {
    const place: FieldLocation | undefined = locationOf(path.slice(0, index + 1));
    if (place === undefined) return false;
    const rest = path.slice(index + 1);
    if (rest.length === 0) return true;
    return place.kind === 'list' && locationWithin(place.of, rest, ['element']) !== undefined;
  });
}
