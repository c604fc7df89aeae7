/** Which calls are about a resource: the condition of `hunt what` means the same in logs and on Trino. */
import { beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { toRecord } from '../../src/cloudtrail/record.js';
import { mutatingCalls, whatRule } from '../../src/rule/catalog/built-in.js';
import {
  alsoNamed,
  namedResource,
  resourceCondition,
  type PlacedId,
} from '../../src/rule/resource/named-resource.js';
import { answers } from '../support/evaluate-engines.js';
import { testedTrino } from '../support/evaluate-trino.js';
import { huntEvents, openedGroup } from '../support/hunt-events.js';
import { describeWithTrino } from '../support/trino.js';
import { huntTable } from './table/hunt-table.js';

const ACCOUNT = '112233445566';
/** Its copies in other regions have the same ID. */
const MULTI_REGION = 'mrk-0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const NAME = 'a"b%_\\c';

const of = (eventID: string, changes: Readonly<Record<string, unknown>>) =>
  openedGroup({ eventID, readOnly: false, requestParameters: null, resources: null, ...changes });
const policy = (arn: string): string => JSON.stringify({ Statement: [{ Resource: [arn, 'x'] }] });

const arnOf = (service: string, rest: string, account = ACCOUNT): string =>
  `arn:aws:${service}:eu-west-1:${account}:${rest}`;
const calls = (service: string, requests: Readonly<Record<string, unknown>>) =>
  Object.entries(requests).map(([eventID, requestParameters]) =>
    of(eventID, { eventSource: `${service}.amazonaws.com`, requestParameters }),
  );

const EVENTS = [
  of('whole', { requestParameters: { a: [{ b: 'sg-1' }] } }),
  of('longer', { requestParameters: { a: 'sg-11', b: 'xsg-1', c: 'sg-1 ' } }),
  of('arn', { responseElements: { arn: 'arn:aws:ec2:eu-west-1:1:security-group/sg-1' } }),
  of('policy', { requestParameters: { policy: policy('arn:aws:ec2:::sg-1') } }),
  of('quoted', { requestParameters: { policy: JSON.stringify({ group: 'sg-1' }) } }),
  of('listed', { resources: [{ ARN: 'arn:aws:ec2:::security-group/sg-1' }] }),
  of('hostile', { requestParameters: { a: NAME } }),
  of('not hostile', { requestParameters: { a: 'a"bxx\\c' } }),
  ...Object.entries({
    earlier: '2026-01-13T23:59:59Z',
    'within the minute': '2026-02-01T00:00:30Z',
    later: '2026-02-01T00:01:00Z',
  }).map(([eventID, eventTime]) =>
    of(eventID, {
      eventTime,
      eventSource: 'iam.amazonaws.com',
      requestParameters: { userName: 'zoe' },
    }),
  ),
  of('user', { eventSource: 'iam.amazonaws.com', requestParameters: { userName: 'ann' } }),
  of('other service', { requestParameters: { userName: 'ann' } }),
  of('other account', {
    eventSource: 'iam.amazonaws.com',
    recipientAccountId: '999988887777',
    requestParameters: { userName: 'ann' },
  }),
  // CloudTrail before version 1.02 names the account of the caller alone, or none.
  ...Object.entries({
    'of an old log': ACCOUNT,
    'of no account': null,
    'of another one': '999988887777',
  }).map(([eventID, accountId]) =>
    of(eventID, {
      eventSource: 'iam.amazonaws.com',
      recipientAccountId: null,
      userIdentity: { type: 'IAMUser', accountId, userName: 'zoe' },
      requestParameters: { userName: 'uma' },
    }),
  ),
  of('user by ARN', { requestParameters: { arn: `arn:aws:iam::${ACCOUNT}:user/team/ann` } }),
  of('secret', {
    eventSource: 'secretsmanager.amazonaws.com',
    requestParameters: { secretId: 'db/main' },
  }),
  of('parameter', { eventSource: 'ssm.amazonaws.com', requestParameters: { name: '/web/port' } }),
  of('function', {
    eventSource: 'lambda.amazonaws.com',
    requestParameters: { functionName: 'pay' },
  }),
  of('function of another region', {
    eventSource: 'lambda.amazonaws.com',
    awsRegion: 'us-east-1',
    requestParameters: { functionName: 'pay' },
  }),
  of('function by ARN in another region', {
    eventSource: 'events.amazonaws.com',
    awsRegion: 'us-east-1',
    requestParameters: { target: `arn:aws:lambda:eu-west-1:${ACCOUNT}:function:pay` },
  }),
  of('key', { eventSource: 'kms.amazonaws.com', requestParameters: { keyId: MULTI_REGION } }),
  of('key of another region', {
    eventSource: 'kms.amazonaws.com',
    awsRegion: 'us-east-1',
    requestParameters: { keyId: MULTI_REGION },
  }),
  of('distribution', {
    eventSource: 'cloudfront.amazonaws.com',
    awsRegion: 'us-east-1',
    requestParameters: { id: 'E1EXAMPLE' },
  }),
  ...calls('cloudtrail', {
    'trail to the bucket': { name: 'audit', s3BucketName: 'pay-logs' },
    'trail of that name': { name: 'pay-logs', s3BucketName: 'other' },
  }),
  of('export to the bucket', {
    eventName: 'CreateExportTask',
    eventSource: 'logs.amazonaws.com',
    requestParameters: { destination: 'pay-logs' },
  }),
  of('load balancer with logs', {
    eventName: 'ModifyLoadBalancerAttributes',
    eventSource: 'elasticloadbalancing.amazonaws.com',
    requestParameters: { attributes: [{ key: 'access_logs.s3.bucket', value: 'pay-logs' }] },
  }),
  ...calls('rds', {
    'database in small letters': { dBInstanceIdentifier: 'mydb' },
    'database as typed': { dBInstanceIdentifier: 'MyDb' },
  }),
  ...calls('dynamodb', { 'table in small letters': { tableName: 'mydb' } }),
  ...calls('ecr', {
    'role of another service': { name: 'deploy' },
    'trail of another service': { name: 'audit' },
  }),
  of('bucket', { eventSource: 's3.amazonaws.com', requestParameters: { bucketName: 'pay-logs' } }),
  of('bucket from another region', {
    eventSource: 's3.amazonaws.com',
    awsRegion: 'us-east-1',
    requestParameters: { bucketName: 'pay-logs' },
  }),
  ...calls('cloudformation', {
    stack: { stackName: 'prod' },
    'stack by ARN': { stackName: arnOf('cloudformation', 'stack/prod/1-2') },
    'change set': { stackName: 'other', changeSetName: 'prod' },
    'stack with a tag': { stackName: 'other', tags: [{ key: 'stage', value: 'prod' }] },
  }),
  of('stack of another region', {
    eventSource: 'cloudformation.amazonaws.com',
    awsRegion: 'us-east-1',
    requestParameters: { stackName: 'prod' },
  }),
  ...calls('lambda', {
    'function with alias': { functionName: 'pay:live' },
    'function and alias': { functionName: 'pay', name: 'live' },
    'function and other alias': { functionName: 'pay', name: 'test' },
    'function by ARN with alias': { functionName: arnOf('lambda', 'function:pay:live') },
    'longer function': { functionName: 'payment', name: 'live' },
  }),
  ...calls('rds', {
    database: { dBInstanceIdentifier: 'shop' },
    'database cluster': { dBClusterIdentifier: 'shop' },
    'database snapshot': { dBSnapshotIdentifier: 'shop', dBInstanceIdentifier: 'web' },
  }),
  ...calls('ecs', {
    service: { cluster: 'prod', service: 'web' },
    'service by ARN of its cluster': { cluster: arnOf('ecs', 'cluster/prod'), serviceName: 'web' },
    'service elsewhere': { cluster: 'test', service: 'web' },
    'service called as the cluster': { cluster: 'test', service: 'prod' },
    'service of no cluster': { service: 'web' },
    clusters: { clusters: ['prod', 'other'] },
  }),
  ...calls('iam', {
    role: { roleName: 'deploy' },
    'user called as the role': { userName: 'deploy' },
    'inline policy': { roleName: 'web', policyName: 'deploy' },
  }),
  ...calls('redshift', {
    'snapshot of a cluster': { snapshotIdentifier: 'dwh-final', accountWithRestoreAccess: 'x' },
    'cluster called as the snapshot': { clusterIdentifier: 'dwh-final' },
  }),
  ...calls('quicksight', {
    'user of a namespace': { namespace: 'default', userName: 'eve' },
    'user of another namespace': { namespace: 'other', userName: 'eve' },
  }),
  ...calls('codeartifact', {
    'repository of a domain': { domain: 'pay-domain', repository: 'npm' },
    'repository of another domain': { domain: 'other', repository: 'npm' },
    domain: { domain: 'pay-domain' },
  }),
  ...Object.entries({
    'version of a layer': { layerName: arnOf('lambda', 'layer:libs'), versionNumber: 3 },
    'other version of a layer': { layerName: 'libs', versionNumber: 4 },
  }).map(([eventID, requestParameters]) =>
    of(eventID, {
      eventName: 'AddLayerVersionPermission20181031',
      eventSource: 'lambda.amazonaws.com',
      requestParameters,
    }),
  ),
  ...calls('glue', { 'table of Glue': { databaseName: 'sales', tableInput: { name: 'cards' } } }),
  ...calls('lakeformation', {
    'table of a lake': { resource: { table: { databaseName: 'sales', name: 'cards' } } },
    'table in a batch': {
      entries: [{ resource: { tableWithColumns: { databaseName: 'sales', name: 'cards' } } }],
    },
    'table of another database': { resource: { table: { databaseName: 'hr', name: 'cards' } } },
    'database of a lake': { resource: { database: { name: 'sales' } } },
    'role called as the database': {
      principal: { dataLakePrincipalIdentifier: `arn:aws:iam::${ACCOUNT}:role/sales` },
      resource: { database: { name: 'hr' } },
    },
  }),
  ...calls('logs', { 'log group': { logGroupName: '/web/shop' } }),
  ...calls('sns', { topic: { name: 'alerts' } }),
  ...calls('sqs', {
    queue: { queueUrl: `https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs` },
    'queue by name': { queueName: 'jobs' },
  }),
  ...calls('s3', {
    object: { bucketName: 'pics', key: 'a/b.png' },
    'object elsewhere': { bucketName: 'other', key: 'a/b.png' },
  }),
  ...calls('eks', { 'node group': { name: 'prod', nodegroupName: 'small' } }),
  ...calls('events', {
    'target of the account': { targets: [{ arn: 'arn:aws:events:x:777788889999:event-bus/b' }] },
    'account in a policy': { policy: policy('arn:aws:iam::777788889999:root') },
    'longer number': { targets: [{ arn: 'arn:aws:events:x:7777888899990:event-bus/b' }] },
  }),
  of('within the account', {
    recipientAccountId: '777788889999',
    requestParameters: { arn: 'arn:aws:iam::777788889999:role/r' },
  }),
  of('reads', { readOnly: true, requestParameters: { a: 'sg-1' } }),
];

const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'sg-1': ['arn', 'listed', 'policy', 'quoted', 'whole'],
  [NAME]: ['hostile'],
  '777788889999': ['account in a policy', 'target of the account'],
  ann: ['other account', 'other service', 'user', 'user by ARN'],
  [`arn:aws:iam::${ACCOUNT}:user/uma`]: ['of an old log', 'of no account'],
  [`arn:aws:iam::${ACCOUNT}:user/team/ann`]: ['user', 'user by ARN'],
  [`arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:db/main-AbC123`]: ['secret'],
  [`arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/web/port`]: ['parameter'],
  [`arn:aws:lambda:eu-west-1:${ACCOUNT}:function:pay`]: [
    'function',
    'function and alias',
    'function and other alias',
    'function by ARN in another region',
    'function by ARN with alias',
    'function with alias',
  ],
  [arnOf('lambda', 'function:pay:live')]: [
    'function and alias',
    'function by ARN with alias',
    'function with alias',
  ],
  pay: [
    'function',
    'function and alias',
    'function and other alias',
    'function by ARN in another region',
    'function of another region',
  ],
  [arnOf('cloudformation', 'stack/prod/1-2')]: ['stack', 'stack by ARN'],
  [arnOf('rds', 'db:shop')]: ['database'],
  [arnOf('rds', 'cluster:shop')]: ['database cluster'],
  [arnOf('ecs', 'service/prod/web')]: ['service', 'service by ARN of its cluster'],
  [arnOf('ecs', 'service/default/web')]: ['service of no cluster'],
  [arnOf('ecs', 'cluster/prod')]: ['clusters', 'service', 'service by ARN of its cluster'],
  [`arn:aws:iam::${ACCOUNT}:role/team/deploy`]: ['role'],
  'role/deploy': ['role'],
  'trail/audit': ['trail to the bucket'],
  [arnOf('logs', 'log-group:/web/shop:*')]: ['log group'],
  [arnOf('redshift', 'snapshot:dwh/dwh-final')]: ['snapshot of a cluster'],
  [arnOf('quicksight', 'user/default/eve')]: ['user of a namespace'],
  [arnOf('codeartifact', 'repository/pay-domain/npm')]: ['repository of a domain'],
  [arnOf('lambda', 'layer:libs')]: ['other version of a layer', 'version of a layer'],
  [arnOf('lambda', 'layer:libs:3')]: ['version of a layer'],
  [arnOf('glue', 'table/sales/cards')]: ['table in a batch', 'table of Glue', 'table of a lake'],
  [arnOf('glue', 'database/sales')]: [
    'database of a lake',
    'table in a batch',
    'table of Glue',
    'table of a lake',
  ],
  [arnOf('sns', 'alerts')]: ['topic'],
  [arnOf('sqs', 'jobs')]: ['queue', 'queue by name'],
  'arn:aws:s3:::pics/a/b.png': ['object'],
  [arnOf('eks', 'nodegroup/prod/small/1-2')]: ['node group'],
  [`arn:aws:kms:eu-west-1:${ACCOUNT}:key/${MULTI_REGION}`]: ['key'],
  [`arn:aws:cloudfront::${ACCOUNT}:distribution/E1EXAMPLE`]: ['distribution'],
  'front door': ['distribution', 'function of another region', 'user', 'user by ARN'],
  'arn:aws:s3:::pay-logs': [
    'bucket',
    'bucket from another region',
    'export to the bucket',
    'load balancer with logs',
    'trail to the bucket',
  ],
  MyDb: ['database as typed', 'database in small letters'],
  [arnOf('rds', 'db:MyDb')]: ['database as typed', 'database in small letters'],
  'renamed to zoe, and on': ['within the minute'],
};

/** IDs that an answer had, as `hunt what` follows them. */
const FOLLOWED: Readonly<Record<string, readonly PlacedId[]>> = {
  'front door': [
    {
      id: 'E1EXAMPLE',
      place: { eventSource: 'cloudfront.amazonaws.com', account: ACCOUNT, region: undefined },
      spans: undefined,
    },
    {
      id: 'pay',
      place: { eventSource: 'lambda.amazonaws.com', account: ACCOUNT, region: 'us-east-1' },
      spans: undefined,
    },
    { id: `arn:aws:iam::${ACCOUNT}:user/team/ann`, place: undefined, spans: undefined },
  ],
  'renamed to zoe, and on': [
    {
      id: 'zoe',
      place: { eventSource: 'iam.amazonaws.com', account: ACCOUNT, region: undefined },
      spans: [{ since: '2026-01-14T00:00:00.000Z', until: '2026-02-01T00:00:10.000Z' }],
    },
  ],
};
const asked = (text: string) => ({
  rules: [whatRule()],
  filters: [resourceCondition(alsoNamed(namedResource(text), FOLLOWED[text] ?? []))],
});
const idsOf = ({
  findings,
}: {
  readonly findings: readonly { readonly eventID: string | null }[];
}) => findings.map(({ eventID }) => eventID).toSorted();

test.each(Object.keys(EXPECTED))('in logs: %j', async (text) => {
  expect(idsOf(await huntEvents(EVENTS, asked(text)))).toEqual(EXPECTED[text]);
});

await describeWithTrino('on Trino', (trino) => {
  const resources = Object.keys(EXPECTED);
  const found = new Map<string, readonly unknown[]>();
  // Trino plans a hunt for seconds, so one statement asks for all resources.
  beforeAll(async () => {
    const engine = testedTrino(trino);
    await engine.fill(EVENTS.map((event, index) => toRecord(event as JsonObject, String(index))));
    const conditions = resources.flatMap((text) => asked(text).filters);
    const [changes, ...about] = await answers(
      engine,
      [mutatingCalls(), ...conditions],
      EVENTS.length,
    );
    resources.forEach((text, n) => {
      const events = EVENTS.filter(
        (_, at) => changes?.[at] === 'true' && about[n]?.[at] === 'true',
      );
      found.set(text, events.map(({ eventID }) => eventID).toSorted());
    });
  });

  test.each(resources)('%j', (text) => {
    expect(found.get(text)).toEqual(EXPECTED[text]);
  });

  test.each(Object.keys(FOLLOWED))('in a hunt: %j', async (text) => {
    const report = await huntTable(trino, 'events', asked(text));
    expect(idsOf(report)).toEqual(EXPECTED[text]);
  });
});
