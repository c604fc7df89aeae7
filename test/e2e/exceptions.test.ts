/** Exceptions, tickets and earlier reports, through the command. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readExceptions } from '../../src/disposition/exceptions/read.js';
import { openedGroup } from '../support/hunt-events.js';
import { assumed, created, session, sessionKey, user } from '../support/key-events.js';
import { emptyFolder, hunt, ROOT, SAMPLE } from '../support/run-hunt.js';

/** The only change of sam, and of alan, in the sample. */
const SAM = 'b3986952-b145-4a5f-ae4b-d416f3b948e9';
const ALAN = '504b492f-7832-406b-a4fd-45a13e48adc4';

const EXCEPTIONS = `# Agreed in January.
- id: EX-1
  reason: The office moves
  owner: network team
  approver: dana
  expires: 2026-01-16      # a Friday
  match: { principal: "arn:aws:iam::*:role/SecurityAdmin", change: "opened *" }

- id: EX-7
  reason: Nobody remembers
  owner: network team
  expires: 2020-01-01
  match:
    where:
      - { KeyPath: userIdentity.arn, Condition: EndsWith, Value: /mallory }
      - { KeyPath: "requestParameters.ipPermissions.items[].toPort", Condition: Equals, Value: 22 }
`;

interface Told {
  readonly eventID: string;
  readonly actor: { readonly name: string };
  readonly disposition: {
    readonly status: string;
    readonly exception: string | null;
    readonly ticket: { readonly id: string; readonly written: string } | null;
    readonly unexplained: boolean;
    readonly ownApproval: boolean;
  };
}

interface JsonReport {
  readonly dispositions: Readonly<Record<string, unknown>>;
  readonly exceptions: readonly Readonly<Record<string, unknown>>[];
  readonly gone: readonly { readonly eventID: string }[] | null;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly findings: readonly Told[];
}

const reportIn = (text: string): JsonReport => JSON.parse(text) as JsonReport;
const folderWith = (files: Readonly<Record<string, string>>): string => {
  const folder = emptyFolder();
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  return folder;
};

test('an exception accepts until its last day, is counted, and comes back when it is over', async () => {
  const cwd = folderWith({ 'exceptions.yml': EXCEPTIONS });
  const run = await hunt(
    [
      SAMPLE,
      '--exceptions',
      'exceptions.yml',
      '-f',
      'json',
      '-o',
      '-',
      '-o',
      'page.txt',
      '-o',
      'r.csv',
    ],
    { cwd },
  );
  const { dispositions, exceptions, warnings, findings } = reportIn(run.stdout);
  const by = (status: string): readonly string[] =>
    findings
      .filter(({ disposition }) => disposition.status === status)
      .map(({ disposition, actor }) => `${disposition.exception ?? ''} ${actor.name}`);
  const admin = 'EX-1 role/SecurityAdmin (session dana)';
  // Three of dana's changes lie before the end of 16 January, and four after it.
  expect(by('accepted')).toEqual([admin, admin, admin]);
  expect([...new Set(by('expired'))]).toEqual(['EX-7 role/Contractor (session mallory)', admin]);
  expect(by('expired').filter((one) => one === admin)).toHaveLength(4);
  expect(dispositions).toMatchObject({ accepted: 3, expired: 7, new: 13, tickets: null });
  expect(exceptions).toMatchObject([
    { id: 'EX-1', findings: 7, expired: 4, isExpired: true, ownApproval: 7, isUnused: null },
    { id: 'EX-7', findings: 3, expired: 3 },
  ]);
  expect(warnings.map(({ code }) => code)).toEqual(['EXCEPTION_EXPIRED', 'OWN_APPROVAL']);
  const page = readFileSync(join(cwd, 'page.txt'), 'utf8');
  expect(page).toMatch(/09:14:27Z {2}accepted \(EX-1 until 2026-01-16\) {2}OPEN TO everyone/);
  expect(page).toMatch(/7 by EX-1 {2}EXPIRED 2026-01-16 \(4 of them\), owner network team/);
  expect(page).toMatch(/13 new, 7 expired, 3 accepted\n$/);
  expect(readFileSync(join(cwd, 'r.csv'), 'utf8')).toMatch(/,accepted,,EX-1,,false,/);
});

test('of two commands at once, neither loses the exception that the other one wrote', async () => {
  const cwd = folderWith({});
  await hunt([SAMPLE, '--quiet', '-o', 'r.html'], { cwd });
  const accept = (id: string) =>
    hunt(['accept', 'r.html', id, '--reason', 'x', '--expires', '2999-01-01'], { cwd });
  const runs = await Promise.all([SAM, ALAN].map(accept));
  const written = readExceptions(readFileSync(join(cwd, 'exceptions.yml'), 'utf8'), 'x.yml');
  expect(written).toHaveLength(runs.filter(({ code }) => code === 0).length);
  for (const { code, stderr } of runs)
    if (code !== 0) expect(stderr).toContain('was changed meanwhile: run the command again');
});

test('hunt accept writes the narrowest exception below the others, and the next hunt has nothing new', async () => {
  const cwd = folderWith({ 'mine.yml': EXCEPTIONS, 'hunt.yml': 'exceptions: mine.yml\n' });
  const window = ['--since', '2026-01-14T16:00:00Z', '--until', '2026-01-14T17:00:00Z'];
  const hunted = [SAMPLE, ...window, '--fail-on-findings', '--quiet'];
  expect((await hunt([...hunted, '-o', 'r.json'], { cwd })).code).toBe(1);
  const args = ['--reason', 'Agreed: "yes" #1', '--expires', '2999-01-01', '--owner', 'lee'];
  const accepted = await hunt(['accept', 'r.json', SAM, ...args], { cwd });
  expect(accepted.stderr).toContain('hunt: wrote EX-8 (until 2999-01-01) to mine.yml');
  const text = readFileSync(join(cwd, 'mine.yml'), 'utf8');
  expect(text.startsWith(EXCEPTIONS)).toBe(true);
  expect(readExceptions(text, 'mine.yml')[2]).toMatchObject({
    id: 'EX-8',
    reason: 'Agreed: "yes" #1',
    owner: 'lee',
    approver: null,
    match: { eventIDs: [SAM] },
  });
  const again = await hunt([...hunted, '-f', 'json'], { cwd });
  expect(again.code).toBe(0);
  expect(reportIn(again.stdout).dispositions).toMatchObject({ new: 0, accepted: 1 });

  const refused = async (...given: readonly string[]) => {
    const { code, stderr } = await hunt(['accept', ...given], { cwd });
    return `${String(code)} ${stderr.split('\n')[0] ?? ''}`;
  };
  expect(await refused('r.json', SAM, ...args)).toBe(
    '2 hunt: EX-8 of mine.yml accepts it already, until 2999-01-01',
  );
  expect(await refused('r.json', 'nothing', ...args)).toContain('has no finding with the event ID');
  expect(await refused('mine.yml', SAM, ...args)).toContain(
    'mine.yml is no report that hunt can read',
  );
  expect(await refused('r.json', SAM, '--reason', 'x')).toContain('needs --expires');
  expect(readFileSync(join(cwd, 'mine.yml'), 'utf8')).toBe(text);
});

test('with an earlier report, what it has is known, and only what is new gives the exit code 1', async () => {
  const cwd = emptyFolder();
  const until = (day: string) => [SAMPLE, '--until', day, '--fail-on-findings', '--quiet'];
  await hunt([...until('2026-01-15'), '-o', 'base.json', '-o', 'base.html'], { cwd });
  const base = ['--baseline', 'base.json', '-f', 'json'];
  const same = await hunt([...until('2026-01-15'), ...base], { cwd });
  expect(same.code).toBe(0);
  expect(reportIn(same.stdout)).toMatchObject({ dispositions: { new: 0 }, gone: [] });
  const more = await hunt([...until('2026-01-16'), '--baseline', 'base.html', '-f', 'json'], {
    cwd,
  });
  expect(more.code).toBe(1);
  expect(reportIn(more.stdout).dispositions).toMatchObject({ new: 5 });
  // A finding that is there no more, in a report that another program has laid out anew.
  const report = readFileSync(join(cwd, 'base.json'), 'utf8');
  writeFileSync(
    join(cwd, 'base.json'),
    JSON.stringify(JSON.parse(report)).replaceAll(ALAN, 'old-id'),
  );
  const gone = reportIn((await hunt([...until('2026-01-15'), ...base], { cwd })).stdout);
  expect(gone.gone?.map(({ eventID }) => eventID)).toEqual(['old-id']);
  expect(gone.findings.filter(({ disposition }) => disposition.status === 'new')).toMatchObject([
    { eventID: ALAN },
  ]);
  writeFileSync(join(cwd, 'base.json'), report.slice(0, report.length / 2));
  const cut = await hunt([...until('2026-01-15'), ...base], { cwd });
  expect(cut).toMatchObject({ code: 2 });
  expect(cut.stderr).toContain('base.json is no report that hunt can read');
});

test('tickets explain changes by an ID, or by who changed what and when; not those written afterwards', async () => {
  const cwd = folderWith({
    'hunt.yml': `tickets:
  pattern: build-\\d+
  export: changes.csv
  columns: { id: number, resource: ci, person: who, approver: by, from: start, to: end }
`,
    'changes.csv': `number,ci,who,by,start,end
build-1184,,,ann,2026-01-13,2026-01-13
build-42,,,ann,2025-01-01,2025-01-02
CHG-1,,alan@example.com,bob,2021-01-24,2021-01-24
CHG-2,"SG-0b70df102560845ab, sg-0c3d4e5f607182930",legacy-deploy,legacy-deploy,2026-01-12 10:32,2026-01-12T11:40:00+0100
CHG-3,sg-0d4e5f60718293041,somebody else,bob,2026-01-01,
CHG-4,sg-0d4e5f60718293041,sam,bob,soon,
`,
  });
  const { stdout } = await hunt([SAMPLE, '-f', 'json', '--quiet'], { cwd });
  const { dispositions, findings, warnings } = reportIn(stdout);
  const told = findings.flatMap(({ eventID, disposition: { ticket, unexplained } }) =>
    ticket === null ? [] : [`${eventID} ${ticket.id} ${ticket.written} ${String(unexplained)}`],
  );
  expect(told).toEqual([
    'b70df102-5608-45ab-ad30-525249bdaba8 CHG-2 after true',
    '5dc27af2-87fa-454a-a10f-ec9de8d724a7 CHG-2 before false',
    'd15fb2ad-4498-4628-a46a-f9086c6cf037 build-1184 before false',
  ]);
  expect(dispositions).toMatchObject({
    new: 23,
    tickets: { before: 2, after: 1, none: 20 },
    unexplained: 21,
  });
  expect(warnings.map(({ code }) => code)).toEqual(['OWN_APPROVAL', 'TICKETS_UNREADABLE']);
});

test('the name of a session makes no ticket of somebody else explain a change', async () => {
  const inSession = (role: string, name: string, key: string): object => ({
    type: 'AssumedRole',
    arn: `arn:aws:sts::111122223333:assumed-role/${role}/${name}`,
    accountId: '111122223333',
    accessKeyId: key,
  });
  const event = (eventName: string, fields: object): object => ({
    eventID: `${eventName}-${JSON.stringify(fields).length}`,
    eventName,
    eventTime: '2026-03-02T09:00:00Z',
    eventSource: 'iam.amazonaws.com',
    awsRegion: 'us-east-1',
    recipientAccountId: '111122223333',
    readOnly: false,
    eventType: 'AwsApiCall',
    ...fields,
  });
  const made = (userName: string, userIdentity: object): object =>
    event('DeleteUser', { eventID: userName, userIdentity, requestParameters: { userName } });
  const alice = {
    type: 'IAMUser',
    arn: 'arn:aws:iam::111122223333:user/alice',
    userName: 'alice',
    accessKeyId: 'AKIAALICE00000000001',
  };
  const cwd = folderWith({
    'logs.json': JSON.stringify({
      Records: [
        event('AssumeRole', {
          eventSource: 'sts.amazonaws.com',
          userIdentity: alice,
          requestParameters: { roleSessionName: 'bob@example.com' },
          responseElements: { credentials: { accessKeyId: 'ASIAADMIN00000000001' } },
        }),
        made('change-2', inSession('Admin', 'bob@example.com', 'ASIAADMIN00000000001')),
        made('keys-unknown', inSession('Admin', 'bob', 'ASIAADMIN00000000002')),
        made('of-the-center', inSession('AWSReservedSSO_Ops_01', 'bob', 'ASIASSO0000000000001')),
        made('like-the-center', {
          ...inSession('AWSReservedSSO_Ops_02', 'bob', 'ASIASSO0000000000002'),
          sessionContext: {
            sourceIdentity: 'bob',
            sessionIssuer: { arn: 'arn:aws:iam::111122223333:role/AWSReservedSSO_Ops_02' },
          },
        }),
        made('change-3', alice),
      ],
    }),
    'hunt.yml': `tickets:
  pattern: CHG-\\d+
  export: changes.csv
  columns: { id: number, resource: ci, person: who, from: start, to: end }
`,
    'changes.csv': `number,ci,who,start,end
CHG-1,,bob,2026-03-02,2026-03-02
CHG-2,change-2,"carol, bob",2026-03-02,2026-03-02
CHG-3,change-3,alice@example.com,2026-03-02,2026-03-02
`,
  });
  const { stdout } = await hunt(
    ['logs.json', '--rule', 'AWS.Any.ManualChange', '-f', 'json', '--quiet'],
    { cwd },
  );
  const told = reportIn(stdout).findings.map(
    ({ eventID, disposition: { ticket, unexplained } }) => [
      eventID,
      ticket?.id ?? null,
      unexplained,
    ],
  );
  expect(told).toEqual([
    ['change-2', null, true],
    ['change-3', 'CHG-3', false],
    ['keys-unknown', null, true],
    ['like-the-center', null, true],
    ['of-the-center', 'CHG-1', false],
  ]);
});

test('a ticket explains a change of a resource that the event itself names by its ARN', async () => {
  const key = 'arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab';
  const cwd = folderWith({
    'logs.json': JSON.stringify({
      Records: [
        openedGroup({
          eventSource: 'kms.amazonaws.com',
          eventName: 'DisableKey',
          requestParameters: { keyId: '1234abcd-12ab-34cd-56ef-1234567890ab' },
          resources: [{ ARN: key, accountId: '111122223333', type: 'AWS::KMS::Key' }],
        }),
      ],
    }),
    'hunt.yml': `tickets:
  export: changes.csv
  columns: { id: number, resource: ci, from: start, to: end }
`,
    'changes.csv': `number,ci,start,end
CHG-1,${key},2026-01-14,2026-01-14
`,
  });
  const { stdout } = await hunt(
    ['logs.json', '--rule', 'AWS.Any.ManualChange', '-f', 'json', '--quiet'],
    { cwd },
  );
  expect(reportIn(stdout).findings).toMatchObject([
    { disposition: { ticket: { id: 'CHG-1', written: 'before' }, unexplained: false } },
  ]);
});

test('sign-ins and reads need no ticket and no exception', async () => {
  const without = { eventType: 'AwsApiCall', requestParameters: null, responseElements: null };
  const cwd = folderWith({
    'logs.json': JSON.stringify({
      Records: [
        openedGroup({ eventID: 'change' }),
        openedGroup({
          ...without,
          eventID: 'read',
          eventSource: 'secretsmanager.amazonaws.com',
          eventName: 'GetSecretValue',
        }),
        openedGroup({
          ...without,
          eventID: 'sign-in',
          eventType: 'AwsConsoleSignIn',
          eventSource: 'signin.amazonaws.com',
          eventName: 'ConsoleLogin',
          readOnly: false,
        }),
      ],
    }),
    'rule.yml': `AnalysisType: rule
RuleID: Any
DisplayName: any
Enabled: true
LogTypes: [AWS.CloudTrail]
Severity: Low
Detection: [{ KeyPath: eventName, Condition: Exists }]
`,
    'hunt.yml': 'tickets: { pattern: CHG-\\d+ }\n',
  });
  const { stdout } = await hunt(
    ['logs.json', '--rule', 'rule.yml', '--for', 'audit', '-f', 'json', '--quiet'],
    { cwd },
  );
  const { findings, dispositions, summary, audit } = JSON.parse(stdout) as JsonReport & {
    readonly summary: object;
    readonly audit: { readonly conclusion: object };
  };
  const unexplained = findings.filter(({ disposition }) => disposition.unexplained);
  expect(unexplained.map(({ eventID }) => eventID)).toEqual(['change']);
  expect(dispositions).toMatchObject({
    unexplained: 1,
    tickets: { before: 0, after: 0, none: 1 },
  });
  expect(summary).toMatchObject({ changes: 1, sessions: 1, reads: 1, failed: 0 });
  expect(audit.conclusion).toMatchObject({ changes: 1, sessions: 1, reads: 1, failed: 0 });
});

test('who made as many accepted changes as another stands in the order of code points', async () => {
  // UTF-16 has them the other way round.
  const names = ['\u{ff21}nn', '\u{1d5d4}nn'];
  const cwd = folderWith({
    'logs.json': JSON.stringify({
      Records: names
        .toReversed()
        .map((name) => openedGroup({ eventID: name, userIdentity: user(name) })),
    }),
    'exceptions.yml': `- { id: EX-1, reason: agreed, owner: kim, expires: 2030-01-01, match: { change: "opened *" } }\n`,
  });
  const { stdout } = await hunt(
    ['.', '--rule', 'AWS.Any.ManualChange', '--exceptions', 'exceptions.yml', '-f', 'json'],
    { cwd },
  );
  const [exception] = reportIn(stdout).exceptions;
  expect(exception?.['by']).toEqual(names.map((name) => ({ actor: `user/${name}`, findings: 1 })));
});

test('whoever made the key for a user approves their own change with it, also through a session', async () => {
  const logs = {
    'logs.json': JSON.stringify({
      Records: [
        created({ by: user('dana'), owner: 'robot', key: user('robot')['accessKeyId'] }),
        openedGroup({ eventID: 'by-the-key', userIdentity: user('robot') }),
        assumed({ by: user('robot'), role: 'Deploy', key: sessionKey('deploy') }),
        openedGroup({
          eventID: 'in-a-session',
          userIdentity: session('Deploy', sessionKey('deploy')),
        }),
        openedGroup({ eventID: 'by-another', userIdentity: user('kim') }),
      ],
    }),
  };
  const withTickets = folderWith({
    ...logs,
    'hunt.yml': `tickets:
  pattern: CHG-\\d+
  export: changes.csv
  columns: { id: number, resource: ci, approver: by, from: start, to: end }
`,
    'changes.csv': `number,ci,by,start,end
CHG-1,sg-0a1b2c3d4e5f60718,dana@example.com,2026-01-14,2026-01-14
`,
  });
  const cwd = folderWith({
    ...logs,
    'exceptions.yml': EXCEPTIONS.replace('arn:aws:iam::*:role/SecurityAdmin', 'user/robot').replace(
      '2026-01-16 ',
      '2999-01-01 ',
    ),
  });
  const args = ['logs.json', '-f', 'json', '--quiet'];
  const own = ({ stdout }: { readonly stdout: string }) =>
    reportIn(stdout).findings.map(({ eventID, disposition: { ownApproval } }) => [
      eventID,
      ownApproval,
    ]);
  const expected = [
    ['by-another', false],
    ['by-the-key', true],
    ['in-a-session', true],
  ];
  const byTicket = await hunt(args, { cwd: withTickets });
  expect(own(byTicket)).toEqual(expected);
  expect(reportIn(byTicket.stdout).warnings).toContainEqual(
    expect.objectContaining({
      code: 'OWN_APPROVAL',
      message: 'the approver of the ticket made the change: 2 findings',
    }),
  );
  const output = ['--exceptions', 'exceptions.yml', '-o', 'r.json', '-o', '-'];
  expect(own(await hunt([...args, ...output], { cwd }))).toEqual(expected);
  // What its approver made is no reason to leave it out.
  const tuned = await hunt(['tune', 'r.json'], { cwd });
  expect(tuned.stderr).toContain('no finding of r.json is accepted');
});

test('the exceptions of the documents are understood', () => {
  const text = readFileSync(join(ROOT, 'docs/exceptions.md'), 'utf8');
  const [, yaml = ''] = /^```yaml\n([^]*?)^```$/m.exec(text) ?? [];
  expect(readExceptions(yaml, 'exceptions.yml')).toHaveLength(2);
});

test.each([
  ['match: { change: "*" }', 'change "*" says nothing'],
  ['match: { tool: terraform }', 'needs more than a tool'],
  ['match: { account: "112233445566" }', 'needs an eventID, principal, resource, change or where'],
  ['match: { princpal: x }', 'unknown key "princpal". Did you mean "principal"?'],
  [
    'match: { where: [{ KeyPath: awsRegion, Condition: Equals, Value: $X }] }',
    'has no parameters: $X',
  ],
  [
    'match: { where: [{ KeyPath: userAgent, Condition: MatchesRegex, Value: "(" }] }',
    'a ( without its )',
  ],
  ['owner: ""', 'an exception needs owner'],
  ['reason: " "', 'an exception needs reason'],
])('%s is a mistake', (line, message) => {
  const key = line.split(':')[0] ?? '';
  const lines = [
    'id: EX-1',
    'reason: r',
    'owner: o',
    'expires: 2026-12-31',
    'match: { change: x }',
  ];
  const entry = [...lines.filter((one) => !one.startsWith(`${key}:`)), line].join('\n  ');
  expect(() => readExceptions(`- ${entry}\n`, 'x.yml')).toThrow(message);
});
