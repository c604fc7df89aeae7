/** Panther's Simple Detection, `Detection:`, as a Condition. */
import { HuntError } from '../../errors.js';
import type { Condition, ElementTest, FieldPath, Values } from '../condition.js';
import { FIELD_WORDS, readField } from './field-path.js';
import { comparisonOf, OPERATOR_WORDS, type OperatorWord } from '../operators.js';
import { wrongValue } from '../values.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { textsOf, Words } from '../../yaml/words.js';
import type { YamlNode } from '../../yaml/yaml.js';

const COMBINATORS = ['All', 'Any', 'OnlyOne', 'None'] as const;
const MATCH_WORDS = [...FIELD_WORDS, 'Condition', 'Value', 'Values', 'Expressions'];
const QUANTIFIERS: Readonly<Record<string, ElementTest['quantifier'] | 'none'>> = {
  AnyElement: 'any',
  AllElements: 'all',
  NoElement: 'none',
  OnlyOneElement: 'one',
};
const CONSTANTS: Readonly<Record<string, boolean>> = { AlwaysTrue: true, AlwaysFalse: false };
const CONDITION_WORDS = [
  ...Object.keys(OPERATOR_WORDS),
  ...Object.keys(QUANTIFIERS),
  ...Object.keys(CONSTANTS),
  'Has',
  'DoesNotHave',
];

/** The condition of a `Detection:` list: all of its items must hold. */
export function readDetection(node: YamlNode): Condition {
  const of = readList(node, 'Detection', false);
  if (of.length > 0) return { kind: 'all', of };
  throw new HuntError('RULE', 'Detection is empty: it would match every event', { at: node.at });
}

/** `inElement`: inside `Expressions`, where fields start at an element of a list. */
function readList(node: YamlNode, what: string, inElement: boolean): readonly Condition[] {
  if (node.kind !== 'list')
    throw new HuntError('RULE', `${what} must be a list of match expressions`, { at: node.at });
  return node.items.map((item) => readExpression(item, inElement));
}

function readExpression(node: YamlNode, inElement: boolean): Condition {
  const first = node.kind === 'map' ? node.entries[0] : undefined;
  const combinator = COMBINATORS.find((name) => name === first?.key);
  if (first === undefined || combinator === undefined) return readMatch(node, inElement);
  const words = new Words(node, [combinator], 'a combinator', 'RULE');
  const of = readList(first.value, combinator, inElement);
  switch (combinator) {
    case 'All':
      return { kind: 'all', of };
    case 'Any':
      return { kind: 'any', of };
    case 'OnlyOne':
      return { kind: 'exactly', count: 1, of };
    case 'None':
      return { kind: 'not', of: only(of) ?? { kind: 'any', of } };
    default:
      return words.fail(combinator satisfies never);
  }
}

function only(conditions: readonly Condition[]): Condition | undefined {
  return conditions.length === 1 ? conditions[0] : undefined;
}

function readMatch(node: YamlNode, inElement: boolean): Condition {
  refuseMeaningless(node);
  const words = new Words(node, [...MATCH_WORDS, ...COMBINATORS], 'a match expression', 'RULE');
  const name = words.required('Condition');
  const constant = CONSTANTS[name];
  if (constant !== undefined) return { kind: 'constant', value: constant };
  const quantifier = QUANTIFIERS[name];
  if (quantifier !== undefined) return readElementTest(words, quantifier, inElement);
  if (name === 'Has') return readHas(words, inElement);
  if (name === 'DoesNotHave') return { kind: 'not', of: readHas(words, inElement) };
  const word = OPERATOR_WORDS[name];
  if (word === undefined) {
    const at = words.get('Condition')?.at ?? words.at;
    throw new HuntError(
      'RULE',
      `unknown Condition "${name}".${didYouMean(name, CONDITION_WORDS)}`,
      { at },
    );
  }
  if (words.get('Expressions') !== undefined) words.fail(`${name} takes no Expressions`);
  const positive = isFieldList(words.get('Values'))
    ? readComparison(words, name, word)
    : readTest(words, name, word, inElement);
  return word.negated ? { kind: 'not', of: positive } : positive;
}

function refuseMeaningless(node: YamlNode): void {
  const enrichment = node.kind === 'map' && node.entries.find(({ key }) => key === 'Enrichment');
  if (enrichment)
    throw new HuntError('RULE', 'Enrichment looks things up outside the logs: a hunt cannot', {
      at: enrichment.at,
    });
}

function readTest(words: Words, name: string, word: OperatorWord, inElement: boolean): Condition {
  const { op, ignoreCase } = word;
  const values = readValues(words, name, word);
  const { at } = words;
  return within(readField(words, inElement), at, (field) => ({
    kind: 'test',
    field,
    op,
    ignoreCase,
    values,
    at,
  }));
}

/** A test of the last of several paths, in any element of the lists that the others name. */
function within(
  paths: readonly FieldPath[],
  at: Words['at'],
  test: (field: FieldPath) => Condition,
): Condition {
  const [field = [], ...inner] = paths;
  if (inner.length === 0) return test(field);
  return { kind: 'element', quantifier: 'any', field, of: within(inner, at, test), at };
}

function readElementTest(
  words: Words,
  quantifier: ElementTest['quantifier'] | 'none',
  inElement: boolean,
): Condition {
  const expressions = words.get('Expressions');
  if (expressions === undefined) return words.fail('a test of elements needs Expressions');
  const of: Condition = { kind: 'all', of: readList(expressions, 'Expressions', true) };
  const kind = quantifier === 'none' ? 'any' : quantifier;
  const { at } = words;
  const test = within(readField(words, inElement), at, (field) => ({
    kind: 'element',
    quantifier: kind,
    field,
    of,
    at,
  }));
  return quantifier === 'none' ? { kind: 'not', of: test } : test;
}

/** Whether a list has the value itself among its elements. */
function readHas(words: Words, inElement: boolean): Condition {
  const word = { op: 'equals', negated: false, ignoreCase: false, takes: 'values' } as const;
  const { at } = words;
  const values = readValues(words, 'Has', word);
  const of: Condition = { kind: 'test', field: [], op: 'equals', ignoreCase: false, values, at };
  return within(readField(words, inElement), at, (field) => ({
    kind: 'element',
    quantifier: 'any',
    field,
    of,
    at,
  }));
}

function isFieldList(values: YamlNode | undefined): boolean {
  return values?.kind === 'list' && values.items.some((item) => item.kind === 'map');
}

function readComparison(words: Words, name: string, word: OperatorWord): Condition {
  const op = comparisonOf(word.op);
  const values = words.get('Values');
  if (op === undefined || values?.kind !== 'list' || values.items.length !== 2)
    return words.fail(`${name} cannot compare these: give two fields as Values`);
  const [left = [], right = []] = values.items.map((item) => {
    const field = new Words(item, FIELD_WORDS, 'a field to compare', 'RULE');
    const [path = [], ...inner] = readField(field);
    return inner.length === 0 ? path : field.fail('a field to compare cannot be inside a list');
  });
  return { kind: 'compare', left, op, ignoreCase: word.ignoreCase, right, at: words.at };
}

function readValues(words: Words, name: string, { op, takes }: OperatorWord): Values {
  const node = words.get('Value') ?? words.get('Values');
  if (takes === 'nothing') {
    if (node !== undefined) words.fail(`${name} takes no Value`);
    return [];
  }
  if (node === undefined) return words.fail(`${name} needs a Value or Values`);
  if (words.get('Value') !== undefined && words.get('Values') !== undefined)
    words.fail('give Value or Values, not both');
  if (node.kind === 'scalar' && node.plain && node.text.startsWith('$'))
    return { parameter: node.text.slice(1) };
  for (const item of node.kind === 'list' ? node.items : [node])
    if (item.kind === 'scalar' && item.plain && /^(null|~|)$/i.test(item.text))
      throw new HuntError(
        'RULE',
        `${name} cannot compare with nothing: use IsNull, or quote the text`,
        { at: item.at },
      );
  const values = textsOf(node, 'Values', 'RULE');
  const wrong = wrongValue(op, values);
  return wrong === undefined ? values : words.fail(`${name} ${wrong}`);
}
