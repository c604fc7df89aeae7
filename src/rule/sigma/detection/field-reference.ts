/** Sigma's `fieldref`: the value is the name of another field of the same event. */
import { HuntError, type SourcePosition } from '../../../errors.js';
import type { Comparison, Condition } from '../../condition/condition.js';
import { refuseWholeStruct } from '../../condition/whole-struct.js';
import { combine } from '../combine.js';
import { readFieldName, type SigmaField } from './field.js';
import type { Modifiers, TestKind } from './modifiers.js';
import type { SigmaValue } from './values.js';

const COMPARISONS: Readonly<Partial<Record<TestKind, Comparison['op']>>> = {
  equals: 'equals',
  contains: 'contains',
  startswith: 'startsWith',
  endswith: 'endsWith',
};

/** An entry of a search: a field with modifiers, and the values that it is tested against. */
export interface FieldTest {
  readonly field: SigmaField;
  readonly modifiers: Modifiers;
  readonly values: readonly SigmaValue[];
  readonly at: SourcePosition;
}

/** The comparison of the field with any, or all, of the fields that the values name. */
export function compareFields({ field, modifiers, values, at }: FieldTest): Condition {
  const { kind, all, cased } = modifiers;
  const op = COMPARISONS[kind];
  if (op === undefined)
    throw new HuntError('RULE', `the modifiers ${kind} and fieldref do not go together`, { at });
  const parts = values.map((value): Condition => {
    if (value.text === null)
      throw new HuntError('RULE', 'fieldref needs the name of a field', { at: value.at });
    const other = readFieldName(value.text, value.at);
    const unknown = [field, other].find(({ known }) => !known);
    if (unknown) return { kind: 'constant', value: false, unknownField: unknown.path.join('.') };
    const [left, right] = [field.path, other.path];
    for (const path of [left, right]) refuseWholeStruct([path], at, '');
    return { kind: 'compare', left, op, ignoreCase: !cased, right, spread: true, at };
  });
  return combine(all ? 'all' : 'any', parts);
}
