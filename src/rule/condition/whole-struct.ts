/**
 * The error for a test of the text of a whole struct. A struct has no text: a table has its documented members, in lower case
 * and with NULL for those that the event lacks, so its JSON is not the event's. Such a test would miss events, or hide them.
 */
import type { ColumnType } from '../../cloudtrail/field/columns.js';
import { locationOf, type FieldLocation } from '../../cloudtrail/field/fields.js';
import { HuntError, type SourcePosition } from '../../errors.js';
import { firstFew } from '../../text/first-few.js';
import type { Condition, ElementTest, FieldPath } from './condition.js';
import { fieldNotation } from './notation.js';
import { operatorRow } from './operators.js';

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
  const named = firstFew(
    members.map((member) => `${name}${member}`),
    MOST_NAMED,
  );
  throw new HuntError(
    'RULE',
    `${name} is ${what} and has no text to compare: test its members, ${named}`,
    { at },
  );
}

/** Refuses a test that compares an element itself, if the elements of the list are structs. The list is one of the event. */
export function refuseWholeElements({ field, of }: ElementTest): void {
  const location = locationOf(field);
  if (location?.kind !== 'list') return;
  const members = textMembers(location.of);
  const [at] = members.length === 0 ? [] : comparedElements(of);
  if (at === undefined) return;
  const named = firstFew(
    members.map((member) => member.slice(1)),
    MOST_NAMED,
  );
  throw new HuntError(
    'RULE',
    `an element of ${fieldNotation(field)} is a struct and has no text to compare: test its members, ${named}`,
    { at },
  );
}

/** Where a condition on elements compares the element itself, or takes it for a list. */
function comparedElements(condition: Condition): readonly SourcePosition[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'exactly':
      return condition.of.flatMap(comparedElements);
    case 'not':
      return comparedElements(condition.of);
    case 'element':
      return condition.field.length === 0 ? [condition.at] : [];
    case 'test': {
      const { field, op, at } = condition;
      return field.length === 0 && operatorRow(op).takes !== 'nothing' ? [at] : [];
    }
    case 'compare': {
      const { left, right, ofEvent, at } = condition;
      const compares = (path: FieldPath, side: 'left' | 'right'): boolean =>
        ofEvent !== side && path.length === 0;
      return compares(left, 'left') || compares(right, 'right') ? [at] : [];
    }
    case 'constant':
      return [];
    default:
      return condition satisfies never;
  }
}

function membersOf(location: FieldLocation, elements: '[]' | ''): readonly string[] {
  switch (location.kind) {
    case 'struct':
      return textMembers(location.type);
    case 'list':
      return textMembers(location.of).map((member) => `${elements}${member}`);
    case 'text':
    case 'entry':
    case 'json':
      return [];
    default:
      return location satisfies never;
  }
}

/** The members that are text, at any depth, each with a point before its name. */
function textMembers(type: ColumnType): readonly string[] {
  if (type.kind !== 'struct') return [];
  return type.members.flatMap((member) =>
    member.type.kind === 'text'
      ? [`.${member.name}`]
      : textMembers(member.type).map((below) => `.${member.name}${below}`),
  );
}
