/** Sentences about services whose describers are small. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/cloudtrail/json.js';
import { describeChange } from '../../../src/change/describe.js';
import { callOf, changeOf, lastingAfter } from '../../support/change.js';

const other = '222222222222';
const foreignRole = `arn:aws:iam::${other}:role/r`;
const call = (what: string, requestParameters: Json, responseElements: Json = null) => {
  const [service = '', name = ''] = what.split(' ');
  return callOf(service, name, { requestParameters, responseElements });
};

const everyone = JSON.stringify({
  Statement: { Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' },
});

const letting = (account: string, effect = 'Allow'): string =>
  JSON.stringify({
    Statement: [{ Effect: effect, Principal: { AWS: account }, Action: '*', Resource: '*' }],
  });
const port = (cidr: string): Json => ({
  protocol: 'tcp',
  fromPort: 22,
  toPort: 22,
  cidrs: [cidr],
});

describe('a sentence', () => {
  it.each<[sentence: string, call: string, request: Json, response?: Json]>([
    [
      'ran a shell command on i-1, instances with tag:Env prod',
      'ssm SendCommand',
      {
        documentName: 'AWS-RunShellScript',
        instanceIds: ['i-1'],
        targets: [{ key: 'tag:Env', values: ['prod'] }],
      },
    ],
    [
      'ran document deploy on all instances',
      'ssm SendCommand',
      { documentName: 'deploy', targets: [{ key: 'tag:Env', values: ['*'] }] },
    ],
    [
      `shared document deploy with account ${other}, and stopped sharing document deploy with everyone`,
      'ssm ModifyDocumentPermission',
      { name: 'deploy', accountIdsToAdd: [other], accountIdsToRemove: ['all'] },
    ],
    [
      'let whoever has aws:PrincipalOrgID o-1 send events to event bus default',
      'events PutPermission',
      {
        principal: '*',
        condition: { type: 'StringEquals', key: 'aws:PrincipalOrgID', value: 'o-1' },
      },
    ],
    [
      'set resource policy p: everyone may *',
      'logs PutResourcePolicy',
      { policyName: 'p', policyDocument: everyone },
    ],
    [
      'accepted handshake h-1: enable all features',
      'organizations AcceptHandshake',
      { handshakeId: 'h-1' },
      { handshake: { action: 'ENABLE_ALL_FEATURES' } },
    ],
    ['read parameters a, b', 'ssm GetParameters', { names: ['a', 'b'] }],
    [
      'set rule nightly, on schedule rate(1 day)',
      'events PutRule',
      { name: 'nightly', scheduleExpression: 'rate(1 day)', state: 'ENABLED' },
    ],
    [
      'deleted alarms a, b, c, d, and 2 more',
      'monitoring DeleteAlarms',
      { alarmNames: ['a', 'b', 'c', 'd', 'e', 'f'] },
    ],
    [
      // A name that ends like our words for the names that are left out.
      'deleted alarm web and 1 more',
      'monitoring DeleteAlarms',
      { alarmNames: ['web and 1 more'] },
    ],
    [
      'set log group /aws/vpc to keep events for 7 days',
      'logs PutRetentionPolicy',
      { logGroupName: '/aws/vpc', retentionInDays: 7 },
    ],
    [
      'deleted secret prod/db, to be restored within 7 days',
      'secretsmanager DeleteSecret',
      {
        secretId: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:prod/db-AbCdEf',
        recoveryWindowInDays: 7,
      },
    ],
    [
      'detached policy p-1 from the whole organization (r-ab12)',
      'organizations DetachPolicy',
      { policyId: 'p-1', targetId: 'r-ab12' },
    ],
    ['left the organization, with account 111111111111', 'organizations LeaveOrganization', null],
    [
      `gave group g-1 permission set ps-1 in account ${other}`,
      'sso CreateAccountAssignment',
      {
        targetId: other,
        permissionSetArn: 'arn:aws:sso:::permissionSet/ssoins-1/ps-1',
        principalType: 'GROUP',
        principalId: 'g-1',
      },
    ],
    [
      'created group g-1',
      'sso-directory CreateGroup',
      { displayName: 'HIDDEN_DUE_TO_SECURITY_REASONS' },
      { group: { groupId: 'g-1' } },
    ],
    [
      'created trust anchor ta-1 "lab": trusts an authority of its own (certificate in the request)',
      'rolesanywhere CreateTrustAnchor',
      { name: 'lab', source: { sourceData: { x509CertificateData: 'x' } } },
      { trustAnchor: { trustAnchorId: 'ta-1' } },
    ],
    [
      'changed distribution E1: off, serves a.example.com, from b.example.com, no web ACL',
      'cloudfront UpdateDistribution',
      {
        id: 'E1',
        distributionConfig: {
          enabled: false,
          aliases: { quantity: 1, items: ['a.example.com'] },
          origins: { quantity: 1, items: [{ domainName: 'b.example.com' }] },
          webACLId: '',
        },
      },
    ],
    [
      'attached web ACL shop to resource app/shop/1',
      'wafv2 AssociateWebACL',
      {
        resourceArn: 'arn:aws:elasticloadbalancing:eu-west-1:111111111111:loadbalancer/app/shop/1',
        webACLArn: 'arn:aws:wafv2:eu-west-1:111111111111:regional/webacl/shop/1-2',
      },
    ],
    [
      'ran /bin/sh in container web of task 1',
      'ecs ExecuteCommand',
      {
        task: 'arn:aws:ecs:eu-west-1:111111111111:task/prod/1',
        container: 'web',
        command: '/bin/sh',
      },
    ],
    [
      'gave role admin AmazonEKSClusterAdminPolicy in namespaces web on cluster prod',
      'eks AssociateAccessPolicy',
      {
        name: 'prod',
        principalArn: 'arn%3Aaws%3Aiam%3A%3A111111111111%3Arole%2Fadmin',
        policyArn: 'arn:aws:eks::aws:cluster-access-policy/AmazonEKSClusterAdminPolicy',
        accessScope: { type: 'namespace', namespaces: ['web'] },
      },
    ],
    [
      'changed cluster prod: no public address, logs audit off',
      'eks UpdateClusterConfig',
      {
        name: 'prod',
        resourcesVpcConfig: { endpointPublicAccess: false },
        logging: { clusterLogging: [{ types: ['audit'], enabled: false }] },
      },
    ],
  ])('%s', (sentence, what, request, response) =>
    expect(changeOf(call(what, request, response)).sentence).toBe(sentence),
  );

  const BOB = 'arn:aws:iam::998877665544:user/ops/bob';
  it.each([
    ['switched to role Admin from user/ops/bob of account 998877665544', 'SwitchRole', BOB],
    ['switched to role Admin from user/bob', 'SwitchRole', 'arn:aws:iam::111111111111:user/bob'],
    [
      'switched to role Admin from assumed-role/Jump/dana',
      'SwitchRole',
      'arn:aws:sts::111111111111:assumed-role/Jump/dana',
    ],
    ['switched to role Admin', 'SwitchRole', undefined],
    ['switched to role Admin', 'SwitchRole', 'HIDDEN'],
    [
      'renewed the session of role Admin from user/ops/bob of account 998877665544',
      'RenewRole',
      BOB,
    ],
    ['left role Admin', 'ExitRole', undefined],
  ])('%s', (sentence, eventName, SwitchFrom) =>
    expect(
      changeOf(
        callOf('signin', eventName, {
          userIdentity: {
            type: 'AssumedRole',
            arn: 'arn:aws:sts::111111111111:assumed-role/Admin/bob',
          },
          additionalEventData: SwitchFrom === undefined ? null : { SwitchFrom },
        }),
      ).sentence,
    ).toBe(sentence),
  );

  it.each([
    ['signed in to the console without MFA', { type: 'IAMUser' }, 'No'],
    ['signed in to the console as root with MFA', { type: 'Root' }, 'Yes'],
    // AWS does not see the MFA of people who come with a role.
    ['signed in to the console', { type: 'AssumedRole', sessionContext: {} }, 'No'],
    [
      'signed in to the console',
      { type: 'AssumedRole', arn: 'arn:aws:sts::111111111111:assumed-role/Admin/bob' },
      'No',
    ],
  ])('%s', (sentence, userIdentity, MFAUsed) =>
    expect(
      changeOf(callOf('signin', 'ConsoleLogin', { userIdentity, additionalEventData: { MFAUsed } }))
        .sentence,
    ).toBe(sentence),
  );

  it('says of a sign-in that failed that it was tried', () =>
    expect(describeChange(callOf('signin', 'ConsoleLogin', {}), 'failed')?.sentence).toBe(
      'tried to sign in to the console',
    ));
});

describe('who gets access', () => {
  it.each<[call: string, request: Json]>([
    ['ssm ModifyDocumentPermission', { name: 'deploy', accountIdsToAdd: [other] }],
    [
      'organizations RegisterDelegatedAdministrator',
      { accountId: other, servicePrincipal: 'guardduty.amazonaws.com' },
    ],
    [
      'secretsmanager PutResourcePolicy',
      {
        secretId: 'db',
        resourcePolicy: JSON.stringify({
          Statement: { Effect: 'Allow', Principal: { AWS: other }, Action: '*', Resource: '*' },
        }),
      },
    ],
    ['events PutPermission', { statementId: 's', principal: other, action: 'events:PutEvents' }],
    [
      'logs PutSubscriptionFilter',
      {
        logGroupName: 'g',
        filterName: 'f',
        destinationArn: `arn:aws:logs:eu-west-1:${other}:destination:d`,
      },
    ],
    ['eks CreateAccessEntry', { name: 'c', principalArn: foreignRole }],
    ['eks AssociateAccessPolicy', { name: 'c', principalArn: foreignRole, policyArn: 'p' }],
    ['ram CreateResourceShare', { name: 's', principals: [other], allowExternalPrincipals: true }],
    ['ram AssociateResourceShare', { resourceShareArn: 'arn:s', principals: [foreignRole] }],
    // Services without describers.
    ['kafka PutClusterPolicy', { clusterArn: 'c', policy: letting(other) }],
    ['newservice UpdateThing', { thing: { access: JSON.parse(letting(other)) as Json } }],
  ])('is known of %s', (what, request) =>
    expect(changeOf(call(what, request)).grantees).toEqual([other]),
  );

  it.each<[call: string, request: Json]>([
    ['ssm ModifyDocumentPermission', { name: 'deploy', accountIdsToAdd: ['all'] }],
    ['ssm ModifyDocumentPermission', { name: 'deploy', accountIdsToAdd: ['All'] }],
    ['lightsail OpenInstancePublicPorts', { instanceName: 'i', portInfo: port('0.0.0.0/0') }],
    ['lightsail OpenInstancePublicPorts', { instanceName: 'i', portInfo: { fromPort: 22 } }],
    ['lightsail PutInstancePublicPorts', { instanceName: 'i', portInfos: [port('0.0.0.0/0')] }],
    ['s3tables PutTableBucketPolicy', { tableBucketARN: 'b', resourcePolicy: everyone }],
    ['es CreateDomain', { domainName: 'd', accessPolicies: everyone }],
    [
      'newservice CreateThing',
      { thing: [{ rules: encodeURIComponent(everyone) }, { rules: letting(other) }] },
    ],
    [
      'eks UpdateClusterConfig',
      { name: 'c', resourcesVpcConfig: { publicAccessCidrs: ['0.0.0.0/0'] } },
    ],
    ['eks UpdateClusterConfig', { name: 'c', resourcesVpcConfig: { endpointPublicAccess: true } }],
    ['events PutPermission', { statementId: 's', principal: '*', action: 'events:PutEvents' }],
    ['events PutPermission', { policy: everyone }],
    ['logs PutDestinationPolicy', { destinationName: 'd', accessPolicy: everyone }],
    ['logs PutResourcePolicy', { policyName: 'p', policyDocument: everyone }],
  ])('is everyone in %s', (what, request) =>
    expect(changeOf(call(what, request)).exposure).toEqual({
      peer: 'everyone',
      direction: 'ingress',
    }),
  );

  it.each<[call: string, request: Json]>([
    ['lightsail OpenInstancePublicPorts', { instanceName: 'i', portInfo: port('0.0.0.0/1') }],
    [
      'eks UpdateClusterConfig',
      { name: 'c', resourcesVpcConfig: { publicAccessCidrs: ['192.0.2.0/24', '0.0.0.0/1'] } },
    ],
    [
      'ec2 CreateNetworkAclEntry',
      { networkAclId: 'acl-1', ruleNumber: 1, ruleAction: 'allow', cidrBlock: '0.0.0.0/1' },
    ],
    [
      'ec2 ModifyManagedPrefixList',
      { prefixListId: 'pl-1', addEntry: [{ cidr: '192.0.2.0/24' }, { cidr: '0.0.0.0/1' }] },
    ],
    ['rds AuthorizeDBSecurityGroupIngress', { dBSecurityGroupName: 'g', cIDRIP: '0.0.0.0/1' }],
  ])('is much of the internet in %s', (what, request) =>
    expect(changeOf(call(what, request))).toMatchObject({
      sentence: expect.stringContaining('half of the internet (0.0.0.0/1)') as string,
      exposure: { peer: 'much of the internet', direction: 'ingress' },
    }),
  );
});

describe('nobody gets access', () => {
  it.each<[call: string, request: Json]>([
    ['lightsail OpenInstancePublicPorts', { instanceName: 'i', portInfo: port('192.0.2.0/24') }],
    ['lightsail CloseInstancePublicPorts', { instanceName: 'i', portInfo: port('0.0.0.0/0') }],
    ['ram AssociateResourceShare', { resourceShareArn: 'arn:s', resourceArns: [foreignRole] }],
    ['ram CreateResourceShare', { name: 's', principals: [other], allowExternalPrincipals: false }],
    ['newservice CreateThing', { policy: letting('111111111111') }],
    ['newservice CreateThing', { policy: letting('*', 'Deny') }],
    ['newservice CreateThing', { policy: '{ "Statement": broken' }],
    ['newservice ValidateThing', { policy: everyone }],
    ['newservice DescribeThing', { policy: everyone }],
    ['newservice DeleteThing', { policy: everyone }],
  ])('by %s %j', (what, request) =>
    expect(changeOf(call(what, request))).toMatchObject({ exposure: null, grantees: [] }),
  );
});

it('pairs the policy of a service without describers with its end', () => {
  const request = { thingArn: 'arn:t', policy: everyone };
  const given = changeOf(call('newservice PutThingPolicy', request));
  expect(given).toMatchObject({
    sentence: expect.stringContaining('everyone may * on *') as string,
    begins: [{ resource: 'thing arn:t', what: 'open to everyone by its policy' }],
  });
  const ending = ['newservice DeleteThingPolicy', { thingArn: 'arn:t' }] as const;
  expect(lastingAfter(given, changeOf(call(...ending)))).toEqual([]);
  expect(changeOf(call('newservice DeleteThing', ending[1])).removes).toEqual(['thing arn:t']);
  const put = (principal: string) =>
    changeOf(call('newservice PutThingPolicy', { ...request, policy: letting(principal) }));
  expect(lastingAfter(given, put('111111111111'))).toEqual([]);
  expect(lastingAfter(given, put(other))).toEqual([`open to account ${other} by its policy`]);
  // It may add to the policy.
  const updated = changeOf(
    call('newservice UpdateThing', { thingArn: 'arn:t', policy: letting(other) }),
  );
  expect(lastingAfter(given, updated)).toContain('open to everyone by its policy');
});

it.each<[call: string, request: Json, sentence: string]>([
  [
    'lightsail OpenInstancePublicPorts',
    { instanceName: 'web', portInfo: { protocol: 'tcp', fromPort: 22, toPort: 23 } },
    'opened tcp 22-23 to everyone (0.0.0.0/0, ::/0) on instance web',
  ],
  [
    'ram CreateResourceShare',
    { name: 's', principals: [other], resourceArns: ['arn:x'] },
    `shared arn:x (resource share s) with ${other}`,
  ],
  [
    'ram DisassociateResourceShare',
    { resourceShareArn: 'arn:s', resourceArns: ['arn:x'] },
    'removed arn:x from resource share s',
  ],
])('%s says it', (what, request, sentence) =>
  expect(changeOf(call(what, request)).sentence).toBe(sentence),
);

it('closes the ports of an instance of Lightsail that are not among the new ones', () => {
  const ports = (name: string, member: string, value: Json) =>
    changeOf(call(`lightsail ${name}`, { instanceName: 'web', [member]: value }));
  const from = (fromPort: number, ...cidrs: readonly string[]) => ({
    fromPort,
    toPort: fromPort,
    protocol: 'tcp',
    cidrs,
  });
  const opened = ports('OpenInstancePublicPorts', 'portInfo', from(22, '0.0.0.0/0'));
  const both = ports('PutInstancePublicPorts', 'portInfos', [
    from(22, '0.0.0.0/0'),
    from(443, '0.0.0.0/0'),
  ]);
  const one = ports('PutInstancePublicPorts', 'portInfos', [from(443, '0.0.0.0/0')]);
  expect(lastingAfter(opened, both)).toEqual([
    'tcp 22 open to 0.0.0.0/0',
    'tcp 443 open to 0.0.0.0/0',
  ]);
  expect(lastingAfter(opened, both, one)).toEqual(['tcp 443 open to 0.0.0.0/0']);
  const narrow = ports('PutInstancePublicPorts', 'portInfos', [from(22, '192.0.2.0/24')]);
  expect(lastingAfter(opened, narrow)).toEqual(['tcp 22 open to 192.0.2.0/24']);
  const none = ports('PutInstancePublicPorts', 'portInfos', []);
  expect(none.sentence).toBe('set open ports of instance web: none');
  expect(lastingAfter(opened, both, none)).toEqual([]);
  const ofAnother = changeOf(
    call('lightsail PutInstancePublicPorts', { instanceName: 'db', portInfos: [] }),
  );
  expect(lastingAfter(opened, ofAnother)).toEqual(lastingAfter(opened));
});

it('is not everyone who reaches a cluster if an earlier call set ranges', () => {
  const request = { name: 'c', resourcesVpcConfig: { endpointPublicAccess: true } };
  const params = [{ type: 'PublicAccessCidrs', value: '["192.0.2.0/24"]' }];
  const change = changeOf(call('eks UpdateClusterConfig', request, { update: { params } }));
  expect(change.exposure).toBeNull();
  const closed = [
    { type: 'EndpointPublicAccess', value: 'false' },
    { type: 'PublicAccessCidrs', value: '["0.0.0.0/0"]' },
  ];
  const inside = { name: 'c', resourcesVpcConfig: { endpointPrivateAccess: true } };
  expect(
    changeOf(call('eks UpdateClusterConfig', inside, { update: { params: closed } })).exposure,
  ).toBeNull();
  expect(change.sentence).toBe('changed cluster c: reached from 192.0.2.0/24');
});

it('ends what is shared by a resource share with the share, and not with one of the things in it', () => {
  const shared = changeOf(
    call('ram CreateResourceShare', { name: 's', principals: [other], resourceArns: ['arn:x'] }),
  );
  const after = (name: string, request: Json) =>
    lastingAfter(shared, changeOf(call(`ram ${name}`, request)));
  const resourceShareArn = 'arn:s';
  expect(after('DeleteResourceShare', { resourceShareArn })).toEqual([]);
  expect(after('DisassociateResourceShare', { resourceShareArn, resourceArns: ['arn:x'] })).toEqual(
    [`shared with ${other}`],
  );
  expect(after('DisassociateResourceShare', { resourceShareArn, principals: [other] })).toEqual([]);
});

it('follows a resource share that is shared with nobody yet', () => {
  const made = changeOf(
    call(
      'ram CreateResourceShare',
      { name: 's' },
      { resourceShare: { resourceShareArn: 'arn:x/s-1' } },
    ),
  );
  expect(made).toMatchObject({
    sentence: 'created resource share s-1',
    begins: [{ resource: 'resource share s-1', what: 'exists' }],
  });
  const deleted = changeOf(call('ram DeleteResourceShare', { resourceShareArn: 'arn:x/s-1' }));
  expect(lastingAfter(made, deleted)).toEqual([]);
});

const group = { logGroupName: 'g', filterName: 'f' };
const rule = { name: 'r', rule: 'r', targets: [{ id: 't' }], ids: ['t'] };
const secret = { secretId: 's', addReplicaRegions: [{ region: 'x' }], removeReplicaRegions: ['x'] };
const session = 'ann-1';
const member = { groupId: 'g', memberId: { userId: 'u' }, member: { memberId: 'u' } };
const assignment = { targetId: other, permissionSetArn: 'ps', principalId: 'u' };
const access = { name: 'c', principalArn: 'arn:aws:iam::111111111111:role/r', policyArn: 'p' };

describe('opposite calls', () => {
  it.each<[service: string, begins: string, ends: string, request: Json, response?: Json]>([
    ['events', 'DisableRule', 'EnableRule', rule],
    ['events', 'PutTargets', 'RemoveTargets', rule],
    ['events', 'PutPermission', 'RemovePermission', { principal: '*', statementId: 's' }],
    ['monitoring', 'DisableAlarmActions', 'EnableAlarmActions', { alarmNames: ['a', 'b'] }],
    ['logs', 'CreateLogGroup', 'DeleteLogGroup', group],
    ['logs', 'PutMetricFilter', 'DeleteMetricFilter', group],
    [
      'ssm',
      'StartSession',
      'TerminateSession',
      { target: 'i-1', sessionId: session },
      { sessionId: session },
    ],
    ['secretsmanager', 'DeleteSecret', 'RestoreSecret', secret],
    ['secretsmanager', 'ReplicateSecretToRegions', 'RemoveRegionsFromReplication', secret],
    ['organizations', 'AttachPolicy', 'DetachPolicy', { policyId: 'p', targetId: 't' }],
    ['organizations', 'DisablePolicyType', 'EnablePolicyType', { policyType: 'x' }],
    ['sso', 'CreateAccountAssignment', 'DeleteAccountAssignment', assignment],
    ['identitystore', 'CreateGroupMembership', 'RemoveMemberFromGroup', member],
    ['rolesanywhere', 'DisableProfile', 'EnableProfile', { profileId: 'p' }],
    ['wafv2', 'DisassociateWebACL', 'AssociateWebACL', { resourceArn: 'x' }],
    ['wafv2', 'DeleteLoggingConfiguration', 'PutLoggingConfiguration', { resourceArn: 'x' }],
    ['eks', 'CreateAccessEntry', 'DeleteAccessEntry', access],
    ['eks', 'AssociateAccessPolicy', 'DisassociateAccessPolicy', access],
  ])('of %s: %s and %s', (service, begins, ends, request, response = null) => {
    const begun = changeOf(call(`${service} ${begins}`, request, response));
    const ended = changeOf(call(`${service} ${ends}`, request, response));
    expect(lastingAfter(begun)).not.toEqual([]);
    expect(lastingAfter(begun, ended)).toEqual([]);
  });

  it.each<[call: string, one: Json, another: Json]>([
    ['events DisableRule', { name: 'r' }, { name: 'r', eventBusName: 'other' }],
    [
      'eks CreateAccessEntry',
      { name: 'c', principalArn: foreignRole },
      { name: 'c', principalArn: 'arn:aws:iam::111111111111:role/r' },
    ],
    [
      'secretsmanager DeleteSecret',
      { secretId: 'arn:aws:secretsmanager:eu-west-1:111111111111:secret:db-secret' },
      { secretId: 'db' },
    ],
    [
      'iam AddUserToGroup',
      { userName: 'u', groupName: `${'long-'.repeat(20)}a` },
      { userName: 'u', groupName: `${'long-'.repeat(20)}b` },
    ],
    [
      'cognito-idp AdminCreateUser',
      { userPoolId: 'p', username: `${'long-'.repeat(20)}a` },
      { userPoolId: 'p', username: `${'long-'.repeat(20)}b` },
    ],
    [
      'sqs CreateQueue',
      { queueName: `${'long-'.repeat(50)}a` },
      { queueName: `${'long-'.repeat(50)}b` },
    ],
  ])('of %s are about one resource', (what, one, another) =>
    expect(changeOf(call(what, one)).begins).not.toEqual(changeOf(call(what, another)).begins),
  );

  it('of a membership may name it by its ID', () => {
    const [state] = changeOf(
      call('identitystore CreateGroupMembership', member, { membershipId: 'm' }),
    ).begins;
    const removed = changeOf(call('identitystore DeleteGroupMembership', { membershipId: 'm' }));
    expect(removed.sentence).toBe('removed a member from a group (membership m)');
    expect(removed.removes).toEqual([state?.part]);
  });
});
