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

test('exclusions are the tests under a top-level negation', () => {
  const { exclusions, condition } = explain(rule, [rule]);
  expect(exclusions).toEqual([
    { field: 'errorCode', kind: 'is_not_null', value: null },
    { field: 'userIdentity.arn', kind: 'contains', value: 'ci' },
    { field: 'userIdentity.arn', kind: 'contains', value: 'bot' },
  ]);
  expect(condition).toHaveLength(3);
});
