/** What is said of names of calls and services that are probably others, and that nothing is said of real ones. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { bind } from '../../../src/rule/bind.js';
import { builtInUntested } from '../../../src/rule/catalog/built-in.js';
import { doubtsOf } from '../../../src/rule/catalog/doubts.js';
import { misspeltNames } from '../../../src/rule/calls/misspelt-names.js';
import { misspeltServices } from '../../../src/rule/calls/misspelt-services.js';
import type { Rule } from '../../../src/rule/rule.js';
import { ruleWith } from '../../support/rules.js';
import { sigmaEntry } from '../../support/sigma.js';

const saidOf = (rule: Rule): readonly string[] => doubtsOf(bind(rule, new Map()));
const saidOfMatches = (...matches: readonly string[]): readonly string[] =>
  saidOf(ruleWith(matches.map((match) => `  - { ${match} }`).join('\n')));

const named = (name: string): string => `Key: eventName, Condition: Equals, Value: ${name}`;
const of = (source: string): string => `Key: eventSource, Condition: Equals, Value: ${source}`;

test.each([
  [[named('AuthorizeSecuritGroupIngress')], 'AuthorizeSecurityGroupIngress'],
  [[named('CreateAcessKey')], 'CreateAccessKey'],
  [[named('ConsolLogin')], 'ConsoleLogin'],
  // The plural, and the case of letters.
  [[named('DeleteTrails')], 'DeleteTrail'],
  [[named('createUser')], 'CreateUser'],
  [[of('iam.amazonaws.com'), named('CreateUsr')], 'CreateUser'],
  // CloudTrail adds the version of the API.
  [[named('UpdateFunctionCde20150331v2')], 'UpdateFunctionCode20150331v2'],
  [[`None: [{ ${named('DeletTrail')} }]`], 'DeleteTrail'],
  [['Calls: [s3:PutBucketPolcy]'], 'PutBucketPolicy'],
])('a misspelt call: %j', (matches, meant) => {
  const [said = '', ...others] = saidOfMatches(...matches);
  expect(said).toMatch(/^hunt knows no call /);
  expect(said).toContain(`Did you mean "${meant}"?`);
  expect(others).toEqual([]);
});

test('Sigma compares in any case', () => {
  expect(saidOf(sigmaEntry('eventName: createuser'))).toEqual([]);
  expect(saidOf(sigmaEntry('eventName: [CreateUser, deletetral]'))).toEqual([
    'hunt knows no call deletetral. Did you mean "DeleteTrail"?',
  ]);
});

test.each([
  [[of('iam.amazonaws.com'), named('RunInstances')], 'ec2.amazonaws.com', 'iam.amazonaws.com'],
  [['Calls: [iam:RunInstances]'], 'ec2.amazonaws.com', 'iam.amazonaws.com'],
  [
    [
      `Any: [{ All: [{ ${of('sts.amazonaws.com')} }, { ${named('PutBucketPolicy')} }] }, { ${named('CreateUser')} }]`,
    ],
    's3.amazonaws.com',
    'sts.amazonaws.com',
  ],
])('a call of another service: %j', (matches, known, asked) => {
  const [said = '', ...others] = saidOfMatches(...matches);
  expect(said).toContain(` only as a call of ${known}`);
  expect(said).toContain(
    `, and the rule asks for ${asked} beside it: as far as hunt knows, no event has both`,
  );
  expect(others).toEqual([]);
});

test.each([
  ['ec2.amazonaws.co', 'ec2.amazonaws.com'],
  ['ec2.amazon.com', 'ec2.amazonaws.com'],
  ['gaurdduty.amazonaws.com', 'guardduty.amazonaws.com'],
  ['iamm.amazonaws.com', 'iam.amazonaws.com'],
  ['cloudwatch.amazonaws.com', 'monitoring.amazonaws.com'],
])('a misspelt service: %s', (source, meant) =>
  expect(saidOfMatches(of(source))).toEqual([
    `hunt knows no service ${source}. Did you mean "${meant}"?`,
  ]),
);

test.each([
  // AWS adds calls every week: their names are made of known words.
  [[named('PutSecurityGroupPolicy')]],
  [[of('ec2.amazonaws.com'), named('DescribeSecurityGroupPolicy')]],
  [[named('RotateZebras')]],
  [[of('newservice.amazonaws.com'), named('CreateThing')]],
  // Many services have a call of this name, and another may get one.
  [[of('ec2.amazonaws.com'), named('CreateUser')]],
  [[named('CreateFunction20150331')]],
  // Another service has the singular.
  [[of('kinesis.amazonaws.com'), named('DeleteTrails')]],
  // Of the console, and in no API.
  [[of('quicksight.amazonaws.com'), named('BatchCreateUser')]],
  [[of('cloudfront.amazonaws.com'), named('UpdateDistribution2020_05_31')]],
  [[of('signin.amazonaws.com'), named('ConsoleLogin')]],
  [[of('s3.amazonaws.com'), named('ListObjects')]],
  // An exclusion is for more rules than this one.
  [[of('iam.amazonaws.com'), `None: [{ ${named('RunInstances')} }]`]],
  [['Calls: [iam:CreateUser, ec2:RunInstances]']],
  [[of('kms.amazonaws.com.cn')]],
  [['Key: eventName, Condition: StartsWith, Value: AuthorizeSecuritGroup']],
])('nothing is said of %j', (matches) => expect(saidOfMatches(...matches)).toEqual([]));

test('nothing is said of the pack, nor of a call that hunt knows', () => {
  for (const { condition } of builtInUntested().map((rule) => bind(rule, new Map())))
    expect([...misspeltNames(condition), ...misspeltServices(condition)]).toEqual([]);
  const lines = readFileSync(new URL('../../../data/calls.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => /^[a-z]/.test(line));
  const calls = lines.map((line) => {
    const [service, ...names] = line.split(' ');
    return `All: [{ ${of(`${service}.amazonaws.com`)} }, { Key: eventName, Condition: IsIn, Values: [${names.join(', ')}] }]`;
  });
  expect(saidOfMatches(`Any: [${calls.map((one) => `{ ${one} }`).join(', ')}]`)).toEqual([]);
});
