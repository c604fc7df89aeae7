/** `hunt who`: everything that somebody did, under whatever name, and what was done with the keys that they issued. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import type { Finding } from '../../src/report/finding.js';
import { HOUR } from '../../src/cloudtrail/time/window.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const HOME = '111122223333';
const OTHER = '444455556666';
const ANN = {
  type: 'IAMUser',
  principalId: 'AIDAEXAMPLEANN',
  arn: `arn:aws:iam::${HOME}:user/ann.lee`,
  accountId: HOME,
  accessKeyId: 'AKIAEXAMPLEANN000001',
  userName: 'ann.lee',
};
const BOB = {
  ...ANN,
  principalId: 'AIDAEXAMPLEBOB',
  arn: `arn:aws:iam::${HOME}:user/bob`,
  accessKeyId: 'AKIAEXAMPLEBOB000001',
  userName: 'bob',
};

function session(role: string, account: string, key: string) {
  return {
    type: 'AssumedRole',
    principalId: `AROAEXAMPLE${role.toUpperCase()}:build`,
    arn: `arn:aws:sts::${account}:assumed-role/${role}/build`,
    accountId: account,
    accessKeyId: key,
    sessionContext: {
      sessionIssuer: {
        type: 'Role',
        principalId: `AROAEXAMPLE${role.toUpperCase()}`,
        arn: `arn:aws:iam::${account}:role/${role}`,
        accountId: account,
        userName: role,
      },
    },
  };
}

const DEPLOY = session('Deploy', HOME, 'ASIAEXAMPLEDEPLOY001');
const ADMIN = session('Admin', OTHER, 'ASIAEXAMPLEADMIN0001');

function event(id: string, minute: number, more: Record<string, unknown>): object {
  return {
    eventVersion: '1.09',
    eventID: id,
    eventTime: `2026-03-01T10:${String(minute).padStart(2, '0')}:00Z`,
    eventSource: 'ec2.amazonaws.com',
    awsRegion: 'eu-west-1',
    sourceIPAddress: '203.0.113.7',
    userAgent: 'aws-cli/2.15.30 Python/3.11.8',
    readOnly: false,
    managementEvent: true,
    eventCategory: 'Management',
    eventType: 'AwsApiCall',
    recipientAccountId: HOME,
    ...more,
  };
}

function assume(id: string, minute: number, by: object, to: ReturnType<typeof session>): object {
  return event(id, minute, {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    readOnly: true,
    userIdentity: by,
    requestParameters: {
      roleArn: to.sessionContext.sessionIssuer.arn,
      roleSessionName: 'build',
    },
    responseElements: {
      credentials: { accessKeyId: to.accessKeyId, expiration: 'Mar 1, 2026, 11:00:00 AM' },
      assumedRoleUser: { arn: to.arn, assumedRoleId: to.principalId },
    },
  });
}

/** Ann takes a role, and with it another one in a second account; and she makes a key for Bob. */
const CHAIN = [
  event('created', 0, {
    eventName: 'CreateSecurityGroup',
    userIdentity: ANN,
    requestParameters: { groupName: 'web', groupDescription: 'web', vpcId: 'vpc-1' },
    responseElements: { groupId: 'sg-1' },
  }),
  event('listed', 1, { eventName: 'DescribeInstances', readOnly: true, userIdentity: ANN }),
  event('refused', 2, {
    eventName: 'DeleteVpc',
    userIdentity: ANN,
    errorCode: 'Client.UnauthorizedOperation',
    requestParameters: { vpcId: 'vpc-1' },
  }),
  assume('took-deploy', 3, ANN, DEPLOY),
  // The log of the caller has no answer: that of the other account has it.
  {
    ...assume('took-admin', 4, DEPLOY, ADMIN),
    responseElements: null,
    sharedEventID: 'shared-admin',
  },
  {
    ...assume('gave-admin', 4, ADMIN, ADMIN),
    userIdentity: { type: 'AWSAccount', principalId: 'AROAEXAMPLEDEPLOY:build', accountId: HOME },
    recipientAccountId: OTHER,
    sharedEventID: 'shared-admin',
  },
  event('opened', 5, {
    eventName: 'AuthorizeSecurityGroupIngress',
    userIdentity: ADMIN,
    recipientAccountId: OTHER,
    requestParameters: {
      groupId: 'sg-2',
      ipPermissions: {
        items: [
          {
            ipProtocol: 'tcp',
            fromPort: 22,
            toPort: 22,
            ipRanges: { items: [{ cidrIp: '0.0.0.0/0' }] },
          },
        ],
      },
    },
    responseElements: { _return: true },
  }),
  event('bobs-key', 6, {
    eventSource: 'iam.amazonaws.com',
    eventName: 'CreateAccessKey',
    userIdentity: ANN,
    requestParameters: { userName: 'bob' },
    responseElements: {
      accessKey: { accessKeyId: BOB.accessKeyId, status: 'Active', userName: 'bob' },
    },
  }),
  event('stopped', 7, {
    eventSource: 'cloudtrail.amazonaws.com',
    eventName: 'StopLogging',
    userIdentity: BOB,
    sourceIPAddress: '198.51.100.9',
    requestParameters: { name: 'main' },
  }),
  // Nobody of them.
  event('stranger', 8, {
    eventName: 'DeleteVpc',
    userIdentity: { ...BOB, accessKeyId: 'AKIAEXAMPLEBOB000002' },
    requestParameters: { vpcId: 'vpc-9' },
  }),
];

function folderWith(events: readonly object[]): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'logs'));
  // Each account has its own file.
  writeFileSync(join(folder, 'logs', 'a.json'), JSON.stringify({ Records: events.slice(0, 5) }));
  writeFileSync(join(folder, 'logs', 'b.json'), JSON.stringify({ Records: events.slice(5) }));
  return folder;
}

type Json = Omit<Report, 'findings'> & { readonly findings: readonly Finding[] };

async function who(args: readonly string[], events = CHAIN) {
  const cwd = folderWith(events);
  const run = await hunt(['who', ...args, '-f', 'json'], { cwd });
  const report = run.stdout === '' ? undefined : (JSON.parse(run.stdout) as Json);
  return { ...run, report, ids: report?.findings.map(({ eventID }) => eventID) };
}

test('follows roles over two accounts, and a key for somebody else', async () => {
  const { code, report, ids, stderr } = await who(['Ann.Lee', './logs']);
  // Bob stopped the trail, and the logs end there.
  expect(code).toBe(3);
  expect(ids).toEqual([
    'created',
    'refused',
    'took-deploy',
    'gave-admin',
    'took-admin',
    'opened',
    'bobs-key',
    'stopped',
  ]);
  expect(report?.subject).toEqual({ kind: 'who', text: 'Ann.Lee' });
  expect(report?.links.map(({ eventID, issued }) => [eventID, issued.accessKey])).toEqual([
    ['took-deploy', DEPLOY.accessKeyId],
    ['gave-admin', ADMIN.accessKeyId],
    ['bobs-key', BOB.accessKeyId],
  ]);
  expect(report?.callers).toEqual(
    expect.arrayContaining([
      { principal: ANN.arn, events: 5 },
      { principal: ADMIN.arn, events: 1 },
      { principal: BOB.arn, events: 1 },
    ]),
  );
  // The role of the role is learned of in the second reading, and its key in the third.
  expect(stderr.match(/reading \d/g)).toEqual(['reading 2', 'reading 3', 'reading 4']);
});

test('--no-follow stays with the name', async () => {
  const { ids } = await who(['ann.lee', './logs', '--no-follow']);
  expect(ids).toEqual(['created', 'refused', 'took-deploy', 'bobs-key']);
});

const LIMITS: readonly (readonly string[])[] = [
  ['--since', '2026-03-01T10:05:00Z', '--until', '2026-03-01T11:00:00Z'],
  ['--account', OTHER],
];

test('follows keys that were issued before the window, or in another account', async () => {
  const [window = [], account = []] = LIMITS;
  const before = await who(['ann.lee', './logs', ...window]);
  expect(before.ids).toEqual(['opened', 'bobs-key', 'stopped']);
  expect(before.report?.links.map(({ eventID }) => eventID)).toEqual(['gave-admin', 'bobs-key']);
  const elsewhere = await who(['ann.lee', './logs', ...account]);
  expect(elsewhere.ids).toEqual(['gave-admin', 'opened']);
  for (const { report } of [before, elsewhere])
    expect(report?.warnings.map(({ code }) => code)).not.toContain('KEYS_NOT_FOLLOWED');
  const since = ['--since', '2026-03-01T10:07:00Z'];
  // Bob's key is no session's: the call that made it is the only evidence that ann is behind it.
  const { ids, report, stderr } = await who(['ann.lee', './logs', ...since]);
  expect(ids).toEqual(['stopped']);
  expect(report?.links.map(({ eventID }) => eventID)).toContain('bobs-key');
  expect(stderr).toContain('looking for keys that were issued before the window');
  const page = await hunt(['who', 'ann.lee', './logs', ...since], { cwd: folderWith(CHAIN) });
  expect(page.stdout).not.toContain('all other calls are here');
});

test('warns where it does not look for keys from before the window or from elsewhere', async () => {
  for (const limit of LIMITS) {
    const args = ['ann.lee', './logs', ...limit, '--no-follow'];
    const { report } = await who(args);
    expect(report?.warnings).toContainEqual(expect.objectContaining({ code: 'KEYS_NOT_FOLLOWED' }));
    const { stdout } = await hunt(['who', ...args], { cwd: folderWith(CHAIN) });
    expect(stdout).not.toContain('all other calls are here');
  }
  const { report } = await who(['ann.lee', './logs', '--until', '2026-03-01T11:00:00Z']);
  expect(report?.warnings.map(({ code }) => code)).not.toContain('KEYS_NOT_FOLLOWED');
});

test('reads the logs once where no key was issued', async () => {
  const { ids, stderr } = await who(['bob', './logs']);
  expect(ids).toEqual(['stopped', 'stranger']);
  expect(stderr).not.toMatch(/reading/);
});

test('finds by key, by address and by network, of which one is enough', async () => {
  // The event that issued the key is there as evidence.
  const key = await who([BOB.accessKeyId, './logs']);
  expect(key.report?.findings.map(({ eventID, rules }) => [eventID, rules[0]?.id])).toEqual([
    ['bobs-key', 'AWS.Who.Issued'],
    ['stopped', 'AWS.Who'],
  ]);
  expect((await who(['198.51.100.9', './logs'])).ids).toEqual(['stopped']);
  expect((await who(['198.51.100.0/24', 'AIDAEXAMPLEANN', './logs', '--no-follow'])).ids).toEqual([
    'created',
    'refused',
    'took-deploy',
    'bobs-key',
    'stopped',
  ]);
});

test('names who issued a key, which is no deed of the key', async () => {
  const cwd = folderWith(CHAIN);
  const { stdout } = await hunt(['who', ADMIN.accessKeyId, './logs'], { cwd });
  expect(stdout).toMatch(/^What ASIAEXAMPLEADMIN0001 did\n {2}1 change /);
  expect(stdout).toMatch(
    /Who issued the keys that were used\n[^]*.*AssumeRole by .*ASIAEXAMPLEADMIN0001/,
  );
  expect(stdout).not.toContain('Keys that they issued');
  const last = stdout.trimEnd().split('\n\n').at(-1)?.replaceAll(/\s+/g, ' ');
  expect(last).toContain(`ASIAEXAMPLEADMIN0001 was issued to ${ADMIN.arn} by `);
});

test('tells two people of one name apart, and says how many events issued the keys', async () => {
  const other = { ...BOB, arn: `arn:aws:iam::${OTHER}:user/bob`, accountId: OTHER };
  const taken = (key: string) => session('Deploy', HOME, key);
  const change = (id: string, minute: number, key: string): object =>
    event(id, minute, {
      eventName: 'DeleteVpc',
      userIdentity: taken(key),
      requestParameters: { vpcId: `vpc-${minute}` },
    });
  const cwd = folderWith([
    assume('took-1', 1, BOB, taken('ASIAEXAMPLETWICE0001')),
    assume('took-2', 2, BOB, taken('ASIAEXAMPLETWICE0002')),
    assume(
      'took-3',
      3,
      { ...other, accessKeyId: 'AKIAEXAMPLEBOB000002' },
      taken('ASIAEXAMPLEOTHER0001'),
    ),
    change('change-1', 4, 'ASIAEXAMPLETWICE0001'),
    change('change-2', 5, 'ASIAEXAMPLETWICE0002'),
    change('change-3', 6, 'ASIAEXAMPLEOTHER0001'),
  ]);
  const { stdout } = await hunt(['who', DEPLOY.arn, './logs'], { cwd });
  const [, issued = ''] = /Who issued the keys that were used\n([^]*?)\n\n/.exec(stdout) ?? [];
  const lines = issued.replaceAll(/\n {10,}/g, ' ').split('\n');
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/TWICE0001, ASIAEXAMPLETWICE0002 of .* \(event took-1 and 1 more\)$/);
  expect(lines[1]).toMatch(/key ASIAEXAMPLEOTHER0001 of .* \(event took-3\)$/);

  const all = await hunt(['./logs', '--rule', 'AWS.Any.ManualChange', '--format', 'json'], { cwd });
  const { summary } = JSON.parse(all.stdout) as Report;
  expect(summary.actors).toEqual([
    { name: 'user/bob as role/Deploy', account: HOME, findings: 2 },
    { name: 'user/bob as role/Deploy', account: OTHER, findings: 1 },
  ]);
});

test('follows a session into the console, and a key of the console back to its person', async () => {
  const inConsole = session('Deploy', HOME, 'ASIAEXAMPLECONSOLE01');
  const logs = [
    assume('took-deploy', 3, ANN, DEPLOY),
    event('signed-in', 4, {
      eventSource: 'signin.amazonaws.com',
      eventName: 'GetSigninToken',
      eventType: 'AwsConsoleSignIn',
      userIdentity: DEPLOY,
      responseElements: { credentials: { accessKeyId: inConsole.accessKeyId } },
    }),
    event('deleted', 5, {
      eventName: 'DeleteVpc',
      userIdentity: inConsole,
      sessionCredentialFromConsole: 'true',
      requestParameters: { vpcId: 'vpc-1' },
    }),
  ];
  const cwd = folderWith(logs);
  const lastOf = async (whom: string) =>
    (await hunt(['who', whom, './logs'], { cwd })).stdout
      .trimEnd()
      .split('\n\n')
      .at(-1)
      ?.replaceAll(/\s+/g, ' ');
  expect(await lastOf('ann.lee')).toContain('2 keys issued, 2 of them used: 2 calls');
  expect(await lastOf('ASIAEXAMPLECONSOLE01')).toMatch(
    /CONSOLE01 was issued to .* with GetSigninToken, .*; ASIAEXAMPLEDEPLOY001 was issued to .* by user\/ann\.lee with AssumeRole/,
  );
});

test('warns of credentials that were copied from an instance, also where they only read', async () => {
  const instance = session('Web', HOME, 'ASIAEXAMPLEWEB000001');
  const userIdentity = {
    ...instance,
    arn: `arn:aws:sts::${HOME}:assumed-role/Web/i-0123456789abcdef0`,
    principalId: 'AROAEXAMPLEWEB:i-0123456789abcdef0',
  };
  const cwd = folderWith([
    event('agent', 0, {
      eventSource: 'ssm.amazonaws.com',
      eventName: 'UpdateInstanceInformation',
      sourceIPAddress: '198.51.100.20',
      userAgent: 'aws-sdk-go/1.41.4 amazon-ssm-agent/3.1',
      // AWS gives an instance another key every few hours.
      userIdentity: { ...userIdentity, accessKeyId: 'ASIAEXAMPLEWEB000002' },
    }),
    event('thief', 1, {
      eventSource: 'sts.amazonaws.com',
      eventName: 'GetCallerIdentity',
      readOnly: true,
      userIdentity,
    }),
  ]);
  // All that one instance reads is kept at once; how much it is of a role, only a first reading tells.
  for (const [whom, isReadAgain] of [
    ['i-0123456789abcdef0', false],
    ['assumed-role/Web', true],
    // The calls of the agents are not theirs, and say where the instance is all the same.
    ['203.0.113.7', true],
    ['ASIAEXAMPLEWEB000001', true],
  ] as const) {
    const { stdout, stderr } = await hunt(['who', whom, './logs'], { cwd });
    expect(stdout.includes('UpdateInstanceInformation'), whom).toBe(!/^(?:203|ASIA)/.test(whom));
    expect(stdout).toMatch(/were used from\s+203\.0\.113\.7 with aws-cli/);
    // It is in the numbers, and no line of the time line.
    expect(stdout).toContain('1  sts:GetCallerIdentity');
    expect(stdout).not.toContain('  thief');
    expect(stderr.includes('for the other calls of instances')).toBe(isReadAgain);
  }
});

describe('the key of an instance', () => {
  const KEY = 'ASIAEXAMPLEWEB000001';
  const userIdentity = {
    ...session('Web', HOME, KEY),
    arn: `arn:aws:sts::${HOME}:assumed-role/Web/i-0123456789abcdef0`,
  };
  const agent = (hoursBefore: number): object =>
    event('agent', 0, {
      eventTime: new Date(Date.parse('2026-03-01T10:00:00Z') - hoursBefore * HOUR).toISOString(),
      eventSource: 'ssm.amazonaws.com',
      eventName: 'UpdateInstanceInformation',
      sourceIPAddress: '198.51.100.20',
      userAgent: 'aws-sdk-go/1.41.4 amazon-ssm-agent/3.1',
      userIdentity: { ...userIdentity, accessKeyId: 'ASIAEXAMPLEWEB000002' },
    });
  const thief = (more: Record<string, unknown> = {}): object =>
    event('thief', 1, { eventName: 'StopInstances', userIdentity, ...more });
  const elsewhere = (report: Json | undefined): readonly string[] =>
    (report?.warnings ?? []).flatMap(({ code, message }) =>
      code === 'INSTANCE_CREDENTIALS_ELSEWHERE' ? message : [],
    );
  const assumed = thief({
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    responseElements: { credentials: { accessKeyId: 'ASIAEXAMPLEDEPLOY009' } },
  });

  test.each([
    ['30 hours before', 30, [thief()], true],
    // An instance may have had another address then.
    ['10 days before', 240, [thief()], false],
    ['30 hours before, and the key issued another', 30, [assumed], true],
    ['10 days before, and the key issued another', 240, [assumed], false],
  ] as const)('is compared with what its agents did %s', async (_, hours, calls, isCompared) => {
    const { report, ids } = await who([KEY, './logs'], [agent(hours), ...calls]);
    expect(ids).toEqual(['thief']);
    const found = elsewhere(report);
    expect(found).toHaveLength(isCompared ? 1 : 0);
    // In the report, it is a finding: no exclusion hid it.
    if (isCompared) expect(found[0]).toMatch(/\(1 event, 2026/);
  });

  test('is compared in all of the logs where a call has no time', async () => {
    const timeless = thief({
      eventTime: null,
      eventID: 'timeless',
      sourceIPAddress: '203.0.113.8',
    });
    const { report } = await who([KEY, './logs'], [agent(1), thief(), timeless]);
    expect(elsewhere(report).map((text) => /from (\S+) with/.exec(text)?.[1])).toEqual([
      '203.0.113.7',
      '203.0.113.8',
    ]);
  });

  test('is compared in all of the logs where its calls are in a file that came later', async () => {
    const cwd = emptyFolder();
    const folder = join(cwd, `logs/AWSLogs/${HOME}/CloudTrail/eu-west-1/2026/03/20`);
    mkdirSync(folder, { recursive: true });
    const name = `${HOME}_CloudTrail_eu-west-1_20260320T1000Z_ABCDEFGHIJKLMNOP.json`;
    writeFileSync(join(folder, name), JSON.stringify({ Records: [agent(1), thief()] }));
    const { stdout } = await hunt(['who', KEY, './logs', '-f', 'json'], { cwd });
    expect(elsewhere(JSON.parse(stdout) as Json)).toHaveLength(1);
  });
});

test('names whom one may mean, where there is nobody', async () => {
  const { code, report } = await who(['an.lee', './logs']);
  expect(code).toBe(3);
  const own = report?.warnings.filter(({ code: of }) => of !== 'LOGGING_SWITCHED_OFF');
  expect(own?.map(({ code: of, message }) => [of, message])).toEqual([
    [
      'NOBODY_FOUND',
      expect.stringContaining('no call is by "an.lee". Did you mean "ann.lee"? Most calls are by'),
    ],
  ]);
});

test('says which of several names nobody, and where a name is a part of others', async () => {
  const named = (userName: string) => ({
    ...ANN,
    userName,
    arn: `arn:aws:iam::${HOME}:user/${userName}`,
  });
  const deeds = ['ann', 'joanne', 'anna'].map((name, index) =>
    event(name, index, { eventName: 'DeleteVpc', userIdentity: named(name) }),
  );
  const { report, ids } = await who(['ann', 'nobody-here', './logs'], deeds);
  expect(ids).toEqual(['ann', 'joanne', 'anna']);
  expect(report?.warnings).toEqual([
    expect.objectContaining({ code: 'NOBODY_FOUND', message: 'no call is by "nobody-here"' }),
  ]);
  const { stdout } = await hunt(['who', 'ann', './logs'], { cwd: folderWith(deeds) });
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain(`for one alone: hunt who ${named('ann').arn}`);
  expect(stdout.trimEnd()).toMatch(/"ann" is only a part of 2 of the 3 principals/);
  expect((await who([named('ann').arn, './logs'], deeds)).ids).toEqual(['ann']);
  // The last part of an ARN may be the path of others.
  const path = event('path', 5, {
    eventName: 'DeleteVpc',
    userIdentity: { ...ANN, userName: 'kim', arn: `${named('ann').arn}/kim` },
  });
  expect((await who([named('ann').arn, './logs'], [...deeds, path])).ids).toEqual(['ann']);
  const sessions = DEPLOY.arn.replace(/\/build$/, '');
  expect((await who([sessions, './logs', '--no-follow'])).ids).toEqual(['took-admin']);
  const role = DEPLOY.sessionContext.sessionIssuer.arn;
  expect((await who([role, './logs', '--no-follow'])).ids).toEqual(['took-admin']);
});

test('follows nothing where a text names very many, and says so', async () => {
  const others = Array.from({ length: 1001 }, (_, index) =>
    event(`other${index}`, 9, {
      eventName: 'DescribeVpcs',
      readOnly: true,
      userIdentity: { ...ANN, userName: `u${index}`, arn: `arn:aws:iam::${HOME}:user/u${index}` },
    }),
  );
  const cwd = folderWith([...CHAIN, ...others]);
  const { stdout, stderr } = await hunt(['who', HOME, './logs'], { cwd });
  expect(stderr).not.toContain('reading 2');
  expect(stdout).toContain('[WHO_TOO_WIDE]');
  expect(stdout).not.toContain('not used in these logs');
  expect(stdout.trimEnd().replaceAll(/\s+/g, ' ')).toMatch(/principals or more: name one$/);
});

test('says in its first lines, its time line and its last line what was done', async () => {
  const cwd = folderWith(CHAIN);
  const { stdout } = await hunt(['who', 'ann.lee', './logs'], { cwd });
  expect(stdout).toMatch(/^What ann\.lee did\n {2}4 changes \(3 command line or SDK by a person/);
  expect(stdout).toContain(`1 call   ${ADMIN.arn}`);
  expect(stdout).toContain(
    `CreateAccessKey by user/ann.lee in account ${HOME}: key ${BOB.accessKeyId}`,
  );
  expect(stdout).toMatch(/as .*role\/Admin .*with key ASIAEXAMPLEADMIN0001 from 203\.0\.113\.7/);
  expect(stdout).toMatch(/OPEN TO everyone {2}opened tcp 22 to everyone \(0\.0\.0\.0\/0\) on sg-2/);
  expect(stdout.trimEnd().split('\n\n').at(-1)?.replaceAll(/\s+/g, ' ')).toMatch(
    /^1 warning NOT COMPLETE: logging was switched off .* ann\.lee: 4 changes .*1 refused, 1 read; 1 opened sg-2 to everyone/,
  );
});

test('puts calls that are alike on one line', async () => {
  const events = Array.from({ length: 30 }, (_, index) =>
    event(`e${index}`, Math.floor(index / 2), {
      eventName: 'DeleteVpc',
      userIdentity: ANN,
      requestParameters: { vpcId: `vpc-${index}` },
    }),
  );
  const cwd = folderWith(events);
  const { stdout } = await hunt(['who', 'ann.lee', './logs'], { cwd });
  expect(stdout).toContain(
    'deleted VPC vpc-0; and 29 more of this call, on 29 other things: vpc-1, vpc-2, vpc-3, vpc-4 and 25 more, until 10:14:00Z',
  );
  const html = await hunt(['who', 'ann.lee', './logs', '--format', 'html'], { cwd });
  expect(html.stdout.match(/ id="f\d+"/g)).toHaveLength(30);
});

test('puts calls on one line whose names are also parts of the words of its sentence', async () => {
  const events = ['e', 'us', 'ann'].map((userName, index) =>
    event(`e${index}`, 0, {
      eventSource: 'iam.amazonaws.com',
      eventName: 'CreateUser',
      userIdentity: ANN,
      requestParameters: { userName },
    }),
  );
  const { stdout } = await hunt(['who', 'ann.lee', './logs'], { cwd: folderWith(events) });
  expect(stdout).toContain('created user e; and 2 more of this call, on 2 other things: us, ann');
});

test('says which calls of one name are on other things, and joins none that did something else', async () => {
  const calls: readonly (readonly [name: string, parameters: object])[] = [
    ['DeleteVpc', { vpcId: 'vpc-1' }],
    ['DeleteVpc', { vpcId: 'vpc-1' }],
    ['DeleteVpc', { vpcId: 'vpc-2' }],
    ['DisassociateRouteTable', { associationId: 'rtbassoc-0b911e98f29251a51' }],
    ['DisassociateRouteTable', { associationId: 'rtbassoc-000d4a90bd5c12cfb' }],
    ['DeleteSubnet', { subnetId: 'subnet-1' }],
    ['DeleteSubnet', { subnetId: 'subnet-1' }],
    ['AttachUserPolicy', { userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' }],
    [
      'AttachUserPolicy',
      { userName: 'bob', policyArn: 'arn:aws:iam::aws:policy/AdministratorAccess' },
    ],
    ['CreateSubnet', { vpcId: 'vpc-1', cidrBlock: '10.0.1.0/24' }],
    ['CreateSubnet', { vpcId: 'vpc-1', cidrBlock: '10.0.2.0/24' }],
  ];
  const events = calls.map(([eventName, requestParameters], index) =>
    event(`e${index}`, 0, {
      eventName,
      userIdentity: ANN,
      requestParameters,
      eventSource: eventName === 'AttachUserPolicy' ? 'iam.amazonaws.com' : 'ec2.amazonaws.com',
    }),
  );
  const { stdout } = await hunt(['who', 'ann.lee', './logs'], { cwd: folderWith(events) });
  const [, lines = ''] = /\nTime line\n([^]*?)\n\n/.exec(stdout) ?? [];
  const text = lines.replaceAll(/\n {15,}/g, ' ');
  expect(text).toContain('vpc-1; and 2 more of this call, on this and 1 other thing: vpc-2');
  expect(text).toContain('and 1 more of this call, on 1 other thing: rtbassoc-000d4a90bd5c12cfb');
  expect(text).toContain('deleted subnet subnet-1; and 1 more like it');
  expect(text.match(/policy (?:ReadOnly|Administrator)Access/g)).toHaveLength(2);
  expect(text.match(/10\.0\.[12]\.0\/24/g)).toHaveLength(2);
});

const HOSTILE = [
  "o'neil",
  '100%',
  'a_b',
  '"; DROP TABLE events; --',
  '\u001b[31mred',
  'x*y',
  'ünï',
];

test('a name is only a name, whatever characters it has', async () => {
  const events = HOSTILE.flatMap((name, index) => [
    event(`theirs${index}`, index, {
      eventName: 'DeleteVpc',
      userIdentity: { ...ANN, userName: `mx.${name}`, arn: `arn:aws:iam::${HOME}:user/mx.${name}` },
    }),
  ]);
  const cwd = folderWith(events);
  const runs = await Promise.all(HOSTILE.map((name) => hunt(['who', name, './logs'], { cwd })));
  runs.forEach(({ stdout }, index) => {
    expect(stdout.match(/theirs\d/g)).toEqual([`theirs${index}`]);
    expect(stdout).not.toContain('\u001b');
  });
});

test('the first argument says whom, although it has slashes as a path has', async () => {
  const subject = 'repo:acme/infra:ref:refs/heads/main';
  const cwd = folderWith([
    event('pipeline', 1, {
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRoleWithWebIdentity',
      readOnly: true,
      userIdentity: {
        type: 'WebIdentityUser',
        principalId: `arn:aws:iam::${HOME}:oidc-provider/token.actions.githubusercontent.com:sts.amazonaws.com:${subject}`,
        userName: subject,
      },
      responseElements: { credentials: { accessKeyId: 'ASIAEXAMPLEPIPELINE1' } },
    }),
  ]);
  for (const given of [[subject], ['acme/infra'], ['/infra:ref'], ['ann.lee', 'repo:acme/infra']]) {
    const { code, stdout } = await hunt(['who', ...given, './logs'], { cwd });
    expect([given, code, stdout.includes('pipeline')]).toEqual([given, 0, true]);
  }
});

test('asks whom, and which logs', async () => {
  const cwd = folderWith([]);
  const nobody = await hunt(['who', './logs'], { cwd });
  expect(nobody).toMatchObject({ code: 2, stdout: '' });
  expect(nobody.stderr).toContain('name whom first');
  const nowhere = await who(['ann.lee']);
  expect(nowhere).toMatchObject({ code: 2, stdout: '' });
  expect(nowhere.stderr).toContain('no logs are named');
  expect((await who(['***', './logs'])).stderr).toContain('"***" names nobody');
});

test('finds a key in lower case, and an address as IPv6 has it', async () => {
  const cwd = emptyFolder();
  const records = [
    event('by-ann', 1, { eventName: 'StopInstances', userIdentity: ANN }),
    event('from-elsewhere', 2, {
      eventName: 'StopInstances',
      userIdentity: BOB,
      sourceIPAddress: '198.51.100.9',
    }),
  ];
  writeFileSync(join(cwd, 'logs.json'), JSON.stringify({ Records: records }));
  const idsOf = async (whom: string) => {
    const { stdout } = await hunt(['who', whom, 'logs.json', '-f', 'json'], { cwd });
    return [...(JSON.parse(stdout) as Report).findings].map(({ eventID }) => eventID);
  };
  expect(await idsOf(ANN.accessKeyId.toLowerCase())).toEqual(['by-ann']);
  expect(await idsOf('Akiaexampleann000001')).toEqual(['by-ann']);
  expect(await idsOf('::ffff:203.0.113.7')).toEqual(['by-ann']);
});

test('takes no user for an instance because of the path', async () => {
  const cwd = emptyFolder();
  const arn = `arn:aws:iam::${HOME}:user/x:assumed-role/Web/i-0123456789abcdef0/bob`;
  const records = [
    event('read', 1, {
      eventName: 'DescribeInstances',
      readOnly: true,
      userIdentity: { ...BOB, arn },
    }),
  ];
  writeFileSync(join(cwd, 'logs.json'), JSON.stringify({ Records: records }));
  const { stdout, stderr } = await hunt(['who', 'bob', 'logs.json', '-f', 'json'], { cwd });
  expect([...(JSON.parse(stdout) as Report).findings]).toEqual([]);
  expect(stderr).not.toContain('for the other calls of instances');
});

test('finds the calls of an outside company with delegated access by its account', async () => {
  const cwd = folderWith([
    event('by-company', 1, {
      eventName: 'CreateVpc',
      userIdentity: { ...DEPLOY, invokedByDelegate: { accountId: '999988887777' } },
    }),
    event('by-role', 2, { eventName: 'CreateVpc', userIdentity: DEPLOY }),
  ]);
  const { stdout } = await hunt(['who', '999988887777', './logs', '-f', 'json'], { cwd });
  const { findings } = JSON.parse(stdout) as Report;
  expect([...findings]).toMatchObject([
    {
      eventID: 'by-company',
      actor: {
        name: 'account 999988887777 (delegated) as role/Deploy (session build)',
        behind: { name: 'account 999988887777 (delegated)' },
      },
      how: { flags: [{ reason: 'delegated access' }] },
    },
  ]);
  expect([...findings]).toHaveLength(1);
});

test('finds principals of another account, of whom the events have only an ID, by the account', async () => {
  const vendor = {
    type: 'AWSAccount',
    principalId: 'AIDAEXAMPLEVENDOR0001',
    accountId: '999988887777',
  };
  const taken = session('Vendor', HOME, 'ASIAEXAMPLEVENDOR001');
  const cwd = folderWith([
    event('took', 1, {
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      userIdentity: vendor,
      responseElements: {
        credentials: { accessKeyId: taken.accessKeyId },
        assumedRoleUser: { arn: taken.arn },
      },
    }),
    event('by-key', 2, { eventName: 'DeleteVpc', userIdentity: taken }),
    event('direct', 3, { eventName: 'PutBucketPolicy', userIdentity: vendor }),
    event('of-home', 4, { eventName: 'CreateVpc', userIdentity: { ...vendor, accountId: HOME } }),
    // A principal that an event names has no other kind of identity.
    event('named', 5, {
      eventName: 'CreateVpc',
      userIdentity: { ...DEPLOY, accountId: '999988887777' },
    }),
  ]);
  const found = async (args: readonly string[]) => {
    const { stdout } = await hunt([...args, '-f', 'json'], { cwd });
    return [...(JSON.parse(stdout) as Report).findings].map(({ eventID }) => eventID);
  };
  const name = 'account 999988887777';
  for (const whom of ['999988887777', name, `${name} (AIDAEXAMPLEVENDOR0001)`])
    expect(await found(['who', whom, './logs'])).toEqual(
      // The ID is that of both.
      whom.endsWith(')') ? ['took', 'by-key', 'direct', 'of-home'] : ['took', 'by-key', 'direct'],
    );
  for (const user of ['999988887777', name])
    expect(await found(['./logs', '--rule', 'AWS.Any.ManualChange', '--user', user])).toEqual([
      'direct',
    ]);
});
