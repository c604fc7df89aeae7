/**
 * Refuses a test of a field that is never what the test takes it for: of a field that CloudTrail does not have, of the elements of
 * what is no list, of the text of an element that is a struct. Such a test would hold for no event, and its zero look like a result.
 */
import type { ColumnType } from '../../cloudtrail/field/columns.js';
import { locationOf, locationWithin, type FieldLocation } from '../../cloudtrail/field/fields.js';
import { furtherField } from '../../cloudtrail/field/further-fields.js';
import { HuntError, type SourcePosition } from '../../errors.js';
import { unknownElementField, unknownField } from '../unknown-field.js';
import type { Condition, FieldPath } from './condition.js';
import { fieldNotation } from './notation.js';
import { asksForText, someOf, textMembers } from './whole-struct.js';

/** What the fields of a condition belong to: the event, or an element of a list. */
interface Owner {
  /** Throws a HuntError where there is no such field. */
  readonly locate: (field: FieldPath, at: SourcePosition) => FieldLocation;
  /** Refuses a condition on the owner itself. */
  readonly refuseWhole: (at: SourcePosition) => void;
}

const EVENT: Owner = {
  locate: (field, at) => {
    const location = locationOf(field);
    if (location === undefined) throw unknownField(field, at);
    return location;
  },
  refuseWhole: () => {},
};

/** Throws a HuntError where a condition on an event tests a field in vain. */
export function checkTestedFields(condition: Condition): void {
  check(condition, EVENT);
}

function check(condition: Condition, owner: Owner): void {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'exactly':
      for (const part of condition.of) check(part, owner);
      return;
    case 'not':
      check(condition.of, owner);
      return;
    case 'test': {
      const { field, op, at } = condition;
      if (field.length > 0) owner.locate(field, at);
      else if (asksForText(op)) owner.refuseWhole(at);
      return;
    }
    case 'compare': {
      const { ofEvent, at } = condition;
      for (const side of ['left', 'right'] as const) {
        const whose = ofEvent === side ? EVENT : owner;
        if (condition[side].length > 0) whose.locate(condition[side], at);
        else whose.refuseWhole(at);
      }
      return;
    }
    case 'element': {
      const { field, of, at } = condition;
      if (field.length === 0) owner.refuseWhole(at);
      const list = field.length === 0 ? ANY_JSON : owner.locate(field, at);
      const elements = elementsOf(list, field);
      if (typeof elements === 'string')
        throw new HuntError('RULE', `${fieldNotation(field)} ${elements}`, { at });
      check(of, elementOwner(elements, field));
      return;
    }
    case 'constant':
      return;
    default:
      condition satisfies never;
  }
}

const ANY_JSON: FieldLocation = { kind: 'json', column: '', keys: [] };

/** The type of the elements of what is at a location, or why it has none, as the end of a sentence. */
function elementsOf(location: FieldLocation, field: FieldPath): ColumnType | string {
  const name = fieldNotation(field);
  const text = `is a text and has no elements: test the text, as { KeyPath: ${name}, Condition: Equals, Value: … }`;
  switch (location.kind) {
    case 'list':
      return location.of;
    case 'json':
      return furtherField(field)?.field.kind === 'text' ? text : { kind: 'json' };
    case 'text':
    case 'item':
    case 'entry':
      return text;
    case 'struct': {
      const members = textMembers(location.type).map((member) => `${name}${member}`);
      return members.length === 0
        ? `is a map and has no elements: test an entry of it, as ${name}.KEY`
        : `is a struct and has no elements: test its members, ${someOf(members)}`;
    }
    default:
      return location satisfies never;
  }
}

/** An element of a list of the event, or of what is inside JSON, where any key may be. */
function elementOwner(type: ColumnType, list: FieldPath): Owner {
  return {
    locate: (field, at) => {
      const location = locationWithin(type, field, ['element']);
      if (location === undefined) throw unknownElementField({ list, type, field }, at);
      return location;
    },
    refuseWhole: (at) => {
      const members = textMembers(type).map((member) => member.slice(1));
      if (members.length === 0) return;
      throw new HuntError(
        'RULE',
        `an element of ${fieldNotation(list)} is a struct and has no text to compare: test its members, ${someOf(members)}`,
        { at },
      );
    },
  };
}
