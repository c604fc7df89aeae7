/** What `hunt explain` says about a rule among the others of a catalogue. */
import { expect, test } from 'vitest';
import { explain } from '../../src/rule/explain.js';
import type { Rule } from '../../src/rule/rule.js';
import { ruleWith } from '../support/rules.js';
import { sigmaRule } from '../support/sigma.js';

const named = (id: string, detection: string): Rule => ({ ...ruleWith(detection), id, name: id });
const list = (...names: readonly string[]): string =>
  `{ Key: eventName, Condition: IsIn, Values: [${names.join(', ')}] }`;

const rule = named(
  'A',
  `  - ${list('CreateUser', 'DeleteUser')}
  - { Key: userAgent, Condition: MatchesWildcard, Value: aws* }
  - None:
      - { Key: errorCode, Condition: IsNotNull }
      - { KeyPath: userIdentity.arn, Condition: Contains, Values: [ci, bot] }`,
);
const others = [
  named(
    'B',
    `  - ${list('DeleteUser', 'CreateGroup')}\n  - { Key: userAgent, Condition: Contains, Value: aws* }`,
  ),
  named('C', '  - { Key: eventName, Condition: Equals, Value: CreateUser }'),
  named('D', `  - None: [${list('CreateUser')}]`),
  named('E', '  - { Key: eventName, Condition: StartsWith, Value: CreateUser }'),
];

test('rules that look for the same calls are named, and the rule itself is not', () => {
  const sigma = sigmaRule('  one: { eventName: createuser }\n  condition: one');
  const { sameAction } = explain(rule, [rule, ...others, { ...sigma, id: 'F', name: 'F' }]);
  expect(sameAction.map(({ id }) => id)).toEqual(['B', 'C', 'F']);
});

test('indicators are the positive tests, with how many other rules have each', () => {
  const { indicators } = explain(rule, [rule, ...others]);
  expect(indicators).toEqual([
    {
      field: 'eventName',
      kind: 'in',
      values: [
        { value: 'CreateUser', corpus: 1 },
        { value: 'DeleteUser', corpus: 1 },
      ],
    },
    { field: 'userAgent', kind: 'match', values: [{ value: 'aws*', corpus: 0 }] },
  ]);
});

test('exclusions are the top-level negations, with the values that they test', () => {
  const { excludedEvents, exclusions, condition } = explain(rule, [rule]);
  expect(excludedEvents).toEqual([
    'errorCode is_not_null or (userIdentity.arn contains "ci" or userIdentity.arn contains "bot")',
  ]);
  expect(exclusions).toEqual([
    { field: 'errorCode', kind: 'is_not_null', value: null },
    { field: 'userIdentity.arn', kind: 'contains', value: 'ci' },
    { field: 'userIdentity.arn', kind: 'contains', value: 'bot' },
  ]);
  expect(condition).toHaveLength(3);
});

test('what an inner negation keeps is not excluded', () => {
  const { excludedEvents, exclusions } = explain(
    ruleWith(`  - None:
      - All:
          - { KeyPath: userIdentity.arn, Condition: Contains, Value: Deploy }
          - { Key: userAgent, Condition: DoesNotContain, Value: console }`),
    [],
  );
  expect(excludedEvents).toEqual([
    'userIdentity.arn contains "Deploy" and not (userAgent contains "console")',
  ]);
  expect(exclusions).toEqual([{ field: 'userIdentity.arn', kind: 'contains', value: 'Deploy' }]);
});

test('an exclusion that compares two fields is one, and elements keep their list', () => {
  const { excludedEvents, exclusions } = explain(
    ruleWith(`  - { Key: awsRegion, Condition: DoesNotEqual, Value: { KeyPath: userAgent } }
  - KeyPath: requestParameters.items
    Condition: NoElement
    Expressions: [{ Key: port, Condition: Equals, Value: 443 }]`),
    [],
  );
  expect(excludedEvents).toEqual([
    'awsRegion equals field userAgent',
    'any of requestParameters.items[] (port equals "443")',
  ]);
  expect(exclusions).toEqual([
    { field: 'requestParameters.items[].port', kind: 'equals', value: '443' },
  ]);
});

test('a part of a time is another indicator than the time, or than another part', () => {
  const at = (part: string): Rule => ({
    ...sigmaRule(`  one: { eventTime|${part}: 3 }\n  condition: one`),
    id: part,
  });
  const { indicators } = explain(at('hour'), [at('hour'), at('month')]);
  expect(indicators).toEqual([
    { field: 'hour of eventTime', kind: 'equals', values: [{ value: '3', corpus: 0 }] },
  ]);
});

test('the severities that a rule may give are said with their conditions', () => {
  const dynamic = ruleWith(
    '  - { Key: userAgent, Condition: Exists }',
    'DynamicSeverities: [{ ChangeTo: Info, Conditions: [{ Key: awsRegion, Condition: IsNull }] }]',
  );
  expect(explain(dynamic, []).dynamicSeverities).toEqual([
    { severity: 'Info', condition: 'awsRegion is_null' },
  ]);
});
