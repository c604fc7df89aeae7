/** Which values a condition requires of a field, and that an event with another value never matches. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toRecord } from '../../../src/cloudtrail/record.js';
import { bind } from '../../../src/rule/bind.js';
import { readRule } from '../../../src/rule/catalog/read.js';
import type { Condition } from '../../../src/rule/condition/condition.js';
import type { Operator } from '../../../src/rule/condition/operators.js';
import { requiredValues } from '../../../src/rule/condition/required-values.js';
import { condition } from '../../support/arbitrary-condition.js';
import { eventText } from '../../support/arbitrary-event.js';
import { evaluate } from '../../support/evaluate.js';
import { recordsOf } from '../../support/evaluate-engines.js';
import { ruleWith } from '../../support/rules.js';

const at = { file: 'rule.yml', line: 1, column: 1 };

function requiredRegions(detection: string): unknown {
  const { condition: bound } = bind(ruleWith(detection), new Map());
  return requiredValues(bound, 'awsRegion');
}

const exact = (...values: readonly string[]) => ({ values, ignoreCase: false });
const anyCase = (...values: readonly string[]) => ({ values, ignoreCase: true });
const isIn = (...values: readonly string[]) =>
  `{ Key: awsRegion, Condition: IsIn, Values: ${JSON.stringify(values)} }`;
const isInAnyCase = (...values: readonly string[]) => isIn(...values).replace('IsIn', 'IIsIn');
const other = '{ Key: userAgent, Condition: Equals, Value: a }';

describe('what a condition requires', () => {
  test.each([
    { what: 'a list', rule: isIn('a', 'b', 'a'), required: exact('a', 'b') },
    { what: 'no value at all', rule: isIn(), required: exact() },
    {
      what: 'one value',
      rule: '{ Key: AWSREGION, Condition: Equals, Value: a }',
      required: exact('a'),
    },
    { what: 'any case', rule: isInAnyCase('a', 'B'), required: anyCase('a', 'B') },
    {
      what: 'all of two lists',
      rule: `All: [${isIn('a', 'b')}, ${isIn('b')}]`,
      required: exact('b'),
    },
    {
      what: 'lists that share nothing',
      rule: `All: [${isIn('a')}, ${isIn('b')}]`,
      required: exact(),
    },
    { what: 'a list among others', rule: `All: [${other}, ${isIn('a')}]`, required: exact('a') },
    {
      what: 'an exact list and one of any case',
      rule: `All: [${isInAnyCase('A', 'C')}, ${isIn('a', 'b', 'C')}]`,
      required: exact('a', 'C'),
    },
    {
      what: 'two lists of any case',
      rule: `All: [${isInAnyCase('A', 'c')}, ${isInAnyCase('a', 'b')}]`,
      required: anyCase('A'),
    },
    {
      what: 'letters whose lower case engines may see differently',
      rule: `All: [${isIn('k', 'b')}, ${isInAnyCase('\u212a')}]`,
      required: exact('k', 'b'),
    },
    { what: 'either of two', rule: `Any: [${isIn('a')}, ${isIn('b')}]`, required: exact('a', 'b') },
    {
      what: 'either of two, one of any case',
      rule: `Any: [${isIn('a')}, ${isInAnyCase('b')}]`,
      required: anyCase('a', 'b'),
    },
    {
      what: 'either of two, with more to each',
      rule: `Any: [{ All: [${isIn('a')}, ${other}] }, ${isIn('b')}]`,
      required: exact('a', 'b'),
    },
  ])('$what', ({ rule, required }) => {
    expect(requiredRegions(`  - ${rule}`)).toEqual(required);
  });

  test.each([
    { what: 'a negation', rule: `None: [${isIn('a')}]` },
    { what: 'a negated word', rule: isIn('a').replace('IsIn', 'IsNotIn') },
    { what: 'one of two alone', rule: `OnlyOne: [${isIn('a')}, ${isIn('b')}]` },
    { what: 'either the field or another', rule: `Any: [${isIn('a')}, ${other}]` },
    { what: 'either of none', rule: 'Any: []' },
    { what: 'a constant', rule: '{ Key: awsRegion, Condition: AlwaysTrue }' },
    { what: 'the beginning of the value', rule: isIn('a').replace('IsIn', 'StartsWith') },
    { what: 'another field', rule: other },
    {
      what: 'a field of an element',
      rule: '{ Key: resources, Condition: AnyElement, Expressions: [{ Key: awsRegion, Condition: Equals, Value: a }] }'.replace(
        'awsRegion',
        'type',
      ),
    },
    {
      what: 'another field of the event',
      rule: '{ Condition: Equals, Values: [{ Key: awsRegion }, { Key: userAgent }] }',
    },
  ])('any value may do: $what', ({ rule }) => {
    expect(requiredRegions(`  - ${rule}`)).toBeUndefined();
  });

  test('a parameter requires the values that it is bound to', () => {
    const parameters = 'Parameters: { REGIONS: { Default: [a] } }';
    const rule = ruleWith('  - { Key: awsRegion, Condition: IsIn, Values: $REGIONS }', parameters);
    const regions = (values: readonly string[] | 'any') => {
      const settings = new Map([['REGIONS', { values, source: 'option' as const }]]);
      return requiredValues(bind(rule, settings).condition, 'awsRegion');
    };
    expect(requiredValues(rule.condition, 'awsRegion')).toBeUndefined();
    expect(regions(['b'])).toEqual(exact('b'));
    expect(regions('any')).toBeUndefined();
  });

  test('Sigma ignores case', () => {
    const rule = readRule(
      'title: a\nlogsource: { product: aws, service: cloudtrail }\n' +
        'detection: { one: { awsRegion: A }, two: { awsRegion: b, userAgent: c }, condition: 1 of * }\n',
      'rule.yml',
    );
    expect(requiredValues(rule.condition, 'awsRegion')).toEqual(anyCase('A', 'b'));
    expect(requiredValues(rule.condition, 'userAgent')).toBeUndefined();
  });

  test('of a value inside JSON nothing is said: with Sigma it may be a list', () => {
    const field = ['requestParameters', 'a'];
    const asked: Condition = {
      kind: 'test',
      field,
      op: 'in',
      ignoreCase: false,
      values: ['a'],
      at,
    };
    expect(requiredValues(asked, 'requestParameters.a')).toBeUndefined();
    expect(requiredValues(asked, 'no.such.field')).toBeUndefined();
  });
});

test('what a list in any case allows is only known of ASCII: engines differ in other lower cases', () => {
  const both = (exactly: string, inAnyCase: string): unknown =>
    requiredRegions(`  - ${isIn(exactly)}\n  - ${isInAnyCase(inAnyCase)}`);
  expect(both('\u0130', 'i')).toEqual(exact('\u0130'));
  // The sign of the kelvin, whose lower case is k.
  expect(both('k', '\u212a')).toEqual(exact('k'));
  expect(both('A', 'b')).toEqual(exact());
});

describe('an event with another value never matches', () => {
  const FIELDS = ['userAgent', 'awsRegion'] as const;
  const text = fc.constantFrom('a', 'A', 'b', 'B', 'é', 'É');
  const leaf: fc.Arbitrary<Condition> = fc
    .record({
      field: fc.constantFrom(...FIELDS).map((name) => [name]),
      op: fc.constantFrom<Operator>('in', 'in', 'equals', 'startsWith', 'isNull'),
      ignoreCase: fc.boolean(),
      values: fc.array(text, { maxLength: 3 }),
    })
    .map((parts) => ({ kind: 'test', at, ...parts }));
  const { tree } = fc.letrec<{ tree: Condition; parts: readonly Condition[] }>((tie) => ({
    parts: fc.array(tie('tree'), { maxLength: 3 }),
    tree: fc.oneof(
      { depthSize: 'small' },
      { weight: 3, arbitrary: leaf },
      { weight: 2, arbitrary: tie('parts').map((of): Condition => ({ kind: 'all', of })) },
      { weight: 2, arbitrary: tie('parts').map((of): Condition => ({ kind: 'any', of })) },
      { weight: 1, arbitrary: tie('tree').map((of): Condition => ({ kind: 'not', of })) },
      {
        weight: 1,
        arbitrary: tie('parts').map((of): Condition => ({ kind: 'exactly', count: 1, of })),
      },
    ),
  }));
  const event = fc.record({ userAgent: text, awsRegion: text }, { requiredKeys: [] });

  test('whatever the condition is put together from', () => {
    let requirements = 0;
    fc.assert(
      fc.property(tree, fc.array(event, { minLength: 4, maxLength: 8 }), (asked, events) => {
        for (const log of events.filter((one) => evaluate(asked, toRecord(one, 'test'))))
          for (const field of FIELDS) {
            if (requiredValues(asked, field) !== undefined) requirements += 1;
            expect(isAllowed(asked, field, log[field])).toBe(true);
          }
      }),
      { numRuns: 5000 },
    );
    // A test that never met a requirement would prove nothing.
    expect(requirements).toBeGreaterThan(1000);
  });

  test('whatever the fields and the values', async () => {
    const fields = ['userAgent', 'errorCode', 'sourceIPAddress', 'userIdentity.arn'];
    await fc.assert(
      fc.asyncProperty(condition, fc.array(eventText, { minLength: 1 }), async (asked, texts) => {
        for (const record of await recordsOf(texts)) {
          if (!evaluate(asked, record)) continue;
          const { arn = null } = (record['useridentity'] ?? {}) as { arn?: string | null };
          for (const field of fields) {
            const value = field.endsWith('arn') ? arn : record[field.toLowerCase()];
            expect(isAllowed(asked, field, value as string | null | undefined)).toBe(true);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});

function isAllowed(asked: Condition, field: string, value: string | null | undefined): boolean {
  const required = requiredValues(asked, field);
  if (required === undefined) return true;
  if (value === undefined || value === null) return false;
  const fold = (text: string): string => (required.ignoreCase ? text.toLowerCase() : text);
  return required.values.some((allowed) => fold(allowed) === fold(value));
}
