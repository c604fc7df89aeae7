/** The value beside each test of `hunt why`: bounded, harmless, and the one that the test looks at. */
import { expect, test } from 'vitest';
import { actualText } from '../../../src/cli/events/actual-values.js';
import { toRecord } from '../../../src/cloudtrail/record.js';
import type { Condition } from '../../../src/rule/condition/condition.js';

const record = toRecord(
  {
    eventName: 'CreateSecurityGroup',
    managementEvent: true,
    userIdentity: { arn: 'arn:a', sessionContext: { sessionIssuer: { userName: 'Admin' } } },
    resources: [{ ARN: 'arn:b' }, { ARN: 'arn:c' }],
    requestParameters: {
      port: 22,
      instanceid: 'i-1',
      items: [{ cidr: '10.0.0.0/8' }, { cidr: '0.0.0.0/0' }, 'x'],
      many: Array.from({ length: 9 }, (_, index) => ({ n: index })),
      long: 'x'.repeat(1_000_000),
      escape: '\u001b[2J\u202e',
      policy: '{"Statement":[{"Effect":"Allow"}]}',
      nothing: null,
    },
  },
  'event.json',
);
const at = { file: 'rule.yml', line: 1, column: 1 };
const testing = (field: string, given: { readonly spread?: true } = {}): Condition => ({
  ...given,
  kind: 'test',
  field: field.split('.'),
  op: 'isNotNull',
  ignoreCase: false,
  values: [],
  at,
});

test.each([
  ['eventName', '"CreateSecurityGroup"'],
  ['EVENTNAME', '"CreateSecurityGroup"'],
  ['managementEvent', '"true"'],
  ['useridentity.ARN', '"arn:a"'],
  ['userIdentity.sessionContext.sessionIssuer.userName', '"Admin"'],
  ['resources', '[{"arn":"arn:b"},{"arn":"arn:c"}]'],
  ['requestParameters.port', '22'],
  ['requestParameters.instanceid', '"i-1"'],
  ['requestparameters.InstanceId', 'missing'],
  ['requestParameters.items.cidr', 'missing'],
  ['requestParameters.items.1.cidr', '"0.0.0.0/0"'],
  ['requestParameters.escape', '"\\u001b[2J\\u202e"'],
  ['requestParameters.policy.Statement.0.Effect', '"Allow"'],
  ['requestParameters.nothing', 'missing'],
  ['errorCode', 'missing'],
  ['toString', 'missing'],
])('%s is %s', (field, expected) => expect(actualText(testing(field), record)).toBe(expected));

test.each([
  ['eventName', '"CreateSecurityGroup"'],
  ['resources.ARN', '"arn:b", "arn:c"'],
  ['requestParameters.items.cidr', '"10.0.0.0/8", "0.0.0.0/0"'],
  ['requestParameters.items.Cidr', 'missing'],
  ['requestParameters.items.1.cidr', 'missing'],
  ['requestParameters.many.n', '0, 1, 2, 3, 4 and 4 more'],
  ['requestParameters.policy.Statement.Effect', '"Allow"'],
])('%s is %s for a test that looks into lists', (field, expected) =>
  expect(actualText(testing(field, { spread: true }), record)).toBe(expected),
);

test('a long value is cut', () => {
  expect(actualText(testing('requestParameters.long'), record)?.length).toBeLessThan(130);
});

test('a comparison shows both values, and a combination none', () => {
  const left = ['eventName'];
  const compare: Condition = {
    kind: 'compare',
    left,
    right: ['errorCode'],
    op: 'equals',
    ignoreCase: false,
    at,
  };
  expect(actualText(compare, record)).toBe('"CreateSecurityGroup" and missing');
  expect(actualText({ kind: 'all', of: [compare] }, record)).toBeUndefined();
});
