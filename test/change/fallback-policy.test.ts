/** How long a policy lasts that a call without a describer sets: only what ends it ends it. */
import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/cloudtrail/json.js';
import { callOf, changeOf, lastingAfter } from '../support/change.js';

const own = '111111111111';
const other = '222222222222';
type Call = readonly [name: string, request: Json, response?: Json];

const allowing = (principal: string): string =>
  JSON.stringify({
    Statement: { Effect: 'Allow', Principal: { AWS: principal }, Action: '*', Resource: '*' },
  });
const everyone = allowing('*');
const nobodyElse = allowing(own);
const arn = (service: string, rest: string, account = own): string =>
  `arn:aws:${service}:eu-west-1:${account}:${rest}`;
const bucket = (name: string): string => arn('s3tables', `bucket/${name}`);
const change = (service: string, [name, requestParameters, responseElements = null]: Call) =>
  changeOf(callOf(service, name, { requestParameters, responseElements }));
const lasting = (service: string, ...calls: readonly Call[]): readonly string[] =>
  lastingAfter(...calls.map((call) => change(service, call)));

describe('a policy without a describer', () => {
  it.each<[service: string, opening: Call, later: Call]>([
    [
      'glacier',
      ['SetVaultAccessPolicy', { accountId: '-', vaultName: 'a', policy: { policy: everyone } }],
      ['DeleteVaultAccessPolicy', { accountId: '-', vaultName: 'b' }],
    ],
    [
      'ses',
      ['PutIdentityPolicy', { identity: 'a.example', policyName: 'p', policy: everyone }],
      ['DeleteIdentityPolicy', { identity: 'b.example', policyName: 'p' }],
    ],
    [
      'ses',
      ['PutIdentityPolicy', { identity: 'a.example', policyName: 'p', policy: everyone }],
      ['DeleteIdentityPolicy', { identity: 'a.example', policyName: 'q' }],
    ],
    [
      'ses',
      [
        'CreateEmailIdentityPolicy',
        { emailIdentity: 'a.example', policyName: 'p', policy: everyone },
      ],
      ['DeleteEmailIdentityPolicy', { emailIdentity: 'b.example', policyName: 'p' }],
    ],
    [
      's3tables',
      [
        'PutTablePolicy',
        { tableBucketARN: bucket('a'), namespace: 'n', name: 't', resourcePolicy: everyone },
      ],
      ['DeleteTablePolicy', { tableBucketARN: bucket('b'), namespace: 'n', name: 't' }],
    ],
    [
      's3tables',
      [
        'PutTablePolicy',
        { tableBucketARN: bucket('a'), namespace: 'n', name: 't', resourcePolicy: everyone },
      ],
      ['DeleteTable', { tableBucketARN: bucket('b'), namespace: 'n', name: 't' }],
    ],
    [
      's3',
      ['PutAccessPointPolicyForObjectLambda', { accountId: own, name: 'a', policy: everyone }],
      ['PutAccessPointPolicyForObjectLambda', { accountId: own, name: 'b', policy: nobodyElse }],
    ],
    [
      's3-outposts',
      ['PutBucketPolicy', { accountId: own, bucket: 'a', policy: everyone }],
      ['PutBucketPolicy', { accountId: own, bucket: 'b', policy: nobodyElse }],
    ],
    [
      'ssm',
      ['PutResourcePolicy', { resourceArn: 'arn:x', policy: everyone }, { policyId: 'p' }],
      ['DeleteResourcePolicy', { resourceArn: 'arn:x', policyId: 'q', policyHash: 'h' }],
    ],
    [
      'newservice',
      ['PutThingPolicy', { thingName: 't', stageName: 'a', policy: everyone }],
      ['DeleteThingPolicy', { thingName: 't', stageName: 'b' }],
    ],
    [
      'newservice',
      ['PutThingPolicy', { thingName: 't', versionId: '1', policy: everyone }],
      ['DeleteThingPolicy', { thingName: 't', versionId: '2' }],
    ],
    [
      'newservice',
      ['PutAccessPolicy', { gadgetName: 'g', stageName: 'a', policy: everyone }],
      ['DeleteAccessPolicy', { gadgetName: 'g', stageName: 'b' }],
    ],
    // A policy of another kind.
    [
      'newservice',
      ['PutThingPolicy', { thingName: 't', policy: everyone }],
      ['DeleteLifecyclePolicy', { thingName: 't' }],
    ],
    [
      'newservice',
      ['PutResourcePolicy', { resourceArn: 'arn:t', policy: everyone }],
      ['DeleteResourcePolicyStatement', { resourceArn: 'arn:t', statementId: 's' }],
    ],
    // Another account may own a table of the same name.
    [
      'dynamodb',
      ['PutResourcePolicy', { resourceArn: arn('dynamodb', 'table/t'), policy: everyone }],
      ['DeleteTable', { tableName: arn('dynamodb', 'table/t', other) }],
    ],
  ])('does not end with what another thing or policy loses: %s %j %j', (...calls) =>
    expect(lasting(...calls)).toHaveLength(1),
  );

  it.each<[service: string, opening: Call, later: Call]>([
    [
      'glacier',
      ['SetVaultAccessPolicy', { accountId: '-', vaultName: 'a', policy: { policy: everyone } }],
      ['DeleteVault', { accountId: '-', vaultName: 'a' }],
    ],
    [
      'glacier',
      ['SetVaultAccessPolicy', { accountId: '-', vaultName: 'a', policy: { policy: everyone } }],
      ['DeleteVaultAccessPolicy', { accountId: '-', vaultName: 'a' }],
    ],
    [
      'ses',
      ['PutIdentityPolicy', { identity: 'a.example', policyName: 'p', policy: everyone }],
      ['DeleteIdentityPolicy', { identity: 'a.example', policyName: 'p' }],
    ],
    [
      'ses',
      ['PutIdentityPolicy', { identity: 'a.example', policyName: 'p', policy: everyone }],
      ['DeleteIdentity', { identity: 'a.example' }],
    ],
    [
      'ses',
      [
        'CreateEmailIdentityPolicy',
        { emailIdentity: 'a.example', policyName: 'p', policy: everyone },
      ],
      ['DeleteEmailIdentity', { emailIdentity: 'a.example' }],
    ],
    [
      's3tables',
      [
        'PutTablePolicy',
        { tableBucketARN: bucket('a'), namespace: 'n', name: 't', resourcePolicy: everyone },
      ],
      ['DeleteTable', { tableBucketARN: bucket('a'), namespace: 'n', name: 't' }],
    ],
    [
      's3',
      ['PutAccessPointPolicyForObjectLambda', { accountId: own, name: 'a', policy: everyone }],
      ['DeleteAccessPointPolicyForObjectLambda', { accountId: own, name: 'a' }],
    ],
    [
      's3',
      ['PutAccessPointPolicyForObjectLambda', { accountId: own, name: 'a', policy: everyone }],
      ['DeleteAccessPointForObjectLambda', { accountId: own, name: 'a' }],
    ],
    [
      'codeartifact',
      [
        'PutRepositoryPermissionsPolicy',
        { domain: 'd', domainOwner: own, repository: 'r', policyDocument: everyone },
      ],
      ['DeleteRepositoryPermissionsPolicy', { domain: 'd', repository: 'r', policyRevision: 'x' }],
    ],
    [
      'ssm',
      ['PutResourcePolicy', { resourceArn: 'arn:x', policy: everyone }, { policyId: 'p' }],
      ['DeleteResourcePolicy', { resourceArn: 'arn:x', policyId: 'p', policyHash: 'h' }],
    ],
    [
      'xray',
      ['PutResourcePolicy', { policyName: 'p', policyDocument: everyone }],
      ['DeleteResourcePolicy', { policyName: 'p', policyRevisionId: '1' }],
    ],
    [
      'dynamodb',
      ['PutResourcePolicy', { resourceArn: arn('dynamodb', 'table/t'), policy: everyone }],
      ['DeleteTable', { tableName: 't' }],
    ],
    [
      'dynamodb',
      ['PutResourcePolicy', { resourceArn: arn('dynamodb', 'table/t'), policy: everyone }],
      [
        'DeleteResourcePolicy',
        { resourceArn: arn('dynamodb', 'table/t'), expectedRevisionId: '1' },
      ],
    ],
    [
      'kinesis',
      ['PutResourcePolicy', { resourceARN: arn('kinesis', 'stream/s'), policy: everyone }],
      ['DeleteStream', { streamName: 's' }],
    ],
    [
      'kinesis',
      ['PutResourcePolicy', { resourceARN: arn('kinesis', 'stream/s'), policy: everyone }],
      ['DeleteStream', { streamARN: arn('kinesis', 'stream/s') }],
    ],
    [
      'vpc-lattice',
      ['PutAuthPolicy', { resourceIdentifier: 'svc-0123', policy: everyone }],
      ['DeleteService', { serviceIdentifier: arn('vpc-lattice', 'service/svc-0123') }],
    ],
    [
      'vpc-lattice',
      [
        'PutAuthPolicy',
        { resourceIdentifier: arn('vpc-lattice', 'servicenetwork/sn-0123'), policy: everyone },
      ],
      ['DeleteServiceNetwork', { serviceNetworkIdentifier: 'sn-0123' }],
    ],
    [
      'cloudfront',
      [
        'PutResourcePolicy',
        { resourceArn: `arn:aws:cloudfront::${own}:distribution/E1`, policyDocument: everyone },
      ],
      ['DeleteResourcePolicy', { resourceArn: `arn:aws:cloudfront::${own}:distribution/E1` }],
    ],
    [
      'codebuild',
      ['PutResourcePolicy', { resourceArn: arn('codebuild', 'project/p'), policy: everyone }],
      ['DeleteProject', { name: 'p' }],
    ],
    [
      'newservice',
      ['CreateThing', { name: 't', policy: everyone }, { thingId: 't-1' }],
      ['DeleteThing', { thingId: 't-1' }],
    ],
    // The catalog of the account has no name.
    [
      'glue',
      ['PutResourcePolicy', { policyInJson: everyone, enableHybrid: 'TRUE' }, { policyHash: 'x' }],
      ['DeleteResourcePolicy', {}],
    ],
    [
      'glue',
      ['PutResourcePolicy', { policyInJson: allowing(other) }],
      ['DeleteResourcePolicy', { policyHashCondition: 'x' }],
    ],
  ])('ends with the policy or the thing: %s %j %j', (...calls) =>
    expect(lasting(...calls)).toEqual([]),
  );

  it.each<[service: string, call: Call]>([
    ['newservice', ['PutResourcePolicy', { policy: everyone }]],
    ['newservice', ['PutThingPolicy', { accountId: own, policy: everyone }]],
  ])('begins no state where nothing is named: %s %j', (service, call) =>
    expect(change(service, call).begins).toEqual([]),
  );

  it.each<[sentence: string, service: string, call: Call]>([
    [
      'updated domain config: domainName d: everyone may * on *',
      'es',
      ['UpdateDomainConfig', { domainName: 'd', accessPolicies: everyone }],
    ],
    [
      'put thing policy: thingName t: this account may * on *',
      'newservice',
      ['PutThingPolicy', { thingName: 't', policy: JSON.parse(nobodyElse) as Json }],
    ],
    [
      'put thing policy: thingName t, policy { "Statement": broken',
      'newservice',
      ['PutThingPolicy', { thingName: 't', policy: '{ "Statement": broken' }],
    ],
  ])('is said in words, unless it cannot be read: %s', (sentence, service, call) =>
    expect(change(service, call).sentence).toBe(sentence),
  );

  it('is replaced where the access policies of a domain of OpenSearch are set', () =>
    expect(
      lasting(
        'es',
        ['UpdateDomainConfig', { domainName: 'd', accessPolicies: everyone }],
        ['UpdateDomainConfig', { domainName: 'd', accessPolicies: allowing(other) }],
      ),
    ).toEqual([`open to account ${other} by its policy`]));

  it('of the Glue catalog is not that of a table in it', () => {
    const table = arn('glue', 'table/sales/orders');
    const opened = [
      ['PutResourcePolicy', { policyInJson: allowing(other) }],
      ['PutResourcePolicy', { policyInJson: everyone, resourceArn: table }],
    ] as const satisfies readonly Call[];
    expect(lasting('glue', ...opened, ['DeleteResourcePolicy', null])).toEqual([
      'open to everyone by its policy',
    ]);
    expect(lasting('glue', ...opened, ['DeleteResourcePolicy', { resourceArn: table }])).toEqual([
      `open to account ${other} by its policy`,
    ]);
    expect(change('glue', opened[0]).begins[0]?.resource).toBe(`Glue catalog of account ${own}`);
  });

  it('is told by the thing, and by its name where the thing may have several', () =>
    expect([
      change('dynamodb', [
        'PutResourcePolicy',
        { resourceArn: arn('dynamodb', 'table/orders'), policy: everyone },
      ]).begins[0],
      change('ses', [
        'PutIdentityPolicy',
        { identity: 'a.example', policyName: 'p', policy: everyone },
      ]).begins[0],
    ]).toMatchObject([
      { resource: 'table orders', what: 'open to everyone by its policy' },
      { resource: 'identity a.example', what: 'open to everyone by its policy p' },
    ]));
});
