import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/cloudtrail/json.js';
import { changeOf, ec2Call, lastingAfter, type Said } from '../support/change.js';

/** A call of a service without describers. */
function call(eventName: string, request: Json, response: Json = null) {
  return { ...ec2Call(eventName, request, response), eventSource: 'unknown.amazonaws.com' };
}

describe('a call without a describer', () => {
  it.each<Said>([
    [
      'attached role policy: policyArn arn:x, count 3, a.roleName r',
      'AttachRolePolicy',
      { a: { roleName: 'r' }, policyArn: 'arn:x', count: 3, clientToken: 'c', gone: null },
    ],
    [
      'created launch template: launchTemplateName x, data.imageId ami-1 → launchTemplate.launchTemplateId lt-1',
      'CreateLaunchTemplate',
      { CreateLaunchTemplateRequest: { launchTemplateName: 'x', data: { imageId: 'ami-1' } } },
      { requestId: '1', launchTemplate: { ownerId: '1', launchTemplateId: 'lt-1', name: 'x' } },
    ],
    [
      'modified image attribute: imageId ami-1, launchPermission.add.userId 1 2, launchPermission.remove.group all',
      'ModifyImageAttribute',
      {
        imageId: 'ami-1',
        launchPermission: {
          add: { items: [{ userId: '1' }, { userId: '2' }] },
          remove: { items: [{ group: 'all' }] },
        },
      },
    ],
    [
      'deleted DB instance: dBInstanceIdentifier db, force true, tags a=b',
      'DeleteDBInstance',
      { dBInstanceIdentifier: 'db', force: true, tags: [{ key: 'a', value: 'b' }] },
      { otherId: '1' },
    ],
    [
      'put account suppression: suppressedReasons none',
      'PutAccountSuppression',
      { suppressedReasons: [] },
    ],
    [
      'updated logging: firewallName fw, logging.destinations none',
      'UpdateLogging',
      { firewallName: 'fw', logging: { destinations: [] } },
    ],
    [
      'updated logging: firewallName fw, level 3',
      'UpdateLogging',
      { firewallName: 'fw', level: 3, logging: { destinations: [] } },
    ],
    ['created location S3: bucket b', 'CreateLocationS3', { bucket: 'b' }],
    ['created OAuth2 token: clientId c', 'CreateOAuth2Token', { clientId: 'c' }],
    ['deleted GitHub account token: tokenName t', 'DeleteGitHubAccountToken', { tokenName: 't' }],
    ['assigned IPv6 address: count 1', 'AssignIPv6Address', { count: 1 }],
    [
      'updated replication: rules.….replicationDestinationSettings.account 222222222222',
      'UpdateReplication',
      {
        rules: {
          replicationDestinationConfiguration: {
            replicationDestinationSettings: { account: '222222222222' },
          },
        },
      },
    ],
    [
      'updated function code: functionName f',
      'UpdateFunctionCode20150331v2',
      { functionName: 'f' },
    ],
    [
      'created cache policy: cachePolicyConfig.name x → cachePolicy.id abc',
      'CreateCachePolicy2020_05_31',
      { cachePolicyConfig: { name: 'x' } },
      { cachePolicy: { id: 'abc' } },
    ],
    ['created user: username u', 'AdminCreateUser', { username: 'u' }],
    ['called BatchDelete: ids a', 'BatchDelete', { ids: ['a'] }],
    ['deleted image: ids a b', 'BatchDeleteImage', { ids: ['a', 'b'] }],
    ['read secret value: secretId s', 'GetSecretValue', { secretId: 's' }, { name: 'n' }],
    ['called PeculiarThing: x 1', 'PeculiarThing', { x: 1 }],
    ['left organization', 'LeaveOrganization', null],
    ['called Publish: topicArn t', 'Publish', { topicArn: 't' }],
  ])('%s', (sentence, name, request, response) =>
    expect(changeOf(call(name, request, response)).sentence).toBe(sentence),
  );

  it('stays short, whatever the request holds', () => {
    let deep: Json = 'x';
    for (let i = 0; i < 50_000; i++) deep = { a: [deep] };
    const many = Object.fromEntries(Array.from({ length: 5000 }, (_, i) => [`k${i}`, i]));
    for (const request of [
      deep,
      many,
      { roleName: 'x'.repeat(200_000) },
      { ['k'.repeat(9999)]: 1 },
    ])
      expect(changeOf(call('CreateX', request)).sentence.length).toBeLessThan(600);
  });

  it('has the details of what a service did by itself', () => {
    const serviceEventDetails: Json = { resourceId: 'db-1' };
    expect(changeOf({ ...call('StartUpgrade', null), serviceEventDetails }).sentence).toBe(
      'started upgrade: resourceId db-1',
    );
  });

  it('names the resources that the event lists', () => {
    const resources: Json = [
      { ARN: 'arn:aws:s3:::b', type: 'AWS::S3::Bucket', accountId: '1' },
      { arn: 'arn:2', type: 'AWS::IAM::AccessKey' },
      'x',
      { type: 'AWS::S3::Object' },
    ];
    expect(changeOf({ ...call('X', null), resources }).resources).toEqual([
      { type: 'bucket', id: 'arn:aws:s3:::b', name: null },
      { type: 'IAM access key', id: 'arn:2', name: null },
    ]);
  });

  it('says on what a call is, where only the list of resources says it', () => {
    const type = 'AWS::CodeCommit::Repository';
    const resources: Json = [
      { ARN: 'arn:aws:codecommit:us-east-2:111111111111:shop', type },
      { ARN: 'arn:aws:iam::111111111111:role/r', type: 'AWS::IAM::Role' },
    ];
    const push = (request: Json) =>
      changeOf({ ...call('GitPush', request), eventSource: 'codecommit.amazonaws.com', resources })
        .sentence;
    expect(push({ references: [{ ref: 'refs/heads/main' }] })).toBe(
      'called GitPush on CodeCommit repository shop: references.ref refs/heads/main',
    );
    expect(push({ repositoryName: 'shop' })).toBe('called GitPush: repositoryName shop');
    expect(
      changeOf({ ...call('GetX', {}), eventSource: 'codecommit.amazonaws.com', resources })
        .sentence,
    ).not.toContain('shop');
  });

  it.each<[service: string, resource: string, request: Json, on: string]>([
    ['ssm', 'parameter/prod/db', { name: '/prod/db' }, ''],
    ['sqs', 'orders', { queueUrl: 'https://sqs.x.amazonaws.com/111111111111/orders' }, ''],
    ['logs', 'log-group:/aws/lambda/x:*', { logGroupName: '/aws/lambda/x' }, ''],
    ['logs', 'log-group:/aws/lambda/x:*', { count: 2 }, ' on resource x'],
    ['kms', 'key/k', { keyId: 'arn:aws:kms:x:111111111111:key/k' }, ''],
    ['ecr', 'repository/team/app', { repositoryName: 'team/app' }, ''],
    ['dynamodb', 'table/t', { table: 't' }, ''],
    ['apprunner', 'service/shop/0a1b', { serviceName: 'shop' }, ''],
    ['codepipeline', 'p/1', { count: 1 }, ' on resource 1'],
    ['codepipeline', 'p/1', { versionId: '1' }, ''],
    ['sqs', 'orders', { text: 'old-orders' }, ' on resource orders'],
  ])('of %s and %s, asked with %j, says `%s`', (service, resource, request, on) => {
    const eventSource = `${service}.amazonaws.com`;
    const resources = [{ ARN: `arn:aws:${service}:x:111111111111:${resource}` }];
    const { sentence } = changeOf({ ...call('ActThing', request), eventSource, resources });
    expect(sentence.replace(/:.*/, '')).toBe(`called ActThing${on}`);
  });

  it('creates and deletes the same state, whether by ID or by name', () => {
    const created = changeOf(
      call('CreateWidget', { widgetName: 'w', vpcId: 'vpc-1' }, { widgetId: 'w-1' }),
    );
    expect(created.begins).toEqual([{ resource: 'widget w-1', what: 'exists', part: 'widget w' }]);
    expect(changeOf(call('DeleteWidget', { widgetId: 'w-1' })).removes).toEqual(['widget w-1']);
    expect(changeOf(call('DeleteWidget', { widgetName: 'w' })).removes).toEqual(['widget w']);
    expect(changeOf(call('CreateWidget', { vpcId: 'vpc-1' })).begins).toEqual([]);
    expect(changeOf(call('UpdateWidget', { widgetId: 'w-1' })).begins).toEqual([]);
  });

  it.each<[what: string, create: Json, remove: Json, response?: Json]>([
    [
      'a name that begins as another does',
      { widgetName: `${'example-corp-'.repeat(30)}new` },
      { widgetName: `${'example-corp-'.repeat(30)}old` },
    ],
    [
      'an ARN that begins as another does',
      { name: 'new' },
      { widgetArn: 'arn:aws:unknown:eu-west-1:111111111111:widget:old' },
      { widgetArn: 'arn:aws:unknown:eu-west-1:111111111111:widget:new' },
    ],
    [
      'a name that is longer than any is',
      { widgetName: `${'x'.repeat(9000)}new` },
      { widgetName: `${'x'.repeat(9000)}old` },
    ],
    [
      'a name in another cluster',
      { clusterName: 'prod', widgetName: 'default' },
      { clusterName: 'test', widgetName: 'default' },
    ],
    [
      'a name in another cluster, which has the name of the widget',
      { cluster: 'default', widget: 'default' },
      { cluster: 'test', widget: 'default' },
    ],
    [
      'a name in another cluster, as EKS names it',
      { name: 'prod', widgetName: 'default' },
      { name: 'test', widgetName: 'default' },
    ],
    [
      'a name in the cluster that goes without saying',
      { cluster: 'prod', widgetName: 'web' },
      { widget: 'web' },
    ],
    [
      'a name in something that is not known as a parent',
      { gadgetName: 'a', widgetName: 'default' },
      { gadgetName: 'b', widgetName: 'default' },
    ],
  ])(
    'does not take the deletion of another thing for an end: %s',
    (_, create, remove, response) => {
      const [state] = changeOf(call('CreateWidget', create, response)).begins;
      const { removes } = changeOf(call('DeleteWidget', remove));
      expect(removes).not.toHaveLength(0);
      expect(removes).not.toContain(state?.resource);
      expect(removes).not.toContain(state?.part);
    },
  );

  it.each<[what: string, create: Json, remove: Json]>([
    [
      'in a cluster',
      { widgetName: 'w', clusterName: 'prod', roleArn: 'arn:x', finalName: 'f' },
      { clusterName: 'prod', widgetName: 'w', finalCopyName: 'f', clientRequestId: 'c' },
    ],
    [
      'in a cluster by ARN',
      { cluster: 'prod', widgetName: 'w' },
      { cluster: 'arn:aws:unknown:eu-west-1:111111111111:cluster/prod', widget: 'w' },
    ],
    [
      'in two parents',
      { domain: 'd', repository: 'r', widget: 'w' },
      { repository: 'r', widget: 'w', domain: 'd' },
    ],
  ])('sees the deletion of the same thing %s', (_, create, remove) => {
    const [state] = changeOf(call('CreateWidget', create)).begins;
    expect(changeOf(call('DeleteWidget', remove)).removes).toEqual([state?.resource]);
  });

  it.each<[what: string, create: Json, remove: Json, response: Json]>([
    [
      'by an ARN with the name',
      { widgetName: 'w' },
      { widgetArn: 'arn:aws:unknown:eu-west-1:111111111111:widget/w' },
      null,
    ],
    [
      'by a name without more words',
      { name: 'w', bucketArn: 'arn:aws:unknown:eu-west-1:111111111111:bucket/b' },
      { name: 'w', bucketArn: 'arn:aws:unknown:eu-west-1:111111111111:bucket/b' },
      { widgetArn: 'arn:aws:unknown:eu-west-1:111111111111:bucket/b/widget/1' },
    ],
  ])('sees the deletion of the same thing %s', (_, create, remove, response) =>
    expect(
      lastingAfter(
        changeOf(call('CreateWidget', create, response)),
        changeOf(call('DeleteWidget', remove)),
      ),
    ).toEqual([]),
  );

  it.each<[name: string, request: Json]>([
    // An account may delete what another account owns and lets it delete.
    ['DeleteWidget', { widgetArn: 'arn:aws:unknown:eu-west-1:222222222222:widget/w' }],
    ['DeleteWidget', { widgetName: 'arn:aws:unknown:eu-west-1:222222222222:widget/w' }],
    ['DeleteTags', { arn: 'arn:aws:unknown:eu-west-1:111111111111:widget/w' }],
    ['DeleteWidget', { name: 'w', bucketName: 'b' }],
  ])('does not take %s %j for the end of a thing', (name, request) =>
    expect(
      lastingAfter(
        changeOf(call('CreateWidget', { widgetName: 'w' })),
        changeOf(call(name, request)),
      ),
    ).toEqual(['exists']),
  );

  it('takes what a copy is made from for no parent', () => {
    const [state] = changeOf(
      call('CreateSnapshot', { clusterName: 'c', snapshotName: 's' }),
    ).begins;
    expect(changeOf(call('DeleteSnapshot', { snapshotName: 's' })).removes).toEqual([
      state?.resource,
    ]);
  });
});
