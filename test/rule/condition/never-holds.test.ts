/** What is said of a rule that no event can meet, and that nothing is said of others. */
import { expect, test } from 'vitest';
import { bind } from '../../../src/rule/bind.js';
import { builtInUntested } from '../../../src/rule/catalog/built-in.js';
import { neverHolding } from '../../../src/rule/condition/never-holds.js';
import type { Rule } from '../../../src/rule/rule.js';
import { ruleWith } from '../../support/rules.js';
import { sigmaEntry } from '../../support/sigma.js';

const saidOf = (rule: Rule): readonly string[] =>
  neverHolding(rule.condition, bind(rule, new Map()).condition);
const saidOfMatches = (...matches: readonly string[]): readonly string[] =>
  saidOf(ruleWith(matches.map((match) => `  - { ${match} }`).join('\n')));

test.each([
  [
    'Key: eventName, Condition: Equals, Value: Delete*',
    'no event has the eventName "Delete*": * and ? stand for themselves here: use MatchesWildcard',
  ],
  [
    'Key: eventName, Condition: IIsIn, Values: [CreateUser, "iam:CreateRole"]',
    'no event has the eventName "iam:CreateRole": it is the name alone, CreateRole. For the call of one service, use Calls: [iam:CreateRole]',
  ],
  [
    'None: [{ Key: EventName, Condition: Equals, Value: Create User }]',
    'no event has the EventName "Create User": a name has no blank',
  ],
  [
    'Key: eventSource, Condition: Equals, Value: iam',
    'no event has the eventSource "iam": it is a domain. Did you mean "iam.amazonaws.com"?',
  ],
  [
    'Key: eventSource, Condition: IsNotIn, Values: ["*.amazonaws.com"]',
    'no event has the eventSource "*.amazonaws.com": * and ? stand for themselves here: use MatchesWildcard',
  ],
  [
    'KeyPath: requestParameters.a, Condition: Contains, Values: []',
    'a test without values holds for no event: requestParameters.a contains []',
  ],
  [
    'None: [{ KeyPath: requestParameters.a, Condition: IsNotIn, Values: [] }]',
    'a test without values holds for no event: requestParameters.a in []',
  ],
  [
    'Key: resources, Condition: AnyElement, Expressions: [{ Key: arn, Condition: IsIn, Values: [] }]',
    'a test without values holds for no event: arn in []',
  ],
  [
    'Key: sourceIPAddress, Condition: Equals, Value: 10.0.0.0/8',
    'no event has the sourceIPAddress "10.0.0.0/8": it is a network: use IsIPAddressInCIDR (in Sigma, |cidr)',
  ],
  [
    'Key: awsRegion, Condition: IsIn, Values: [us-east-1, eu-west-1a]',
    'no event has the awsRegion "eu-west-1a": the region is "eu-west-1"',
  ],
  [
    'Key: awsRegion, Condition: Equals, Value: US-EAST-1',
    'no event has the awsRegion "US-EAST-1": the region is "us-east-1"',
  ],
  [
    'KeyPath: userIdentity.accountId, Condition: Equals, Value: 1122-3344-5566',
    'no event has the userIdentity.accountId "1122-3344-5566": an account is written "112233445566"',
  ],
  [
    'KeyPath: userIdentity.accountId, Condition: Equals, Value: 12345678901',
    'no event has the userIdentity.accountId "12345678901": an account has 12 digits. Did you mean "012345678901"?',
  ],
  [
    'Key: readOnly, Condition: Equals, Value: "no"',
    'no event has the readOnly "no": it is "true" or "false"',
  ],
  [
    'KeyPath: userIdentity.type, Condition: Equals, Value: AssumeRole',
    'no event has the userIdentity.type "AssumeRole": did you mean "AssumedRole"?',
  ],
  [
    'Key: eventType, Condition: Equals, Value: AwsApicall',
    'no event has the eventType "AwsApicall": did you mean "AwsApiCall"?',
  ],
  ...['Equals, Value: 2026-01-14', 'StartsWith, Value: "2026-01-14T09:30:00+02:00"'].map(
    (asked): [string, string] => [
      `Key: eventTime, Condition: ${asked}`,
      `no event has the eventTime ${/"/.test(asked) ? '"2026-01-14T09:30:00+02:00"' : '"2026-01-14"'}: CloudTrail writes it in UTC, as 2026-01-14T09:30:00Z. For a window of time, use --since and --until`,
    ],
  ),
  [
    'Key: eventTime, Condition: IsGreaterThan, Value: 1700000000',
    'eventTime is a text and no number, so the test holds for no event. For a window of time, use --since and --until',
  ],
  [
    'Key: recipientAccountId, Condition: DoesNotEqual, Value: userIdentity.accountId',
    '"userIdentity.accountId" is compared as a text. For the value of the field, write Value: { KeyPath: userIdentity.accountId } (in Sigma, |fieldref)',
  ],
  [
    'KeyPath: requestParameters.items, Condition: AnyElement, Expressions: [{ KeyPath: requestParameters.items.a, Condition: Exists }]',
    'the fields of Expressions start at the element, and requestParameters.items.a is no part of it. For a field of the event, use EventKeyPath',
  ],
  [
    'Key: requestParameters, Condition: AnyElement, Expressions: [{ Key: a, Condition: Exists }]',
    'requestParameters is an object, and a test of its elements holds for no event: name the list in it, as requestParameters.items',
  ],
  ...[
    'Key: responseElements, Condition: IsNotNullOrEmpty',
    'None: [{ Key: responseElements, Condition: IsNullOrEmpty }]',
    'Key: responseElements, Condition: IsGreaterThan, Value: 1',
    'Key: responseElements, Condition: IsIPAddressInCIDR, Value: 10.0.0.0/8',
  ].map((match): [string, string] => [
    match,
    'responseElements is an object, and a test of it as one value holds for no event: test a field in it, or the whole with Exists (in Sigma, exists: true)',
  ]),
])('a test that holds for no event: %s', (match, said) =>
  expect(saidOfMatches(match)).toEqual([said]),
);

test('parts that exclude each other', () => {
  const [one, two] = ['IIsIn, Values: [A, B]', 'Equals, Value: C'];
  expect(
    saidOfMatches(`Key: eventName, Condition: ${one}`, `KeyPath: EVENTNAME, Condition: ${two}`),
  ).toEqual([
    'these exclude each other, so no event meets the rule: eventName iin ["A", "B"]; EVENTNAME equals "C"',
  ]);
  expect(
    saidOfMatches(
      'KeyPath: requestParameters.a, Condition: IsNull',
      'KeyPath: requestParameters.a, Condition: Contains, Value: b',
    ),
  ).toEqual([
    'these exclude each other, so no event meets the rule: requestParameters.a is_null; requestParameters.a contains "b"',
  ]);
});

test('of several parts, two that exclude each other are named, or all that only do together', () => {
  const saidOfLists = (...lists: readonly string[]) =>
    saidOfMatches(...lists.map((list) => `Key: eventName, Condition: IsIn, Values: [${list}]`));
  const exclude = 'these exclude each other, so no event meets the rule: ';
  expect(saidOfLists('A, B, C', 'A, B', 'B, C', 'D', 'E')).toEqual([
    `${exclude}eventName in ["A", "B", "C"]; eventName in ["D"]`,
  ]);
  expect(saidOfLists('A, B', 'B, C', 'A, C')).toEqual([
    `${exclude}eventName in ["A", "B"]; eventName in ["B", "C"]; eventName in ["A", "C"]`,
  ]);
});

test.each([
  ['Key: eventName, Condition: Equals, Value: GET_v1.users-list'],
  ['Key: eventName, Condition: MatchesWildcard, Value: Delete*'],
  ['Key: eventSource, Condition: Equals, Value: signin.amazonaws.com'],
  // The same name in an element of a list is another field.
  [
    'KeyPath: requestParameters.items, Condition: AnyElement, Expressions: [{ Key: eventName, Condition: Equals, Value: a b }]',
  ],
  // An exclusion that excludes nothing yet.
  ['KeyPath: requestParameters.a, Condition: IsNotIn, Values: []'],
  [
    'None: [{ Key: userAgent, Condition: Contains, Values: [] }, { Key: eventType, Condition: IsIn, Values: [] }]',
  ],
  [
    'Key: resources, Condition: NoElement, Expressions: [{ Key: arn, Condition: IsIn, Values: [] }]',
  ],
  // Objects: as a whole, as text, and where no element is asked for.
  [
    'Key: requestParameters, Condition: Exists',
    'Key: requestParameters, Condition: Contains, Value: a',
    'Key: responseElements, Condition: IsNullOrEmpty',
    'Key: responseElements, Condition: DoesNotHave, Value: a',
    'KeyPath: requestParameters.a, Condition: IsNotNullOrEmpty',
    'KeyPath: requestParameters.a, Condition: Has, Value: a',
  ],
  // Values that fields have, and beginnings of times.
  [
    'Key: readOnly, Condition: Equals, Value: False',
    'Key: awsRegion, Condition: IIsIn, Values: [US-GOV-WEST-1, aws-global]',
    'KeyPath: userIdentity.type, Condition: IsIn, Values: [Root, NewKindOfCaller]',
    'Key: sourceIPAddress, Condition: IsIn, Values: [AWS Internal, 10.0.0.1, "2001:db8::1"]',
    'KeyPath: userIdentity.accountId, Condition: IsIn, Values: [112233445566, 1, anonymous]',
    'Any: [{ Key: eventTime, Condition: StartsWith, Values: ["2026-01", "2026-01-14T09"] }, { Key: eventTime, Condition: Equals, Value: "2026-01-14T09:30:00Z" }]',
    'KeyPath: requestParameters.items, Condition: AnyElement, Expressions: [{ KeyPath: userIdentity.arn, Condition: Equals, Value: { EventKeyPath: userIdentity.arn } }]',
  ],
  // One of several is enough.
  [
    'Any: [{ Key: eventName, Condition: Equals, Value: A }, { Key: eventName, Condition: Equals, Value: B }]',
    'Key: eventName, Condition: Equals, Value: B',
  ],
  [
    'KeyPath: requestParameters.a, Condition: IsNull',
    'KeyPath: requestParameters.A, Condition: Equals, Value: b',
  ],
  [
    'KeyPath: requestParameters.a, Condition: IsNull',
    'KeyPath: requestParameters.a, Condition: DoesNotContain, Value: b',
    'KeyPath: requestParameters.a, Condition: IsNullOrEmpty',
  ],
])('nothing is said of what can hold: %s', (...matches) =>
  expect(saidOfMatches(...matches)).toEqual([]),
);

test("nothing is said of Sigma's wildcards, nor of a parameter without values", () => {
  expect(saidOf(sigmaEntry("eventName: 'Delete*'"))).toEqual([]);
  const parameters = 'Parameters: { NAMES: { Default: [] } }';
  const named = '  - { Key: eventName, Condition: IsIn, Values: $NAMES }';
  expect(saidOf(ruleWith(named, parameters))).toEqual([]);
});

test('nothing is said of the pack', () => {
  expect(builtInUntested().flatMap(saidOf)).toEqual([]);
});
