/** What values may take the place of a parameter, and where. */
import { describe, expect, test } from 'vitest';
import { bind, checkParameterSettings, type ParameterSettings } from '../../src/rule/bind.js';
import { notation } from '../../src/rule/condition/notation.js';
import { ruleWith } from '../support/rules.js';

const PARAMETERS = 'Parameters: { P: { Default: [x] }, Q: { Default: [y] } }';
const values = (parameter: string, word = 'Contains', field = 'Key: userAgent') =>
  `{ ${field}, Condition: ${word}, Values: $${parameter} }`;
const settings = (value: readonly string[] | 'any'): ParameterSettings =>
  new Map([['P', { values: value, source: 'option' }]]);
const bound = (detection: string, value: readonly string[] | 'any'): string =>
  notation(bind(ruleWith(`  - ${detection}`, PARAMETERS), settings(value)).condition);

const inElements = (word: string): string =>
  `{ Key: resources, Condition: ${word}, Expressions: [${values('P', 'Contains', 'Key: arn')}] }`;

describe('where more true tests can make a rule match less, any is an error', () => {
  const places = [
    { where: 'None', rule: `None: [${values('P')}]` },
    { where: 'a negated word', rule: values('P', 'DoesNotContain') },
    { where: 'OnlyOne', rule: `OnlyOne: [${values('P')}, ${values('Q')}]` },
    { where: 'OnlyOne with one test', rule: `OnlyOne: [${values('P')}]` },
    { where: 'All inside OnlyOne', rule: `OnlyOne: [{ All: [${values('P')}] }, ${values('Q')}]` },
    { where: 'Any inside None', rule: `None: [{ Any: [${values('Q')}, ${values('P')}] }]` },
    { where: 'None inside None', rule: `None: [{ None: [${values('P')}] }]` },
    { where: 'the one element that passes', rule: inElements('OnlyOneElement') },
    { where: 'no element', rule: inElements('NoElement') },
    { where: 'any element inside None', rule: `None: [${inElements('AnyElement')}]` },
    { where: 'all elements inside OnlyOne', rule: `OnlyOne: [${inElements('AllElements')}]` },
  ];
  test.each(places)('in $where', ({ rule }) => {
    expect(() => bound(rule, 'any')).toThrow(/^rule\.yml:7:\d+: P=any would hide every event/);
    expect(() => bound(rule, ['a', ''])).toThrow('P=["a",""] would hide every event');
    expect(bound(rule, ['a', 'b'])).toContain('contains "b"');
  });

  test.each([
    { word: 'Contains', value: '' },
    { word: 'StartsWith', value: '' },
    { word: 'EndsWith', value: '' },
    { word: 'MatchesWildcard', value: '*' },
    { word: 'MatchesWildcard', value: '***' },
  ])('$word "$value" matches every text too', ({ word, value }) => {
    expect(() => bound(`None: [${values('P', word)}]`, [value])).toThrow('hide every event');
    expect(bound(values('P', word), [value])).toContain(JSON.stringify(value));
  });

  test.each([
    { word: 'MatchesWildcard', value: '' },
    { word: 'MatchesWildcard', value: '?*' },
    { word: 'Equals', value: '' },
    { word: 'Equals', value: '*' },
    { word: 'Contains', value: '*' },
  ])('$word "$value" does not', ({ word, value }) => {
    expect(bound(`None: [${values('P', word)}]`, [value])).toContain(JSON.stringify(value));
  });
});

describe('elsewhere any makes the test true', () => {
  test.each([
    { rule: values('P'), shown: 'userAgent contains any' },
    {
      rule: `Any: [${values('P')}, ${values('Q')}]`,
      shown: '(userAgent contains any or userAgent contains "y")',
    },
    {
      rule: `All: [${values('Q')}, ${values('P', 'IContains')}]`,
      shown: '(userAgent contains "y" and userAgent contains any)',
    },
    { rule: inElements('AnyElement'), shown: 'any of resources[] (arn contains any)' },
    { rule: inElements('AllElements'), shown: 'all of resources[] (arn contains any)' },
  ])('$shown', ({ rule, shown }) => {
    expect(bound(rule, 'any')).toBe(shown);
  });

  test('and the report says so', () => {
    const { parameters } = bind(ruleWith(`  - ${values('P')}`, PARAMETERS), settings('any'));
    expect(parameters).toEqual([
      { name: 'P', values: 'any', source: 'option' },
      { name: 'Q', values: ['y'], source: 'rule' },
    ]);
  });
});

test('dynamic severities are bound as well', () => {
  const more = `${PARAMETERS}\nDynamicSeverities: [{ ChangeTo: High, Conditions: [{ None: [${values('P')}] }] }]`;
  const rule = ruleWith('  - { Key: userAgent, Condition: Exists }', more);
  const [severity] = bind(rule, settings(['a'])).severities;
  expect(severity && notation(severity.when)).toBe('not (userAgent contains "a")');
  expect(() => bind(rule, settings('any'))).toThrow('P=any would hide every event');
});

test.each([
  {
    word: 'IsGreaterThan',
    value: 'ten',
    message: 'P: the rule compares numbers, and "ten" is not a number',
  },
  {
    word: 'IsIPAddressInCIDR',
    value: '10.0.0.0/33',
    message: 'P: the rule takes networks such as 10.0.0.0/8, and "10.0.0.0/33" is not',
  },
])('a value that $word cannot compare with is an error', ({ word, value, message }) => {
  expect(() => bound(values('P', word), ['1', value])).toThrow('P: the rule');
  expect(() => bound(values('P', word), [value])).toThrow(message);
});

describe('a setting for a parameter that no rule has', () => {
  const rules = [ruleWith(`  - ${values('P')}`, PARAMETERS)];
  const other = () => [ruleWith(`  - ${values('R')}`, 'Parameters: { R: { Default: [] } }')];
  const setting = (name: string, source: 'config' | 'option'): ParameterSettings =>
    new Map([[name, { values: ['a'], source }]]);

  test('is an error', () => {
    expect(() => checkParameterSettings(setting('p', 'option'), rules, other)).toThrow(
      'no rule has a parameter p. Did you mean "P"? Parameters: P, Q.',
    );
    expect(() => checkParameterSettings(setting('S', 'config'), rules, other)).toThrow(
      'the configuration sets the parameter S, which no rule has.',
    );
  });

  test('is one in an option, where another rule of the catalogue has it, but not in the configuration', () => {
    expect(() => checkParameterSettings(setting('R', 'option'), rules, other)).toThrow(
      'Parameters: P, Q.',
    );
    expect(() => checkParameterSettings(setting('R', 'config'), rules, other)).not.toThrow();
    expect(() => checkParameterSettings(setting('P', 'option'), rules, other)).not.toThrow();
  });
});
