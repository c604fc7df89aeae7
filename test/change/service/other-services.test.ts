import { describe, expect, it } from 'vitest';
import type { Json } from '../../../src/cloudtrail/json.js';
import { callOf, changeOf, lastingAfter } from '../../support/change.js';

const other = '222222222222';
const call = (
  service: string,
  name: string,
  requestParameters: Json,
  responseElements: Json = null,
) => changeOf(callOf(service, name, { requestParameters, responseElements }));
const policy = (principal: Json): string =>
  JSON.stringify({
    Statement: { Effect: 'Allow', Principal: principal, Action: 'x:y', Resource: '*' },
  });
const topic = 'arn:aws:sns:eu-central-1:111111111111:t';
const queue = 'https://sqs.eu-central-1.amazonaws.com/111111111111/q';
const record = (action: string, ...values: readonly string[]): Json => ({
  action,
  resourceRecordSet: {
    name: 'a.example.com.',
    type: 'A',
    resourceRecords: values.map((value) => ({ value })),
  },
});
const records = (...changes: readonly Json[]): Json => ({
  hostedZoneId: '/hostedzone/Z1',
  changeBatch: { changes },
});

type Row = [sentence: string, service: string, name: string, request: Json, response?: Json];
type Pair = [service: string, name: string, request: Json, opposite: string, undone?: Json];

describe('changes of other services', () => {
  it.each<Row>([
    [
      'set record a.example.com A → 192.0.2.1 in zone Z1',
      'route53',
      'ChangeResourceRecordSets',
      records(record('UPSERT', '192.0.2.1')),
    ],
    [
      'changed records of zone Z1: delete a.example.com A → 192.0.2.1; create a.example.com A → 192.0.2.2, 192.0.2.3',
      'route53',
      'ChangeResourceRecordSets',
      records(record('DELETE', '192.0.2.1'), record('CREATE', '192.0.2.2', '192.0.2.3')),
    ],
    [
      'created zone Z1 for example.com, private',
      'route53',
      'CreateHostedZone',
      { name: 'example.com.', hostedZoneConfig: { privateZone: true } },
      { hostedZone: { id: '/hostedzone/Z1' } },
    ],
    [
      'let vpc-1 ask zone Z1',
      'route53',
      'AssociateVPCWithHostedZone',
      { hostedZoneId: 'Z1', vPC: { vPCId: 'vpc-1' } },
    ],
    [
      'switched off query log rqlc-1 of vpc-1',
      'route53resolver',
      'DisassociateResolverQueryLogConfig',
      { resolverQueryLogConfigId: 'rqlc-1', resourceId: 'vpc-1' },
    ],
    [
      'switched off transfer lock of domain example.com',
      'route53domains',
      'DisableDomainTransferLock',
      { domainName: 'example.com' },
    ],
    [
      `offered domain example.com to account ${other}`,
      'route53domains',
      'TransferDomainToAnotherAwsAccount',
      { domainName: 'example.com', accountId: other },
    ],
    [
      'requested certificate 1-2 for a.example.com, b.example.com',
      'acm',
      'RequestCertificate',
      { domainName: 'a.example.com', subjectAlternativeNames: ['b.example.com'] },
      { certificateArn: 'arn:aws:acm:x:1:certificate/1-2' },
    ],
    [
      'exported certificate 1-2 with its private key',
      'acm',
      'ExportCertificate',
      { certificateArn: 'arn:aws:acm:x:1:certificate/1-2' },
    ],
    [
      'set policy of topic t: everyone may x:y',
      'sns',
      'SetTopicAttributes',
      { topicArn: topic, attributeName: 'Policy', attributeValue: policy('*') },
    ],
    [
      `let account ${other} call Publish on topic t`,
      'sns',
      'AddPermission',
      { topicArn: topic, label: 'l', aWSAccountIds: [other], actionNames: ['Publish'] },
    ],
    [
      'subscribed https https://x.example to topic t',
      'sns',
      'Subscribe',
      { topicArn: topic, protocol: 'https', endpoint: 'https://x.example' },
    ],
    [
      `set policy of queue q: account ${other} may x:y`,
      'sqs',
      'SetQueueAttributes',
      { queueUrl: queue, attributes: { Policy: policy({ AWS: other }) } },
    ],
    [
      'created queue q: everyone may x:y',
      'sqs',
      'CreateQueue',
      { queueName: 'q', attributes: { Policy: policy('*') } },
    ],
    [
      'set policy of repository r: everyone may x:y',
      'ecr',
      'SetRepositoryPolicy',
      { repositoryName: 'r', policyText: policy('*') },
    ],
    [
      `set replication of the registry: to eu-west-1 of ${other}`,
      'ecr',
      'PutReplicationConfiguration',
      {
        replicationConfiguration: {
          rules: [{ destinations: [{ region: 'eu-west-1', registryId: other }] }],
        },
      },
    ],
    [
      'created stack s with role r',
      'cloudformation',
      'CreateStack',
      { stackName: 's', roleARN: 'arn:aws:iam::111111111111:role/r' },
    ],
    [
      'executed change set c of stack s',
      'cloudformation',
      'ExecuteChangeSet',
      { changeSetName: 'c', stackName: 'arn:aws:cloudformation:x:1:stack/s/1-2' },
    ],
    [
      'created identity pool p: guests get credentials without sign-in',
      'cognito-identity',
      'CreateIdentityPool',
      { identityPoolName: 'p', allowUnauthenticatedIdentities: true },
    ],
    [
      'set MFA of user pool x to OFF',
      'cognito-idp',
      'SetUserPoolMfaConfig',
      { userPoolId: 'x', mfaConfiguration: 'OFF' },
    ],
  ])('%s', (sentence, service, name, request, response = null) =>
    expect(call(service, name, request, response).sentence).toBe(sentence),
  );

  it('marks what everyone may reach, and names accounts', () => {
    const open = { peer: 'everyone', direction: 'ingress' };
    const attributes = { queueName: 'q', attributes: { Policy: policy('*') } };
    expect(call('sqs', 'CreateQueue', attributes).exposure).toEqual(open);
    expect(
      call('sns', 'AddPermission', { topicArn: topic, aWSAccountIds: ['*'] }).exposure,
    ).toEqual(open);
    const permission = { queueUrl: queue, label: 'l', aWSAccountIds: [other, '111111111111'] };
    expect(call('sqs', 'AddPermission', permission)).toMatchObject({
      exposure: null,
      grantees: [other],
    });
  });

  it.each<Pair>([
    [
      'route53',
      'ChangeResourceRecordSets',
      records(record('CREATE', '192.0.2.1')),
      'ChangeResourceRecordSets',
      records(record('DELETE', '192.0.2.1')),
    ],
    [
      'route53domains',
      'DisableDomainTransferLock',
      { domainName: 'x' },
      'EnableDomainTransferLock',
    ],
    [
      'sns',
      'AddPermission',
      { topicArn: topic, label: 'l', aWSAccountIds: [other] },
      'RemovePermission',
    ],
    ['sns', 'CreateTopic', { name: 't' }, 'DeleteTopic', { topicArn: topic }],
    ['sqs', 'CreateQueue', { queueName: 'q' }, 'DeleteQueue', { queueUrl: queue }],
    [
      'ecr',
      'SetRepositoryPolicy',
      { repositoryName: 'r', policyText: policy('*') },
      'DeleteRepositoryPolicy',
    ],
    [
      'cloudformation',
      'CreateStack',
      { stackName: 's' },
      'DeleteStack',
      { stackName: 'arn:aws:cloudformation:x:1:stack/s/1-2' },
    ],
    [
      'sns',
      'AddPermission',
      { topicArn: topic, label: 'l', aWSAccountIds: [other] },
      'SetTopicAttributes',
      { topicArn: topic, attributeName: 'Policy', attributeValue: '{"Statement":[]}' },
    ],
    [
      'sqs',
      'AddPermission',
      { queueUrl: queue, label: 'l', aWSAccountIds: ['*'] },
      'SetQueueAttributes',
      { queueUrl: queue, attributes: { Policy: '' } },
    ],
    [
      'events',
      'PutPermission',
      { eventBusName: 'b', statementId: 's', principal: other, action: 'events:PutEvents' },
      'RemovePermission',
      { eventBusName: 'b', removeAllPermissions: true },
    ],
  ])('%s %s is undone by its opposite', (service, name, request, opposite, undone = request) => {
    const begun = call(service, name, request);
    expect(lastingAfter(begun)).not.toEqual([]);
    const ended = call(service, opposite, undone);
    const own = lastingAfter(begun);
    expect(lastingAfter(begun, ended).filter((what) => own.includes(what))).toEqual([]);
  });

  it('keeps a permission that a new policy may still have', () => {
    const added = (account: string) =>
      call('sqs', 'AddPermission', { queueUrl: queue, label: 'l', aWSAccountIds: [account] });
    const put = (principal: Json) =>
      call('sqs', 'SetQueueAttributes', {
        queueUrl: queue,
        attributes: { Policy: policy(principal) },
      });
    expect(lastingAfter(added(other), put({ AWS: other }))).toContain('has permission l');
    expect(lastingAfter(added('111111111111'), put({ AWS: '111111111111' }))).toContain(
      'has permission l',
    );
    expect(lastingAfter(added(other), put({ AWS: '111111111111' }))).toEqual(['has a policy']);
  });
});
