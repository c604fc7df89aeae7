/** Exceptions, tickets and earlier reports, through the command. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readExceptions } from '../../src/disposition/exceptions/read.js';
import { emptyFolder, hunt, ROOT, SAMPLE } from '../support/run-hunt.js';

/** The only change of sam, and of alan, in the sample; and one that role/Contractor made. */
const SAM = 'b3986952-b145-4a5f-ae4b-d416f3b948e9';
const ALAN = '504b492f-7832-406b-a4fd-45a13e48adc4';
const CONTRACTOR = 'ce7c3537-e275-4512-ae50-d4b93e70e54f';

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
  };
}

interface JsonReport {
  readonly dispositions: Readonly<Record<string, unknown>>;
  readonly exceptions: readonly Readonly<Record<string, unknown>>[];
  readonly gone: readonly { readonly eventID: string }[] | null;
  readonly warnings: readonly { readonly code: string }[];
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
CHG-2,"sg-9, SG-0a1b2c3d4e5f60718",mallory,mallory,2026-01-15 00:10,2026-01-16T00:00:00+0100
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
    `${ALAN} CHG-1 before false`,
    'd15fb2ad-4498-4628-a46a-f9086c6cf037 build-1184 before false',
    `${CONTRACTOR} CHG-2 after true`,
    '31ea3daa-2f90-45c1-ad52-be7d6c7648aa CHG-2 before false',
  ]);
  expect(dispositions).toMatchObject({
    new: 23,
    tickets: { before: 3, after: 1, none: 19 },
    unexplained: 20,
  });
  expect(warnings.map(({ code }) => code)).toEqual(['OWN_APPROVAL', 'TICKETS_UNREADABLE']);
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
  ['match: { where: [{ KeyPath: a, Condition: Equals, Value: $X }] }', 'has no parameters: $X'],
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
