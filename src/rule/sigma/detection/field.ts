/** Looks up the fields of Sigma rules in the table. */
import {
  fieldNames,
  locationOf,
  locationWithin,
  type FieldLocation,
} from '../../../cloudtrail/field/fields.js';
import { HuntError, type SourcePosition } from '../../../errors.js';
import type { FieldPath } from '../../condition/condition.js';
import { didYouMean } from '../../../text/did-you-mean.js';
import { unknownField } from '../../unknown-field.js';

export interface SigmaField {
  readonly path: FieldPath;
  /** False for a field that CloudTrail does not have. Some rules test such fields; they are missing in every event. */
  readonly known: boolean;
}

/**
 * The field of a name such as `userIdentity.arn`. Throws a HuntError if an unknown name resembles a field's, or is below
 * a field that has no such member: that is a mistake, and the rule would never match.
 */
export function readFieldName(name: string, at: SourcePosition): SigmaField {
  const path = name.split('.');
  if (/\[\d*\]/.test(name)) {
    const plain = name.replace(/\[\d*\]/g, '');
    throw new HuntError(
      'RULE',
      `"${name}" has an index: write ${plain}, which holds if any element matches. For one element, write the rule in hunt's own format (KeyPath: a[0].b)`,
      { at },
    );
  }
  if (path.includes('')) throw new HuntError('RULE', `"${name}" is not a field`, { at });
  if (isInTable(path)) return { path, known: true };
  const near = didYouMean(name, fieldNames());
  if (near === '' && locationOf(path.slice(0, 1)) === undefined) return { path, known: false };
  throw unknownField(path, at);
}

/** A name may lead through a list of the table, which stands for its elements. */
function isInTable(path: FieldPath): boolean {
  return path.some((_, index) => {
    const location: FieldLocation | undefined = locationOf(path.slice(0, index + 1));
    // Without an index, a name stands for every element.
    if (location === undefined || location.kind === 'item') return false;
    const rest = path.slice(index + 1);
    if (rest.length === 0) return true;
    return location.kind === 'list' && locationWithin(location.of, rest, ['element']) !== undefined;
  });
}
