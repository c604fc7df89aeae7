/** Events of a service (`AwsServiceEvent`): most tell what it did by itself, and some what somebody did on its pages. */
import { expect, test } from 'vitest';
import { findRule } from '../../src/rule/catalog/find.js';
import { huntEvents, openedGroup } from '../support/hunt-events.js';

const ACCOUNT = '112233445566';
const UNKNOWN = { type: 'Unknown', accountId: ACCOUNT, userName: 'dana@example.com' };
const SAML = { type: 'SAMLUser', userName: 'dana' };
const ROLE = {
  type: 'AssumedRole',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/Files/i-0123456789abcdef0`,
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
};
const BY_ITSELF = { accountId: ACCOUNT, invokedBy: 'AWS Internal' };
const ROOT = { type: 'Root', arn: `arn:aws:iam::${ACCOUNT}:root`, userName: 'dana' };
const SSO = {
  type: 'AssumedRole',
  arn: `arn:aws:sts::${ACCOUNT}:assumed-role/AWSReservedSSO_Admin_0123456789abcdef/dana`,
};
const CENTER = { type: 'IdentityCenterUser', onBehalfOf: { userId: 'u-1' } };

type Case = readonly [call: string, userIdentity: object, own?: object | undefined];

/** The calls that a rule finds. */
async function found(rule: string, cases: readonly Case[]) {
  const events = cases.map(([call, userIdentity, own], index) => {
    const at = call.indexOf(':');
    return openedGroup({
      eventSource: `${call.slice(0, at)}.amazonaws.com`,
      eventName: call.slice(at + 1),
      eventType: 'AwsServiceEvent',
      eventID: String(index),
      readOnly: false,
      sourceIPAddress: undefined,
      userAgent: undefined,
      userIdentity,
      ...own,
    });
  });
  const { findings } = await huntEvents(events, { rules: [findRule(rule)] });
  return findings;
}

const calls = (findings: Awaited<ReturnType<typeof found>>) =>
  findings.map(({ eventSource, eventName }) => `${eventSource?.split('.')[0]}:${eventName}`);

const NAMED: readonly Case[] = [
  ['quicksight:BatchCreateUser', ROOT],
  ['quicksight:DeleteUser', { type: 'IAMUser', arn: `arn:aws:iam::${ACCOUNT}:user/dana` }],
  ['quicksight:UpdateDashboardAccess', SSO],
  ['quicksight:UpdateGroups', UNKNOWN],
  ['quicksight:CreateDataSource', CENTER],
  ['quicksight:CreateSubscription', { type: 'IdentityCenterUser', accountId: ACCOUNT }],
  ['grafana:create', { type: 'Unknown', userName: 'api_key' }, { errorCode: '200' }],
  ['grafana:update', SAML],
  ['signin:EmailUpdated', ROOT],
];

test('that name somebody are changes of this person', async () => {
  const findings = await found('AWS.Any.ManualChange', NAMED);
  expect(calls(findings)).toEqual(NAMED.map(([call]) => call));
  expect(findings.map(({ how, actor }) => [actor.name, how.class])).toEqual([
    ['root', 'command line or SDK by a person'],
    ['user/dana', 'command line or SDK by a person'],
    ['dana', 'command line or SDK by a person'],
    ['dana@example.com (quicksight)', 'unknown'],
    ['u-1', 'command line or SDK by a person'],
    [ACCOUNT, 'command line or SDK by a person'],
    ['api_key (grafana)', 'unknown'],
    ['dana', 'command line or SDK by a person'],
    ['root', 'command line or SDK by a person'],
  ]);
});

/** By themselves, as sign-ins, or as what programs report. */
const NO_CHANGES: readonly Case[] = [
  ['quicksight:UpdateGroups', { ...UNKNOWN, invokedBy: 'quicksight.amazonaws.com' }],
  ['quicksight:DeleteUser', { type: 'Unknown', accountId: ACCOUNT, arn: '', userName: '' }],
  ['kms:RotateKey', BY_ITSELF],
  [
    'ec2:SharedSnapshotVolumeCreated',
    { accountId: '999988887777', invokedBy: 'ec2.amazonaws.com' },
  ],
  ['ec2:BidEvictedEvent', { accountId: ACCOUNT, invokedBy: 'ec2.amazonaws.com' }],
  ['rds:ApplyPendingMaintenanceAction', { type: 'AWSService' }],
  ['controltower:CreateManagedAccount', BY_ITSELF],
  ['sso:Federate', UNKNOWN],
  ['sso:Authenticate', CENTER],
  ['sso:GetRoleCredentials', UNKNOWN],
  ['signin:UserAuthentication', UNKNOWN],
  ['signin:CredentialChallenge', UNKNOWN],
  ['grafana:login-auth.sso', SAML],
  ['grafana:test', UNKNOWN],
  ['elasticfilesystem:NewClientConnection', ROLE, { sourceIPAddress: 'AWS Internal' }],
  ['billingconsole:AWSPaymentPortalService.GetPaymentsDue', ROOT],
];

test.each(NO_CHANGES.map((one) => ({ call: one[0], one })))(
  'that are no change: $call',
  async ({ one }) => {
    expect(calls(await found('AWS.Any.ManualChange', [one]))).toEqual([]);
  },
);

test('that give a person the credentials of a role are found', async () => {
  const cases: readonly Case[] = [
    ['sso:GetRoleCredentials', UNKNOWN],
    ['sso:GetRoleCredentials', CENTER],
  ];
  expect(await found('AWS.Any.CredentialIssued', cases)).toHaveLength(2);
});
