/** Random conditions over fields of every kind of place that the table has. */
import * as fc from 'fast-check';
import type { Condition, FieldPath, Test } from '../../src/rule/condition/condition.js';
import {
  isComparison,
  operatorRow,
  OPERATORS,
  type Operator,
} from '../../src/rule/condition/operators.js';
import { ruleKeys, NETWORKS, pattern, RULE_NUMBERS, ruleText } from './arbitrary-text.js';

const at = { file: 'rule.yml', line: 1, column: 1 };

/** Where a condition stands decides which fields it may ask for. */
type Fields = fc.Arbitrary<FieldPath>;
interface Scope {
  /** Fields of which scalars and values can be asked. */
  readonly fields: Fields;
  /** Fields that may hold a list, and the scope of its elements. */
  readonly lists: readonly (readonly [Fields, () => Scope])[];
}

const TEXT_FIELDS: readonly FieldPath[] = [
  ['errorCode'],
  ['userAgent'],
  ['sourceIPAddress'],
  ['SOURCEIPADDRESS'],
  ['eventTime'],
  ['readOnly'],
  ['userIdentity', 'arn'],
  ['userIdentity', 'userName'],
  ['useridentity', 'sessioncontext', 'attributes', 'mfaauthenticated'],
  ['userIdentity', 'sessionContext', 'sessionIssuer', 'userName'],
  ['userIdentity', 'sessionContext', 'webIdFederationData', 'federatedProvider'],
  ['tlsDetails', 'tlsVersion'],
];

/** Structs, a map, a list: none has a text of its own. */
const WHOLE_FIELDS: readonly FieldPath[] = [
  ['userIdentity'],
  ['userIdentity', 'sessionContext'],
  ['userIdentity', 'sessionContext', 'webIdFederationData', 'attributes'],
  ['resources'],
  ['tlsDetails'],
];

const key = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'b', 'items', '0', '1') },
  { weight: 1, arbitrary: fc.constantFrom(...ruleKeys()) },
);
const COMMON_KEYS: readonly FieldPath[] = [
  ['a'],
  ['b'],
  ['b', 'a'],
  ['items'],
  ['items', '0'],
  ['items', '1', 'a'],
];
const keys = (minLength: number): Fields =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...COMMON_KEYS) },
    { weight: 2, arbitrary: fc.array(key, { minLength, maxLength: 3 }) },
  );
/** Paths at which lists are likely; the whole value too. */
const listKeys: Fields = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom<FieldPath>(['items'], ['b', 'items'], ['b']) },
  { weight: 1, arbitrary: keys(0) },
);
const within = (column: string, path: Fields): Fields => path.map((rest) => [column, ...rest]);
const jsonField = (path: Fields): Fields =>
  fc.oneof(
    { weight: 4, arbitrary: within('requestParameters', path) },
    { weight: 1, arbitrary: within('responseElements', path) },
  );

const mapEntry: Fields = key.map((entry) => [
  'userIdentity',
  'sessionContext',
  'webIdFederationData',
  'attributes',
  entry,
]);

const JSON_ELEMENT: Scope = { fields: keys(0), lists: [[listKeys, () => JSON_ELEMENT]] };
const RESOURCE: Scope = {
  fields: fc.constantFrom<FieldPath>(['arn'], ['accountId'], ['TYPE'], []),
  lists: [[fc.constantFrom<FieldPath>(['arn'], []), () => RESOURCE]],
};
const EVENT: Scope = {
  fields: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...TEXT_FIELDS) },
    { weight: 6, arbitrary: jsonField(keys(0)) },
    { weight: 2, arbitrary: mapEntry },
    { weight: 1, arbitrary: fc.constantFrom(...WHOLE_FIELDS) },
  ),
  lists: [
    [jsonField(listKeys), () => JSON_ELEMENT],
    [fc.constant(['resources']), () => RESOURCE],
    [fc.constantFrom<FieldPath>(['userAgent'], ['tlsDetails']), () => RESOURCE],
  ],
};

const values = (one: fc.Arbitrary<string>): fc.Arbitrary<readonly string[]> =>
  fc.array(one, { maxLength: 3 });

/** Also many, of which engines make something else: sets, joins. */
const members: fc.Arbitrary<readonly string[]> = fc
  .tuple(values(ruleText), fc.constantFrom(0, 0, 5, 60))
  .map(([own, more]) => [...own, ...Array.from({ length: more }, (_, index) => `other ${index}`)]);

const escapedPattern = fc.oneof(
  pattern,
  fc.constantFrom('\\\\*', '\\*', '*\\?', '\\\\\\*', '?\\\\', 'a\\*b*', '%\\?*'),
);
const REGEXES = [
  'a',
  '^a',
  'b$',
  '^$',
  '(?i)A|B',
  '^[^a]',
  '\\d+',
  '^.{2,3}$',
  '(?s)a.*b',
  '[%_]',
  '(a|b)+?$',
];

const VALUES: Readonly<Record<Exclude<Operator, 'mentions'>, fc.Arbitrary<readonly string[]>>> = {
  equals: values(ruleText),
  in: members,
  startsWith: values(ruleText),
  endsWith: values(ruleText),
  contains: values(ruleText),
  wildcard: values(pattern),
  escapedWildcard: values(escapedPattern),
  regex: values(fc.constantFrom(...REGEXES)),
  isNull: fc.constant([]),
  isNotNull: fc.constant([]),
  isNullOrEmpty: fc.constant([]),
  isNotNullOrEmpty: fc.constant([]),
  greaterThan: values(fc.constantFrom(...RULE_NUMBERS)),
  greaterThanOrEquals: values(fc.constantFrom(...RULE_NUMBERS)),
  lessThan: values(fc.constantFrom(...RULE_NUMBERS)),
  lessThanOrEquals: values(fc.constantFrom(...RULE_NUMBERS)),
  isAddress: fc.constant([]),
  inCidr: values(fc.constantFrom(...NETWORKS)),
  isPublicAddress: fc.constant([]),
  isPrivateAddress: fc.constant([]),
};

function test(fields: Fields): fc.Arbitrary<Condition> {
  const kinds = Object.entries(VALUES).map(([name, given]) => {
    const op = name as Operator;
    const ignoreCase = operatorRow(op).ignoresCase ? fc.boolean() : fc.constant(false);
    return fc.tuple(fields, ignoreCase, given).map(([field, folds, list]): Test => ({
      kind: 'test',
      field,
      op,
      ignoreCase: folds,
      values: list,
      at,
    }));
  });
  return fc.oneof(...kinds);
}

const COMPARISONS = (Object.keys(OPERATORS) as Operator[]).filter(isComparison);

function comparison(fields: Fields): fc.Arbitrary<Condition> {
  return fc
    .tuple(fields, fc.constantFrom(...COMPARISONS), fc.boolean(), fields)
    .map(([left, op, ignoreCase, right]) => ({ kind: 'compare', left, op, ignoreCase, right, at }));
}

/** In a test of elements: a field of the element and one of the event. */
function eventComparison(fields: Fields): fc.Arbitrary<Condition> {
  return fc
    .tuple(
      fields,
      fc.constantFrom(...COMPARISONS),
      fc.boolean(),
      EVENT.fields,
      fc.constantFrom('left' as const, 'right' as const),
    )
    .map(([own, op, ignoreCase, other, ofEvent]) => {
      const [left, right] = ofEvent === 'right' ? [own, other] : [other, own];
      return { kind: 'compare', left, op, ignoreCase, right, ofEvent, at };
    });
}

const mention: fc.Arbitrary<Condition> = fc
  .tuple(
    fc.constantFrom('requestParameters', 'responseElements'),
    values(fc.constantFrom('a', 'b', 'items', 'ab')),
  )
  .map(([column, list]) => ({
    kind: 'test',
    field: [column],
    op: 'mentions',
    ignoreCase: false,
    values: list,
    at,
  }));

/** Fields that may lead through lists, wherever on the way a list stands. */
const spreadFields: Fields = fc.oneof(
  { weight: 1, arbitrary: fc.constantFrom(...TEXT_FIELDS) },
  { weight: 6, arbitrary: jsonField(keys(1)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<FieldPath>(['resources', 'arn'], ['resources', 'TYPE']),
  },
);
const spreading: fc.Arbitrary<Condition> = fc
  .oneof(
    { weight: 3, arbitrary: test(spreadFields) },
    { weight: 1, arbitrary: comparison(spreadFields) },
  )
  .map((asked) =>
    asked.kind === 'test' || asked.kind === 'compare' ? { ...asked, spread: true } : asked,
  );

function leaf(scope: Scope): fc.Arbitrary<Condition> {
  return fc.oneof(
    { weight: 16, arbitrary: test(scope.fields) },
    { weight: 4, arbitrary: comparison(scope.fields) },
    { weight: 1, arbitrary: fc.boolean().map((value): Condition => ({ kind: 'constant', value })) },
    { weight: scope === EVENT ? 0 : 4, arbitrary: eventComparison(scope.fields) },
    { weight: scope === EVENT ? 1 : 0, arbitrary: mention },
    { weight: scope === EVENT ? 4 : 0, arbitrary: spreading },
  );
}

function element(scope: Scope, depth: number): fc.Arbitrary<Condition> {
  const kinds = scope.lists.map(([fields, inner]) =>
    fc
      .tuple(
        fields,
        fc.constantFrom('any' as const, 'all' as const, 'one' as const),
        conditionIn(inner(), depth),
      )
      .map(([field, quantifier, of]): Condition => ({
        kind: 'element',
        quantifier,
        field,
        of,
        at,
      })),
  );
  return fc.oneof(...kinds);
}

function conditionIn(scope: Scope, depth: number): fc.Arbitrary<Condition> {
  if (depth === 0) return leaf(scope);
  const inner = conditionIn(scope, depth - 1);
  const parts = fc.array(inner, { maxLength: 3 });
  return fc.oneof(
    { withCrossShrink: true },
    { weight: 6, arbitrary: leaf(scope) },
    { weight: 3, arbitrary: element(scope, depth - 1) },
    { weight: 2, arbitrary: inner.map((of): Condition => ({ kind: 'not', of })) },
    { weight: 1, arbitrary: parts.map((of): Condition => ({ kind: 'all', of })) },
    { weight: 1, arbitrary: parts.map((of): Condition => ({ kind: 'any', of })) },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.integer({ min: 0, max: 3 }), parts)
        .map(([count, of]): Condition => ({ kind: 'exactly', count, of })),
    },
  );
}

/** A condition on an event, of every kind, up to five deep. */
export const condition: fc.Arbitrary<Condition> = conditionIn(EVENT, 4);
