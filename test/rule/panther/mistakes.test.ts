/** Typical mistakes of somebody who writes a first rule: the error says what to write instead. */
import { describe, expect, test } from 'vitest';
import { ruleText, ruleWith } from '../../support/rules.js';
import { readRule } from '../../../src/rule/catalog/read.js';

const OK = '  - { KeyPath: eventName, Condition: Equals, Value: CreateUser }';

describe('in a match expression', () => {
  test.each([
    ['Condition: "==", Value: a', 'unknown Condition "==". Did you mean "Equals"?'],
    ['Condition: NotEquals, Value: a', 'Did you mean "DoesNotEqual"?'],
    ['Condition: not_in, Values: [a]', 'Did you mean "IsNotIn"?'],
    ['Condition: ">=", Value: 1', 'Did you mean "IsGreaterThanOrEquals"?'],
    ['Condition: Regex, Value: a', 'Did you mean "MatchesRegex"?'],
    ['Condition: Like, Value: a', 'Did you mean "MatchesWildcard"?'],
    ['Condition: InCIDR, Value: 10.0.0.0/8', 'Did you mean "IsIPAddressInCIDR"?'],
    ['Condition: Exists, Value: false', 'Exists takes no Value: use DoesNotExist'],
    ['Condition: IsNull, Value: true', /IsNull takes no Value$/],
    ['Condition: IsIn, Value: { Key: awsRegion }', 'it takes no field. Equals, StartsWith, '],
    [
      'Condition: IsIPAddressInCIDR, Value: "10.0.0.0/8, 192.168.0.0/16"',
      'is not a network: several are a list, [10.0.0.0/8, 192.168.0.0/16]',
    ],
    [
      'Condition: IsGreaterThan, Value: 2026-01-14',
      '"2026-01-14" is not a number: for a window of time, use --since and --until',
    ],
    [
      'Condition: MatchesRegex, Value: "^(?!Describe)"',
      'lookaround is not supported: the engines do not read it alike. Test what must not match',
    ],
  ])('%s', (test_, message) =>
    expect(() => ruleWith(`  - { KeyPath: requestParameters.a, ${test_} }`)).toThrow(message),
  );

  test.each([
    ['{ KeyPath: $.userIdentity.arn, Condition: Exists }', 'is written userIdentity.arn here'],
    [
      '{ KeyPath: "requestParameters.items[*].a", Condition: Exists }',
      'is written requestParameters.items[].a here',
    ],
    ['{ KeyPath:eventName, Condition: Exists }', 'Put a blank after the colon: KeyPath: eventName'],
    ['eventName == CreateUser', 'must be a mapping, as { KeyPath: eventName, Condition: Equals'],
    [
      'Any: { KeyPath: eventName, Condition: Exists }',
      'Any must be a list of match expressions: b',
    ],
    ['{ Any: [], None: [] }', 'Any and None are two entries: begin each with a dash'],
    ['Calls: [iam: CreateUser]', 'a call has no blank after its colon: iam:CreateUser'],
    [
      'Calls: iam:CreateUser, iam:DeleteUser',
      'several are a list, [iam:CreateUser, iam:DeleteUser]',
    ],
  ])('%s', (match, message) => expect(() => ruleWith(`  - ${match}`)).toThrow(message));

  test('an error about a value stands at the value', () =>
    expect(() =>
      ruleWith('  - { KeyPath: eventName, Condition: IsIPAddressInCIDR, Value: x }'),
    ).toThrow('rule.yml:7:64: IsIPAddressInCIDR takes networks'));
});

test.each([
  ['OutputFields: eventName, awsRegion', 'OutputFields are a list: [eventName, awsRegion]'],
  ['GroupBy: [awsRegion]', 'a field must be a mapping: { KeyPath: awsRegion }'],
  [
    'AlertContext: { who: userIdentity.arn }',
    'AlertContext must be a list: - { KeyName: who, KeyValue: { KeyPath: userIdentity.arn } }',
  ],
  ['Tests: [{ Name: a, ExpectedResult: true, Log: "{}" }]', 'as a mapping and not as a text'],
])('beside it: %s', (more, message) => expect(() => ruleWith(OK, more)).toThrow(message));

test('a rule of Panther with detection in lower case is none of Sigma', () =>
  expect(() => readRule(ruleText(OK).replace('Detection:', 'detection:'), 'rule.yml')).toThrow(
    'the rule has an unknown key "detection". Did you mean "Detection"?',
  ));
