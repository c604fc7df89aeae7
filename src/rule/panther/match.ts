/** The tests that a Panther match expression can be: of one field, of two fields, of the elements of a list. */
import type { SourcePosition } from '../../errors.js';
import { MappingReader } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';
import type { Condition, ElementTest, FieldPath } from '../condition/condition.js';
import { isComparison } from '../condition/operators.js';
import type { ConditionWord } from './condition-words.js';
import { FIELD_WORDS, readField } from './field-path.js';
import { readValues } from './values.js';

/** A match expression that is being read. */
export interface Match {
  readonly mapping: MappingReader;
  /** Its `Condition`. */
  readonly name: string;
  /** True inside `Expressions`, where the fields are those of an element. */
  readonly inElement: boolean;
}

/** A test of a field against values, or of two fields against each other; the word's negation is left to the caller. */
export function readTest(match: Match, word: ConditionWord): Condition {
  const { mapping, name } = match;
  if (mapping.get('Expressions') !== undefined) mapping.fail(`${name} takes no Expressions`);
  if (hasFields(mapping.get('Values'))) return readComparison(match, word);
  const { op, ignoreCase } = word;
  const values = readValues(mapping, name, op);
  const { at } = mapping;
  return atField(match, (field) => ({ kind: 'test', field, op, ignoreCase, values, at }));
}

/** A test of the elements of a list: all of them, any of them or exactly one of them must meet a condition. */
export function readElementTest(
  match: Match,
  quantifier: ElementTest['quantifier'],
  of: Condition,
): Condition {
  const { at } = match.mapping;
  return atField(match, (field) => ({ kind: 'element', quantifier, field, of, at }));
}

/** Whether a value is itself an element of a list. */
export function readHas(match: Match): Condition {
  const { mapping, name } = match;
  const { at } = mapping;
  const values = readValues(mapping, name, 'equals');
  return readElementTest(match, 'any', {
    kind: 'test',
    field: [],
    op: 'equals',
    ignoreCase: false,
    values,
    at,
  });
}

function hasFields(values: YamlNode | undefined): boolean {
  return values?.kind === 'list' && values.items.some((item) => item.kind === 'map');
}

function readComparison({ mapping, name }: Match, { op, ignoreCase }: ConditionWord): Condition {
  const values = mapping.get('Values');
  if (!isComparison(op) || values?.kind !== 'list' || values.items.length !== 2)
    return mapping.fail(`${name} cannot compare these: give two fields as Values`);
  const [left = [], right = []] = values.items.map((item) => {
    const field = new MappingReader(item, FIELD_WORDS, {
      what: 'a field to compare',
      code: 'RULE',
    });
    const [path = [], ...inner] = readField(field);
    return inner.length === 0 ? path : field.fail('a field to compare cannot be inside a list');
  });
  return { kind: 'compare', left, op, ignoreCase, right, at: mapping.at };
}

/** The test at the match's field. A path through lists (`a[].b`) tests whether any element passes. */
function atField({ mapping, inElement }: Match, test: (field: FieldPath) => Condition): Condition {
  return withinLists(readField(mapping, inElement), mapping.at, test);
}

function withinLists(
  paths: readonly FieldPath[],
  at: SourcePosition,
  test: (field: FieldPath) => Condition,
): Condition {
  const [field = [], ...inner] = paths;
  if (inner.length === 0) return test(field);
  const of = withinLists(inner, at, test);
  return { kind: 'element', quantifier: 'any', field, of, at };
}
