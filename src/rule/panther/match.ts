/** The tests that a Panther match expression can be: of one field, of two fields, of the elements of a list. */
import type { Condition, ElementTest } from '../condition/condition.js';
import { alsoInTexts, isWholeJson } from '../condition/json-text.js';
import { checkTestedFields } from '../condition/tested-fields.js';
import { asksForText, refuseWholeStruct } from '../condition/whole-struct.js';
import { readComparison } from './comparison.js';
import { portableRegex } from '../regex/translate.js';
import type { ConditionWord } from './condition-words.js';
import { atField, readField, type Match } from './field-path.js';
import { readValues } from './values.js';

/** A test of a field against values, or of two fields against each other; the word's negation is left to the caller. */
export function readTest(match: Match, word: ConditionWord): Condition {
  const { mapping, name } = match;
  if (mapping.get('Expressions') !== undefined) mapping.fail(`${name} takes no Expressions`);
  const comparison = readComparison(match, word);
  if (comparison !== undefined) return checked(match, comparison);
  const { op, ignoreCase } = word;
  const values = readValues(mapping, name, op);
  const { at } = mapping;
  if (!match.inElement && asksForText(op)) refuseWholeStruct(readField(mapping), at, '[]');
  // A mistake in an expression is found here, and not where the SQL is made.
  if (op === 'regex' && !('parameter' in values)) {
    const list = mapping.get('Values');
    const items = list?.kind === 'list' ? list.items : [];
    for (const [index, value] of values.entries()) portableRegex(value, items[index]?.at ?? at);
  }
  const optional = readOptional(match);
  const test = atField(match, (field): Condition => {
    const spread = !match.inElement && isWholeJson(field, op);
    return {
      kind: 'test',
      field,
      op,
      ignoreCase,
      ...(spread ? { spread } : {}),
      values: spread && !('parameter' in values) ? alsoInTexts(op, values) : values,
      ...(optional ? { optional } : {}),
      at,
    };
  });
  return checked(match, test);
}

/** Inside Expressions, only the test around them knows of which list the elements are. */
function checked({ inElement }: Match, test: Condition): Condition {
  if (!inElement) checkTestedFields(test);
  return test;
}

/** Whether a table may lack the field. */
function readOptional({ mapping, inElement }: Match): true | undefined {
  const optional = mapping.text('Optional');
  if (optional === undefined) return undefined;
  if (optional !== 'true') return mapping.fail('Optional can only be true', 'Optional');
  if (inElement) return mapping.fail('Optional cannot be here: it is about fields of the event');
  return true;
}

/** A test of the elements of a list: all of them, any of them or exactly one of them must meet a condition. */
export function readElementTest(
  match: Match,
  quantifier: ElementTest['quantifier'],
  of: Condition,
): Condition {
  const { at } = match.mapping;
  const test = atField(match, (field) => ({ kind: 'element', quantifier, field, of, at }));
  return checked(match, test);
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
