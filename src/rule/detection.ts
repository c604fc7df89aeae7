/** Panther's Simple Detection, `Detection:`, as a Condition. */
import { HuntError } from '../errors.js';
import type { Condition, FieldPath, Values } from './condition.js';
import { OPERATOR_WORDS, type OperatorWord } from './operators.js';
import { didYouMean, textOf, textsOf, Words } from './words.js';
import type { YamlNode } from './yaml.js';

const COMBINATORS = ['All', 'Any', 'OnlyOne', 'None'] as const;
const MATCH_KEYS = ['Key', 'KeyPath', 'DeepKey', 'Condition', 'Value', 'Values'];

/** The condition of a `Detection:` list: all of its items must hold. */
export function readDetection(node: YamlNode): Condition {
  return { kind: 'all', of: readList(node, 'Detection') };
}

function readList(node: YamlNode, what: string): readonly Condition[] {
  if (node.kind !== 'list')
    throw new HuntError('RULE', `${what} must be a list of match expressions`, { at: node.at });
  return node.items.map(readExpression);
}

function readExpression(node: YamlNode): Condition {
  const first = node.kind === 'map' ? node.entries[0] : undefined;
  const combinator = COMBINATORS.find((name) => name === first?.key);
  if (first === undefined || combinator === undefined) return readMatch(node);
  const words = new Words(node, [combinator], 'a combinator', 'RULE');
  const of = readList(first.value, combinator);
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

function readMatch(node: YamlNode): Condition {
  const words = new Words(node, [...MATCH_KEYS, ...COMBINATORS], 'a match expression', 'RULE');
  const name = words.required('Condition');
  const word = OPERATOR_WORDS[name];
  if (word === undefined) {
    const at = words.get('Condition')?.at ?? words.at;
    const near = didYouMean(name, Object.keys(OPERATOR_WORDS));
    throw new HuntError('RULE', `unknown Condition "${name}".${near}`, { at });
  }
  const { op, ignoreCase } = word;
  const field = readField(words);
  const test = {
    kind: 'test',
    field,
    op,
    ignoreCase,
    values: readValues(words, name, word),
  } as const;
  const condition: Condition = { ...test, at: words.at };
  return word.negated ? { kind: 'not', of: condition } : condition;
}

function readField(words: Words): FieldPath {
  const given = ['Key', 'KeyPath', 'DeepKey'].filter((key) => words.get(key) !== undefined);
  if (given.length !== 1) words.fail('a match expression needs one of Key, KeyPath, DeepKey');
  const deep = words.get('DeepKey');
  if (deep !== undefined) {
    if (deep.kind !== 'list') words.fail('DeepKey must be a list of keys');
    return deep.items.map((item) => textOf(item, 'a key of DeepKey', 'RULE'));
  }
  const key = words.text('Key');
  return key === undefined ? words.required('KeyPath').split('.') : [key];
}

function readValues(words: Words, name: string, { takes }: OperatorWord): Values {
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
  const values = textsOf(node, 'Values', 'RULE');
  const wrong =
    takes === 'number' && values.find((value) => !/^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(value));
  if (typeof wrong === 'string') words.fail(`${name} compares numbers, and "${wrong}" is none`);
  return values;
}
