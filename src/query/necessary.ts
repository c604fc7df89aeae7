/**
 * What a condition requires of the bytes of a record, in a form that readers of logs can evaluate before they parse: see
 * `Requirement`. A record that does not fulfil it cannot meet the condition; where anything is in doubt, nothing is required.
 */
import { locationOf } from '../cloudtrail/field/fields.js';
import {
  allOf,
  anyOf,
  BOOLEAN_FIELDS,
  IMPOSSIBLE,
  NOTHING_REQUIRED,
  DISTINGUISHING_FIELDS,
  type Requirement,
  type DistinguishingField,
} from '../cloudtrail/requirement.js';
import { isAscii } from '../cloudtrail/field/columns.js';
import { operatorRow } from '../rule/condition/operators.js';
import type { Condition, FieldPath, Test } from '../rule/condition/condition.js';
import { readNetwork } from '../network/addresses.js';
import { requiredText } from './required-text.js';

/** To whom the fields of a condition belong. */
type Owner = 'event' | 'element';

/** What a bound condition requires of a record. */
export function necessaryFor(condition: Condition): Requirement {
  return required(condition, { negated: false, owner: 'event' });
}

interface Place {
  /** Whether the condition must not hold. */
  readonly negated: boolean;
  readonly owner: Owner;
}

function required(condition: Condition, place: Place): Requirement {
  const { negated } = place;
  const parts = (of: readonly Condition[]): readonly Requirement[] =>
    of.map((part) => required(part, place));
  switch (condition.kind) {
    case 'all':
      return negated ? anyOf(parts(condition.of)) : allOf(parts(condition.of));
    case 'any':
      return negated ? allOf(parts(condition.of)) : anyOf(parts(condition.of));
    case 'not':
      return required(condition.of, { ...place, negated: !negated });
    case 'exactly':
      // Which parts hold is open, but some do.
      return negated || condition.count === 0 ? NOTHING_REQUIRED : anyOf(parts(condition.of));
    case 'constant':
      return condition.value === negated ? IMPOSSIBLE : NOTHING_REQUIRED;
    case 'element':
      // A test of all elements holds for an empty list.
      return negated || condition.quantifier === 'all'
        ? NOTHING_REQUIRED
        : required(condition.of, { negated: false, owner: 'element' });
    case 'test':
      return requiredByTest(condition, place);
    case 'compare':
      return NOTHING_REQUIRED;
    default:
      return condition satisfies never;
  }
}

function requiredByTest(test: Test, { negated, owner }: Place): Requirement {
  const { field, op, values, part } = test;
  if (part !== undefined || 'parameter' in values) return NOTHING_REQUIRED;
  const distinguishing = owner === 'event' ? distinguishingField(field) : undefined;
  const absent =
    distinguishing === undefined ? undefined : requiredAbsence(distinguishing, op, negated);
  if (absent !== undefined) return absent;
  const isList = op === 'equals' || op === 'in';
  if (negated && isList && distinguishing !== undefined && BOOLEAN_FIELDS.has(distinguishing))
    return otherBooleans(
      distinguishing,
      test.ignoreCase ? values.map((one) => one.toLowerCase()) : values,
    );
  if (negated || operatorRow(op).takes === 'nothing') return NOTHING_REQUIRED;
  if (distinguishing !== undefined && isList) {
    if (test.ignoreCase && !values.every(isAscii)) return NOTHING_REQUIRED;
    const own = test.ignoreCase ? values.map((value) => value.toLowerCase()) : values;
    return { kind: 'value', field: distinguishing, values: new Set(own), missing: false };
  }
  if (distinguishing === 'sourceIPAddress' && op === 'inCidr' && values.every(isOneAddress))
    return {
      kind: 'value',
      field: distinguishing,
      values: new Set(values.map(addressIn)),
      missing: false,
    };
  const kind = textKind(test, owner);
  return kind === undefined ? NOTHING_REQUIRED : requiredText({ ...test, values }, kind);
}

/** A missing value is none of them either. */
function otherBooleans(field: DistinguishingField, values: readonly string[]): Requirement {
  const others = ['true', 'false'].filter((value) => !values.includes(value));
  return { kind: 'value', field, values: new Set(others), missing: true };
}

/** Only an IPv4 address has one spelling. */
function isOneAddress(network: string): boolean {
  return /^[\d.]+(?:\/32)?$/.test(network) && readNetwork(network) !== undefined;
}

function addressIn(network: string): string {
  return network.replace(/\/32$/, '');
}

const BY_LOWER_CASE = new Map<string, DistinguishingField>(
  DISTINGUISHING_FIELDS.map((name) => [name.toLowerCase(), name]),
);

function distinguishingField(field: FieldPath): DistinguishingField | undefined {
  const [name] = field;
  return name === undefined || field.length > 1 ? undefined : BY_LOWER_CASE.get(name.toLowerCase());
}

/** What a test for a missing value requires. */
function requiredAbsence(
  field: DistinguishingField,
  op: Test['op'],
  negated: boolean,
): Requirement | undefined {
  const isFor = negated
    ? { isNotNull: [], isNotNullOrEmpty: [''] }
    : { isNull: [], isNullOrEmpty: [''] };
  const values = new Map<string, readonly string[]>(Object.entries(isFor)).get(op);
  return values && { kind: 'value', field, values: new Set(values), missing: true };
}

/** What the text that a test sees may be. Undefined if its bytes may not stand in the log. */
function textKind(
  { field, op, spread }: Test,
  owner: Owner,
): { readonly mayBeNumber: boolean } | undefined {
  // A program may have taken an account's ID for a number, and times have many forms.
  const last = field.at(-1) ?? '';
  if (/(?:ccountid|^eventtime)$/i.test(last)) return undefined;
  if (owner === 'element') return { mayBeNumber: true };
  const location = locationOf(field);
  switch (location?.kind) {
    case 'text':
    case 'item':
    case 'entry':
      return { mayBeNumber: false };
    case 'json':
      return { mayBeNumber: op !== 'mentions' };
    case 'struct':
    case 'list':
    case undefined:
      // As text, a struct has the names of all of its members. Only the members of `resources` are reached through a list.
      return spread && /^resources$/i.test(field[0] ?? '') && field.length === 2
        ? { mayBeNumber: false }
        : undefined;
    default:
      return location satisfies never;
  }
}
