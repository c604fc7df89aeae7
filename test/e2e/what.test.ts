/** `hunt what RESOURCE`: everything that happened to one resource, and how it stands at the end, through the command. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { emptyFolder, hunt, type Run } from '../support/run-hunt.js';

type Event = Readonly<Record<string, unknown>>;

const ACCOUNT = '112233445566';
const GROUP = 'sg-0a1b2c3d4e5f60718';
let count = 0;

/** Each event is a minute after the one before. */
function event(eventName: string, changes: Event = {}): Event {
  count += 1;
  return {
    eventVersion: '1.08',
    eventID: `event-${count}`,
    eventTime: `2026-01-14T12:${String(count % 60).padStart(2, '0')}:00Z`,
    eventSource: 'ec2.amazonaws.com',
    eventName,
    awsRegion: 'eu-west-1',
    recipientAccountId: ACCOUNT,
    sourceIPAddress: '198.51.100.7',
    userAgent: 'aws-cli/2.1',
    readOnly: false,
    userIdentity: { type: 'IAMUser', userName: 'ann', arn: `arn:aws:iam::${ACCOUNT}:user/ann` },
    ...changes,
  };
}

const permission = (port: number) => ({
  groupId: GROUP,
  ipPermissions: {
    items: [
      {
        ipProtocol: 'tcp',
        fromPort: port,
        toPort: port,
        ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
      },
    ],
  },
});
const opens = (port: number): Event =>
  event('AuthorizeSecurityGroupIngress', {
    requestParameters: permission(port),
    responseElements: { _return: true },
  });

function logs(events: readonly Event[]): string {
  const folder = join(emptyFolder(), 'logs');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.json'), JSON.stringify({ Records: events }));
  return folder;
}

const reportOf = (run: Run): Report => JSON.parse(run.stdout) as Report;
/** The answer, which may be longer than a line. */
const lastOf = ({ stdout }: Run): string =>
  stdout
    .trimEnd()
    .split(/\n(?! )/)
    .at(-1)
    ?.replaceAll(/\n +/g, ' ') ?? '';
const linesOf = (run: Run): readonly string[] => run.stdout.trimEnd().split('\n');

test('a trail that was deleted while it was switched off', async () => {
  count = 0;
  const trail = (eventName: string, requestParameters: Event): Event =>
    event(eventName, { eventSource: 'cloudtrail.amazonaws.com', requestParameters });
  const folder = logs([
    trail('PutEventSelectors', { trailName: 'audit', eventSelectors: [{ readWriteType: 'All' }] }),
    trail('PutInsightSelectors', { trailName: 'audit', insightSelectors: [] }),
    trail('StopLogging', { name: 'audit' }),
    trail('DeleteTrail', { name: 'audit' }),
  ]);
  const run = await hunt(['what', 'audit', folder]);
  expect(run.stdout).toMatch(
    /deleted {2}trail audit, .* by user\/ann \(event-4\), while logging was off$/m,
  );
  expect(run.stdout).not.toMatch(/^ *still/m);
  expect(lastOf(run)).toBe(
    'deleted 2026-01-14 12:04:00Z by user/ann (event-4), while logging was off',
  );
});

test('a user of whom old records name no account', async () => {
  const arn = `arn:aws:iam::${ACCOUNT}:user/bob`;
  const ann = { type: 'IAMUser', userName: 'ann' };
  const known = { ...ann, arn: `arn:aws:iam::${ACCOUNT}:user/ann`, accountId: ACCOUNT };
  const old = { eventVersion: '1.01', recipientAccountId: undefined };
  const iam = (eventName: string, changes: Event, policyArn?: string): Event =>
    event(eventName, {
      eventSource: 'iam.amazonaws.com',
      requestParameters: { userName: 'bob', policyArn },
      userIdentity: known,
      ...changes,
    });
  const life = (first: Event, last: Event): string => {
    count = 0;
    return logs([
      iam('CreateUser', first),
      iam('AttachUserPolicy', first, 'arn:aws:iam::aws:policy/AdministratorAccess'),
      iam('DeleteUser', last),
    ]);
  };
  const deleted = 'deleted 2026-01-14 12:03:00Z by user/ann (event-3)';
  const by = /^ {2}(?:made|deleted|still) .*$/gm;
  for (const [first, last] of [
    [old, {}],
    [{}, old],
    [old, old],
    [{ recipientAccountId: '' }, {}],
  ] as const)
    for (const resource of [arn, 'bob']) {
      const run = await hunt(['what', resource, life(first, last)]);
      expect(lastOf(run)).toBe(deleted);
      expect(run.stdout.match(by)).toEqual([
        '  deleted  user bob, 2026-01-14 12:03:00Z by user/ann (event-3)',
      ]);
      expect(run.stdout).toMatch(/^ {2}it is {2}IAM user in .*112233445566 \(3 events\)$/m);
    }
  // Nothing but the ARN says whose these records are.
  const nameless = { ...old, userIdentity: ann };
  for (const [first, last] of [
    [nameless, {}],
    [{}, nameless],
  ] as const) {
    const run = await hunt(['what', arn, life(first, last)]);
    expect(lastOf(run)).toBe(deleted);
    expect(run.stdout).not.toMatch(/^ {2}(?:made|still) /m);
  }
  // Without an ARN, they may be of another user of that name.
  const run = await hunt(['what', 'bob', life(nameless, {})]);
  expect(lastOf(run)).toMatch(/^the name fits 2 things: /);
});

test('a role that another account took: the use is in the time line, that by the own account is counted', async () => {
  count = 0;
  const arn = `arn:aws:iam::${ACCOUNT}:role/Deploy`;
  const assume = (userIdentity: Event): Event =>
    event('AssumeRole', {
      eventSource: 'sts.amazonaws.com',
      readOnly: true,
      userIdentity,
      requestParameters: { roleArn: arn, roleSessionName: 'x' },
      resources: [{ type: 'AWS::IAM::Role', ARN: arn, accountId: ACCOUNT }],
    });
  const folder = logs([
    event('UpdateAssumeRolePolicy', {
      eventSource: 'iam.amazonaws.com',
      requestParameters: { roleName: 'Deploy', policyDocument: '{}' },
    }),
    assume({ type: 'AWSAccount', principalId: 'AIDAEXAMPLE', accountId: '999988887777' }),
    assume({ type: 'AWSService', invokedBy: 'ec2.amazonaws.com' }),
    assume({ type: 'IAMUser', userName: 'ann', arn: `arn:aws:iam::${ACCOUNT}:user/ann` }),
  ]);
  const run = await hunt(['what', arn, folder]);
  expect(run.stdout).toContain('  account 999988887777 (AIDAEXAMPLE) from');
  expect(run.stdout.match(/^ +\d\d:\d\d:\d\dZ .*assumed role Deploy as x/gm)).toHaveLength(1);
  expect(run.stdout).toMatch(/^ {2}it is {2}IAM role in 112233445566 \(2 events\)$/m);
  expect(run.stdout).toMatch(/^ {2}reads {3}3, .*: sts:AssumeRole 3$/m);
});

test('a group by its ID, its ARN and its name: what is open, what was refused, and what only reads', async () => {
  count = 0;
  const folder = logs([
    event('CreateSecurityGroup', {
      requestParameters: { groupName: 'web-front', groupDescription: 'web', vpcId: 'vpc-1' },
      responseElements: { _return: true, groupId: GROUP },
    }),
    opens(22),
    opens(443),
    event('RevokeSecurityGroupIngress', {
      requestParameters: permission(443),
      responseElements: { _return: true },
    }),
    event('DeleteSecurityGroup', {
      requestParameters: { groupId: GROUP },
      errorCode: 'Client.DependencyViolation',
    }),
    event('DescribeSecurityGroups', {
      readOnly: true,
      requestParameters: { securityGroupIdSet: { items: [{ groupId: GROUP }] } },
    }),
    event('AuthorizeSecurityGroupIngress', { requestParameters: { groupId: `${GROUP}9` } }),
    event('TagResource', {
      eventSource: 'resource-groups.amazonaws.com',
      requestParameters: { Arn: `arn:aws:ec2:eu-west-1:${ACCOUNT}:security-group/${GROUP}` },
    }),
  ]);
  const byId = await hunt(['what', GROUP, folder]);
  expect(byId.code).toBe(0);
  expect(linesOf(byId).slice(-2)).toEqual([
    `5 changes, 1 failed attempt by user/ann; 2 opened ${GROUP} to everyone; 1 closed again, 1 not closed again in these findings`,
    'not seen to be deleted; still: tcp 22 open to 0.0.0.0/0 (since 2026-01-14 12:02:00Z)',
  ]);
  expect(byId.stdout).toContain(
    `still  ${GROUP}: tcp 22 open to 0.0.0.0/0, since 2026-01-14 12:02:00Z by user/ann (event-2)`,
  );
  expect(byId.stdout).toContain(`made   ${GROUP}, 2026-01-14 12:01:00Z by user/ann (event-1)`);
  expect(byId.stdout).toMatch(/reads +1, .*ec2:DescribeSecurityGroups$/m);
  expect(byId.stdout).toContain(`names ${GROUP}`);
  const arn = `arn:aws:ec2:eu-west-1:${ACCOUNT}:security-group/${GROUP}`;
  const [known, byArn, byName] = await Promise.all(
    [GROUP, arn, 'web-front'].map(async (resource) =>
      reportOf(await hunt(['what', folder, resource, '-f', 'json'])),
    ),
  );
  expect(byArn?.history).toEqual(known?.history);
  expect(byName?.history).toEqual({ ...known?.history, otherIds: [GROUP], isFollowed: true });
  expect(byName?.findings).toHaveLength(6);
}, 120_000);

test('a name of two things, an ARN of one of them, and what was deleted and made again', async () => {
  count = 0;
  const bucket = (eventName: string): Event =>
    event(eventName, {
      eventSource: 's3.amazonaws.com',
      requestParameters: { bucketName: 'alpha' },
    });
  const user = (eventName: string, changes: Event = {}): Event =>
    event(eventName, {
      eventSource: 'iam.amazonaws.com',
      awsRegion: 'us-east-1',
      requestParameters: { userName: 'alpha' },
      ...changes,
    });
  const folder = logs([
    bucket('CreateBucket'),
    user('CreateUser'),
    bucket('DeleteBucket'),
    user('DeleteUser'),
    user('CreateUser'),
    user('CreateUser', { recipientAccountId: '999988887777' }),
  ]);
  const both = reportOf(await hunt(['what', 'alpha', folder, '-f', 'json']));
  expect(both.history?.kinds.map(({ type, account }) => [type, account])).toEqual([
    ['IAM user', ACCOUNT],
    ['bucket', ACCOUNT],
    ['IAM user', '999988887777'],
  ]);
  expect(both.history?.deleted.map(({ resource }) => resource)).toEqual(['bucket alpha']);
  const one = await hunt(['what', `arn:aws:iam::${ACCOUNT}:user/path/alpha`, folder]);
  expect(one.stdout).toContain(`it is  IAM user in ${ACCOUNT} (3 events)`);
  const all = await hunt(['what', 'alpha', folder]);
  expect(lastOf(all)).toBe(
    'the name fits 3 things: bucket alpha in 112233445566 deleted 2026-01-14 12:03:00Z by user/ann (event-3), ' +
      'user alpha in 112233445566 not seen to be deleted, user alpha in 999988887777 not seen to be deleted',
  );
  expect(linesOf(one).at(-1)).toBe('not seen to be deleted');
}, 120_000);

test('a DNS record that is deleted, and one that is made again', async () => {
  const record = (action: string, type: string, value: string): Event =>
    event('ChangeResourceRecordSets', {
      eventSource: 'route53.amazonaws.com',
      awsRegion: 'us-east-1',
      requestParameters: {
        hostedZoneId: 'Z1',
        changeBatch: {
          changes: [
            {
              action,
              resourceRecordSet: {
                name: 'old.example.com.',
                type,
                resourceRecords: [{ value }],
              },
            },
          ],
        },
      },
    });
  count = 0;
  const made = record('UPSERT', 'A', '203.0.113.9');
  const changed = record('UPSERT', 'A', '198.51.100.1');
  const deleted = record('DELETE', 'A', '198.51.100.1');
  const again = record('CREATE', 'A', '192.0.2.1');
  const other = record('UPSERT', 'TXT', '"x"');
  const last = async (...events: readonly Event[]) =>
    linesOf(await hunt(['what', 'old.example.com', logs(events)])).at(-1);
  expect(await last(made, changed, deleted)).toBe(
    'deleted 2026-01-14 12:03:00Z by user/ann (event-3)',
  );
  expect(await last(deleted)).toBe('deleted 2026-01-14 12:03:00Z by user/ann (event-3)');
  expect(await last(made, changed)).toBe(
    'still: record old.example.com A → 198.51.100.1 (since 2026-01-14 12:02:00Z)',
  );
  expect(await last(made, changed, deleted, again)).toBe(
    'still: record old.example.com A → 192.0.2.1 (since 2026-01-14 12:04:00Z)',
  );
  expect(await last(made, changed, deleted, other)).toContain(
    'deleted 2026-01-14 12:03:00Z by user/ann (event-3)',
  );
}, 120_000);

test('a rule of a security group that is changed is not deleted', async () => {
  const rule = 'sgr-0a1b2c3d4e5f60718';
  const changes = (eventName: string, requestParameters: Event): Event =>
    event(eventName, { requestParameters, responseElements: { _return: true } });
  count = 0;
  const changed = changes('ModifySecurityGroupRules', {
    ModifySecurityGroupRulesRequest: {
      GroupId: GROUP,
      SecurityGroupRule: {
        SecurityGroupRuleId: rule,
        SecurityGroupRule: {
          IpProtocol: 'tcp',
          FromPort: 22,
          ToPort: 22,
          CidrIpv4: '0.0.0.0/0',
        },
      },
    },
  });
  const revoked = changes('RevokeSecurityGroupIngress', {
    groupId: GROUP,
    securityGroupRuleIds: { items: [{ securityGroupRuleId: rule }] },
  });
  const last = async (...events: readonly Event[]) =>
    linesOf(await hunt(['what', rule, logs(events)])).at(-1);
  expect(await last(changed)).toMatch(/^still: tcp 22 open to 0\.0\.0\.0\/0/);
  expect(await last(changed, revoked)).toBe('deleted 2026-01-14 12:02:00Z by user/ann (event-2)');
}, 120_000);

test('a DNS record, whose name in the log ends with a dot', async () => {
  count = 0;
  const record = (value: string): Event =>
    event('ChangeResourceRecordSets', {
      eventSource: 'route53.amazonaws.com',
      requestParameters: {
        hostedZoneId: 'Z1',
        changeBatch: {
          changes: [
            {
              action: 'UPSERT',
              resourceRecordSet: {
                name: 'www.example.com.',
                type: 'A',
                resourceRecords: [{ value }],
              },
            },
          ],
        },
      },
    });
  const folder = logs([record('203.0.113.9'), record('198.51.100.1')]);
  for (const name of ['www.example.com', 'www.example.com.'])
    expect(linesOf(await hunt(['what', name, folder])).at(-1)).toBe(
      'still: record www.example.com A → 198.51.100.1 (since 2026-01-14 12:02:00Z)',
    );
}, 120_000);

test('a deletion by a long ARN, and of the one of two things of a name', async () => {
  count = 0;
  const group = (eventName: string, clusterName: string): Event =>
    event(eventName, {
      eventSource: 'unknown.amazonaws.com',
      requestParameters: { clusterName, nodegroupName: 'default' },
    });
  const machine = `arn:aws:states:eu-west-1:${ACCOUNT}:stateMachine:nightly-report`;
  const folder = logs([
    group('CreateNodegroup', 'prod'),
    group('DeleteNodegroup', 'test'),
    event('DeleteStateMachine', {
      eventSource: 'states.amazonaws.com',
      requestParameters: { stateMachineArn: machine },
    }),
  ]);
  const [byArn, byName] = await Promise.all(
    [machine, 'default'].map(async (name) => hunt(['what', folder, name])),
  );
  expect(byArn?.stdout).toMatch(/^deleted 2026-01-14 12:03:00Z by user\/ann \(event-3\)$/m);
  expect(byName?.stdout).toContain('deleted  nodegroup default of test, 2026-01-14 12:02:00Z');
  expect(byName?.stdout).toContain('made     nodegroup default of prod, 2026-01-14 12:01:00Z');
  expect(byName?.stdout).not.toContain('undone');
  expect(byName?.stdout).toMatch(
    /^the name fits 2 things: nodegroup default of test deleted .*, nodegroup default of prod not seen/m,
  );
}, 120_000);

test('a call that ends a state by the ID of its part alone', async () => {
  count = 0;
  const folder = logs([
    event('AssociateRouteTable', {
      requestParameters: { routeTableId: 'rtb-0a1b2c3d4e5f60718', subnetId: 'subnet-1' },
      responseElements: { associationId: 'rtbassoc-0a1b2c3d4e5f60719' },
    }),
    event('DisassociateRouteTable', {
      requestParameters: { associationId: 'rtbassoc-0a1b2c3d4e5f60719' },
      responseElements: { _return: true },
    }),
    // A part of it is not the table.
    event('DeleteRoute', {
      requestParameters: {
        routeTableId: 'rtb-0a1b2c3d4e5f60718',
        destinationCidrBlock: '0.0.0.0/0',
      },
      responseElements: { _return: true },
    }),
  ]);
  const { history, findings } = reportOf(
    await hunt(['what', 'rtb-0a1b2c3d4e5f60718', folder, '-f', 'json']),
  );
  expect(findings).toHaveLength(3);
  expect(history).toMatchObject({ lasting: [], ended: 1, otherIds: [], deleted: [] });
}, 60_000);

test('hostile names and values are what they are, and nothing is said of what is not there', async () => {
  count = 0;
  const name = `we"b\\%_'\n\u001b[31m`;
  const folder = logs([
    event('PutThing', { requestParameters: { thingName: name, deep: { list: [[name]] } } }),
    event('PutThing', { requestParameters: { thingName: name.replace('%', 'x') } }),
    event('PutThing', { requestParameters: [name], resources: 'none', responseElements: 7 }),
    event('PutThing', { requestParameters: 'text', eventTime: { a: 1 }, eventName: null }),
  ]);
  const found = await hunt(['what', name, folder]);
  expect(found.stdout).toMatch(/^ *2 {2}findings$/m);
  expect(found.stdout).not.toContain('\u001b[31m');
  const none = await hunt(['what', 'sg-0ffff', folder]);
  expect(linesOf(none).at(-1)).toBe(
    'resource sg-0ffff stands in none of the 4 records in the window',
  );
  expect((await hunt(['what', folder])).stderr).toContain('name the resource first');
  expect((await hunt(['what', '***', folder])).stderr).toContain('names nothing');
}, 120_000);

test('a name that is written as a path is a name, and what is there is logs', async () => {
  count = 0;
  const group = (eventName: string, logGroupName: string): Event =>
    event(eventName, { eventSource: 'logs.amazonaws.com', requestParameters: { logGroupName } });
  const folder = logs([
    group('CreateLogGroup', '/aws/lambda/pay'),
    group('DeleteLogGroup', '/aws/lambda/pay'),
    group('CreateLogGroup', '/aws/lambda/other'),
  ]);
  const expected = reportOf(await hunt(['what', '/aws/lambda/pay', folder, '-f', 'json']));
  expect(expected.findings).toHaveLength(2);
  expect(expected.history?.deleted).toHaveLength(1);
  const swapped = reportOf(await hunt(['what', folder, '/aws/lambda/pay', '-f', 'json']));
  expect(swapped.history).toEqual(expected.history);
  expect((await hunt(['what', 's3://example-logs/AWSLogs'])).stderr).toContain('name the resource');
}, 120_000);

const OTHER = '210987654321';
const arnOf = (service: string, rest: string, account = ACCOUNT, region = 'eu-west-1'): string =>
  `arn:aws:${service}:${region}:${account}:${rest}`;

test('follows a name to the ARN or the ID in the answer, and to no other of that name', async () => {
  count = 0;
  const call = (service: string, eventName: string, changes: Event): Event =>
    event(eventName, { eventSource: `${service}.amazonaws.com`, ...changes });
  const secret = arnOf('secretsmanager', 'secret:prod/db-AbCdEf');
  const stack = arnOf('cloudformation', 'stack/web/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9');
  const front = arnOf('elasticloadbalancing', 'loadbalancer/app/front/50dc6c495c0c9188');
  const pool = 'eu-west-1_AbCdEfGhI';
  const answer = { id: pool, name: 'customers', arn: arnOf('cognito-idp', `userpool/${pool}`) };
  const balancers = [{ loadBalancerName: 'front', loadBalancerArn: front, vpcId: 'vpc-0123abcd' }];
  const everyone = { Statement: [{ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*' }] };
  const deletesPool = { requestParameters: { userPoolId: pool } };
  const folder = logs([
    call('secretsmanager', 'CreateSecret', {
      requestParameters: { name: 'prod/db' },
      responseElements: { arn: secret, name: 'prod/db', versionId: '0a1b2c3d-versions' },
    }),
    call('secretsmanager', 'PutResourcePolicy', {
      requestParameters: { secretId: secret, resourcePolicy: JSON.stringify(everyone) },
    }),
    call('secretsmanager', 'DeleteSecret', {
      requestParameters: { secretId: secret, forceDeleteWithoutRecovery: true },
      responseElements: { arn: secret },
    }),
    // The same name, in another account.
    call('secretsmanager', 'DeleteSecret', {
      recipientAccountId: OTHER,
      requestParameters: { secretId: arnOf('secretsmanager', 'secret:prod/db-GhIjKl', OTHER) },
    }),
    call('cloudformation', 'CreateStack', {
      requestParameters: { stackName: 'web' },
      responseElements: { stackId: stack },
    }),
    call('cloudformation', 'DeleteStack', { requestParameters: { stackName: stack } }),
    call('cloudformation', 'DeleteStack', {
      awsRegion: 'us-east-1',
      requestParameters: { stackName: `${stack.replace('eu-west-1', 'us-east-1')}0` },
    }),
    call('elasticloadbalancing', 'CreateLoadBalancer', {
      requestParameters: { name: 'front' },
      responseElements: { loadBalancers: balancers },
    }),
    call('elasticloadbalancing', 'DeleteLoadBalancer', {
      requestParameters: { loadBalancerArn: front },
    }),
    event('DeleteVpc', { requestParameters: { vpcId: 'vpc-0123abcd' } }),
    call('cognito-idp', 'CreateUserPool', {
      requestParameters: { poolName: 'customers' },
      responseElements: { userPool: answer },
    }),
    call('cognito-idp', 'DeleteUserPool', deletesPool),
    // Such an ID is not unique everywhere.
    call('cognito-idp', 'DeleteUserPool', { ...deletesPool, recipientAccountId: OTHER }),
  ]);
  const expected: readonly (readonly [string, readonly string[], readonly string[]])[] = [
    ['prod/db', [secret], ['event-1', 'event-2', 'event-3']],
    ['web', [stack], ['event-5', 'event-6']],
    ['front', [front], ['event-8', 'event-9']],
    ['customers', [answer.arn, pool], ['event-11', 'event-12']],
  ];
  for (const [name, otherIds, events] of expected) {
    const { findings, history } = reportOf(await hunt(['what', name, folder, '-f', 'json']));
    expect([...findings].map(({ eventID }) => eventID)).toEqual(events);
    expect(history).toMatchObject({ otherIds, isFollowed: true, lasting: [] });
    expect(history?.made.map(({ eventID }) => eventID)).toEqual(events.slice(0, 1));
    expect(history?.deleted.map(({ eventID }) => eventID)).toEqual(events.slice(-1));
  }
  const piped = await hunt(['what', 'front', '-', '-f', 'json'], {
    stdin: readFileSync(join(folder, 'a.json'), 'utf8'),
  });
  expect(reportOf(piped).history).toMatchObject({ otherIds: [front], isFollowed: false });
}, 120_000);

test('reads once where the ARN in the answer ends with the name, and follows no part of another thing', async () => {
  count = 0;
  const folder = logs([
    event('CreateRole', {
      eventSource: 'iam.amazonaws.com',
      requestParameters: { roleName: 'deploy' },
      responseElements: {
        role: {
          roleName: 'deploy',
          roleId: 'AROAEXAMPLE123456789',
          arn: `arn:aws:iam::${ACCOUNT}:role/team/deploy`,
        },
      },
    }),
    event('CreateService', {
      eventSource: 'ecs.amazonaws.com',
      requestParameters: { serviceName: 'front', cluster: 'deploy' },
      responseElements: {
        service: {
          serviceName: 'front',
          serviceArn: arnOf('ecs', 'service/deploy/front'),
          clusterArn: arnOf('ecs', 'cluster/deploy'),
        },
      },
    }),
    event('CreateChangeSet', {
      eventSource: 'cloudformation.amazonaws.com',
      requestParameters: { stackName: 'deploy', changeSetName: 'first' },
      responseElements: { id: arnOf('cloudformation', 'changeSet/first/0a1b2c3d-4e5f') },
    }),
    event('CreateNodegroup', {
      eventSource: 'eks.amazonaws.com',
      requestParameters: { name: 'deploy', nodegroupName: 'small' },
      responseElements: {
        nodegroup: {
          clusterName: 'deploy',
          nodegroupName: 'small',
          nodegroupArn: arnOf('eks', 'nodegroup/deploy/small/0a1b2c3d-4e5f'),
        },
      },
    }),
    event('CreateThing', { requestParameters: { name: 'deploy' }, errorCode: 'AccessDenied' }),
    event('CreateThing', {
      requestParameters: [['deploy']],
      responseElements: { thing: 'deploy' },
    }),
  ]);
  const run = await hunt(['what', 'deploy', folder, '-f', 'json']);
  expect(run.stderr).not.toContain('reading again');
  expect(reportOf(run).history).toMatchObject({ otherIds: [], isFollowed: false });
}, 60_000);

test('tells buckets of one name in two accounts apart', async () => {
  const other = '210987654321';
  const bucket = (eventName: string, owner: string | null, account: string): Event =>
    event(eventName, {
      eventSource: 's3.amazonaws.com',
      recipientAccountId: account,
      requestParameters: { bucketName: 'web-logs' },
      resources: owner && [
        { ARN: 'arn:aws:s3:::web-logs', accountId: owner, type: 'AWS::S3::Bucket' },
      ],
    });
  const folder = logs([
    bucket('CreateBucket', ACCOUNT, ACCOUNT),
    // Called by somebody of the other account.
    bucket('DeleteBucket', ACCOUNT, other),
    bucket('CreateBucket', other, other),
    bucket('PutBucketPolicy', null, '345678901234'),
  ]);
  const text = (await hunt(['what', 'web-logs', folder])).stdout;
  expect(text).toMatch(
    /it is +bucket in 112233445566 \(2 events\), bucket in 210987654321 \(1 event\), bucket in logs of\s+345678901234 \(1 event\)/,
  );
  expect(text).toMatch(/deleted +bucket web-logs in 112233445566, /);
  expect(text).toMatch(/made +bucket web-logs in 210987654321, /);
});

test('follows what is renamed, from its old name, its new name and its ARN', async () => {
  count = 0;
  const iam = (eventName: string, requestParameters: Event): Event =>
    event(eventName, {
      eventSource: 'iam.amazonaws.com',
      awsRegion: 'us-east-1',
      requestParameters,
    });
  const administrator = { policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' };
  const database = (requestParameters: Event, changes: Event = {}): Event =>
    event('ModifyDBInstance', { eventSource: 'rds.amazonaws.com', requestParameters, ...changes });
  const folder = logs([
    iam('CreateUser', { userName: 'ann' }),
    iam('AttachUserPolicy', { userName: 'ann', ...administrator }),
    iam('UpdateUser', { userName: 'ann', newUserName: 'dana' }),
    iam('UpdateUser', { userName: 'dana', newUserName: 'eve' }),
    iam('DetachUserPolicy', { userName: 'eve', ...administrator }),
    event('PutResourcePolicy', {
      eventSource: 'secretsmanager.amazonaws.com',
      requestParameters: { secretId: 'x', owner: `arn:aws:iam::${ACCOUNT}:user/eve` },
    }),
    iam('DeleteUser', { userName: 'eve' }),
    // The name of something else.
    event('CreateThing', { requestParameters: { thingName: 'eve' } }),
    database({ dBInstanceIdentifier: 'shop', newDBInstanceIdentifier: 'shop-old' }),
    database({ dBInstanceIdentifier: 'shop-new', newDBInstanceIdentifier: 'shop' }),
    database({ dBInstanceIdentifier: 'shop-old', publiclyAccessible: true }),
    database({ dBInstanceIdentifier: 'shop-old' }, { recipientAccountId: OTHER }),
    event('UpdateDeploymentGroup', {
      eventSource: 'codedeploy.amazonaws.com',
      requestParameters: {
        applicationName: 'web',
        currentDeploymentGroupName: 'blue',
        newDeploymentGroupName: 'green',
      },
    }),
    event('DeleteDeploymentGroup', {
      eventSource: 'codedeploy.amazonaws.com',
      requestParameters: { applicationName: 'web', deploymentGroupName: 'green' },
    }),
  ]);
  const found = async (resource: string) => {
    const { findings, history } = reportOf(await hunt(['what', resource, folder, '-f', 'json']));
    return { ids: [...findings].map(({ eventID }) => Number(eventID?.slice(6))), history };
  };
  const whole = [1, 2, 3, 4, 5, 7];
  const expected: readonly (readonly [string, readonly number[]])[] = [
    ['ann', whole],
    [`arn:aws:iam::${ACCOUNT}:user/ann`, [1, 2, 3, 4, 5, 6, 7]],
    ['eve', [...whole.slice(0, -1), 6, 7, 8]],
    ['shop', [9, 10, 11]],
    // Before it had the name, another database had it.
    ['shop-new', [10]],
    ['blue', [13, 14]],
  ];
  for (const [resource, ids] of expected) expect((await found(resource)).ids).toEqual(ids);
  const { history } = await found('ann');
  expect(history).toMatchObject({ otherIds: ['dana', 'eve'], isFollowed: true, lasting: [] });
  expect(history?.deleted).toMatchObject([{ resource: 'user eve' }]);
  expect(history?.renamed).toMatchObject([
    { resource: 'user ann', newResource: 'user dana', eventID: 'event-3', by: 'user/ann' },
    { resource: 'user dana', newResource: 'user eve', eventID: 'event-4' },
  ]);
  const { stdout } = await hunt(['what', 'ann', folder]);
  expect(stdout).toMatch(/renamed +user ann: now user dana, 2026-01-14 12:03:00Z by user\/ann/);
}, 120_000);

test('takes another name for its own only while it has it', async () => {
  count = 0;
  const iam = (eventName: string, requestParameters: Event): Event =>
    event(eventName, {
      eventSource: 'iam.amazonaws.com',
      awsRegion: 'us-east-1',
      requestParameters,
    });
  const rename = (userName: string, newUserName: string): Event =>
    iam('UpdateUser', { userName, newUserName });
  const folder = logs([
    // Another dana.
    iam('CreateUser', { userName: 'dana' }),
    iam('DeleteUser', { userName: 'dana' }),
    rename('ann', 'dana'),
    iam('TagUser', { userName: 'dana' }),
    rename('dana', 'eve'),
    // And a third one.
    iam('CreateUser', { userName: 'dana' }),
    iam('TagUser', { userName: 'eve' }),
    rename('eve', 'ann'),
    iam('TagUser', { userName: 'eve' }),
    rename('ann', 'dana2'),
    rename('dana2', 'ann'),
    iam('TagUser', { userName: 'dana2' }),
    { ...iam('TagUser', { userName: 'dana2' }), eventTime: undefined },
  ]);
  const found = async (resource: string) => {
    const { findings } = reportOf(await hunt(['what', resource, folder, '-f', 'json']));
    return [...findings].map(({ eventID }) => Number(eventID?.slice(6)));
  };
  const whole = [3, 4, 5, 7, 8, 10, 11, 13];
  expect(await found('ann')).toEqual(whole);
  expect(await found(`arn:aws:iam::${ACCOUNT}:user/ann`)).toEqual(whole);
  // The name that was asked for counts at all times.
  expect(await found('eve')).toEqual([3, 4, 5, 7, 8, 9, 10, 11, 13]);
}, 120_000);

test('follows a chain of names only so far', async () => {
  count = 0;
  const folder = logs(
    Array.from({ length: 20 }, (_, at) =>
      event('UpdateGroup', {
        eventSource: 'iam.amazonaws.com',
        requestParameters: { groupName: `g${at}`, newGroupName: `g${(at + 1) % 20}` },
      }),
    ),
  );
  const { findings } = reportOf(await hunt(['what', 'g0', folder, '-f', 'json']));
  expect(findings.length).toBeGreaterThan(4);
  expect(findings.length).toBeLessThan(20);
}, 60_000);

test('speaks of each thing that a name stands for: its region, its cluster, and others that only stand in calls', async () => {
  count = 0;
  const call = (service: string, eventName: string, changes: Event): Event =>
    event(eventName, { eventSource: `${service}.amazonaws.com`, ...changes });
  const pay = (eventName: string, changes: Event = {}): Event =>
    call('lambda', eventName, { requestParameters: { functionName: 'pay' }, ...changes });
  const front = arnOf('elasticloadbalancing', 'loadbalancer/app/front/50dc6c495c0c9188');
  const balancers = [{ loadBalancerName: 'front', loadBalancerArn: front }];
  const folder = logs([
    pay('CreateFunction20150331'),
    pay('DeleteFunction20150331'),
    pay('UpdateFunctionConfiguration20150331v2', { awsRegion: 'us-east-1' }),
    call('iam', 'DeleteUser', { requestParameters: { userName: 'pay' } }),
    call('iam', 'CreateUser', { requestParameters: { userName: 'pay' } }),
    call('elasticloadbalancing', 'CreateLoadBalancer', {
      requestParameters: { name: 'front' },
      responseElements: { loadBalancers: balancers },
    }),
    call('elasticloadbalancing', 'SetSecurityGroups', {
      requestParameters: { loadBalancerArn: front, securityGroups: ['sg-1'] },
    }),
  ]);
  const [all, west, balancer] = await Promise.all(
    ['pay', arnOf('lambda', 'function:pay'), 'front'].map(async (name) =>
      hunt(['what', folder, name]),
    ),
  );
  expect(all?.stdout).toMatch(
    /it is +Lambda function in 112233445566 eu-west-1 \(2 events\), IAM user in 112233445566 \(2 events\),\s+Lambda function in 112233445566 us-east-1/,
  );
  expect(all && lastOf(all)).toBe(
    'the name fits 3 things: function pay in eu-west-1 deleted 2026-01-14 12:02:00Z by user/ann (event-2), ' +
      'user pay not seen to be deleted, Lambda function in us-east-1 not seen to be deleted',
  );
  expect(west && linesOf(west).at(-1)).toBe('deleted 2026-01-14 12:02:00Z by user/ann (event-2)');
  expect(balancer?.stdout).toMatch(
    /it is +load balancer in 112233445566 \(2 events\)\n +also +arn:/,
  );
  expect(balancer && linesOf(balancer).at(-1)).toBe('not seen to be deleted');
}, 120_000);

test('knows things by every identifier that calls have for them', async () => {
  count = 0;
  const call = (service: string, eventName: string, request: unknown, response?: unknown): Event =>
    event(eventName, {
      eventSource: `${service}.amazonaws.com`,
      requestParameters: request,
      responseElements: response,
    });
  const instance = 'i-0a1b2c3d4e5f60718';
  const address = 'eipalloc-0a1b2c3d4e5f60718';
  const associationId = 'eipassoc-0a1b2c3d4e5f60718';
  const table = arnOf('dynamodb', 'table/orders');
  const unit = 'ou-ab12-cdefghij';
  const stack = arnOf('cloudformation', 'stack/web/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9');
  const policyArn = `arn:aws:iam::${ACCOUNT}:policy/team/deploy`;
  const tagSet = { items: [{ key: 'Name', value: 'bastion' }] };
  const folder = logs([
    call(
      'ec2',
      'RunInstances',
      {},
      { instancesSet: { items: [{ instanceId: instance, tagSet }] } },
    ),
    call('ec2', 'TerminateInstances', { instancesSet: { items: [{ instanceId: instance }] } }),
    call('ec2', 'AllocateAddress', {}, { publicIp: '203.0.113.9', allocationId: address }),
    call(
      'ec2',
      'AssociateAddress',
      { allocationId: address, instanceId: instance },
      { associationId },
    ),
    call('ec2', 'DisassociateAddress', { associationId }, { _return: true }),
    call('ec2', 'ReleaseAddress', { allocationId: address }, { _return: true }),
    call(
      'eks',
      'CreateCluster',
      { name: 'prod' },
      { cluster: { name: 'prod', arn: arnOf('eks', 'cluster/prod') } },
    ),
    call('eks', 'DeleteCluster', { name: 'prod' }),
    call('ecs', 'CreateCluster', { clusterName: 'prod' }),
    call('dynamodb', 'CreateTable', { tableName: 'orders' }),
    call('dynamodb', 'DeleteTable', { tableName: table }),
    call(
      'organizations',
      'CreateOrganizationalUnit',
      { parentId: 'r-ab12', name: 'Shops' },
      { organizationalUnit: { id: unit, name: 'Shops' } },
    ),
    call('organizations', 'DeleteOrganizationalUnit', { organizationalUnitId: unit }),
    call('ssm', 'PutParameter', { name: '/web/port' }),
    call('ssm', 'DeleteParameters', { names: ['/web/port'] }, { deletedParameters: ['/web/port'] }),
    call('cloudformation', 'CreateStack', { stackName: 'web' }, { stackId: stack }),
    call('cloudformation', 'DeleteStack', { stackName: 'web' }),
    call('cloudformation', 'CreateStack', { stackName: 'web' }, { stackId: `${stack}0` }),
    call('iam', 'CreatePolicy', { policyName: 'deploy' }, { policy: { arn: policyArn } }),
    call('iam', 'PutUserPolicy', { userName: 'ann', policyName: 'deploy' }),
    call('iam', 'DeletePolicy', { policyArn }),
    call('kms', 'CreateAlias', { aliasName: 'alias/pay', targetKeyId: 'x' }),
    call('kms', 'DeleteAlias', { aliasName: 'alias/pay' }),
    event('CreateAccountResult', {
      eventSource: 'organizations.amazonaws.com',
      serviceEventDetails: { createAccountStatus: { accountId: OTHER } },
    }),
    call('sqs', 'CreateQueue', { queueName: 'jobs' }),
  ]);
  const expected: readonly (readonly [string, readonly number[], RegExp])[] = [
    ['bastion', [1, 2, 4, 5], /^deleted .*event-2/],
    [address, [3, 4, 5, 6], /^deleted .*event-6/],
    [
      'prod',
      [7, 8, 9],
      /^the name fits 2 things: cluster prod of eks deleted .*, cluster prod of ecs not/,
    ],
    [table, [10, 11], /^deleted .*event-11/],
    ['orders', [10, 11], /^deleted .*event-11/],
    ['Shops', [12, 13], /^deleted .*event-13/],
    ['/web/port', [14, 15], /^deleted .*event-15/],
    [stack, [16, 17], /^deleted .*event-17/],
    [policyArn, [19, 21], /^deleted .*event-21/],
    ['alias/pay', [22, 23], /^deleted .*event-23/],
    [OTHER, [24], /not seen to be deleted/],
    [`https://sqs.eu-west-1.amazonaws.com/${ACCOUNT}/jobs`, [25], /^not seen to be deleted/],
  ];
  for (const [resource, ids, last] of expected) {
    const run = await hunt(['what', resource, folder]);
    const found = [...run.stdout.matchAll(/^ {4}\d\d:\d\d:\d\dZ .*\bevent-(\d+)/gm)];
    expect([resource, found.map(([, id]) => Number(id))]).toEqual([resource, ids]);
    expect(lastOf(run)).toMatch(last);
    if (resource === 'prod')
      expect(run.stdout).toContain(`it is  cluster in ${ACCOUNT} (3 events)`);
  }
}, 240_000);

test('says what lasts, by whatever ID or ARN the thing has, and of other things where that is all', async () => {
  count = 0;
  const call = (service: string, eventName: string, requestParameters: unknown): Event =>
    event(eventName, { eventSource: `${service}.amazonaws.com`, requestParameters });
  const pool = 'eu-west-1:0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
  const front = 'app/front/50dc6c495c0c9188';
  const layer = arnOf('lambda', 'layer:libs');
  const detectorId = '12abc34d567e8fa901bc2d34e56789f0';
  const resource = { table: { databaseName: 'sales', name: 'cards' } };
  const folder = logs([
    call('cognito-identity', 'UpdateIdentityPool', {
      identityPoolId: pool,
      allowUnauthenticatedIdentities: true,
    }),
    call('wafv2', 'DisassociateWebACL', {
      resourceArn: arnOf('elasticloadbalancing', `loadbalancer/${front}`),
    }),
    call('lambda', 'AddLayerVersionPermission20181031', {
      layerName: layer,
      versionNumber: 3,
      statementId: 's',
      principal: '*',
      action: 'lambda:GetLayerVersion',
    }),
    call('lakeformation', 'GrantPermissions', {
      principal: { dataLakePrincipalIdentifier: OTHER },
      resource,
      permissions: ['SELECT'],
    }),
    call('guardduty', 'UpdateDetector', { detectorId, enable: false }),
    call('ecs', 'RunTask', { cluster: 'batch' }),
  ]);
  const guests = 'guests get credentials (since 2026-01-14 12:01:00Z)';
  const firewall = 'without firewall (since 2026-01-14 12:02:00Z)';
  const shared = 'has permission s (3) (since 2026-01-14 12:03:00Z)';
  const select = `SELECT for account ${OTHER} (since 2026-01-14 12:04:00Z)`;
  const expected: readonly (readonly [string, string])[] = [
    [pool, `still: ${guests}`],
    [arnOf('cognito-identity', `identitypool/${pool}`), `still: ${guests}`],
    [arnOf('elasticloadbalancing', `loadbalancer/${front}`), `still: ${firewall}`],
    [layer, `still: ${shared}`],
    [`${layer}:3`, `still: ${shared}`],
    ['libs', `still: ${shared}`],
    ['cards', `still: ${select}`],
    [arnOf('glue', 'table/sales/cards'), `still: ${select}`],
    [
      detectorId,
      `perhaps still: account ${ACCOUNT}: GuardDuty off in eu-west-1 (since 2026-01-14 12:05:00Z)`,
    ],
    ['batch', 'no state that began in these logs lasts, and it is not seen to be deleted'],
  ];
  for (const [asked, last] of expected) {
    const run = await hunt(['what', asked, folder]);
    expect([asked, lastOf(run)]).toEqual([asked, last]);
    expect(run.stdout.includes('knows no lasting effect')).toBe(asked === 'batch');
  }
}, 120_000);

test('an account, with what is open to it', async () => {
  count = 0;
  const other = '999988887777';
  const third = '888877776666';
  const policyFor = (...accounts: readonly string[]): string =>
    JSON.stringify({
      Statement: [
        {
          Effect: 'Allow',
          Principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) },
          Action: '*',
          Resource: '*',
        },
      ],
    });
  const call = (service: string, name: string, requestParameters: Event): Event =>
    event(name, { eventSource: `${service}.amazonaws.com`, requestParameters });
  const table = `arn:aws:dynamodb:eu-west-1:${ACCOUNT}:table/orders`;
  const folder = logs([
    call('dynamodb', 'PutResourcePolicy', {
      resourceArn: table,
      policy: policyFor(other, third),
    }),
    call('secretsmanager', 'PutResourcePolicy', {
      secretId: 'db',
      resourcePolicy: policyFor(third),
    }),
    call('logs', 'PutSubscriptionFilter', {
      logGroupName: 'web',
      filterName: 'f',
      destinationArn: `arn:aws:logs:eu-west-1:${other}:destination:d`,
    }),
    call('cognito-idp', 'UpdateUserPool', {
      userPoolId: 'p',
      mfaConfiguration: 'OFF',
      lambdaConfig: { preAuthentication: `arn:aws:lambda:eu-west-1:${other}:function:f` },
    }),
    call('redshift', 'AuthorizeDataShare', { dataShareArn: 'x', consumerIdentifier: other }),
    call('redshift', 'DeauthorizeDataShare', { dataShareArn: 'x', consumerIdentifier: other }),
  ]);
  const run = await hunt(['what', other, folder]);
  expect(run.stdout).toContain('it is  account (5 events)');
  expect(run.stdout).toMatch(
    /still\? +table orders: open to account 999988887777 by its policy, since .*event-1/,
  );
  expect(run.stdout).toMatch(/still\? +subscription filter f of log group web: exists, since/);
  expect(run.stdout).toMatch(/still\? +user pool p: runs a function of account 999988887777 as/);
  // That MFA is off lets nobody of the account in.
  expect(run.stdout).not.toContain('MFA off');
  expect(run.stdout).not.toContain('open to account 888877776666');
  expect(run.stdout).toContain('ended   1 state');
  expect(lastOf(run)).toMatch(/^perhaps still: table orders: open to account 999988887777/);
});
