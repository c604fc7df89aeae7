/**
 * The error for a test of the text of a whole struct. A struct has no text: a table has its documented members, in lower case
 * and with NULL for those that the event lacks, so its JSON is not the event's. Such a test would miss events, or hide them.
 */
import type { ColumnType } from '../../cloudtrail/field/columns.js';
import { locationOf, type FieldLocation } from '../../cloudtrail/field/fields.js';
import { HuntError, type SourcePosition } from '../../errors.js';
import { firstFew } from '../../text/first-few.js';
import type { FieldPath } from './condition.js';
import { fieldNotation } from './notation.js';
import type { Operator } from './operators.js';

const MOST_NAMED = 4;

/**
 * Refuses a test that compares the field, if it is a struct, or a list of structs. `paths` is the field's path, cut at each list;
 * `elements` is how the format of the rule writes the elements of a list.
 */
export function refuseWholeStruct(
  paths: readonly FieldPath[],
  at: SourcePosition,
  elements: '[]' | '',
): void {
  const [field = [], ...inner] = paths;
  const location = locationOf(field);
  // A path that goes on in the elements names a field of theirs.
  if (location === undefined || inner.some((path) => path.length > 0)) return;
  const members = membersOf(location, elements);
  if (members.length === 0) return;
  const name = fieldNotation(field);
  const what = location.kind === 'list' ? 'a list of structs' : 'a struct';
  const named = someOf(members.map((member) => `${name}${member}`));
  const whole = elements === '[]' ? '; Exists and DoesNotExist ask for the whole' : '';
  throw new HuntError(
    'RULE',
    `${name} is ${what} and has no text to compare: test its members, ${named}${whole}`,
    { at },
  );
}

/** Whether a test asks for a text, and not only whether there is any value. */
export function asksForText(op: Operator): boolean {
  return op !== 'isNull' && op !== 'isNotNull';
}

/** The first few of the names, in a sentence. */
export function someOf(names: readonly string[]): string {
  return firstFew(names, MOST_NAMED);
}

function membersOf(location: FieldLocation, elements: '[]' | ''): readonly string[] {
  switch (location.kind) {
    case 'struct':
      return textMembers(location.type);
    case 'list':
      return textMembers(location.of).map((member) => `${elements}${member}`);
    case 'text':
    case 'item':
    case 'entry':
    case 'json':
      return [];
    default:
      return location satisfies never;
  }
}

/** The members that are text, at any depth, each with a point before its name. */
export function textMembers(type: ColumnType): readonly string[] {
  if (type.kind !== 'struct') return [];
  return type.members.flatMap((member) =>
    member.type.kind === 'text'
      ? [`.${member.name}`]
      : textMembers(member.type).map((below) => `.${member.name}${below}`),
  );
}
