/** `hunt init` over logs of an attacker, and where a file is in its way. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { parseYaml, type YamlNode } from '../../src/yaml/parse.js';
import {
  assumed,
  eventOf,
  instant,
  Random,
  sessionOf,
  someChange,
  userOf,
} from '../support/company/event.js';
import { TERRAFORM } from '../support/company/machines.js';
import { hiddenIn } from '../support/hidden-text.js';
import { awsEnvironment } from '../support/athena/aws-environment.js';
import { emptyFolder, hunt, MAIN, SAMPLE } from '../support/run-hunt.js';
import { objectsIn } from '../support/s3/objects.js';
import { BUCKET, startS3 } from '../support/s3/server.js';

type Event = Readonly<Record<string, unknown>>;

const ACCOUNT = '111122223333';
const CI = '52.30.0.1';
/** A line feed, colours, a title, eight-bit controls, a reversed line, line ends of Unicode, an invisible letter and a tag. */
const HOSTILE =
  'a\n- b\u001b[31m\u001b]0;t\u0007\u009b2J\u202e\u2028\u0085\u3164\u{e0041}"\'#: ${x} `id`';
const GITHUB = {
  webIdFederationData: {
    federatedProvider: `arn:aws:iam::${ACCOUNT}:oidc-provider/token.actions.githubusercontent.com`,
  },
};
const DAYS = Array.from({ length: 30 }, (_, day) => day);

function folderOf(events: readonly Event[]): string {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'logs'));
  writeFileSync(join(folder, 'logs/events.json'), JSON.stringify({ Records: events }));
  return folder;
}

/** A month of Terraform, whose sessions are begun by a pipeline with this name. */
function chain(session: string): readonly Event[] {
  const random = new Random(1);
  return DAYS.flatMap((day) => {
    const key = `ASIA${String(day).padStart(16, '0')}`;
    const by = { account: ACCOUNT, address: CI, agent: TERRAFORM };
    const hub = sessionOf(ACCOUNT, 'hub', { session, key: `${key}HUB`, more: GITHUB });
    const name = `ci-${day}`;
    return [
      assumed(
        random,
        { ...by, time: instant(day, 1), identity: hub },
        { role: 'Deploy', name, key },
      ).event,
      eventOf(random, {
        ...someChange(random),
        ...by,
        time: instant(day, 2),
        identity: sessionOf(ACCOUNT, 'Deploy', { session: name, key }),
      }),
    ];
  });
}

/** Answers all questions with yes. */
function answered(text: string): string {
  return text.replaceAll(/^( +)# (- \{)/gm, '$1$2');
}

function entriesIn(text: string): readonly Readonly<Record<string, string>>[] {
  const file = parseYaml(text, 'hunt.yml', 'CONFIG');
  const allow = file.kind === 'map' ? file.entries.find(({ key }) => key === 'allow') : undefined;
  const items = allow?.value.kind === 'list' ? allow.value.items : [];
  const textOf = (node: YamlNode): string => (node.kind === 'scalar' ? node.text : node.kind);
  return items.flatMap((item) =>
    item.kind === 'map'
      ? [Object.fromEntries(item.entries.map(({ key, value }) => [key, textOf(value)]))]
      : [],
  );
}

test('nothing of a log controls a terminal, and the file has what the log has', async () => {
  const stolen = DAYS.map((day) => ({
    ...eventOf(new Random(day), {
      ...someChange(new Random(day)),
      account: ACCOUNT,
      time: instant(day, 9),
      identity: sessionOf(ACCOUNT, 'pipe', { session: 'x', key: `ASIA${HOSTILE}`, more: GITHUB }),
      address: `20.1.1.${day}`,
      agent: TERRAFORM,
    }),
    eventID: `${HOSTILE}${day}`,
    eventName: `Create${HOSTILE}`,
  }));
  const cwd = folderOf([...chain(HOSTILE), ...stolen]);
  const { code, stdout, stderr } = await hunt(['init', './logs'], { cwd });
  expect(code, stderr).toBe(0);
  expect(stdout).toContain('Look: a key of a session');
  const text = readFileSync(join(cwd, 'hunt.yml'), 'utf8');
  expect([hiddenIn(stdout), hiddenIn(stderr), hiddenIn(text)]).toEqual([[], [], []]);
  const [entry, ...others] = entriesIn(answered(text));
  expect(others).toEqual([]);
  expect(entry?.['reason']).toContain(`role/hub (session ${HOSTILE}) began the sessions`);
  writeFileSync(join(cwd, 'hunt.yml'), answered(text));
  const again = await hunt([], { cwd });
  expect([again.code, hiddenIn(again.stdout)]).toEqual([0, []]);
  const check = await hunt(['init', '--check'], { cwd });
  expect([check.code, hiddenIn(check.stdout)]).toEqual([0, []]);
});

test('a link without a target is in the way, and so is a file that appears meanwhile', async () => {
  const cwd = folderOf(chain('GitHubActions'));
  symlinkSync('nowhere.yml', join(cwd, 'link.yml'));
  const linked = await hunt(['init', './logs', '--output', 'link.yml'], { cwd });
  expect([linked.code, linked.stderr]).toEqual([2, expect.stringContaining('link.yml exists')]);
  expect(linked.stderr).not.toContain('--force');

  const child = spawn(process.execPath, [MAIN, 'init', '-'], { cwd });
  let said = '';
  child.stderr.on('data', (piece: Buffer) => (said += piece.toString()));
  child.stdout.resume();
  // More than a pipe holds: it is read only when the command has begun to hunt.
  const blank = ' '.repeat(1 << 20);
  await new Promise((resolve) => child.stdin.write(blank, resolve));
  writeFileSync(join(cwd, 'hunt.yml'), '# Somebody else.\n');
  child.stdin.end(JSON.stringify({ Records: chain('GitHubActions') }));
  const [code] = (await once(child, 'close')) as [number];
  expect([code, said]).toEqual([2, expect.stringContaining('hunt.yml exists already')]);
  expect(said).not.toContain('--force');
  expect(readFileSync(join(cwd, 'hunt.yml'), 'utf8')).toBe('# Somebody else.\n');
});

test('a file in another folder finds the logs again, also by a whole path', async () => {
  const cwd = folderOf(chain('GitHubActions'));
  mkdirSync(join(cwd, 'team'));
  for (const logs of ['./logs', join(cwd, 'logs')]) {
    const file = logs === './logs' ? 'team/a.yml' : 'team/b.yml';
    const made = await hunt(['init', logs, '--output', file], { cwd });
    expect(made.code, made.stderr).toBe(0);
    const { code, stderr } = await hunt(['--config', file], { cwd });
    expect(code, stderr).toBe(0);
  }
});

test('a file from a part of the logs says so', async () => {
  const cwd = folderOf(chain('GitHubActions'));
  const args = ['init', './logs', '--stdout', '--account', ACCOUNT, '--region', 'eu-west-1'];
  const { stdout } = await hunt(args, { cwd });
  expect(stdout).toContain(
    `# Only a part was looked at: --account ${ACCOUNT}, --region eu-west-1. Changes elsewhere may`,
  );
  const nobody = await hunt(['init', './logs', '--account', '999999999999'], { cwd });
  expect(nobody.stdout).toContain('Accounts with changes: none');
});

test('--check names an allowed user whose key is used from elsewhere', async () => {
  const random = new Random(5);
  const change = (day: number, address: string): Event =>
    eventOf(random, {
      ...someChange(random),
      account: ACCOUNT,
      time: instant(day, 3),
      identity: userOf(ACCOUNT, 'ci', 'AKIACI00000000000000'),
      address,
      agent: TERRAFORM,
    });
  const cwd = folderOf([...DAYS.map((day) => change(day, CI)), change(20, '198.51.100.66')]);
  await hunt(['init', './logs'], { cwd });
  const file = join(cwd, 'hunt.yml');
  const text = answered(readFileSync(file, 'utf8'));
  // Only the question about the first network is answered.
  const entries = text.match(/^ +- \{.*$/gm) ?? [];
  expect(entries).toHaveLength(2);
  const evil = entries.find((entry) => entry.includes('198.51.100.66')) ?? '';
  writeFileSync(file, text.replace(evil, ''));
  const { code, stdout } = await hunt(['init', '--check'], { cwd });
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(
      /do more than what is allowed\n {2}\S+:user\/ci with Terraform from 198\.51/,
    ),
  ]);
  writeFileSync(file, text.replaceAll('user/ci"', 'user/ca"'));
  const misspelt = await hunt(['init', '--check'], { cwd });
  expect(misspelt.stdout).toMatch(/match nothing.*\n.*user\/ca.*there is \S+:user\/ci/);
});

test.each([
  `["arn:aws:iam::${ACCOUNT}:user/old", "arn:aws:iam::${ACCOUNT}:user/ci-*"]`,
  `["arn:aws:iam::${ACCOUNT}:user/old", "ci-1"]`,
])('--check asks each allowance itself whether it matches: user: %s', async (user) => {
  const random = new Random(6);
  const cwd = folderOf(
    DAYS.map((day) =>
      eventOf(random, {
        ...someChange(random),
        account: ACCOUNT,
        time: instant(day, 3),
        identity: userOf(ACCOUNT, 'ci-1', 'AKIACI00000000000000'),
        address: CI,
        agent: TERRAFORM,
      }),
    ),
  );
  writeFileSync(
    join(cwd, 'hunt.yml'),
    `paths: [logs]\nallow:\n  - { user: ${user}, tool: terraform, reason: a pipeline }\n`,
  );
  const { stdout, stderr } = await hunt(['init', '--check'], { cwd });
  expect(stderr).not.toContain('hunt.yml:');
  expect(stdout).not.toContain('match nothing');
});

test('the file is there, whoever stops reading what is printed', async () => {
  const cwd = folderOf(chain('GitHubActions'));
  const child = spawn(process.execPath, [MAIN, 'init', './logs'], { cwd });
  child.stdout.destroy();
  child.stderr.resume();
  await once(child, 'close');
  expect(readFileSync(join(cwd, 'hunt.yml'), 'utf8')).toContain('Proposed by hunt init');
});

test('the next command has what the file cannot have, and serious changes have their whole IDs', async () => {
  const server = await startS3({ objects: objectsIn(SAMPLE) });
  onTestFinished(() => server.close());
  const args = ['init', `s3://${BUCKET}`, '--endpoint', server.url, '--output', 'mine.yml'];
  const { stderr, stdout } = await hunt(args, { environment: awsEnvironment() });
  expect(stderr).toContain(`then: hunt --config mine.yml --endpoint ${server.url}\n`);
  const ids = stdout.match(/^ {8}.* \(.*$/gm) ?? [];
  expect(ids.length).toBeGreaterThan(2);
  expect(ids.filter((line) => !/\([\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\)$/.test(line))).toEqual(
    [],
  );
});
