import { describe, expect, it } from 'vitest';
import { describeChange } from '../../../src/change/describe.js';
import type { Json } from '../../../src/cloudtrail/json.js';
import { callOf, changeOf, lastingAfter } from '../../support/change.js';
import { looksForEnd } from '../../../src/story/opposite.js';

const other = '222222222222';
const call = (
  service: string,
  name: string,
  requestParameters: Json,
  responseElements: Json = null,
) => changeOf(callOf(service, name, { requestParameters, responseElements }));

const share = {
  dataShareArn: 'arn:aws:redshift:x:111111111111:datashare:ns/sales',
  consumerIdentifier: other,
};
const grant = (
  permissions: Json,
  who: string = other,
  resource: Json = { database: { name: 'd' } },
) => ({
  principal: { dataLakePrincipalIdentifier: who },
  resource,
  permissions,
});
const columns = (...columnNames: readonly string[]): Json => ({
  tableWithColumns: { catalogId: '333333333333', databaseName: 'd', name: 't', columnNames },
});
const tagged = (...tags: readonly (readonly [key: string, ...values: string[]])[]): Json => ({
  lFTagPolicy: {
    resourceType: 'TABLE',
    expression: tags.map(([tagKey, ...tagValues]) => ({ tagKey, tagValues })),
  },
});
const table = 'arn:aws:dynamodb:x:111111111111:table/orders';
const tableExport = { tableArn: table, s3Bucket: 'b', s3BucketOwner: other };
const copy = (account: string) => ({
  recoveryPointArn: 'arn:aws:ec2:x::snapshot/snap-1',
  sourceBackupVaultName: 'Default',
  destinationBackupVaultArn: `arn:aws:backup:x:${account}:backup-vault:v`,
});
const target = { rule: 'r', targets: [{ id: '1', arn: `arn:aws:events:x:${other}:event-bus/b` }] };
const subscription = (endpoint: string) => ({
  topicArn: 'arn:aws:sns:x:111111111111:t',
  protocol: 'sqs',
  endpoint,
});
const notification = (account: string) => ({
  bucketName: 'b',
  NotificationConfiguration: { QueueConfiguration: { Queue: `arn:aws:sqs:x:${account}:q` } },
});
const portfolio = { portfolioId: 'port-1', accountId: other };
const node = (type: string, value: string) => ({
  portfolioId: 'port-1',
  organizationNode: { type, value },
});
const replication = (...accounts: readonly string[]) => ({
  replicationConfiguration: {
    rules: [{ destinations: accounts.map((registryId) => ({ region: 'x', registryId })) }],
  },
});
const encryption = (account: string) => ({
  bucketName: 'b',
  ServerSideEncryptionConfiguration: {
    Rule: {
      ApplyServerSideEncryptionByDefault: {
        SSEAlgorithm: 'aws:kms',
        KMSMasterKeyID: `arn:aws:kms:x:${account}:key/k`,
      },
    },
  },
});
const admin = (account: string, kind = 'role') => `arn:aws:iam::${account}:${kind}/admin`;
const functionIn = (account: string) => `arn:aws:lambda:x:${account}:function:f`;
const trigger = (account: string) => ({
  userPoolId: 'p',
  mfaConfiguration: account === other ? 'OFF' : 'ON',
  lambdaConfig: { preTokenGenerationConfig: { lambdaArn: functionIn(account) } },
});
const rotation = { secretId: 's', rotationLambdaARN: functionIn(other) };
const roles = (unauthenticated: string) => ({
  identityPoolId: 'x:pool',
  roles: { unauthenticated },
});
const project = (projectVisibility: string) => ({
  projectArn: 'arn:aws:codebuild:x:111111111111:project/p',
  projectVisibility,
});
const network = (AllowFromPublic: boolean, name = 'n') => ({
  name,
  type: 'network',
  policy: JSON.stringify([{ AllowFromPublic, Rules: [{ Resource: ['collection/c'] }] }]),
});
const peering: Json = {
  vpcPeeringConnection: {
    vpcPeeringConnectionId: 'pcx-1',
    requesterVpcInfo: { ownerId: other, vpcId: 'vpc-1' },
    accepterVpcInfo: { ownerId: '111111111111', vpcId: 'vpc-2' },
  },
};
const attachment: Json = {
  transitGatewayVpcAttachment: { transitGatewayAttachmentId: 'a-1', vpcOwnerId: other },
};
const accepted = { vpcPeeringConnectionId: 'pcx-1' };
const attached = { transitGatewayAttachmentId: 'a-1' };

type Row = [sentence: string, service: string, name: string, request: Json, state: string];
type Pair = [service: string, name: string, request: Json, opposite: string, undone: Json];

it('a subscription hands messages to the account of its queue', () => {
  const granteesOf = (endpoint: string): readonly string[] =>
    call('sns', 'Subscribe', subscription(endpoint)).grantees;
  expect(granteesOf(`arn:aws:sqs:x:${other}:q`)).toEqual([other]);
  expect(granteesOf('arn:aws:sqs:x:111111111111:q')).toEqual([]);
  // The number of a telephone.
  expect(granteesOf(other)).toEqual([]);
});

describe('a grant of a batch that failed', () => {
  const good = { id: '1', ...grant(['SELECT'], `arn:aws:iam::${other}:role/good`) };
  const bad = { id: '2', ...grant(['ALL'], '333333333333') };
  const answer = (...failed: readonly Json[]) => ({
    failures: failed.map((requestEntry) => ({ requestEntry, error: { errorCode: 'x' } })),
  });
  const batch = (name: string, failed: readonly Json[], entries: readonly Json[] = [good, bad]) =>
    call('lakeformation', name, { entries }, answer(...failed));

  it('is not given', () => {
    const { sentence, begins, grantees, resources } = batch('BatchGrantPermissions', [bad]);
    expect(sentence).toBe(
      `gave role good of account ${other} SELECT on database d (1 of 2 failed: account 333333333333 ALL on database d)`,
    );
    expect(begins.map(({ what }) => what)).toEqual([`SELECT for role good of account ${other}`]);
    expect(grantees).toEqual([other]);
    expect(resources.map(({ id }) => id)).toEqual(['database d']);
  });

  it('is not taken', () => {
    const { sentence, ends, removes } = batch('BatchRevokePermissions', [bad]);
    expect(sentence).toBe(
      `removed SELECT on database d from role good of account ${other} (1 of 2 failed: ALL on database d from account 333333333333)`,
    );
    expect(ends.map(({ what }) => what)).toEqual([`SELECT for role good of account ${other}`]);
    expect(removes).toEqual([]);
  });

  it('needs no ID', () => {
    const entries = [grant(['SELECT']), grant(['ALL'], '333333333333')];
    const { begins } = batch('BatchGrantPermissions', [grant(['ALL'], '333333333333')], entries);
    expect(begins.map(({ what }) => what)).toEqual([`SELECT for account ${other}`]);
  });

  it('ends nothing where the answer does not say which one it was', () => {
    const { sentence, ends, removes } = batch('BatchRevokePermissions', [null]);
    expect(sentence).toMatch(/ \(1 of 2 failed\)$/);
    expect([ends, removes]).toEqual([[], []]);
  });

  it('is not given beside one that names nobody', () => {
    const { begins, grantees } = batch('BatchGrantPermissions', [{ id: '2' }], [{ id: '1' }, bad]);
    expect([begins, grantees]).toEqual([[], []]);
  });

  it('was tried, if all failed', () => {
    const event = callOf('lakeformation', 'BatchGrantPermissions', {
      requestParameters: { entries: [good, bad] },
      responseElements: answer(good, bad),
    });
    expect(describeChange(event, 'failed')?.sentence).toBe(
      `tried to give role good of account ${other} SELECT on database d; account 333333333333 ALL on database d`,
    );
  });
});

describe('data that another account gets', () => {
  it.each<Row>([
    [
      `let account ${other} read data share ns/sales`,
      'redshift',
      'AuthorizeDataShare',
      share,
      `data share ns/sales: open to account ${other}`,
    ],
    [
      `gave account ${other} SELECT on tables of database d`,
      'lakeformation',
      'GrantPermissions',
      grant(['SELECT'], other, { table: { databaseName: 'd', tableWildcard: {} } }),
      `tables of database d: SELECT for account ${other}`,
    ],
    [
      `gave role r of account ${other} ALL on database d; account 333333333333 DESCRIBE on database d`,
      'lakeformation',
      'BatchGrantPermissions',
      {
        entries: [
          grant(['ALL'], `arn:aws:iam::${other}:role/r`),
          grant(['DESCRIBE'], '333333333333'),
        ],
      },
      `database d: ALL for role r of account ${other}`,
    ],
    [
      `gave user team/u of account ${other} SELECT on table t of database d of catalog 333333333333 (column c), with grant option for SELECT`,
      'lakeformation',
      'GrantPermissions',
      {
        ...grant(['SELECT'], `arn:aws:iam::${other}:user/team/u`, columns('c')),
        permissionsWithGrantOption: ['SELECT'],
      },
      `table t of database d of catalog 333333333333: SELECT of column c for user team/u of account ${other}`,
    ],
    [
      `gave account ${other} DESCRIBE on LF-tag k: v`,
      'lakeformation',
      'GrantPermissions',
      grant(['DESCRIBE'], other, { lFTag: { tagKey: 'k', tagValues: ['v'] } }),
      `LF-tag k: DESCRIBE of value v for account ${other}`,
    ],
    [
      `gave account ${other} SELECT on tables with LF-tags a: x or y and k: v`,
      'lakeformation',
      'GrantPermissions',
      grant(['SELECT'], other, tagged(['k', 'v'], ['a', 'y', 'x'])),
      `tables with LF-tags a: x or y and k: v: SELECT for account ${other}`,
    ],
    [
      `exported table orders to bucket b of account ${other}`,
      'dynamodb',
      'ExportTableToPointInTime',
      tableExport,
      `copy of table orders: in bucket b of account ${other}`,
    ],
    [
      `started copy of recovery point snap-1 from backup vault Default to backup vault v of account ${other}`,
      'backup',
      'StartCopyJob',
      copy(other),
      `copy of recovery point snap-1: in backup vault v of account ${other}`,
    ],
    [
      `set notifications of bucket b: to arn:aws:sqs:x:${other}:q`,
      's3',
      'PutBucketNotification',
      notification(other),
      `bucket b: notifications to account ${other}`,
    ],
    [
      `shared portfolio port-1 with account ${other}`,
      'servicecatalog',
      'CreatePortfolioShare',
      portfolio,
      `portfolio port-1: shared with account ${other}`,
    ],
    [
      `shared portfolio port-1 with account ${other}`,
      'servicecatalog',
      'CreatePortfolioShare',
      node('ACCOUNT', other),
      `portfolio port-1: shared with account ${other}`,
    ],
    [
      `added target arn:aws:events:x:${other}:event-bus/b to rule r`,
      'events',
      'PutTargets',
      target,
      `rule r: target 1 of account ${other}`,
    ],
    [
      `set replication of the registry: to x of ${other}`,
      'ecr',
      'PutReplicationConfiguration',
      replication(other),
      `registry 111111111111: images go to account ${other}`,
    ],
  ])('%s', (sentence, service, name, request, state) => {
    const { begins, grantees, ...change } = call(service, name, request);
    expect(change.sentence).toBe(sentence);
    expect(grantees).toContain(other);
    expect(begins.map(({ resource, what }) => `${resource}: ${what}`)).toContain(state);
  });

  it('is nobody else’s within the account', () => {
    const own = '111111111111';
    for (const [service, name, request] of [
      ['redshift', 'AuthorizeDataShare', { ...share, consumerIdentifier: own }],
      ['lakeformation', 'GrantPermissions', grant(['ALL'], `arn:aws:iam::${own}:user/u`)],
      ['dynamodb', 'ExportTableToPointInTime', { ...tableExport, s3BucketOwner: own }],
      ['dynamodb', 'ExportTableToPointInTime', { tableArn: table, s3Bucket: 'b' }],
      ['backup', 'StartCopyJob', copy(own)],
      ['ecr', 'PutReplicationConfiguration', replication(own)],
    ] as const)
      expect([name, call(service, name, request).grantees]).toEqual([name, []]);
  });

  it('stays there when the original is deleted', () => {
    const exported = call('dynamodb', 'ExportTableToPointInTime', tableExport);
    const removed = call('dynamodb', 'DeleteTable', { tableName: 'orders' });
    expect(lastingAfter(exported, removed)).toEqual([`in bucket b of account ${other}`]);
  });
});

describe('what everyone gets', () => {
  it.each<Row>([
    [
      'created identity pool p: guests get credentials without sign-in',
      'cognito-identity',
      'CreateIdentityPool',
      { identityPoolName: 'p', allowUnauthenticatedIdentities: true },
      'guests get credentials',
    ],
    [
      'changed identity pool x:pool: guests get credentials without sign-in',
      'cognito-identity',
      'UpdateIdentityPool',
      { identityPoolId: 'x:pool', allowUnauthenticatedIdentities: true },
      'guests get credentials',
    ],
    [
      'let everyone read the builds, logs and artifacts of project p',
      'codebuild',
      'UpdateProjectVisibility',
      project('PUBLIC_READ'),
      'builds open to everyone',
    ],
    [
      'set network policy n: everyone reaches collection/c over the internet',
      'aoss',
      'UpdateSecurityPolicy',
      network(true),
      'lets in every network',
    ],
  ])('%s', (sentence, service, name, request, state) => {
    const { begins, exposure, ...change } = call(service, name, request);
    expect(change.sentence).toBe(sentence);
    expect(exposure).toEqual({ peer: 'everyone', direction: 'ingress' });
    expect(begins.map(({ what }) => what)).toContain(state);
  });

  it('is not what closes it, or says nothing of it', () => {
    for (const [service, name, request] of [
      [
        'cognito-identity',
        'SetIdentityPoolRoles',
        { identityPoolId: 'x', roles: { authenticated: 'r' } },
      ],
      // The pool may let no guests in.
      ['cognito-identity', 'SetIdentityPoolRoles', roles('r')],
      [
        'cognito-identity',
        'CreateIdentityPool',
        { identityPoolName: 'p', allowUnauthenticatedIdentities: false },
      ],
      ['codebuild', 'UpdateProjectVisibility', project('PRIVATE')],
      ['aoss', 'CreateSecurityPolicy', network(false)],
      ['aoss', 'UpdateSecurityPolicy', { name: 'n', type: 'network', description: 'x' }],
      ['aoss', 'CreateSecurityPolicy', { name: 'n', type: 'network', policy: '[{' }],
    ] as const)
      expect([name, call(service, name, request).exposure]).toEqual([name, null]);
  });
});

describe('what was handed over is taken back', () => {
  it.each<Pair>([
    ['redshift', 'AuthorizeDataShare', share, 'DeauthorizeDataShare', share],
    [
      'lakeformation',
      'GrantPermissions',
      grant(['SELECT']),
      'RevokePermissions',
      grant(['SELECT']),
    ],
    ['lakeformation', 'GrantPermissions', grant(['SELECT']), 'RevokePermissions', grant(['ALL'])],
    [
      'lakeformation',
      'BatchGrantPermissions',
      { entries: [grant(['ALL'])] },
      'BatchRevokePermissions',
      { entries: [grant(['ALL'])] },
    ],
    [
      'events',
      'PutTargets',
      target,
      'PutTargets',
      { rule: 'r', targets: [{ arn: 'arn:aws:sqs:x:111111111111:q' }, { id: '1', arn: 'x' }] },
    ],
    ['events', 'PutTargets', target, 'RemoveTargets', { rule: 'r', ids: ['1'] }],
    [
      's3',
      'PutBucketNotification',
      notification(other),
      'PutBucketNotification',
      notification('111111111111'),
    ],
    ['servicecatalog', 'CreatePortfolioShare', portfolio, 'DeletePortfolioShare', portfolio],
    [
      'servicecatalog',
      'CreatePortfolioShare',
      node('ACCOUNT', other),
      'DeletePortfolioShare',
      portfolio,
    ],
    ['cognito-idp', 'UpdateUserPool', trigger(other), 'UpdateUserPool', trigger('111111111111')],
    ['cognito-idp', 'UpdateUserPool', trigger(other), 'DeleteUserPool', { userPoolId: 'p' }],
    ['secretsmanager', 'RotateSecret', rotation, 'CancelRotateSecret', { secretId: 's' }],
    [
      'ecr',
      'PutReplicationConfiguration',
      replication(other),
      'PutReplicationConfiguration',
      replication(),
    ],
    [
      's3',
      'PutBucketEncryption',
      encryption(other),
      'PutBucketEncryption',
      encryption('111111111111'),
    ],
    [
      'cognito-identity',
      'SetIdentityPoolRoles',
      roles('r'),
      'SetIdentityPoolRoles',
      { ...roles(''), roles: {} },
    ],
    ['cognito-identity', 'SetIdentityPoolRoles', roles('r'), 'DeleteIdentityPool', roles('')],
    [
      'codebuild',
      'UpdateProjectVisibility',
      project('PUBLIC_READ'),
      'UpdateProjectVisibility',
      project('PRIVATE'),
    ],
    [
      'codebuild',
      'UpdateProjectVisibility',
      project('PUBLIC_READ'),
      'DeleteProject',
      { name: 'p' },
    ],
    ['aoss', 'UpdateSecurityPolicy', network(true), 'UpdateSecurityPolicy', network(false)],
    ['aoss', 'CreateSecurityPolicy', network(true), 'DeleteSecurityPolicy', network(true)],
  ])('%s %s by %s', (service, name, request, opposite, undone) => {
    const begun = call(service, name, request);
    const own = lastingAfter(begun);
    expect(own).not.toEqual([]);
    const lasting = lastingAfter(begun, call(service, opposite, undone));
    expect(lasting.filter((what) => own.includes(what))).toEqual([]);
  });

  it.each<Pair>([
    ['lakeformation', 'GrantPermissions', grant(['ALL']), 'RevokePermissions', grant(['SELECT'])],
    [
      'lakeformation',
      'GrantPermissions',
      grant(['ALL']),
      'RevokePermissions',
      grant(['ALL'], '333333333333'),
    ],
    ...[
      [grant(['SELECT'], admin(other)), grant(['SELECT'], admin('111111111111'))],
      [grant(['SELECT'], admin(other)), grant(['SELECT'], admin(other, 'user'))],
      [grant(['SELECT']), grant(['SELECT'], `${other}:IAMPrincipals`)],
      [grant(['SELECT'], other, columns('a', 'b')), grant(['SELECT'], other, columns('a'))],
      [
        grant(['SELECT'], other, columns('a')),
        grant(['SELECT'], other, { table: { databaseName: 'd', name: 't' } }),
      ],
      [grant(['SELECT'], other, tagged(['k', 'v'])), grant(['SELECT'], other, tagged(['k', 'w']))],
    ].map(([given = null, taken = null]): Pair => [
      'lakeformation',
      'GrantPermissions',
      given,
      'RevokePermissions',
      taken,
    ]),
    [
      'cognito-idp',
      'UpdateUserPool',
      trigger(other),
      'SetUserPoolMfaConfig',
      { userPoolId: 'p', mfaConfiguration: 'ON' },
    ],
    ['secretsmanager', 'RotateSecret', rotation, 'RotateSecret', { secretId: 's' }],
    ['aoss', 'UpdateSecurityPolicy', network(true), 'UpdateSecurityPolicy', network(false, 'm')],
    ['s3', 'PutBucketEncryption', encryption(other), 'PutBucketEncryption', encryption(other)],
  ])('but not %s %s by another %s', (service, name, request, opposite, undone) => {
    const begun = call(service, name, request);
    expect(lastingAfter(begun, call(service, opposite, undone))).not.toEqual([]);
  });
});

describe('a network that another account is let into', () => {
  it.each([
    ['AcceptVpcPeeringConnection', accepted, peering, 'DeleteVpcPeeringConnection'],
    [
      'AcceptTransitGatewayVpcAttachment',
      attached,
      attachment,
      'DeleteTransitGatewayVpcAttachment',
    ],
    [
      'AcceptTransitGatewayVpcAttachment',
      attached,
      attachment,
      'RejectTransitGatewayVpcAttachment',
    ],
  ])('%s lasts until %s', (name, request, response, opposite) => {
    const begun = call('ec2', name, request, response);
    expect(lastingAfter(begun)).toEqual([`open to account ${other}`]);
    expect(lastingAfter(begun, call('ec2', opposite, request))).toEqual([]);
    expect(looksForEnd([opposite])(name)).toBe(true);
  });
});

describe('states that a later call ends', () => {
  const user = { userName: 'ann', accessKeyId: 'AKIA1' };
  const checked = (value: boolean) => ({
    networkInterfaceId: 'eni-1',
    sourceDestCheck: { value },
  });
  const instance = (value: boolean) => ({ instanceId: 'i-1', disableApiTermination: { value } });
  const servers = (...names: readonly string[]) => ({
    domainName: 'example.com',
    nameservers: names.map((name) => ({ name })),
  });
  const origin = (domainName: string) => ({
    id: 'E1',
    distributionConfig: { origins: { items: [{ domainName }] } },
  });

  it.each<readonly [string, string, Json, string, string, Json]>([
    [
      'iam',
      'UpdateAccessKey',
      { ...user, status: 'Active' },
      'active again',
      'DeleteAccessKey',
      user,
    ],
    [
      'iam',
      'UpdateAccessKey',
      { ...user, status: 'Active' },
      'active again',
      'UpdateAccessKey',
      { ...user, status: 'Inactive' },
    ],
    [
      'ec2',
      'ModifyInstanceAttribute',
      instance(true),
      'termination protection on',
      'ModifyInstanceAttribute',
      instance(false),
    ],
    [
      'route53domains',
      'UpdateDomainNameservers',
      servers('ns.evil'),
      'name servers ns.evil',
      'UpdateDomainNameservers',
      servers('ns.good'),
    ],
    [
      'ses',
      'VerifyEmailIdentity',
      { emailAddress: 'a@b' },
      'exists',
      'DeleteIdentity',
      { identity: 'a@b' },
    ],
    [
      'ses',
      'VerifyDomainIdentity',
      { domain: 'b' },
      'exists',
      'DeleteEmailIdentity',
      { emailIdentity: 'b' },
    ],
    [
      'ses',
      'CreateEmailIdentity',
      { emailIdentity: 'b' },
      'exists',
      'DeleteIdentity',
      { identity: 'b' },
    ],
  ])('%s %s: %j %s', (service, name, request, state, opposite, undone) => {
    const begun = call(service, name, request);
    expect(lastingAfter(begun)).toEqual([state]);
    expect(lastingAfter(begun, call(service, opposite, undone))).not.toContain(state);
  });

  it('looks for the calls that delete an identity of SES', () => {
    const looksFor = looksForEnd(['DeleteIdentity']);
    expect(looksFor('VerifyEmailIdentity')).toBe(true);
    expect(looksFor('VerifyDomainIdentity')).toBe(true);
  });

  it.each([
    // The call repeats the origins that the distribution has.
    ['cloudfront', 'UpdateDistribution', origin('shop.example')],
    // An interface checks where packets come from and go to, unless somebody switched that off.
    ['ec2', 'ModifyNetworkInterfaceAttribute', checked(true)],
  ])('are none that %s %s: %j puts back', (service, name, request) => {
    expect(call(service, name, request).begins).toEqual([]);
  });

  it.each([
    [
      'iam',
      'UpdateAccessKey',
      [
        { ...user, status: 'Inactive' },
        { ...user, status: 'Active' },
      ],
    ],
    [
      'iam',
      'UpdateAccessKey',
      [
        { ...user, status: 'Active' },
        { ...user, status: 'Inactive' },
      ],
    ],
    ['ec2', 'ModifyInstanceAttribute', [instance(false), instance(true)]],
  ] as const)('are none that %s %s puts back: %j', (service, name, [first, second]) => {
    const [before, after] = [call(service, name, first), call(service, name, second)];
    expect(lastingAfter(before)).not.toEqual([]);
    expect(lastingAfter(before, after)).toEqual([]);
    expect(lastingAfter(before, after, before)).toEqual(lastingAfter(before));
  });

  it('are none of an interface that checks again', () => {
    const off = call('ec2', 'ModifyNetworkInterfaceAttribute', checked(false));
    const on = call('ec2', 'ModifyNetworkInterfaceAttribute', checked(true));
    expect(lastingAfter(off)).toEqual(['source and destination check off']);
    expect(lastingAfter(off, on)).toEqual([]);
  });
});

describe('policies of an organization', () => {
  const content = (...statements: readonly Json[]): Json => ({
    policyId: 'p-1',
    content: JSON.stringify({ Statement: statements }),
  });
  it.each<readonly [string, Json]>([
    [
      'changed policy p-1: allows at most * on *',
      content({ Effect: 'Allow', Action: '*', Resource: '*' }),
    ],
    [
      'changed policy p-1: allows at most s3:* on *; denies iam:* on *',
      content(
        { Effect: 'Deny', Action: 'iam:*', Resource: '*' },
        { Effect: 'Allow', Action: 's3:*', Resource: '*' },
      ),
    ],
    [
      'changed policy p-1: denies s3:* on * to everyone',
      content({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: '*' }),
    ],
  ])('%s', (sentence, request) =>
    expect(call('organizations', 'UpdatePolicy', request).sentence).toBe(sentence),
  );

  it('limit nothing until they have another content', () => {
    const all = { Effect: 'Allow', Action: '*', Resource: '*' };
    const deny = { Effect: 'Deny', Action: 'iam:*', Resource: '*' };
    const update = (...statements: readonly Json[]) =>
      call('organizations', 'UpdatePolicy', content(...statements));
    expect(lastingAfter(update(all))).toEqual(['limits nothing']);
    expect(lastingAfter(update(all), update(all, deny))).toEqual([]);
    const renamed = call('organizations', 'UpdatePolicy', { policyId: 'p-1', name: 'x' });
    expect(lastingAfter(update(all), renamed)).toEqual(['limits nothing']);
    const narrower: readonly Json[] = [
      { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' },
      { ...all, Resource: 'arn:aws:s3:::b' },
      { ...all, Condition: { StringEquals: { 'aws:RequestedRegion': 'eu-west-1' } } },
    ];
    for (const narrow of narrower) expect(lastingAfter(update(narrow))).toEqual([]);
  });
});
