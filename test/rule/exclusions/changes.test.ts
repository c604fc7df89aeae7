/** What `exclusions` and `allow` of `hunt.yml` change, from the file to the ledger of a report. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readConfig } from '../../../src/cli/options/hunt-yml/config.js';
import { conditionResults } from '../../../src/hunt/condition-results.js';
import { toolCondition, toolNames } from '../../../src/rule/catalog/tools.js';
import { readRule } from '../../../src/rule/catalog/read.js';
import type { Condition } from '../../../src/rule/condition/condition.js';
import { checkRemovals, concernsNone, withChanges } from '../../../src/rule/exclusions/changes.js';
import type { Rule } from '../../../src/rule/rule.js';
import { callEvent } from '../../support/arbitrary-call.js';
import { huntEvents, onlySection, openedGroup } from '../../support/hunt-events.js';
import { emptyFolder } from '../../support/run-hunt.js';
import { ruleText } from '../../support/rules.js';

const LIST = `AnalysisType: exclusions
Exclusions:
  - { Name: cryptography, Reason: changes nothing, Calls: ["kms:*crypt", kms:GenerateDataKey] }
  - Name: sign-ins
    Reason: change nothing
    All: [{ Calls: "signin:*" }, { None: [{ Calls: "signin:*Password*" }] }]
  - { Name: services, Reason: nobody called, KeyPath: eventType, Condition: Equals, Value: AwsServiceEvent }
`;

function ruleWithList(): Rule {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'exclusions.yml'), LIST);
  const detection = '  - { Key: readOnly, Condition: Equals, Value: "false" }';
  return readRule(ruleText(detection, 'Exclusions: exclusions.yml'), join(folder, 'rule.yml'));
}

/** The changes that a `hunt.yml` of this text makes. */
function changesOf(text: string) {
  const file = join(emptyFolder(), 'hunt.yml');
  writeFileSync(file, text);
  return readConfig(file)?.exclusions ?? { add: [], remove: [] };
}

/** The findings of these calls, by service and name, and the exclusions that hid the others. */
async function ledger(config: string, calls: readonly string[]) {
  const events = calls.map((call, index) => {
    const [service = '', eventName = ''] = call.split(':');
    return openedGroup({
      eventID: `${index}`,
      eventSource: `${service}.amazonaws.com`,
      eventName,
      readOnly: false,
    });
  });
  const rule = withChanges(ruleWithList(), changesOf(config));
  const report = await huntEvents(events, { rules: [rule] });
  const { exclusions } = onlySection(report);
  return {
    found: report.findings.map(({ eventName }) => eventName).toSorted(),
    hidden: exclusions
      .filter(({ hidden, applied }) => hidden > 0 || !applied)
      .map(({ name, hidden, source, applied }) => [name, hidden, source, applied]),
  };
}

const CALLS = [
  'kms:Encrypt',
  'kms:Decrypt',
  'signin:PasswordUpdated',
  'signin:UserAuthentication',
  's3:PutObject',
];

describe('exclusions', () => {
  test('are added and taken out by name, and both are in the ledger', async () => {
    const config = `exclusions:
  add: [{ name: uploads, reason: they are many, calls: ["s3:Put*"] }]
  remove: [cryptography]
`;
    expect(await ledger(config, CALLS)).toEqual({
      found: ['Decrypt', 'Encrypt', 'PasswordUpdated'],
      hidden: [
        ['sign-ins', 1, 'rule', true],
        ['uploads', 1, 'config', true],
        ['cryptography', 0, 'rule', false],
      ],
    });
  });

  test('a call is taken out of every exclusion that covers it, and of no other', async () => {
    const remove = (call: string) => ledger(`exclusions: { remove: ["${call}"] }`, CALLS);
    const usual = ['PasswordUpdated', 'PutObject'];
    expect((await remove('kms:Decrypt')).found).toEqual(['Decrypt', ...usual]);
    expect((await remove('kms:*')).found).toEqual(['Decrypt', 'Encrypt', ...usual]);
    expect((await remove('signin:*')).found).toEqual([...usual, 'UserAuthentication']);
  });

  test.each([
    [
      'exclusions: { remove: [crpytography] }',
      ':1:24: .*no exclusion "crpytography"\\. Did you mean "cryptography"\\? Exclusions: cryptography, sign-ins, services',
    ],
    // What an exclusion keeps cannot be taken out of it.
    [
      'exclusions: { remove: ["signin:PasswordUpdated"] }',
      ':1:24: .*no exclusion has the call signin:PasswordUpdated',
    ],
    ['exclusions: { remove: ["s3:PutObject"] }', ':1:24: .*no exclusion has the call'],
    ['exclusions: { remove: ["kms: all"] }', ':1:24: exclusions: remove: "kms: all" is no call'],
    ['exclusions: { delete: [a] }', ':1:15: .*exclusions has an unknown key "delete"'],
    ['exclusions: { add: [{ name: a, calls: "a:B" }] }', ':1:21: .*needs reason'],
    ['exclusions: { add: [{ name: a, reason: b, calls: [a] }] }', ':1:51: "a" is no call'],
    [
      'exclusions: { add: [{ name: services, reason: b, calls: "a:B" }] }',
      ':1:21: .*has an exclusion "services" already',
    ],
    [
      'allow: [{ tool: terrafrom, role: "arn:aws:iam::1:role/a", reason: b }]',
      ':1:17: .*Did you mean "terraform"',
    ],
    ['allow: [{ tool: terraform, reason: b }]', ':1:9: .*needs a role or a user with the tool'],
    [
      'allow: [{ account: "111122223333", reason: b }]',
      ':1:9: .*needs a role, a user or a network',
    ],
    ['allow: [{ role: Operator, reason: b }]', ':1:17: .*"Operator" is not the ARN of a role'],
    [
      'allow: [{ role: "arn:aws:sts::1:assumed-role/a/b", reason: b }]',
      ':1:17: .*is a session: write',
    ],
    ['allow: [{ user: dana }]', ':1:9: .*allow needs reason'],
    ['allow: [{ user: dana, account: 1111, reason: b }]', ':1:32: .*"1111" is not an account'],
    ['allow: [{ network: home, reason: b }]', ':1:20: .*"home" is not an address'],
    [
      'allow: [{ call: "ec2:*", resource: sg-1, reason: b }]',
      ':1:9: .*needs a role, a user or a network with the call',
    ],
    ['allow: [{ user: dana, call: ec2, reason: b }]', ':1:29: allow: call: "ec2" is no call'],
    ['allow: [{ user: dana, resource: "*", reason: b }]', ':1:33: .*"\\*" names nothing'],
    [
      'allow: [{ user: dana, until: 2026-02-30, reason: b }]',
      ':1:30: .*until "2026-02-30" is not a day',
    ],
    ['allow: [{ roles: a, reason: b }]', ':1:11: .*unknown key "roles"\\. Did you mean "role"'],
  ])('%s', (config, message) => {
    expect(() => {
      const [changes, rule] = [changesOf(config), ruleWithList()];
      checkRemovals(changes, [rule], () => []);
      withChanges(rule, changes);
    }).toThrow(new RegExp(`hunt\\.yml${message}`));
  });

  test('a rule without a list stays as it is', () => {
    const rule = readRule(ruleText('  - { Key: readOnly, Condition: Exists }'), 'rule.yml');
    expect(withChanges(rule, changesOf('allow: { user: dana, reason: b }'))).toBe(rule);
  });
});

describe('allow', () => {
  const ROLE = 'arn:aws:iam::111122223333:role/ci/Operator';
  const TERRAFORM = 'APN/1.0 HashiCorp/1.0 Terraform/1.9.0 (+https://www.terraform.io)';
  const session = (role: string, name: string, more: object = {}) => ({
    type: 'AssumedRole',
    arn: `arn:aws:sts::111122223333:assumed-role/${role.replace(/^.*\//, '')}/${name}`,
    accessKeyId: 'ASIAEXAMPLE000000000',
    sessionContext: { sessionIssuer: { type: 'Role', arn: role }, ...more },
  });
  const user = { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/dana', userName: 'dana' };
  const root = { type: 'Root', arn: 'arn:aws:iam::111122223333:root' };
  const console = { attributes: { sessionCredentialFromConsole: 'true' } };

  /** Whether an entry leaves out a change by this identity. */
  async function isAllowed(entry: string, userIdentity: object, event: object = {}) {
    const rule = withChanges(ruleWithList(), changesOf(`allow: [{ ${entry}, reason: reviewed }]`));
    const change = { userIdentity, userAgent: TERRAFORM, readOnly: false, ...event };
    const report = await huntEvents([openedGroup(change)], { rules: [rule] });
    return report.findings.length === 0;
  }

  const pair = `tool: terraform, role: "${ROLE}"`;
  test.each<[boolean, string, object, object?]>([
    [true, pair, session(ROLE, 'ci')],
    [false, pair, session(ROLE, 'ci'), { userAgent: 'aws-cli/2.15.0' }],
    // The name of a session, and a role whose name only contains the allowed one, say nothing.
    [false, pair, session('arn:aws:iam::111122223333:role/Admin', 'Operator')],
    [false, pair, session(`${ROLE}2`, 'ci')],
    [false, pair, session(ROLE.replace('111122223333', '999999999999'), 'ci')],
    [
      true,
      pair.replace('111122223333', '*'),
      session(ROLE.replace('111122223333', '999999999999'), 'ci'),
    ],
    [false, pair, session(ROLE, 'ci', console)],
    [false, pair, session(ROLE, 'ci'), { sessionCredentialFromConsole: 'true' }],
    [false, 'network: 198.51.100.0/24', user],
    [false, 'network: 198.51.100.0/24', root],
    [true, 'network: 198.51.100.0/24', session(ROLE, 'ci')],
    [false, 'network: 10.0.0.0/8', session(ROLE, 'ci')],
    [true, 'user: dana', user],
    [true, `user: "${user.arn}"`, user],
    [false, 'user: "d*", account: "999999999999"', user],
    [false, 'user: dana', session(ROLE, 'dana')],
    [true, `user: dana, role: "${ROLE}"`, session(ROLE, 'dana', console)],
    [false, `user: dana, role: "${ROLE}"`, session(ROLE, 'lee')],
    [false, 'user: "arn:aws:iam::*"', root],
    [true, 'user: root', root],
    [true, 'tool: "*Terraform/1.9.*", user: [lee, dana]', user],
    [true, `${pair}, call: ["s3:Put*", "ec2:AuthorizeSecurityGroupIngress"]`, session(ROLE, 'ci')],
    [false, `${pair}, call: "ec2:Revoke*"`, session(ROLE, 'ci')],
    [true, `${pair}, resource: [sg-1, sg-0a1b2c3d4e5f60718]`, session(ROLE, 'ci')],
    [false, `${pair}, resource: sg-0a1b2c3d4e5f6071`, session(ROLE, 'ci')],
  ])('%s: %s by %j %j', async (allowed, entry, identity, event) => {
    expect(await isAllowed(entry, identity, event)).toBe(allowed);
  });

  const instances = (...ids: readonly string[]) => ({
    instancesSet: { items: ids.map((instanceId) => ({ instanceId })) },
  });
  const [first, second] = ['i-0aaaaaaaaaaaaaaa1', 'i-0aaaaaaaaaaaaaaa2'];
  const group = 'sg-0a1b2c3d4e5f60718';
  const another = 'sg-0fffffffffffffff1';
  const peer = { ipPermissions: { items: [{ groups: { items: [{ groupId: group }] } }] } };
  test.each<[boolean, string, object]>([
    [true, group, { groupId: group }],
    // A text of the caller's, and a peer.
    [false, group, { groupId: another, description: group }],
    [false, group, { groupId: another, sourceSecurityGroupName: group }],
    [false, group, { groupId: another, ...peer }],
    [true, group, { ModifySecurityGroupRulesRequest: { GroupId: group } }],
    [true, `[${first}, ${second}]`, instances(first, second)],
    // The allowed one, and another one.
    [false, first, instances(first, second)],
    [false, first, instances()],
    [true, 'a.b', { alarmNames: ['a.b'] }],
    [false, 'a.b', { alarmNames: ['a.b', 'c'] }],
    [true, 'web', { roleName: 'web', policyName: 'p' }],
    [false, 'web', { roleName: 'r', policyName: 'web' }],
  ])('%s: resource %s of a change with %j', async (allowed, resource, requestParameters) => {
    const entry = `${pair}, resource: ${resource}`;
    expect(await isAllowed(entry, session(ROLE, 'ci'), { requestParameters })).toBe(allowed);
  });

  test.each([
    [true, 'b.1', 'arn:aws:s3:::b.1'],
    [false, 'b.1', 'arn:aws:s3:::other/b.1'],
    [false, 'b.1', 'arn:aws:s3:::b-1'],
    [true, group, `arn:aws:ec2:eu-west-1:111122223333:security-group/${group}`],
    [true, '"arn:aws:s3:::b.1"', 'arn:aws:s3:::b.1'],
    [false, '"arn:aws:s3:::b.1"', 'arn:aws:s3:::b.1/key'],
  ])('%s: resource %s where AWS lists %s', async (allowed, resource, arn) => {
    const event = { requestParameters: {}, resources: [{ arn }] };
    const entry = `${pair}, resource: ${resource}`;
    expect(await isAllowed(entry, session(ROLE, 'ci'), event)).toBe(allowed);
  });

  test('two entries are pairs, and not the product of two lists', async () => {
    const config = `allow:
  - { tool: terraform, role: "${ROLE}", reason: plans are reviewed }
  - { tool: pulumi, role: "arn:aws:iam::*:role/Pulumi", reason: stacks are reviewed }
`;
    const rule = withChanges(ruleWithList(), changesOf(config));
    const change = (userAgent: string, role: string, eventID: string) =>
      openedGroup({ eventID, userAgent, readOnly: false, userIdentity: session(role, 'ci') });
    const other = 'arn:aws:iam::111122223333:role/Pulumi';
    const report = await huntEvents(
      [
        change(TERRAFORM, ROLE, '1'),
        change('APN/1.0 Pulumi/3.1', ROLE, '2'),
        change(TERRAFORM, other, '3'),
        change('APN/1.0 Pulumi/3.1', other, '4'),
      ],
      { rules: [rule] },
    );
    expect(report.findings.map(({ eventID }) => eventID)).toEqual(['2', '3']);
    const own = onlySection(report).exclusions.filter(({ source }) => source === 'config');
    expect(own.map(({ name, reason, hidden }) => [name, reason, hidden])).toEqual([
      ['allowed: terraform, role ci/Operator', 'plans are reviewed', 1],
      ['allowed: pulumi, role Pulumi', 'stacks are reviewed', 1],
    ]);
  });

  test('an entry for a rule changes that rule, also one without a list, and no other', async () => {
    const entry = 'user: dana, rule: ["Test.*"], owner: lee, until: 2026-12-31, reason: agreed';
    const changes = changesOf(`allow: { ${entry} }`);
    const plain = readRule(ruleText('  - { Key: eventID, Condition: Exists }'), 'rule.yml');
    const [own, other] = [
      { ...plain, id: 'Test.One' },
      { ...plain, id: 'Other' },
    ];
    const rules = [own, other].map((rule) => withChanges(rule, changes));
    expect(rules[1]).toBe(other);
    expect(concernsNone(changes, [other])).toBe(true);
    const { sections } = await huntEvents([openedGroup({ userIdentity: user })], { rules });
    expect(sections.map(({ findingCount }) => findingCount)).toEqual([0, 1]);
    expect(sections[0]?.exclusions).toMatchObject([
      { name: 'allowed: user dana', reason: 'agreed (lee, until 2026-12-31)', source: 'config' },
    ]);
  });

  test.each<[string, string]>([
    ['cdk', 'aws-cdk-cli/2.1013.0'],
    ['sdk', 'Boto3/1.34.0 https://example.com/karpenter.sh'],
    ['sdk', 'okhttp/4.9.3'],
    ['terraform', `${TERRAFORM} exec-env/AWS_ECS_EC2`],
    ['cloudshell', `${TERRAFORM} exec-env/CloudShell`],
    ['agent', 'aws-cli/2.15.0 md/awslabs#mcp#server'],
    ['controller', 'aws-sdk-go-v2/1.0 karpenter.sh/1.0'],
    ['cli', 'aws-sdk-go-v2/1.17 eksctl/0.150.0'],
  ])('%s is the tool of %s', async (tool, userAgent) => {
    const names = toolNames();
    const [holds = []] = await conditionResults([{ userAgent }], names.map(conditionOf));
    expect(names.filter((_, index) => holds[index])).toEqual([tool]);
  });

  test('a tool means what a report calls so, whoever calls and whatever the caller pretends', async () => {
    const names = toolNames();
    const sampled = fc.sample(callEvent, { numRuns: 600, seed: 7 });
    const events = sampled.map((event, index) => ({ ...event, eventID: String(index) }));
    const all = readRule(ruleText('  - { Key: eventID, Condition: Exists }'), 'rule.yml');
    const { findings } = await huntEvents(events, { rules: [all] });
    expect(findings).toHaveLength(events.length);
    const holds = await conditionResults(events, names.map(conditionOf));
    const differing = findings.flatMap(({ eventID, how: { carrier } }) => {
      const index = Number(eventID);
      const found = names.filter((_, at) => holds[index]?.[at]);
      return found.join() === (names.includes(carrier) ? carrier : '')
        ? []
        : [{ carrier, found, event: events[index] }];
    });
    expect(differing.slice(0, 3)).toEqual([]);
  });
});

function conditionOf(tool: string): Condition {
  return toolCondition(tool, { file: 'hunt.yml', line: 1, column: 1 });
}
