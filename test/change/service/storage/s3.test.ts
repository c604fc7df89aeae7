import { describe, expect, it } from 'vitest';
import type { Json, JsonObject } from '../../../../src/cloudtrail/json.js';
import { callOf, changeOf, lastingAfter, type Said } from '../../../support/change.js';

const other = '222222222222';
const foreignKey = `arn:aws:kms:eu-central-1:${other}:key/1`;
const call = (name: string, request: { readonly [name: string]: Json }) =>
  changeOf(callOf('s3', name, { requestParameters: { bucketName: 'b', ...request } }));

const policy = (principal: Json, more: JsonObject = {}): Json => ({
  Statement: [
    {
      Effect: 'Allow',
      Principal: principal,
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::b/*',
      ...more,
    },
  ],
});
const block = (value: boolean): { readonly [name: string]: Json } => ({
  PublicAccessBlockConfiguration: {
    BlockPublicAcls: value,
    IgnorePublicAcls: value,
    BlockPublicPolicy: value,
    RestrictPublicBuckets: true,
  },
});
const grants = (...grantees: readonly Json[]): { readonly [name: string]: Json } => {
  const list = grantees.map((Grantee) => ({ Grantee, Permission: 'READ' }));
  return {
    AccessControlPolicy: {
      Owner: { ID: 'me' },
      AccessControlList: { Grant: list.length === 1 ? (list[0] ?? null) : list },
    },
  };
};
const allUsers = { URI: 'http://acs.amazonaws.com/groups/global/AllUsers' };
const rule = (fields: { readonly [name: string]: Json }): { readonly [name: string]: Json } => ({
  LifecycleConfiguration: { Rule: { Status: 'Enabled', ...fields } },
});

describe('changes of S3', () => {
  it.each<Said>([
    ['created bucket b', 'CreateBucket', { 'x-amz-acl': 'private' }],
    [
      'created bucket b, ACL of bucket b: everyone may read',
      'CreateBucket',
      { 'x-amz-acl': ['public-read'] },
    ],
    [
      `set policy of bucket b: account ${other} may s3:GetObject`,
      'PutBucketPolicy',
      { bucketPolicy: policy({ AWS: other }) },
    ],
    ['set policy of bucket b: a policy that cannot be read', 'PutBucketPolicy', {}],
    ['deleted policy of bucket b', 'DeleteBucketPolicy', {}],
    [
      'set ACL of bucket b: everyone may read, its owner may read',
      'PutBucketAcl',
      grants({ ID: 'me' }, allUsers),
    ],
    ['set ACL of bucket b: everyone may read', 'PutBucketAcl', grants(allUsers)],
    [
      'set ACL of object b/k: everyone may read and write',
      'PutObjectAcl',
      { key: 'k', 'x-amz-acl': 'public-read-write' },
    ],
    [
      'set ACL of bucket b: canonical user 0123456789ab… may write',
      'PutBucketAcl',
      { 'x-amz-grant-write': 'id="0123456789abcdef"' },
    ],
    [
      'switched on ACLs of bucket b (ObjectWriter)',
      'PutBucketOwnershipControls',
      { OwnershipControls: { Rule: { ObjectOwnership: 'ObjectWriter' } } },
    ],
    [
      'set public access block of bucket b: off for new public ACLs, existing public ACLs, new public policies',
      'PutBucketPublicAccessBlock',
      block(false),
    ],
    ['switched on public access block of bucket b', 'PutBucketPublicAccessBlock', block(true)],
    ['switched off public access block of bucket b', 'DeleteBucketPublicAccessBlock', {}],
    [
      'switched off public access block of account 111111111111',
      'DeleteAccountPublicAccessBlock',
      {},
    ],
    [
      'set lifecycle of bucket b: objects in logs/ expire after 1 day',
      'PutBucketLifecycle',
      rule({ Expiration: { Days: 1 }, Filter: { Prefix: 'logs/' } }),
    ],
    [
      'set lifecycle of bucket b: 1 rule switched off',
      'PutBucketLifecycle',
      rule({ Status: 'Disabled', Expiration: { Days: 1 } }),
    ],
    [
      'set lifecycle of bucket b: 1 rule that moves or cleans up',
      'PutBucketLifecycle',
      rule({ Transition: { Days: 30 } }),
    ],
    [
      'set lifecycle of bucket b: old versions of objects with tag t=v larger than 5 expire after 1 day',
      'PutBucketLifecycle',
      rule({
        NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        Filter: { And: { Tag: { Key: 't', Value: 'v' }, ObjectSizeGreaterThan: 5 } },
      }),
    ],
    [
      `set encryption of bucket b to aws:kms with key ${foreignKey} of account ${other}`,
      'PutBucketEncryption',
      {
        ServerSideEncryptionConfiguration: {
          Rule: {
            ApplyServerSideEncryptionByDefault: {
              SSEAlgorithm: 'aws:kms',
              KMSMasterKeyID: foreignKey,
            },
          },
        },
      },
    ],
    [
      'put object b/k, ACL of object b/k: everyone may read',
      'PutObject',
      { key: 'k', 'x-amz-acl': 'public-read' },
    ],
    ['put object b/k', 'PutObject', { key: 'k', 'x-amz-acl': 'bucket-owner-full-control' }],
    [
      'switched off replication of bucket b',
      'PutBucketReplication',
      {
        ReplicationConfiguration: {
          Rule: { Status: 'Disabled', Destination: { Bucket: 'arn:aws:s3:::c' } },
        },
      },
    ],
    [
      'switched off versioning of bucket b',
      'PutBucketVersioning',
      { VersioningConfiguration: { Status: 'Suspended' } },
    ],
    ['switched off access logs of bucket b', 'PutBucketLogging', { BucketLoggingStatus: '' }],
    [
      `switched on replication of bucket b to bucket c of account ${other}`,
      'PutBucketReplication',
      {
        ReplicationConfiguration: {
          Rule: { Destination: { Bucket: 'arn:aws:s3:::c', Account: other } },
        },
      },
    ],
    [
      'set notifications of bucket b: to arn:x',
      'PutBucketNotification',
      { NotificationConfiguration: { QueueConfiguration: { Queue: 'arn:x' } } },
    ],
    [
      'let pages of * read bucket b (CORS)',
      'PutBucketCors',
      { CORSConfiguration: { CORSRule: { AllowedOrigin: '*' } } },
    ],
    [
      'let pages of * read and change bucket b (CORS)',
      'PutBucketCors',
      { CORSConfiguration: { CORSRule: { AllowedOrigin: '*', AllowedMethod: ['GET', 'PUT'] } } },
    ],
    [
      'set policy of access point p: everyone may s3:GetObject on b/*',
      'PutAccessPointPolicy',
      { name: 'p', policy: policy('*') },
    ],
  ])('%s', (sentence, name, request) =>
    expect(call(name, request as { readonly [name: string]: Json }).sentence).toBe(sentence),
  );

  it.each([
    'PutBucketAcl',
    'PutBucketEncryption',
    'PutBucketLifecycle',
    'PutBucketLogging',
    'PutBucketNotification',
    'PutBucketObjectLockConfiguration',
    'PutBucketOwnershipControls',
    'PutBucketPublicAccessBlock',
    'PutBucketReplication',
    'PutBucketVersioning',
    'PutAccountPublicAccessBlock',
  ])('does not say what %s set if its body is not in the record', (name) => {
    const change = call(name, { publicAccessBlock: '', acl: '' });
    expect(change.sentence).toMatch(/ \(to what is not in the record\)$/);
    expect(change).toMatchObject({ begins: [], ends: [] });
  });

  it('marks what everyone may reach, and names accounts', () => {
    const open = { peer: 'everyone', direction: 'ingress' };
    const authenticated = { URI: 'http://acs.amazonaws.com/groups/global/AuthenticatedUsers' };
    expect(call('PutBucketPolicy', { bucketPolicy: policy('*') }).exposure).toEqual(open);
    for (const grantee of [allUsers, authenticated])
      expect(call('PutBucketAcl', grants(grantee)).exposure).toEqual(open);
    expect(call('PutObjectAcl', { key: 'k', 'x-amz-acl': 'authenticated-read' }).exposure).toEqual(
      open,
    );
    expect(call('PutObject', { key: 'k', 'x-amz-acl': 'public-read' }).exposure).toEqual(open);
    expect(call('PutBucketAcl', { 'x-amz-acl': 'private' }).exposure).toBeNull();
    expect(call('PutBucketPolicy', { bucketPolicy: policy({ AWS: other }) })).toMatchObject({
      exposure: null,
      grantees: [other],
    });
  });

  it.each<[string, Json, string, Json?]>([
    ['PutBucketPolicy', { bucketPolicy: policy('*') }, 'DeleteBucketPolicy'],
    [
      'PutBucketPolicy',
      { bucketPolicy: policy({ AWS: other }) },
      'PutBucketPolicy',
      { bucketPolicy: policy({ AWS: '111111111111' }) },
    ],
    ['PutBucketAcl', grants(allUsers), 'PutBucketAcl', { 'x-amz-acl': 'private' }],
    ['DeleteBucketPublicAccessBlock', {}, 'PutBucketPublicAccessBlock', block(true)],
    ['PutBucketLifecycle', rule({ Expiration: { Days: 1 } }), 'DeleteBucketLifecycle'],
    [
      'PutBucketVersioning',
      { VersioningConfiguration: { Status: 'Suspended' } },
      'PutBucketVersioning',
      { VersioningConfiguration: { Status: 'Enabled' } },
    ],
    ['CreateBucket', {}, 'DeleteBucket'],
  ])('%s is undone by its opposite', (name, request, opposite, undone = {}) => {
    const begun = call(name, request as { readonly [name: string]: Json });
    const own = lastingAfter(begun);
    expect(own).not.toEqual([]);
    const ended = call(opposite, undone as { readonly [name: string]: Json });
    expect(lastingAfter(begun, ended).filter((what) => own.includes(what))).toEqual([]);
  });

  it('ends whom a policy let in with one that lets in others, and only those', () => {
    const put = (principal: Json, more: JsonObject = {}) =>
      call('PutBucketPolicy', { bucketPolicy: policy(principal, more) });
    const everyone = put('*');
    const toOther = put({ AWS: other });
    expect(lastingAfter(everyone)).toEqual(['open to everyone by its policy']);
    expect(lastingAfter(everyone, toOther)).toEqual([`open to account ${other} by its policy`]);
    expect(lastingAfter(put({ AWS: [other, '333333333333'] }), toOther)).toEqual(
      lastingAfter(toOther),
    );
    expect(lastingAfter(toOther, everyone, toOther)).toEqual(lastingAfter(toOther));
    expect(lastingAfter(toOther, put({ AWS: '111111111111' }))).toEqual(['has a policy']);
    // The organization may be that of the other account.
    const toOrganization = put('*', {
      Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } },
    });
    expect(lastingAfter(everyone, toOrganization)).toEqual(['has a policy']);
    expect(lastingAfter(toOther, toOrganization)).toEqual([
      ...lastingAfter(toOther),
      'has a policy',
    ]);
    // Everyone has the other account among them, and is ended by what lets in nobody but accounts.
    expect(lastingAfter(toOther, everyone)).toEqual([
      ...lastingAfter(toOther),
      ...lastingAfter(everyone),
    ]);
    const broken: readonly Json[] = [
      '{"Statement":',
      { Version: '2012-10-17' },
      { $truncated: true },
    ];
    for (const bucketPolicy of broken)
      expect(lastingAfter(everyone, call('PutBucketPolicy', { bucketPolicy }))).toContain(
        'open to everyone by its policy',
      );
    expect(lastingAfter(everyone, call('DeleteBucketPolicy', {}))).toEqual([]);
  });

  it.each<[who: string, Principal: Json, condition?: JsonObject]>([
    ['an organization', '*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } }],
    ['a network', '*', { IpAddress: { 'aws:SourceIp': '198.51.100.7/32' } }],
    ['a canonical user', { CanonicalUser: '0123456789abcdef' }],
  ])('ends no account with a policy that lets in another account and %s', (_, Principal, given) => {
    const statement = (who: Json, Condition: Json = {}): JsonObject => ({
      Effect: 'Allow',
      Principal: who,
      Action: 's3:GetObject',
      Resource: 'arn:aws:s3:::b/*',
      Condition,
    });
    const put = (...Statement: readonly Json[]) =>
      call('PutBucketPolicy', { bucketPolicy: { Statement } });
    const toThird = statement({ AWS: '333333333333' });
    const before = put(statement({ AWS: other }));
    const vague = statement(Principal, given);
    for (const statements of [
      [toThird, vague],
      [vague, toThird],
    ])
      expect(lastingAfter(before, put(...statements))).toEqual([
        ...lastingAfter(before),
        'open to account 333333333333 by its policy',
      ]);
    expect(lastingAfter(put(vague), put(vague, toThird))).toContain('has a policy');
    expect(lastingAfter(put(statement('*')), put(vague, toThird))).not.toContain(
      'open to everyone by its policy',
    );
  });

  it('reads networks of all statements together, and says what of the internet is still let in', () => {
    const from = (...ranges: readonly string[]) =>
      call('PutBucketPolicy', {
        bucketPolicy: {
          Statement: ranges.map((range) => ({
            Effect: 'Allow',
            Principal: '*',
            Action: 's3:GetObject',
            Resource: 'arn:aws:s3:::b/*',
            Condition: { IpAddress: { 'aws:SourceIp': range } },
          })),
        },
      });
    const everyone = call('PutBucketPolicy', { bucketPolicy: policy('*') });
    const halves = from('0.0.0.0/1', '128.0.0.0/1');
    expect(halves.exposure).toEqual({ peer: 'everyone', direction: 'ingress' });
    expect(lastingAfter(everyone, halves)).toEqual(lastingAfter(everyone));
    const much = ['open to much of the internet by its policy'];
    for (const range of ['0.0.0.0/1', '128.0.0.0/2']) {
      expect(from(range).exposure).toEqual({ peer: 'much of the internet', direction: 'ingress' });
      expect(lastingAfter(everyone, from(range))).toEqual(much);
      expect(lastingAfter(from(range), from(range, '192.0.2.0/24'))).toEqual(much);
    }
    expect(lastingAfter(from('0.0.0.0/1'), from('192.0.2.0/24'))).toEqual(['has a policy']);
    expect(lastingAfter(from('0.0.0.0/1'), everyone)).toContain('open to everyone by its policy');
    // Of the half of the internet, only one organization.
    const Condition = {
      IpAddress: { 'aws:SourceIp': '0.0.0.0/1' },
      StringEquals: { 'aws:PrincipalOrgID': 'o-1' },
    };
    const both = call('PutBucketPolicy', { bucketPolicy: policy('*', { Condition }) });
    expect(both.exposure).toBeNull();
  });

  it('ends no account with a statement that lets in another account and a canonical user', () => {
    const put = (principal: Json) => call('PutBucketPolicy', { bucketPolicy: policy(principal) });
    const before = put({ AWS: other });
    const both = put({ AWS: '333333333333', CanonicalUser: '0123456789abcdef' });
    expect(lastingAfter(before, both)).toEqual([...lastingAfter(before), ...lastingAfter(both)]);
  });

  it('ends an account with a policy that lets in everyone of another account', () => {
    const Condition = { StringEquals: { 'aws:PrincipalAccount': '333333333333' } };
    const ofThird = call('PutBucketPolicy', { bucketPolicy: policy('*', { Condition }) });
    const before = call('PutBucketPolicy', { bucketPolicy: policy({ AWS: other }) });
    expect(lastingAfter(before, ofThird)).toEqual(lastingAfter(ofThird));
  });

  it('ends that everyone is let in with an ACL that lets in one other', () => {
    const one = call('PutBucketAcl', { 'x-amz-grant-read': ['id="0123456789abcdef"'] });
    const states = lastingAfter(call('PutBucketAcl', { 'x-amz-acl': 'public-read' }), one);
    expect(states).toEqual(['open to others by its ACL']);
  });
});
