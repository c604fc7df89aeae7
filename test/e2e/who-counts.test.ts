/** The numbers of `hunt who`: each call is in one of them, and a call that failed looks like no other. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const HOME = '111122223333';

type Event = Readonly<Record<string, unknown>>;

/** Events of dana, one a minute. */
function eventsOf(changes: readonly Event[]): readonly Event[] {
  return changes.map((change, minute) => ({
    eventVersion: '1.11',
    eventID: `e${minute}`,
    eventTime: `2026-03-02T10:${String(minute).padStart(2, '0')}:00Z`,
    eventSource: 'iam.amazonaws.com',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.17',
    readOnly: false,
    managementEvent: true,
    eventCategory: 'Management',
    eventType: 'AwsApiCall',
    recipientAccountId: HOME,
    userIdentity: {
      type: 'IAMUser',
      principalId: 'AIDAEXAMPLEDANA',
      arn: `arn:aws:iam::${HOME}:user/dana`,
      accountId: HOME,
      userName: 'dana',
    },
    ...change,
  }));
}

function signIn(result: 'Success' | 'Failure', more: Event = {}): Event {
  return {
    eventSource: 'signin.amazonaws.com',
    eventName: 'ConsoleLogin',
    eventType: 'AwsConsoleSignIn',
    responseElements: { ConsoleLogin: result },
    ...more,
  };
}

function read(service: string, eventName: string, more: Event = {}): Event {
  return { eventSource: `${service}.amazonaws.com`, eventName, readOnly: true, ...more };
}

interface Page {
  /** The numbers of the first line. */
  readonly head: string;
  readonly text: string;
  readonly answer: string;
}

async function pageOf(events: readonly Event[]): Promise<Page> {
  const { stdout } = await hunt(['who', 'dana', '.'], { cwd: folderWith(events) });
  const [, head = ''] = stdout.split('\n');
  const answer = stdout.trimEnd().split('\n\n').at(-1) ?? '';
  return { head: head.trim(), text: stdout, answer: answer.replaceAll(/\s+/g, ' ') };
}

async function jsonOf(events: readonly Event[]): Promise<Report> {
  const run = await hunt(['who', 'dana', '.', '-f', 'json'], { cwd: folderWith(events) });
  return JSON.parse(run.stdout) as Report;
}

/** The lines of a list, without the margin. */
function linesUnder(heading: string, text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim());
  const from = lines.indexOf(heading) + 1;
  return from === 0 ? [] : lines.slice(from, lines.indexOf('', from));
}

function folderWith(events: readonly Event[]): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'a.json'), JSON.stringify({ Records: events }));
  return folder;
}

const MESSAGE = { errorMessage: 'Failed authentication' };
const GUESSED = eventsOf([
  signIn('Failure', MESSAGE),
  signIn('Failure', MESSAGE),
  signIn('Failure'),
  signIn('Success'),
  { eventName: 'CreateUser', errorMessage: 'User dana is not authorized' },
  { eventName: 'CreateUser', errorCode: 'AccessDenied' },
  {
    eventSource: 'sns.amazonaws.com',
    eventName: 'SetTopicAttributes',
    errorCode: 'AuthorizationError',
  },
  { eventName: 'CreateUser', errorCode: 'LimitExceeded' },
  {
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RevokeSecurityGroupIngress',
    responseElements: { _return: false },
  },
  { eventName: 'CreateUser', requestParameters: { userName: 'x' } },
  read('iam', 'ListUsers'),
  read('iam', 'ListUsers', { errorCode: 'AccessDenied' }),
  read('iam', 'ListUsers', { errorMessage: 'Try again' }),
]);

test('what failed without a code has failed, and a guessed password is seen', async () => {
  const { head, text, answer } = await pageOf(GUESSED);
  const numbers =
    '1 change (1 command line or SDK by a person), 1 sign-in, 3 refused, 3 failed sign-ins, ' +
    '2 failed for another reason, 1 read, 2 reads that failed';
  expect(head).toContain(`${numbers}, 2026-03-02`);
  expect(answer).toContain(`dana: ${numbers}`);
  const tables = text.slice(text.indexOf('Refused calls'), text.indexOf('Stories'));
  expect(tables.replaceAll(/, 2026.*/g, '')).toBe(
    `Refused calls (reads too)
  1  iam:CreateUser User dana is not authorized
  1  iam:CreateUser AccessDenied
  1  sns:SetTopicAttributes AuthorizationError
  1  iam:ListUsers AccessDenied

Sign-ins that failed
  2  signin:ConsoleLogin Failed authentication
  1  signin:ConsoleLogin

Calls that failed for another reason (reads too)
  1  iam:CreateUser LimitExceeded
  1  ec2:RevokeSecurityGroupIngress
  1  iam:ListUsers Try again

Reads
  1  iam:ListUsers

`,
  );
  const { summary } = await jsonOf(GUESSED);
  expect(summary.failed).toBe(8);
});

test('what stands in the time line is no read', async () => {
  const { head, text } = await pageOf(
    eventsOf([
      read('ec2', 'GetPasswordData'),
      read('ec2', 'GetPasswordData', { errorCode: 'Client.UnauthorizedOperation' }),
      read('eks', 'AccessKubernetesApi'),
      read('ecr', 'GetAuthorizationToken'),
      read('ec2', 'DescribeVpcs'),
    ]),
  );
  expect(head).toContain(
    '0 changes, 2 accesses to machines, 1 credential issued, 1 refused, 1 read, 2026',
  );
  expect(text).toMatch(/\nReads\n {2}1 {2}ec2:DescribeVpcs, .*\n\n/);
});

function keyFor(userName: string, accessKeyId: string): Event {
  return {
    eventName: 'CreateAccessKey',
    requestParameters: { userName },
    responseElements: { accessKey: { accessKeyId, status: 'Active', userName } },
  };
}

function withKey(userName: string, accessKeyId: string): Event {
  const arn = `arn:aws:iam::${HOME}:user/${userName}`;
  const principalId = 'AIDAEXAMPLEBACKUP';
  return { userIdentity: { type: 'IAMUser', principalId, arn, accessKeyId, userName } };
}

const [FIRST, SECOND, UNUSED] = [
  'AKIAEXAMPLEFIRST0001',
  'AKIAEXAMPLESECOND001',
  'AKIAEXAMPLEUNUSED001',
];

/** A user with several keys, who creates one of them, and has another name in between. */
const KEYS = eventsOf([
  keyFor('backup', FIRST),
  keyFor('backup', UNUSED),
  { eventName: 'DeleteVpc', ...withKey('backup', FIRST) },
  read('ec2', 'DescribeVpcs', withKey('renamed', FIRST)),
  { ...keyFor('renamed', SECOND), ...withKey('renamed', FIRST) },
  read('s3', 'ListBuckets', withKey('renamed', SECOND)),
]);

test('says of each key how often it was used, whoever it belongs to', async () => {
  const { text, answer } = await pageOf(KEYS);
  const issued = text.slice(text.indexOf('Keys that they issued')).replaceAll(/\s+/g, ' ');
  const backup = `arn:aws:iam::${HOME}:user/backup`;
  expect(issued).toContain(
    `keys ${FIRST} (3), ${UNUSED} (0) of ${backup}: 3 calls with 1 of them (event e0 and 1 more)`,
  );
  expect(issued).toContain(`key ${SECOND} of arn:aws:iam::${HOME}:user/renamed: 1 call (event e4)`);
  expect(answer).toContain('3 keys issued, 2 of them used: 4 calls');
  const { keys } = await jsonOf(KEYS);
  expect(keys).toEqual([
    { accessKey: FIRST, events: 3 },
    { accessKey: UNUSED, events: 0 },
    { accessKey: SECOND, events: 1 },
  ]);
});

test('a key that somebody created for themselves, and only read with, was used', async () => {
  const { answer } = await pageOf(
    eventsOf([keyFor('dana', FIRST), read('s3', 'ListBuckets', withKey('dana', FIRST))]),
  );
  expect(answer).toContain('1 key issued, 1 of them used: 1 call');
});

test('what changes no resource has numbers of its own, and stories say that they count it as changes', async () => {
  const events = eventsOf([
    signIn('Success'),
    { eventName: 'CreateUser', requestParameters: { userName: 'x' } },
    { eventSource: 'ec2.amazonaws.com', eventName: 'StopInstances' },
    { eventSource: 's3.amazonaws.com', eventName: 'PutObject', eventCategory: 'Data' },
  ]);
  const { text, answer } = await pageOf(events);
  const by = '(1 command line or SDK by a person)';
  const numbers = `1 change ${by}, 1 operation ${by}, 1 call that changes no resource ${by}, 1 sign-in`;
  expect(text.replaceAll(/\s+/g, ' ')).toContain(`${numbers}, 2026`);
  expect(linesUnder('Changes by call', text)).toEqual([
    expect.stringMatching(/^1 {2}iam:CreateUser,/),
  ]);
  expect(linesUnder('Operations by call', text)).toEqual([
    expect.stringMatching(/^1 {2}ec2:StopInstances,/),
  ]);
  expect(linesUnder('Calls that change no resource', text)).toEqual([
    expect.stringMatching(/^1 {2}s3:PutObject,/),
  ]);
  expect(text).toContain('by user/dana: 3 changes, 1 credential or session');
  expect(text).toContain(
    'stories count operations and calls that change no resource among the changes',
  );
  expect(answer).toContain(`dana: ${numbers}; 2 ways in (users, keys, rights, sign-ins)`);
  const { summary } = await jsonOf(events);
  expect(summary).toMatchObject({ changes: 3, sessions: 1, reads: 0, failed: 0 });
});

test('where every change is one of a resource, stories need no such line', async () => {
  const { text } = await pageOf(
    eventsOf([
      { eventName: 'CreateUser', requestParameters: { userName: 'x' } },
      { eventName: 'CreateUser', requestParameters: { userName: 'y' } },
    ]),
  );
  expect(text).toContain('by user/dana: 2 changes');
  expect(text).not.toContain('stories count');
});

test('the telemetry of an agent is no change', async () => {
  const ssm = (eventName: string) => ({ eventSource: 'ssm.amazonaws.com', eventName });
  const { answer } = await pageOf(
    eventsOf([ssm('UpdateInstanceInformation'), ssm('PutInventory'), ssm('PutInventory')]),
  );
  expect(answer).toContain('dana: 0 changes, 3 calls that change no resource (3 ');
});

test('what the exclusion of sign-ins hides is a sign-in, and no change', async () => {
  const events = eventsOf([
    { eventSource: 'identitystore-auth.amazonaws.com', eventName: 'CreateSession' },
    { eventSource: 'sso.amazonaws.com', eventName: 'Federate' },
    { eventSource: 'signin.amazonaws.com', eventName: 'UserAuthentication' },
    { eventSource: 'sso.amazonaws.com', eventName: 'GetRoleCredentials' },
    {
      eventSource: 'sso.amazonaws.com',
      eventName: 'GetRoleCredentials',
      errorCode: 'ForbiddenException',
    },
    { eventSource: 'signin.amazonaws.com', eventName: 'SwitchRole' },
    { eventSource: 'identitystore-auth.amazonaws.com', eventName: 'BatchDeleteSession' },
  ]);
  const { answer } = await pageOf(events);
  expect(answer).toMatch(/ dana: 1 change \(.*\), 2 credentials issued, 3 sign-ins, 1 refused/);
});

test('what a VPC endpoint logs of a call is no second change, and what it denies is a refusal', async () => {
  const through = { vpcEndpointId: 'vpce-1', vpcEndpointAccountId: HOME };
  const ofEndpoint: Event = {
    ...through,
    eventCategory: 'NetworkActivity',
    eventType: 'AwsVpceEvent',
    eventSource: 'ec2.amazonaws.com',
    managementEvent: undefined,
    readOnly: undefined,
    userAgent: undefined,
  };
  const events = eventsOf([
    {
      ...through,
      eventSource: 'ec2.amazonaws.com',
      eventName: 'DeleteVpc',
      requestParameters: { vpcId: 'vpc-1' },
    },
    { ...ofEndpoint, eventName: 'DeleteVpc' },
    { ...ofEndpoint, eventSource: 'ssm.amazonaws.com', eventName: 'StartSession' },
    { ...ofEndpoint, eventName: 'DeleteSubnet', errorCode: 'VpceAccessDenied' },
  ]);
  const { head, text, answer } = await pageOf(events);
  const numbers =
    '1 change (1 command line or SDK by a person), 1 refused, 2 network activity events';
  expect(head).toContain(`${numbers}, 2026`);
  expect(answer).toContain(`dana: ${numbers}`);
  expect(text).toContain('called ec2:DeleteVpc through VPC endpoint vpce-1');
  expect(text).not.toContain('no user agent');
  const { summary, stories, findings } = await jsonOf(events);
  expect(summary).toMatchObject({ changes: 1, networkActivity: 2, failed: 1 });
  expect([...findings].map(({ kinds, story }) => [kinds, story])).toEqual([
    [['change'], 1],
    [['network activity'], null],
    [['network activity'], null],
    [['network activity'], 1],
  ]);
  expect(stories.map(({ changes, failed }) => [changes, failed])).toEqual([[1, 1]]);
});

test('sign-ins through Identity Center are those of the person, and a password that was not changed is none', async () => {
  const portal = (eventName: string, result: string, userIdentity: Event = {}): Event => ({
    eventSource: 'signin.amazonaws.com',
    eventName,
    eventType: 'AwsServiceEvent',
    userIdentity: { type: 'IdentityCenterUser', onBehalfOf: { userId: 'u-1' }, ...userIdentity },
    additionalEventData: { CredentialType: 'PASSWORD', UserName: 'dana' },
    serviceEventDetails: { [eventName]: result },
  });
  const { head, text } = await pageOf(
    eventsOf([
      portal('CredentialVerification', 'Failure'),
      portal('CredentialVerification', 'Failure', { type: 'Unknown' }),
      portal('UserAuthentication', 'Success'),
      {
        eventSource: 'sso.amazonaws.com',
        eventName: 'Federate',
        eventType: 'AwsServiceEvent',
        userIdentity: { type: 'Unknown', userName: 'dana@example.com' },
        serviceEventDetails: { role_name: 'Admin' },
      },
      signIn('Failure', {
        eventName: 'PasswordUpdated',
        responseElements: { PasswordUpdated: 'Failure' },
      }),
    ]),
  );
  expect(head).toContain(
    '0 changes, 2 sign-ins, 2 failed sign-ins, 1 failed for another reason, 2026-03-02',
  );
  expect(text).toMatch(/^ {2}dana from 203\.0\.113\.9/m);
});

test('says from where all calls came and when, also where a thief only reads', async () => {
  const key = 'ASIAEXAMPLELEAKED001';
  const userIdentity = {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${HOME}:assumed-role/ci/build`,
    accountId: HOME,
    accessKeyId: key,
  };
  const thief = { userIdentity, sourceIPAddress: '198.51.100.66' };
  const cwd = folderWith(
    eventsOf([
      // Who issued the key is evidence, and not what was done with it.
      read('sts', 'AssumeRole', {
        sourceIPAddress: '192.0.2.77',
        responseElements: { credentials: { accessKeyId: key } },
      }),
      read('ec2', 'DescribeInstances', thief),
      { eventName: 'CreateUser', userIdentity, requestParameters: { userName: 'kim' } },
      read('s3', 'ListBuckets', thief),
    ]),
  );
  const { stdout } = await hunt(['who', key, '.'], { cwd });
  expect(stdout).toContain(
    '1 change (1 command line or SDK by a person), 2 reads, 2026-03-02 10:01:00Z to 10:03:00Z',
  );
  expect(stdout).toContain(`From where (all calls, reads too)
  2  198.51.100.66, 2026-03-02 10:01:00Z to 10:03:00Z
  1  203.0.113.9, 2026-03-02 10:02:00Z
`);
  const json = await hunt(['who', key, '.', '-f', 'json'], { cwd });
  expect((JSON.parse(json.stdout) as Report).addresses).toMatchObject([
    { address: '198.51.100.66', events: 2, first: '2026-03-02T10:01:00.000Z' },
    { address: '203.0.113.9', events: 1 },
  ]);
});
