/** The errors for a field that CloudTrail does not have. Without an error, its test would fail silently for every event. */
import type { ColumnType } from '../cloudtrail/field/columns.js';
import { fieldNames } from '../cloudtrail/field/fields.js';
import { HuntError, type SourcePosition } from '../errors.js';
import type { FieldPath } from './condition/condition.js';
import { fieldNotation } from './condition/notation.js';
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

/** A field that an element of a list does not have. */
export function unknownElementField(
  {
    list,
    type,
    field,
  }: { readonly list: FieldPath; readonly type: ColumnType; readonly field: FieldPath },
  at: SourcePosition,
): HuntError {
  const members = type.kind === 'struct' ? type.members.map(({ name }) => name) : [];
  const message = `an element of ${fieldNotation(list)} has no field ${fieldNotation(field)}: it has ${members.join(', ')}`;
  return new HuntError('RULE', message, { at });
}
