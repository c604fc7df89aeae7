/** A hunt that does not look at the calls of others says of nothing that it is still there. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, huntWithReport } from '../support/run-hunt.js';

const ACCOUNT = '112233445566';
const GROUP = 'sg-0a1b2c3d4e5f60718';
const KEY = 'AKIAIOSFODNN7EXAMPLE';

type Event = Readonly<Record<string, unknown>>;

function call(time: string, name: string, requestParameters: Event, by = 'ann'): Event {
  const [service = '', eventName = ''] = name.split(':');
  return {
    eventVersion: '1.09',
    eventID: `${time} ${name}`,
    eventTime: `2026-01-14T${time}Z`,
    eventSource: `${service}.amazonaws.com`,
    eventName,
    awsRegion: service === 'iam' ? 'us-east-1' : 'eu-west-1',
    recipientAccountId: ACCOUNT,
    sourceIPAddress: by === 'ann' ? '198.51.100.7' : '203.0.113.9',
    userAgent: 'aws-cli/2.15.30',
    readOnly: false,
    eventType: 'AwsApiCall',
    managementEvent: true,
    eventCategory: 'Management',
    userIdentity: {
      type: 'IAMUser',
      userName: by,
      accountId: ACCOUNT,
      arn: `arn:aws:iam::${ACCOUNT}:user/${by}`,
      accessKeyId: by === 'ann' ? KEY : 'AKIAI44QH8DHBEXAMPLE',
    },
    requestParameters,
    responseElements: { _return: true },
  };
}

const permission = {
  groupId: GROUP,
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
};
const began = [
  call('10:00:00', 'ec2:AuthorizeSecurityGroupIngress', permission),
  call('10:01:00', 'iam:CreateUser', { userName: 'backdoor' }),
  call('10:02:00', 'iam:CreateLoginProfile', { userName: 'backdoor' }),
];
const ended = [
  call('11:00:00', 'ec2:RevokeSecurityGroupIngress', permission, 'dana'),
  call('11:01:00', 'iam:DeleteLoginProfile', { userName: 'backdoor' }, 'dana'),
  call('11:02:00', 'iam:DeleteUser', { userName: 'backdoor' }, 'dana'),
];

function logs(events: readonly Event[]): string {
  const folder = join(emptyFolder(), 'logs');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.json'), JSON.stringify({ Records: events }));
  return folder;
}

async function said(...args: readonly string[]) {
  const { page, report } = await huntWithReport(args);
  const ends = [...report.findings].flatMap(({ states }) => states.map(({ end }) => end));
  return { ends: [...new Set(ends)], page: page.replaceAll(/\s+/g, ' ') };
}

const OF_OTHERS = [
  ['who', 'ann'],
  ['who', KEY],
  ['who', '198.51.100.7'],
];
test.each(OF_OTHERS)(
  'hunt %s %s does not look for what others ended',
  async (command, whom) => {
    const { ends, page } = await said(command ?? '', whom ?? '', logs([...began, ...ended]));
    expect(ends).toEqual(['not looked for']);
    expect(page).not.toMatch(/STILL THERE|not closed again/);
    expect(page).toContain(
      '3 states are not ended in these findings, and whether others ended them was not looked for: hunt what ID tells',
    );
    expect(page).toContain('whether closed again was not looked for (hunt what ID tells)');
  },
  120_000,
);

test('what they ended themselves is seen', async () => {
  const own = call('10:05:00', 'ec2:RevokeSecurityGroupIngress', permission);
  const { ends, page } = await said('who', 'ann', logs([...began, own]));
  expect(ends).toEqual(['seen', 'not looked for']);
  expect(page).toContain('(open for 5 m 0 s)');
}, 120_000);

test.each([
  ['--user', 'ann'],
  ['--key', KEY],
  ['--ip', '198.51.100.7'],
  ['--kind', 'credential,access'],
  ['--event-name', 'Create*'],
  ['--event-name', 'Authorize*'],
  ['--event-name', 'createuser'],
])(
  '%s %s may hide what ended something',
  async (option, text) => {
    const { ends, page } = await said(
      logs([...began, ...ended]),
      '--rule',
      'AWS.Any.ManualChange',
      ...(option === '--kind' ? ['--rule', 'AWS.Any.CredentialIssued'] : []),
      option,
      text,
    );
    expect(ends).toEqual(['not looked for']);
    expect(page).not.toMatch(/STILL THERE|not closed again/);
  },
  120_000,
);

test.each([
  ['--account', ACCOUNT],
  ['--kind', 'change'],
  ['--event-name', '*'],
  ['--resource', 'backdoor'],
])(
  '%s %s hides no end of what it leaves',
  async (option, text) => {
    const { ends, page } = await said(logs(began), '--rule', 'AWS.Any.ManualChange', option, text);
    expect(ends).toEqual(['not seen']);
    expect(page).toContain('STILL THERE at the end of the logs');
  },
  120_000,
);

test('a filter for a resource may hide the end of another one', async () => {
  const rule = ['--rule', 'AWS.Any.ManualChange', '--resource', '0.0.0.0/0'];
  expect((await said(logs(began), ...rule)).ends).toEqual(['not looked for']);
}, 120_000);

test('a call may be undone by another one than the filter names', async () => {
  const policy = call('10:00:00', 's3:PutBucketPolicy', { bucketName: 'b', bucketPolicy: '{}' });
  const rule = ['--rule', 'AWS.Any.ManualChange', '--event-name', 'PutBucketPolic?'];
  expect((await said(logs([policy]), ...rule)).ends).toEqual(['not looked for']);
}, 120_000);

test('the end of a window is not the end of the logs', async () => {
  const window = ['--rule', 'AWS.Any.ManualChange', '--until', '2026-01-14T10:30:00Z'];
  const { page } = await said(logs([...began, ...ended]), ...window);
  expect(page).toContain('STILL THERE at the end of the window (as far as these findings show)');
}, 120_000);
