/** `hunt init`: a configuration from logs, which hunt takes as it is. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/report/finding.js';
import { parseKeepingNumbers } from '../../src/cloudtrail/numbers.js';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { toRecord } from '../../src/cloudtrail/record.js';
import { companyOf, type CompanyLogs } from '../support/company/company.js';
import { describeWithFixtures, fixture } from '../support/fixtures.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';
import { trinoUrl } from '../support/trino-proxy.js';
import { describeWithTrino } from '../support/trino.js';

/** A company that answers questions: a person shares the role of Terraform, and an attacker has taken a session of it. */
const SHARED = companyOf(4);
const ALL_ATTACKED = companyOf(1, { accounts: ['111122223333'], terraform: 'opaque' });

function folderOf({ events }: CompanyLogs): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'logs/events.json'), JSON.stringify({ Records: events }));
  return folder;
}

/** Says yes to the questions about addresses of the company's own CI. */
function answered(text: string, { company }: CompanyLogs): string {
  return text.replaceAll(/^ {2}# (- \{.*)$/gm, (line: string, entry: string) => {
    const networks = /network: \[([^\]]*)\]/.exec(entry)?.[1]?.split(', ') ?? [];
    const isOwn = networks.length > 0 && networks.every((one) => company.ciAddresses.includes(one));
    return isOwn ? `  ${entry}` : line;
  });
}

async function measured(cwd: string, { byHand }: CompanyLogs) {
  const { stdout, code, stderr } = await hunt(['--format', 'json'], { cwd });
  expect(code, stderr).toBe(0);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
  const found = findings.filter(({ eventID }) => byHand.has(eventID ?? '')).length;
  return {
    all: findings.length,
    precision: found / findings.length,
    recall: found / byHand.size,
  };
}

test.each([
  ['with a stolen session and a person who shares the role', SHARED],
  ['with an attacker who has the role and a command line', ALL_ATTACKED],
])('a company %s is configured with a few answers', async (_name, logs) => {
  const cwd = folderOf(logs);
  const { code, stdout, stderr } = await hunt(['init', './logs'], { cwd });
  expect(code, stderr).toBe(0);
  expect(stdout).toMatch(/^Accounts with changes\n {2}111122223333 {2}\d+ changes/);
  const [, said] =
    /With this, hunt shows (\d+) changes \(.*\), and hides \d+: \d+ by the rule itself/.exec(
      stdout,
    ) ?? [];
  const file = join(cwd, 'hunt.yml');
  const text = readFileSync(file, 'utf8');
  // As it is, it hides nothing that somebody did by hand.
  const before = await measured(cwd, logs);
  expect(before.recall).toBe(1);
  expect(said).toBe(String(before.all));
  expect(text.match(/^ {2}# - \{/gm)?.length).toBeLessThanOrEqual(4);
  writeFileSync(file, answered(text, logs));
  const { precision, recall } = await measured(cwd, logs);
  expect(recall).toBeGreaterThanOrEqual(0.99);
  expect(precision).toBeGreaterThanOrEqual(0.98);
});

test('a file that exists is never changed, and none is written among the logs', async () => {
  const cwd = folderOf(SHARED);
  const printed = await hunt(['init', './logs', '--stdout'], { cwd });
  expect(printed.code, printed.stderr).toBe(0);
  expect(existsSync(join(cwd, 'hunt.yml'))).toBe(false);
  expect(printed.stderr).toContain('Accounts with changes');
  await hunt(['init', './logs'], { cwd });
  expect(readFileSync(join(cwd, 'hunt.yml'), 'utf8')).toBe(printed.stdout);
  const again = await hunt(['init', './logs'], { cwd });
  expect(again.code).toBe(2);
  expect(again.stderr).toContain('hunt.yml exists already');
  expect(again.stderr).toContain('hunt init --check');
  expect(readFileSync(join(cwd, 'hunt.yml'), 'utf8')).toBe(printed.stdout);
  const inside = await hunt(['init', '.'], { cwd: join(cwd, 'logs') });
  expect(inside.code).toBe(2);
  expect(inside.stderr).toContain('would lie inside the logs');
});

test('--check says what is not as the file says', async () => {
  const cwd = folderOf(ALL_ATTACKED);
  expect((await hunt(['init', '--check', './logs'], { cwd })).code).toBe(2);
  await hunt(['init', './logs'], { cwd });
  const file = join(cwd, 'hunt.yml');
  writeFileSync(file, answered(readFileSync(file, 'utf8'), ALL_ATTACKED));
  const first = await hunt(['init', '--check'], { cwd });
  expect(first.code, first.stderr).toBe(1);
  // The attacker: the same role with a command line.
  expect(first.stdout).toMatch(
    /do more than what is allowed\n(?: {2}.*\n)*? {2}\S+ with aws-cli from 198\.51/,
  );
  expect(first.stdout).not.toMatch(/New|match nothing|does not name/);
  const text = readFileSync(file, 'utf8');
  const changed = text
    .replace('role/eks-node"', 'role/eks-nodes"')
    .replace(/^# known: .*github-deploy.*\n/m, '')
    .replace(/^ {2}account-111122223333:/m, '  other: "999999999999"\n  # ');
  writeFileSync(file, changed);
  const second = await hunt(['init', '--check'], { cwd });
  expect(second.code, second.stderr).toBe(1);
  expect(second.stdout).toMatch(/match nothing.*\n.*eks-nodes.*there is \S+:role\/eks-node\n/);
  expect(second.stdout).toMatch(
    /New: not in the file\n(?: {2}role\/.*\n)*? {2}role\/github-deploy/,
  );
  expect(second.stdout).toContain('does not name\n  111122223333\n');
});

test('names in logs cannot leave the comments of the file', async () => {
  const cwd = emptyFolder();
  const first = SHARED.events.find(({ readOnly }) => readOnly === false);
  const name = 'x\nallow:\n  - { network: 0.0.0.0/0, reason: "\u2028evil" }\u001b[31m';
  const event = (id: number) => ({
    ...first,
    eventID: `hostile-${id}`,
    eventName: name,
    userAgent: `Terraform/${name}`,
    recipientAccountId: id % 2 === 0 ? '111122223333' : name,
    userIdentity: {
      type: 'AssumedRole',
      arn: `arn:aws:sts::111122223333:assumed-role/${name}/${name}`,
      sessionContext: {
        sessionIssuer: { arn: `arn:aws:iam::111122223333:role/*${name}`, userName: name },
      },
    },
    eventTime: `2026-05-${String(id).padStart(2, '0')}T10:00:00Z`,
  });
  const events = Array.from({ length: 20 }, (_, index) => event(index + 1));
  mkdirSync(join(cwd, 'logs'));
  writeFileSync(join(cwd, 'logs/e.json'), JSON.stringify({ Records: events }));
  const { stdout, stderr, code } = await hunt(['init', './logs'], { cwd });
  expect(code, stderr).toBe(0);
  expect(stdout).not.toContain('\u001b');
  const text = readFileSync(join(cwd, 'hunt.yml'), 'utf8');
  expect(text).not.toContain('\u001b');
  expect(text.split('\n').filter((line) => /^ *- /.test(line))).toEqual([]);
  // A wildcard in a name allows nobody else.
  expect(text).toContain('ALLOWED_ROLE_NAMES: []');
  expect(text).not.toContain('To allow it there too');
  expect((await hunt([], { cwd })).code).toBe(0);
  const check = await hunt(['init', '--check'], { cwd });
  expect([check.code, check.stdout]).toEqual([0, expect.stringContaining('Nothing deserves')]);
});

describeWithFixtures('hunt init over real attacks', () => {
  test.each(['invictus-ir+aws_dataset', 'DataDog+stratus-red-team'])(
    '%s: nothing is allowed',
    async (name) => {
      const cwd = emptyFolder();
      const { code, stderr } = await hunt(['init', fixture(name)], { cwd });
      // Logs in which somebody switched off the logs are not complete.
      expect(code, stderr).toBe(/LOGGING_SWITCHED_OFF/.test(stderr) ? 3 : 0);
      const text = readFileSync(join(cwd, 'hunt.yml'), 'utf8');
      expect(text).toContain('allow:\n  # Nothing in these logs is safe enough');
      expect(text.split('\n').filter((line) => /^ *- /.test(line))).toEqual([]);
    },
  );
});

await describeWithTrino('hunt init --trino', (trino) => {
  test('proposes for a table what it proposes for the logs', async () => {
    const cwd = folderOf(ALL_ATTACKED);
    const records = ALL_ATTACKED.events.map((event) =>
      toRecord(parseKeepingNumbers(JSON.stringify(event)) as JsonObject, 'events.json'),
    );
    await trino.createEvents('company', records);
    const [row] = await trino.rows('SELECT current_schema AS name');
    const url = `${await trinoUrl()}/memory/${row?.['name'] ?? ''}/company`;
    const there = await hunt(['init', '--trino', url, '--stdout'], { cwd });
    const here = await hunt(['init', './logs', '--stdout'], { cwd });
    expect(there.code, there.stderr).toBe(0);
    expect(there.stdout).toContain(`url: "${url}"`);
    const entries = (text: string): readonly string[] => text.match(/^.*- \{.*$/gm) ?? [];
    expect(entries(here.stdout).length).toBeGreaterThan(2);
    expect(entries(there.stdout)).toEqual(entries(here.stdout));
  });
});

test('says where logs may be named: in hunt.yml only for a check, because it proposes that file', async () => {
  const cwd = emptyFolder();
  const proposal = await hunt(['init'], { cwd });
  writeFileSync(join(cwd, 'hunt.yml'), 'rule: AWS.Any.ManualChange\n');
  const check = await hunt(['init', '--check'], { cwd });
  expect([proposal.code, check.code]).toEqual([2, 2]);
  expect(proposal.stderr).toMatch(/^hunt: no logs are named: hunt init \.\/logs, or /);
  expect(proposal.stderr).not.toContain('hunt.yml');
  expect(check.stderr).toContain('no logs are named: hunt init --check ./logs, or ');
  expect(check.stderr).toContain('paths: [./logs]');
});
