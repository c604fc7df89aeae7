/** Rules may test fields that AWS documents for records but not for its Athena table. */
import { expect, test } from 'vitest';
import { conditionResults } from '../../src/hunt/condition-results.js';
import { readRule } from '../../src/rule/catalog/read.js';
import type { Rule } from '../../src/rule/rule.js';
import { huntEvents, onlySection, openedGroup } from '../support/hunt-events.js';
import { ruleWith } from '../support/rules.js';

function sigma(selection: string, condition = 'selection'): Rule {
  const text = `title: t
logsource: { product: aws, service: cloudtrail }
detection:
  named: { eventName: AuthorizeSecurityGroupIngress }
  selection: { ${selection} }
  condition: named and ${condition}
`;
  return readRule(text, 'rule.yml');
}

async function findings(
  rule: Rule,
  event: Record<string, unknown>,
  options: Parameters<typeof huntEvents>[1] = {},
): Promise<number> {
  const report = await huntEvents([openedGroup(event)], { rules: [rule], ...options });
  expect(onlySection(report).warnings).toEqual([]);
  return onlySection(report).findings.length;
}

const identity = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::112233445566:assumed-role/Admin/dana',
  identityProvider: 'accounts.example.com',
  credentialId: 'cred-1',
  inScopeOf: { issuerType: 'AWS::Lambda::Function', list: ['a', 'b'] },
  onBehalfOf: { userId: 'user-1', identityStoreArn: 'arn:aws:identitystore::112233445566:x' },
  sessionContext: { sourceIdentity: 'dana', assumedRoot: true, attributes: {} },
};

const PRESENT: readonly (readonly [selection: string, event: Record<string, unknown>])[] = [
  ['managementEvent: true', { managementEvent: true }],
  ["managementEvent: 'TRUE'", { managementEvent: 'true' }],
  ['managementevent: false', { managementEvent: false }],
  ['managementEvent|exists: true', { managementEvent: false }],
  ['managementEvent: true', { management_event: true }],
  ['eventCategory: Management', { eventCategory: 'Management' }],
  [
    'eventContext.requestContext.aws:UserAgent|contains: x',
    { eventContext: { requestContext: { 'aws:UserAgent': 'axb' } } },
  ],
  ['userIdentity.identityProvider: accounts.example.com', { userIdentity: identity }],
  ['userIdentity.credentialId|startswith: cred', { userIdentity: identity }],
  ['userIdentity.inScopeOf.issuerType: AWS::Lambda::Function', { userIdentity: identity }],
  ['userIdentity.inScopeOf.list: b', { userIdentity: identity }],
  ['userIdentity.onBehalfOf.userId: user-1', { userIdentity: identity }],
  ['userIdentity.sessionContext.sourceIdentity: DANA', { userIdentity: identity }],
  ['userIdentity.sessionContext.assumedRoot: true', { userIdentity: identity }],
  ['sessionCredentialFromConsole: true', { sessionCredentialFromConsole: 'true' }],
  [
    'tlsDetails.keyExchange: x25519',
    { tlsDetails: { tlsVersion: 'TLSv1.3', keyExchange: 'x25519' } },
  ],
  ['sharedEventID: s', { sharedEventID: 's' }],
  ['vpcEndpointAccountId: "1"', { vpcEndpointAccountId: '1' }],
  ['addendum.reason: DELIVERY_DELAY', { addendum: { reason: 'DELIVERY_DELAY' } }],
  ['edgeDeviceDetails.type: snow', { edgeDeviceDetails: { type: 'snow' } }],
];

test.each(PRESENT)('%s holds where the record has the value', async (selection, event) => {
  const rule = sigma(selection);
  expect(await findings(rule, event)).toBe(1);
  expect(await findings(rule, event, { prefilter: false })).toBe(1);
  expect(await findings(rule, {})).toBe(0);
});

test('a negated test of such a field is right too', async () => {
  const rule = sigma('managementEvent: true', 'not selection');
  expect(await findings(rule, { managementEvent: true })).toBe(0);
  expect(await findings(rule, { managementEvent: false })).toBe(1);
  expect(await findings(rule, {})).toBe(1);
});

test('a long value elsewhere outside the table does not hide the field', async () => {
  const event = { other: 'x'.repeat(100_000), managementEvent: true };
  expect(await findings(sigma('managementEvent: true'), event)).toBe(1);
});

test('the documented spelling of a key wins', async () => {
  const rule = sigma('managementEvent: true');
  expect(await findings(rule, { managementEvent: true, MANAGEMENTEVENT: false })).toBe(1);
  expect(await findings(rule, { MANAGEMENTEVENT: true, managementEvent: false })).toBe(0);
});

test('a rule in Panther format tests it, and shows it in its alert', async () => {
  const rule = ruleWith(
    '  - { KeyPath: managementEvent, Condition: Equals, Value: "true" }',
    'AlertTitle: "management {managementEvent}"\n',
  );
  const report = await huntEvents([openedGroup({ managementEvent: true })], { rules: [rule] });
  const [finding] = onlySection(report).findings;
  expect(finding?.rules[0]?.alert?.title).toBe('management true');
  expect(finding?.extra).toEqual({ managementEvent: true });
});

test('a condition on one event alone reads it', async () => {
  const at = { file: 'rule.yml', line: 1, column: 1 };
  const field = ['userIdentity', 'inScopeOf', 'issuerType'];
  const condition = {
    kind: 'test',
    field,
    op: 'isNotNull',
    ignoreCase: false,
    values: [],
    at,
  } as const;
  expect(await conditionResults([{ userIdentity: identity }, {}], [condition])).toEqual([
    [true],
    [false],
  ]);
});
