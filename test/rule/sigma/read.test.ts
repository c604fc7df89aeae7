import { describe, expect, test } from 'vitest';
import { bind } from '../../../src/rule/bind.js';
import { conjunctsOf } from '../../../src/rule/condition/condition.js';
import { notation } from '../../../src/rule/condition/notation.js';
import { readRule } from '../../../src/rule/catalog/read.js';
import { buildQuery } from '../../../src/query/build.js';
import { eventNamesOf } from '../../../src/query/required.js';
import { sigmaEntry, sigmaRule } from '../../support/sigma.js';

const condition = (rule: ReturnType<typeof sigmaRule>): string => notation(rule.condition);

test("a rule's metadata is read", () => {
  const rule = readRule(
    `title: Trail silenced
id: 6d9f8a54-0f5c-4a50-9d0c-0d5a3a7c1f11
status: test
description: |
  Someone stopped a trail.
references: [https://example.org/a, https://example.org/b]
author: somebody
date: 2026-01-02
tags: [attack.defense-evasion, attack.t1562.008, cve.2026.1]
logsource:
  product: aws
  service: cloudtrail
  definition: management events
detection:
  selection:
    eventSource: cloudtrail.amazonaws.com
    eventName: [StopLogging, DeleteTrail]
  filter_role:
    userIdentity.arn|contains: ':assumed-role/Deploy/'
  condition: selection and not 1 of filter_*
fields: [userIdentity.arn, awsRegion]
falsepositives: [deployments]
level: informational
x-team: ours
`,
    'trail.yml',
  );
  expect(rule).toMatchObject({
    id: '6d9f8a54-0f5c-4a50-9d0c-0d5a3a7c1f11',
    name: 'Trail silenced',
    severity: 'Info',
    description: 'Someone stopped a trail.',
    reference: 'https://example.org/a https://example.org/b',
    tags: ['attack.defense-evasion', 'attack.t1562.008', 'cve.2026.1'],
    mitre: [{ tactic: 'TA0005', technique: 'T1562.008' }],
    parameters: [],
    outputFields: ['userIdentity.arn', 'awsRegion'],
    tests: [],
    file: 'trail.yml',
  });
  expect(conjunctsOf(rule.condition).map(notation)).toEqual([
    'eventSource iequals "cloudtrail.amazonaws.com"',
    'eventName iin ["StopLogging", "DeleteTrail"]',
    'not (userIdentity.arn icontains ":assumed-role/Deploy/")',
  ]);
});

test('without an id the title is one, and without a level the severity is medium', () =>
  expect(sigmaEntry('eventName: a')).toMatchObject({ id: 'A test', severity: 'Medium' }));

describe('ATT&CK in tags', () => {
  test.each([
    ['attack.stealth', [{ tactic: 'TA0005' }]],
    ['attack.defense-impairment', [{ tactic: 'TA0112' }]],
    ['attack.T1098', [{ tactic: undefined, technique: 'T1098' }]],
    [
      'attack.persistence, attack.t1098, attack.t1136.003',
      [
        { tactic: 'TA0003', technique: 'T1098' },
        { tactic: 'TA0003', technique: 'T1136.003' },
      ],
    ],
    [
      'attack.t1098, attack.persistence, attack.privilege_escalation, attack.g0016',
      [
        { tactic: 'TA0003', technique: undefined },
        { tactic: 'TA0004', technique: undefined },
        { tactic: undefined, technique: 'T1098' },
      ],
    ],
  ])('%s', (tags, mitre) =>
    expect(sigmaRule('  one: { eventName: a }\n  condition: one', `tags: [${tags}]`).mitre).toEqual(
      mitre.map((label) => ({ technique: undefined, ...label })),
    ),
  );
});

describe('an entry is one test', () => {
  test.each([
    ['userAgent: curl', 'userAgent iequals "curl"'],
    ['userAgent: [curl, wget]', 'userAgent iin ["curl", "wget"]'],
    ["userAgent: ['curl*', wget]", '(userAgent istarts_with "curl" or userAgent iequals "wget")'],
    ["userAgent: '*curl'", 'userAgent iends_with "curl"'],
    ["userAgent: '*curl*'", 'userAgent icontains "curl"'],
    ["userAgent: 'c?rl*'", 'userAgent iwildcard "c?rl*"'],
    ["userAgent: 'c\\*l'", 'userAgent iequals "c*l"'],
    ["userAgent: 'c\\\\*'", 'userAgent istarts_with "c\\\\"'],
    ["userAgent: 'c\\\\\\*'", 'userAgent iequals "c\\\\*"'],
    ["userAgent: 'a\\b'", 'userAgent iequals "a\\\\b"'],
    ["userAgent: '\\*?'", 'userAgent iescaped_wildcard "\\\\*?"'],
    ["userAgent: ''", 'userAgent iequals ""'],
    ["userAgent: 'null'", 'userAgent iequals "null"'],
    ['userAgent: null', 'userAgent is_null'],
    ['userAgent:', 'userAgent is_null'],
    ["userAgent: [null, '']", '(userAgent is_null or userAgent iequals "")'],
    ["userAgent|contains: '*'", 'userAgent iwildcard "*"'],
    ["userAgent|contains: ''", 'userAgent iwildcard "*"'],
    ["userAgent|contains: 'a*b'", 'userAgent iwildcard "*a*b*"'],
    ['userAgent|startswith: [a, b]', '(userAgent istarts_with "a" or userAgent istarts_with "b")'],
    ['userAgent|contains|all: [a, b]', '(userAgent icontains "a" and userAgent icontains "b")'],
    ['userAgent|endswith|cased: A', 'userAgent ends_with "A"'],
    ['userAgent|cased: A', 'userAgent equals "A"'],
    ['userAgent|neq: [a, b]', 'not (userAgent iin ["a", "b"])'],
    ['userAgent|exists: true', 'userAgent is_not_null'],
    ['userAgent|exists: false', 'userAgent is_null'],
    ['readOnly: True', 'readOnly iequals "true"'],
    ['requestParameters.fromPort: 022', 'requestParameters.fromPort iequals "022"'],
    ['requestParameters.fromPort|gte: 22', 'requestParameters.fromPort >= "22"'],
    ['requestParameters.fromPort|lt: 1.5', 'requestParameters.fromPort < "1.5"'],
    ['sourceIPAddress|cidr: [10.0.0.0/8, "2001:db8::/32"]', 'sourceIPAddress in_cidr'],
    ["userAgent|re: '^a.c$'", 'userAgent regex "^a.c$"'],
    ["userAgent|re|s|i: 'a.c'", 'userAgent regex "(?is)a.c"'],
    [
      'userIdentity.arn|fieldref|endswith: requestParameters.userName',
      'userIdentity.arn iends_with field requestParameters.userName',
    ],
    ['resources.ARN|startswith: a', 'resources.ARN istarts_with "a"'],
    ['status: success', 'false (CloudTrail documents no field status)'],
    ['status: null', 'true (CloudTrail documents no field status)'],
  ])('%s', (entry, expected) => expect(condition(sigmaEntry(entry))).toContain(expected));

  test('windash leaves a dash inside a word alone', () =>
    expect(sigmaEntry("userAgent|windash: 'a-b c/d'").condition).toMatchObject({
      op: 'equals',
      values: ['a-b c/d'],
    }));
  test('windash writes each flag in each way', () =>
    expect(sigmaEntry("requestParameters.command|windash|contains: ' -x'")).toMatchObject({
      condition: { op: 'contains', values: [' -x', ' /x', ' –x', ' —x', ' ―x'] },
    }));
});

test('names of events in any case are a stage of the funnel, and are looked up in lower case', () => {
  const rule = sigmaEntry('eventName: StopLogging, userAgent: a');
  const options = { exclusions: true, filters: [] };
  const query = buildQuery(
    [bind(rule, new Map())],
    { since: undefined, until: undefined },
    options,
  );
  expect(query.rules[0]?.selection).toMatchObject([{ text: 'eventName iequals "StopLogging"' }]);
  expect(eventNamesOf(query)).toEqual(new Set(['stoplogging']));
});

test('fields that CloudTrail does not have are not shown', () => {
  const rule = sigmaRule(
    '  one: { userAgent: a }\n  condition: one',
    'fields: [eventName, CommandLine, userIdentity.arn]',
  );
  expect(rule.outputFields).toEqual(['eventName', 'userIdentity.arn']);
});
