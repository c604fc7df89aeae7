/** The errors for a field that CloudTrail does not have. Without an error, its test would fail silently for every event. */
import type { ColumnType } from '../cloudtrail/field/columns.js';
import { fieldNames, INDEX, locationOf } from '../cloudtrail/field/fields.js';
import { HuntError, type SourcePosition } from '../errors.js';
import { didYouMean, nearestOf } from '../text/did-you-mean.js';
import { firstFew } from '../text/first-few.js';
import type { FieldPath } from './condition/condition.js';
import { fieldNotation } from './condition/notation.js';

const MOST_MEMBERS = 8;
const MOST_NAMES = 4;
/** Of fewer letters, many names have a part. */
const SHORTEST_PART = 4;

/** The documented fields whose last key is nearly that of an unknown field, for a warning; empty if there is none. */
export function nearField(name: string): string {
  const last = nearestOf(lastKey(name), fieldNames().map(lastKey));
  const near = fieldNames().filter((field) => lastKey(field) === last);
  return near.length === 0 ? '' : ` Did you mean ${near.join(' or ')}?`;
}

function lastKey(name: string): string {
  return (name.split('.').at(-1) ?? '').toLowerCase();
}

/** The error for a field of the event. */
export function unknownField(field: FieldPath, at: SourcePosition): HuntError {
  const name = withIndexes(field);
  return new HuntError('RULE', `the CloudTrail table has no field ${name}.${hintFor(field)}`, {
    at,
  });
}

/** What to write instead, with a blank before it; empty if that cannot be told. */
function hintFor(field: FieldPath): string {
  const [first = '', ...below] = field;
  if (first.startsWith('p_'))
    return ' Panther adds it to events: name the field of CloudTrail instead';
  const root = locationOf([first]);
  if (root?.kind === 'list') return hintInList(first, below, root.of);
  const longer = longerNames(field);
  if (longer.length > 0) return ` Did you mean ${longer.map((name) => `"${name}"`).join(' or ')}?`;
  const members = membersBeside(field);
  if (members.length > 0) {
    const last = field.at(-1) ?? '';
    const near = nearestOf(last, members) ?? members.find((name) => endsWith(name, last));
    const parent = parentOf(field);
    return near === undefined
      ? ` ${parent} has ${firstFew(members, MOST_MEMBERS)}`
      : ` Did you mean "${parent}.${near}"?`;
  }
  const near = didYouMean(field.join('.'), fieldNames());
  if (near !== '' || root !== undefined) return near;
  // `detail.eventName` is the path in a pattern of EventBridge.
  const last = (field.at(-1) ?? '').toLowerCase();
  const same = fieldNames().find((one) => one.toLowerCase() === last);
  if (same !== undefined) return ` Did you mean "${same}"?`;
  return ` A parameter of the call is below requestParameters, as requestParameters.${withIndexes(field)}`;
}

/** Whether a name ends with another, in any case. */
function endsWith(name: string, end: string): boolean {
  return end.length >= SHORTEST_PART && name.toLowerCase().endsWith(end.toLowerCase());
}

/** The fields whose last keys are the given ones, or else whose only key begins or ends so: `accountId`, `region`. */
function longerNames(field: FieldPath): readonly string[] {
  const given = field.join('.').toLowerCase();
  const ending = fieldNames().filter((name) => name.toLowerCase().endsWith(`.${given}`));
  const top =
    given.length < SHORTEST_PART
      ? []
      : fieldNames().filter((name) => {
          const lower = name.toLowerCase();
          return !name.includes('.') && (lower.startsWith(given) || lower.endsWith(given));
        });
  return [...top, ...ending].slice(0, MOST_NAMES);
}

function hintInList(list: string, keys: FieldPath, type: ColumnType): string {
  const [index = '', ...below] = keys;
  const member = (INDEX.test(index) ? below : keys)[0] ?? '';
  const members = type.kind === 'struct' ? type.members.map(({ name }) => name) : [];
  const known = members.find((name) => name.toLowerCase() === member.toLowerCase());
  const named = known ?? nearestOf(member, members);
  if (named === undefined) return ` An element of ${list} has ${members.join(', ')}`;
  return ` ${list} is a list: write ${list}[0].${named} for its first element, or in a condition ${list}[].${named} for any`;
}

/** The members of what the field would be a member of; empty for a field of the event itself. */
function membersBeside(field: FieldPath): readonly string[] {
  const parent = `${parentOf(field).toLowerCase()}.`;
  const below = fieldNames().filter((name) => name.toLowerCase().startsWith(parent));
  return below.map((name) => name.slice(parent.length)).filter((name) => !name.includes('.'));
}

function parentOf(field: FieldPath): string {
  return field.slice(0, -1).join('.');
}

/** The path as a rule writes it. */
function withIndexes(field: FieldPath): string {
  return fieldNotation(field).replaceAll(/\.(\d+)(?=\.|$)/g, '[$1]');
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
