/** `hunt who` and `--principal` take the names that reports give to actors: each means this actor, and nobody whose name is like it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const HOME = '111122223333';
const OTHER = '444455556666';

function iamUser(path: string, account = HOME): object {
  const userName = path.split('/').at(-1);
  const arn = `arn:aws:iam::${account}:user/${path}`;
  return { type: 'IAMUser', principalId: `AIDA${userName}`, arn, accountId: account, userName };
}

function session(role: string, name: string, key = 'ASIAEXAMPLE000000000'): object {
  const last = role.split('/').at(-1);
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE:${name}`,
    arn: `arn:aws:sts::${HOME}:assumed-role/${last}/${name}`,
    accountId: HOME,
    accessKeyId: key,
    sessionContext: { sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${HOME}:role/${role}` } },
  };
}

function federated(name: string, by: string): object {
  return {
    type: 'FederatedUser',
    arn: `arn:aws:sts::${HOME}:federated-user/${name}`,
    accountId: HOME,
    sessionContext: { sessionIssuer: { arn: `arn:aws:iam::${HOME}:${by}` } },
  };
}

let count = 0;
function call(eventID: string, userIdentity: object, more: object = {}): object {
  count += 1;
  return {
    eventVersion: '1.09',
    eventID,
    eventTime: `2026-03-01T10:00:${String(count % 60).padStart(2, '0')}Z`,
    eventSource: 'ec2.amazonaws.com',
    eventName: 'DeleteVpc',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.15.30',
    readOnly: false,
    eventType: 'AwsApiCall',
    eventCategory: 'Management',
    managementEvent: true,
    recipientAccountId: HOME,
    userIdentity,
    ...more,
  };
}

const QUICKSIGHT = { eventSource: 'quicksight.amazonaws.com', eventName: 'CreateDashboard' };
const SSO = 'aws-reserved/sso.amazonaws.com/AWSReservedSSO_Ops_0123456789abcdef';

const EVENTS = [
  call('role', session('Admin', 'session')),
  call('role-session', session('Admin', 'dana')),
  call('role-session-longer', session('Admin', 'dana2')),
  call('role-of-path', session('team/a/Admin', 'dana3')),
  call('other-role', session('AdminAudit', 'dana')),
  call('role-without-arn', {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:dana',
    userName: 'Admin',
  }),
  call('user', iamUser('bob')),
  call('user-of-path', iamUser('team/bob')),
  call('user-longer', iamUser('bobby')),
  call('user-elsewhere', iamUser('bob', OTHER), { recipientAccountId: OTHER }),
  call('user-without-arn', { type: 'IAMUser', userName: 'bob' }),
  call('quicksight-arn', {
    type: 'Unknown',
    arn: `arn:aws:quicksight:eu-west-1:${HOME}:user/default/bob`,
    userName: 'bob',
    accountId: HOME,
  }),
  call('quicksight', { type: 'Unknown', userName: 'bob', accountId: HOME }, QUICKSIGHT),
  call('federated', federated('carol', 'user/team/bob')),
  call('federated-by-root', federated('carol', 'root')),
  call('identity-center', session(SSO, 'erin@example.com')),
  call('same-person-in-role', {
    ...session('Admin', 'x'),
    sessionContext: {
      sourceIdentity: 'erin@example.com',
      sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${HOME}:role/Admin` },
    },
  }),
  call('on-behalf', {
    ...session('Ops', 'fred'),
    onBehalfOf: { userId: '90676b2f-e0c1-70cb-1b6e-9d4a6d0c1a2b', identityStoreArn: 'arn:x' },
  }),
  call('vendor', {
    type: 'AWSAccount',
    principalId: 'AIDAEXAMPLEVENDOR0001',
    accountId: '999988887777',
  }),
  call('vendor-session', {
    type: 'AWSAccount',
    principalId: 'AROAEXAMPLEVENDOR0001:build-4',
    accountId: '999988887777',
  }),
  call('vendor-session-longer', {
    type: 'AWSAccount',
    principalId: 'AROAEXAMPLEVENDOR0001:build-42',
    accountId: '999988887777',
  }),
  call('delegated', {
    ...session('Deploy', 'build'),
    invokedByDelegate: { accountId: '999988886666' },
  }),
  call('service', { type: 'AWSService', invokedBy: 'rds.amazonaws.com' }),
  call('by-service-for-bob', { ...iamUser('gina'), invokedBy: 'rds.amazonaws.com' }),
  call(
    'service-event',
    { accountId: HOME, invokedBy: 'AWS Internal' },
    { eventType: 'AwsServiceEvent' },
  ),
  call(
    'nameless-service-event',
    { accountId: HOME },
    { eventType: 'AwsServiceEvent', eventSource: 'kms.amazonaws.com', eventName: 'RotateKey' },
  ),
  call('pipeline', { type: 'WebIdentityUser', userName: 'repo:example/infra:ref:refs/heads/main' }),
];

function folder(events: readonly object[] = EVENTS): string {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'logs'));
  writeFileSync(join(cwd, 'logs/a.json'), JSON.stringify({ Records: events }));
  return cwd;
}

async function found(cwd: string, args: readonly string[]) {
  const { stdout, stderr, code } = await hunt([...args, '--format', 'json'], { cwd });
  const report = stdout === '' ? undefined : (JSON.parse(stdout) as Report);
  const findings = [...(report?.findings ?? [])].filter(({ rules }) =>
    rules.some(({ id }) => !id.startsWith('AWS.Who.')),
  );
  return { findings, ids: findings.map(({ eventID }) => eventID).toSorted(), stderr, code, report };
}

/** Sessions of a role, whoever is behind them, are what a role did. A federated user acts for whoever asked for the session. */
const FURTHER: Readonly<Record<string, readonly string[]>> = {
  'role/Admin': [
    'role-of-path',
    'role-session',
    'role-session-longer',
    'role-without-arn',
    'same-person-in-role',
  ],
  'user/bob': ['federated'],
};

test('each name that a report has finds its events, and those of nobody else', async () => {
  const cwd = folder();
  const all = (await found(cwd, ['who', '203.0.113.7', './logs'])).findings;
  expect(all).toHaveLength(EVENTS.length);
  const names = new Set(all.map(({ actor }) => actor.name));
  expect([...names]).toEqual(
    expect.arrayContaining([
      'role/Admin (session dana)',
      'bob (quicksight)',
      'user/bob as federated-user/carol',
      '90676b2f-e0c1-70cb-1b6e-9d4a6d0c1a2b (named fred)',
      'account 999988886666 (delegated) as role/Deploy (session build)',
      'AWS Internal',
    ]),
  );
  for (const name of names) {
    const own = all.filter(({ actor }) => actor.name === name).map(({ eventID }) => eventID);
    const { ids } = await found(cwd, ['who', name, './logs']);
    expect([name, ids]).toEqual([name, [...own, ...(FURTHER[name] ?? [])].toSorted()]);
  }
});

test('takes what reports write beside a name: a role, an account, a key', async () => {
  const cwd = folder();
  const idsOf = async (name: string) => (await found(cwd, ['who', name, './logs'])).ids;
  expect(await idsOf('erin@example.com')).toEqual(['identity-center', 'same-person-in-role']);
  expect(await idsOf('erin@example.com as role Admin')).toEqual(['same-person-in-role']);
  expect(await idsOf(`user/bob of ${OTHER}`)).toEqual(['user-elsewhere']);
  expect(await idsOf(`user/bob in prod-web (${OTHER})`)).toEqual(['user-elsewhere']);
  const keyed = [call('with-key', session('Admin', 'dana', 'ASIAEXAMPLE000000009')), ...EVENTS];
  const withKey = await found(folder(keyed), [
    'who',
    'role/Admin (session dana) (key ASIAEXAMPLE000000009)',
    './logs',
  ]);
  expect(withKey.ids).toEqual(['with-key']);
});

test('takes a name with a slash and a blank behind the first one, and before the logs', async () => {
  const names = ['gina', 'root as federated-user/carol', 'role/AdminAudit (session dana)'];
  const { ids } = await found(folder(), ['who', ...names, './logs']);
  expect(ids).toEqual(['by-service-for-bob', 'federated-by-root', 'other-role']);
});

const TAKEN = [
  call('took', iamUser('hana'), {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    responseElements: {
      credentials: { accessKeyId: 'ASIAEXAMPLE000000077' },
      assumedRoleUser: { arn: `arn:aws:sts::${HOME}:assumed-role/Jump/session` },
    },
  }),
  call('as-jump', session('Jump', 'session', 'ASIAEXAMPLE000000077')),
  call('jump-of-others', session('Jump', 'session', 'ASIAEXAMPLE000000078')),
];

test('finds who is behind a role that a report names beside them, and says so', async () => {
  const cwd = folder(TAKEN);
  const name = 'user/hana as role/Jump';
  const changes = await found(cwd, ['./logs', '--rule', 'AWS.Any.ManualChange']);
  expect(changes.findings.map(({ actor }) => actor.name)).toContain(name);
  const who = await found(cwd, ['who', name, './logs']);
  expect(who.ids).toEqual(['as-jump', 'took']);
  expect(who.report?.subject?.text).toBe('user/hana');
  expect(who.stderr).toContain('"user/hana as role/Jump" is looked for as "user/hana"');
  expect(who.stderr).toContain('hunt who "role/Jump"');
  const saved = await hunt(['who', name, './logs', '--quiet', '--no-follow'], { cwd });
  expect(saved.stderr).toBe('');
  expect(saved.stdout.replaceAll(/\s+/g, ' ')).toContain(
    '! "user/hana as role/Jump" is looked for as "user/hana", with all roles and keys that this one took. For everybody as role/Jump: hunt who "role/Jump" [WHO_WIDENED]',
  );
  expect(saved.code).toBe(who.code);
  const alone = await found(cwd, ['who', 'user/hana', './logs']);
  expect(alone.report?.warnings.map(({ code }) => code)).not.toContain('WHO_WIDENED');
  const refused = await found(cwd, ['./logs', '--principal', name]);
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining('role/Jump')]);
});

test('refuses the beginning of a name, of which no event tells the end', async () => {
  const { code, stderr } = await found(folder(), ['who', 'role/Admin (session da…', './logs']);
  expect([code, stderr]).toEqual([2, expect.stringContaining('the ARN or the ID')]);
  const { ids } = await found(folder(), ['who', 'repo:example/infra:ref…', './logs']);
  expect(ids).toEqual(['pipeline']);
});

test('--principal means the same', async () => {
  const cwd = folder();
  const idsOf = async (name: string) =>
    (await found(cwd, ['./logs', '--rule', 'AWS.Any.ManualChange', '--principal', name])).ids;
  expect(await idsOf('role/Admin (session dana)')).toEqual(['role-session', 'role-without-arn']);
  expect(await idsOf('bob (quicksight)')).toEqual(['quicksight', 'quicksight-arn']);
  expect(await idsOf('AdminAudit')).toEqual(['other-role']);
});

test('takes the end of the ARN of a session, and the beginning of one', async () => {
  const path = call('path-like-role', session('Admin/dana', 'build'));
  const switched = call(
    'switched',
    { type: 'AssumedRole', arn: `arn:aws:sts::${OTHER}:assumed-role/Audit/x` },
    {
      eventSource: 'signin.amazonaws.com',
      eventName: 'SwitchRole',
      additionalEventData: { SwitchFrom: `arn:aws:sts::${HOME}:assumed-role/Admin/dana` },
    },
  );
  const cwd = folder([...EVENTS, path, switched]);
  const idsOf = async (...args: string[]) => (await found(cwd, args)).ids;
  const own = ['path-like-role', 'role-session', 'switched'];
  expect(await idsOf('who', 'role/Admin/dana', './logs')).toEqual(own);
  const rule = ['--rule', 'AWS.Any.ManualChange'];
  expect(await idsOf('./logs', ...rule, '--user', 'role/Admin/dana')).toEqual(own.slice(0, 2));
  expect(await idsOf('who', 'role/Admin/', './logs')).toEqual(
    expect.arrayContaining(['role', 'role-session', 'role-session-longer']),
  );
  expect(await idsOf('who', 'user/team/', './logs')).toEqual(['federated', 'user-of-path']);
});

test('a role with a path is none of the same name under another path', async () => {
  const bare = {
    type: 'AssumedRole',
    principalId: 'AROAEXAMPLE:bare',
    arn: `arn:aws:sts::${HOME}:assumed-role/dana/bare`,
  };
  const cwd = folder([
    call('of-path', session('Admin/dana', 'build')),
    call('of-longer-path', session('team/Admin/dana', 'build')),
    call('of-other-path', session('team/dana', 'build')),
    call('of-no-path', session('dana', 'build')),
    call('of-no-path-without-arn', {
      ...session('dana', 'build'),
      arn: undefined,
      userName: 'dana',
    }),
    call('of-unknown-path', bare),
  ]);
  const idsOf = async (name: string) => (await found(cwd, ['who', name, './logs'])).ids;
  expect(await idsOf('role/Admin/dana')).toEqual(['of-longer-path', 'of-path', 'of-unknown-path']);
  expect(await idsOf('role/Admin/dana (session build)')).toEqual(['of-longer-path', 'of-path']);
  expect(await idsOf('role/dana')).toHaveLength(6);
});

test('--user finds whom a session acts for', async () => {
  const cwd = folder();
  const idsOf = async (name: string) =>
    (await found(cwd, ['./logs', '--rule', 'AWS.Any.ManualChange', '--user', name])).ids;
  expect(await idsOf('erin@example.com')).toEqual(['identity-center', 'same-person-in-role']);
  const fred = '90676b2f-e0c1-70cb-1b6e-9d4a6d0c1a2b (named fred)';
  expect(await idsOf(fred)).toEqual(['on-behalf']);
});

test('proposes a name that means one alone, and none where the name asked for does', async () => {
  const unknown = { type: 'Unknown', userName: 'bob', accountId: HOME };
  const ecr = { eventSource: 'api.ecr.amazonaws.com', eventName: 'CreateRepository' };
  const nameless = call('nameless', { type: 'WebIdentityUser', userName: 'bob' });
  const cwd = folder([...EVENTS, call('ecr', unknown, ecr), nameless]);
  const pageOf = async (name: string, logs = cwd) =>
    (await hunt(['who', name, './logs'], { cwd: logs })).stdout.replaceAll(/\s+/g, ' ');
  const page = await pageOf('bob');
  expect(page).toMatch(
    /"bob" is only a part of .*; for one alone: hunt who (?!bob )\S*user\/\S*bob /,
  );
  expect((await found(cwd, ['who', 'bob (api.ecr)', './logs'])).ids).toEqual(['ecr']);
  expect(await pageOf('role/Admin')).not.toContain('only a part of');
  const two = folder([call('ecr', unknown, ecr), nameless]);
  expect(await pageOf('bob', two)).toContain(
    `"bob" is only a part of bob (api.ecr); for one alone: hunt who 'bob (api.ecr)' `,
  );
  const named = (userName: string) => call(userName, { type: 'WebIdentityUser', userName });
  const longer = await pageOf('ann', folder([named('ann'), named('anna'), named('annabel')]));
  expect(longer).toContain(
    '"ann" is only a part of anna, annabel; for one alone: hunt who annabel ',
  );
});

test('as whom tells users of one name apart', async () => {
  const { report } = await found(folder(), ['who', 'bob', './logs']);
  const callers = new Map(report?.callers?.map(({ principal, events }) => [principal, events]));
  expect(callers.get('user/bob')).toBe(1);
  expect(callers.get('bob (quicksight)')).toBe(1);
  expect(callers.has('bob')).toBe(false);
});

test('names who is there where a name is nobody', async () => {
  const { report } = await found(folder(), ['who', 'role/AdminAudt (session dana)', './logs']);
  const [message] = (report?.warnings ?? []).flatMap((one) =>
    one.code === 'NOBODY_FOUND' ? [one.message] : [],
  );
  expect(message).toContain('AdminAudit');
});
