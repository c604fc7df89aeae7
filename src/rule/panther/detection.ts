/** Reads Panther's Simple Detection, `Detection:`, as a Condition. */
import { HuntError, type SourcePosition } from '../../errors.js';
import { didYouMean } from '../../text/did-you-mean.js';
import { MappingReader } from '../../yaml/mapping.js';
import type { YamlNode } from '../../yaml/parse.js';
import type { Condition, ElementTest } from '../condition/condition.js';
import { readCalls } from './calls.js';
import { CONDITION_WORDS, meantCondition } from './condition-words.js';
import { FIELD_WORDS, type Match } from './field-path.js';
import { readElementTest, readHas, readTest } from './match.js';

const COMBINATORS = ['All', 'Any', 'OnlyOne', 'None'] as const;
/** Words of other languages for a combinator. */
const SAME_AS: ReadonlyMap<string, (typeof COMBINATORS)[number]> = new Map([
  ['and', 'All'],
  ['or', 'Any'],
  ['not', 'None'],
]);
const MATCH_KEYS = [...FIELD_WORDS, 'Condition', 'Value', 'Values', 'Expressions', 'Optional'];
const QUANTIFIERS: ReadonlyMap<string, ElementTest['quantifier'] | 'none'> = new Map([
  ['AnyElement', 'any'],
  ['AllElements', 'all'],
  ['NoElement', 'none'],
  ['OnlyOneElement', 'one'],
]);
const CONSTANTS: ReadonlyMap<string, boolean> = new Map([
  ['AlwaysTrue', true],
  ['AlwaysFalse', false],
]);
const KNOWN_CONDITIONS = [
  ...CONDITION_WORDS.keys(),
  ...QUANTIFIERS.keys(),
  ...CONSTANTS.keys(),
  'Has',
  'DoesNotHave',
];

/** Where a match expression is. */
interface Context {
  /** Inside `Expressions`, where the fields are those of an element of a list. */
  readonly inElement: boolean;
  readonly use: Use;
}

/** Gives the shared match expression of a name. Throws a HuntError at the position where there is none. */
export type Use = (name: string, at: SourcePosition) => Condition;

const refuseUse: Use = (_, at) => {
  throw new HuntError(
    'RULE',
    'Use cannot be here: inside Expressions, the fields are those of an element',
    { at },
  );
};

/** The condition of a list under a key, such as `Detection:`: all of its items must hold. */
export function readDetection(node: YamlNode, key: string, use: Use): Condition {
  const of = readMatchExpressions(node, key, use);
  if (of.length > 0) return { kind: 'all', of };
  throw new HuntError('RULE', `${key} is empty: it would match every event`, { at: node.at });
}

/** The conditions of a list under a key, which may be empty. */
export function readMatchExpressions(node: YamlNode, key: string, use: Use): readonly Condition[] {
  return readList(node, key, { inElement: false, use });
}

/** The condition of one match expression. */
export function readMatchExpression(node: YamlNode, use: Use): Condition {
  return readExpression(node, { inElement: false, use });
}

function readList(node: YamlNode, what: string, context: Context): readonly Condition[] {
  if (node.kind !== 'list')
    throw new HuntError(
      'RULE',
      `${what} must be a list of match expressions: begin each with a dash`,
      { at: node.at },
    );
  return node.items.map((item) => readExpression(item, context));
}

function readExpression(node: YamlNode, context: Context): Condition {
  const first = node.kind === 'map' ? node.entries[0] : undefined;
  if (first?.key === 'Use') return readUse(node, context.use);
  if (first?.key === 'Calls') return readCallList(node, context);
  const combinator = COMBINATORS.find((name) => name === first?.key);
  if (first === undefined || combinator === undefined) return readMatch(node, context);
  refuseSecond(node, combinator);
  const combination = new MappingReader(node, [combinator], { what: 'a combinator', code: 'RULE' });
  const of = readList(first.value, combinator, context);
  switch (combinator) {
    case 'All':
      return { kind: 'all', of };
    case 'Any':
      return { kind: 'any', of };
    case 'OnlyOne':
      return { kind: 'exactly', count: 1, of };
    case 'None':
      return { kind: 'not', of: onlyOneOf(of) ?? { kind: 'any', of } };
    default:
      return combination.fail(combinator satisfies never);
  }
}

function readUse(node: YamlNode, use: Use): Condition {
  const mapping = new MappingReader(node, ['Use'], { what: 'Use', code: 'RULE' });
  return use(mapping.required('Use'), mapping.at);
}

function readCallList(node: YamlNode, { inElement }: Context): Condition {
  const mapping = new MappingReader(node, ['Calls'], { what: 'Calls', code: 'RULE' });
  if (inElement)
    mapping.fail('Calls cannot be here: a call is of the event, and not of an element');
  return readCalls(mapping.get('Calls') ?? node, 'RULE');
}

function onlyOneOf(conditions: readonly Condition[]): Condition | undefined {
  return conditions.length === 1 ? conditions[0] : undefined;
}

function readMatch(node: YamlNode, context: Context): Condition {
  refuseEnrichment(node);
  refuseOtherCombinator(node);
  if (node.kind === 'scalar')
    throw new HuntError(
      'RULE',
      'a match expression must be a mapping, as { KeyPath: eventName, Condition: Equals, Value: CreateUser }',
      { at: node.at },
    );
  const mapping = new MappingReader(node, [...MATCH_KEYS, ...COMBINATORS, 'Use', 'Calls'], {
    what: 'a match expression',
    code: 'RULE',
  });
  const name = mapping.required('Condition');
  const match: Match = { mapping, name, inElement: context.inElement };
  const constant = CONSTANTS.get(name);
  if (constant !== undefined) return { kind: 'constant', value: constant };
  const quantifier = QUANTIFIERS.get(name);
  if (quantifier !== undefined) {
    const expressions =
      mapping.get('Expressions') ?? mapping.fail('a test of elements needs Expressions');
    const inner: Context = { inElement: true, use: refuseUse };
    const of: Condition = { kind: 'all', of: readList(expressions, 'Expressions', inner) };
    if (quantifier === 'none') return { kind: 'not', of: readElementTest(match, 'any', of) };
    return readElementTest(match, quantifier, of);
  }
  if (name === 'Has') return readHas(match);
  if (name === 'DoesNotHave') return { kind: 'not', of: readHas(match) };
  const word = CONDITION_WORDS.get(name);
  if (word === undefined) {
    const meant = meantCondition(name);
    const near = didYouMean(meant ?? name, KNOWN_CONDITIONS);
    return mapping.fail(`unknown Condition "${name}".${near}`, 'Condition');
  }
  const positive = readTest(match, word);
  return word.negated ? { kind: 'not', of: positive } : positive;
}

function refuseSecond(node: YamlNode, first: string): void {
  const entries = node.kind === 'map' ? node.entries.slice(1) : [];
  for (const { key, at } of entries)
    if (COMBINATORS.some((name) => name === key))
      throw new HuntError('RULE', `${first} and ${key} are two entries: begin each with a dash`, {
        at,
      });
}

function refuseOtherCombinator(node: YamlNode): void {
  for (const { key, at } of node.kind === 'map' ? node.entries : []) {
    const same = SAME_AS.get(key.toLowerCase());
    if (same !== undefined)
      throw new HuntError(
        'RULE',
        `"${key}" is written ${same} here, with a list of match expressions`,
        { at },
      );
  }
}

function refuseEnrichment(node: YamlNode): void {
  const enrichment = node.kind === 'map' && node.entries.find(({ key }) => key === 'Enrichment');
  if (enrichment)
    throw new HuntError('RULE', 'Enrichment looks things up outside the logs: a hunt cannot', {
      at: enrichment.at,
    });
}
