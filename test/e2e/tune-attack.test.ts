/** `hunt tune` over findings whose names an attacker chose. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configIn } from '../../src/cli/options/hunt-yml/config.js';
import { eventOf, instant, Random, someChange, userOf } from '../support/company/event.js';
import { CLI } from '../support/company/people.js';
import { hiddenIn } from '../support/hidden-text.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const ACCOUNT = '111122223333';
const RULE = 'AWS.Any.ManualChange';

/** Names that mean themselves, whatever YAML, a shell or JavaScript makes of them. */
const PLAIN = [
  ['no', 'null', 'true', '~', '1e3', '0123', '2026-01-01', '__proto__', 'constructor', 'root'],
  ['a: b', '- x', '#c', 'x"y', "it's", '$(id)', '`id`', '[a]', '{b}', '&a', '!t', '%x', '@at'],
  ['back\\slash', 'a,b', '|', '>', '名前', 'e\u0301', '😀'],
].flat();
/** Names that hide what they are, mean others too, or are too long. */
const HOSTILE = [
  [
    '*',
    'st*r',
    'qu?',
    'Boto*',
    'Mozilla?',
    '\u3164inv',
    'nb\u00a0sp',
    'z\u200bw',
    '\u202ertl',
    '\u001b[31m',
    '\u009b',
  ],
  ['a\nb', '\ufeffbom', 'e\u0301\u0301\u0301\u0301\u0301', 'x'.repeat(700), 'tail '],
].flat();

interface Change {
  readonly user: string;
  readonly agent?: string;
  readonly request?: object;
}

const random = new Random(3);
const change = (
  { user, agent = CLI, request }: Change,
  index: number,
): Readonly<Record<string, unknown>> =>
  eventOf(random, {
    ...someChange(random),
    ...(request && { service: 'iam', name: 'CreateRole', request }),
    account: ACCOUNT,
    time: instant(1, index),
    identity: userOf(ACCOUNT, user, `AKIA${String(index).padStart(16, '0')}`),
    address: '203.0.113.7',
    agent,
  });

interface FoundEvent {
  readonly eventID: string;
  readonly actor: { readonly name: string };
}

/** Accepts all findings of these changes, and writes what is proposed. Gives the names of users whose changes are hidden. */
async function tuned(changes: readonly Change[]) {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'logs'));
  writeFileSync(join(cwd, 'logs/e.json'), JSON.stringify({ Records: changes.map(change) }));
  const found = async (): Promise<readonly FoundEvent[]> => {
    const args = ['./logs', '--rule', RULE, '--format', 'json', '--exceptions', '/dev/null'];
    const { stdout, stderr } = await hunt(args, { cwd });
    expect(stderr).not.toContain('hunt.yml:');
    return (JSON.parse(stdout) as { findings: readonly FoundEvent[] }).findings;
  };
  await hunt(['./logs', '--rule', RULE, '--output', 'r.json'], { cwd });
  const before = await found();
  expect(before).toHaveLength(changes.length);
  const ids = before.map(({ eventID }) => eventID);
  const terms = ['--reason', 'two\nlines\u202e', '--owner', 'lee', '--expires', '2999-01-01'];
  const accepted = await hunt(
    ['accept', 'r.json', ...ids, '--reason', 'Agreed', '--expires', '2999-01-01'],
    { cwd },
  );
  expect(accepted.code, accepted.stderr).toBe(0);
  const { stdout, code, stderr } = await hunt(['tune', 'r.json', '--write', ...terms], { cwd });
  expect(code, stderr).toBe(0);
  const text = readFileSync(join(cwd, 'hunt.yml'), 'utf8');
  expect([hiddenIn(stdout), hiddenIn(text)]).toEqual([[], []]);
  expect(stdout).toContain('reason: two lines\\u202e');
  const left = new Set((await found()).map(({ eventID }) => eventID));
  const hidden = before.filter(({ eventID }) => !left.has(eventID)).map(({ actor }) => actor.name);
  const entries = configIn(Buffer.from(text), 'hunt.yml', true).exclusions.add.length;
  return { stdout, hidden, entries };
}

test('names of users mean themselves, or are refused', async () => {
  const { hidden, entries, stdout } = await tuned([...PLAIN, ...HOSTILE].map((user) => ({ user })));
  expect(hidden).toEqual(PLAIN.map((name) => `user/${name}`));
  expect(entries).toBe(PLAIN.length);
  expect(stdout).toContain(`No proposal for ${HOSTILE.length} accepted findings: the log names`);
});

test('names of what was changed, and user agents, mean themselves, or are left out', async () => {
  const names = [...PLAIN, ...HOSTILE];
  const resources = names.map((roleName, index) => ({ user: `r${index}`, request: { roleName } }));
  const { hidden } = await tuned(resources);
  expect(hidden).toHaveLength(names.length);
  const agents = names.map((agent, index) => ({ user: `a${index}`, agent }));
  const { stdout } = await tuned(agents);
  // An entry always asks for the tool.
  const proposals = stdout.match(/^Proposal/gm)?.length ?? 0;
  expect(stdout.match(/^ {4}tool: /gm)).toHaveLength(proposals);
  expect(stdout).not.toMatch(/^ {4}tool: "?(?:.{0,2}|Boto|Mozilla)\*/m);
  expect(stdout).toMatch(
    /No proposal for \d+ .*: the beginning of its user agent may be that of any/,
  );
});

test('an entry says what it does not ask for', async () => {
  const services = Array.from({ length: 40 }, (_, one) => ({
    user: 'ci',
    agent: CLI,
    request: { roleName: `r${one}` },
  }));
  const { stdout } = await tuned(services);
  expect(stdout).not.toContain('It holds');
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'logs'));
  const events = services.map((one, index) => ({
    ...change(one, index),
    eventName: `CreateThing${index}`,
    sourceIPAddress: `20.${index}.1.1`,
  }));
  writeFileSync(join(cwd, 'logs/e.json'), JSON.stringify({ Records: events }));
  await hunt(['./logs', '--rule', RULE, '--output', 'r.json'], { cwd });
  const ids = events.map((event: Readonly<Record<string, unknown>>) => String(event['eventID']));
  await hunt(['accept', 'r.json', ...ids, '--reason', 'Agreed', '--expires', '2999-01-01'], {
    cwd,
  });
  const wide = await hunt(['tune', 'r.json'], { cwd });
  expect(wide.stdout).toContain('It holds from every address, for every call.');
  for (const option of ['--reason', '--owner']) {
    const empty = await hunt(['tune', 'r.json', '--write', option, ' '], { cwd });
    expect([empty.code, empty.stderr]).toEqual([2, expect.stringContaining(`${option} is empty`)]);
  }
  const second = await hunt(['tune', 'r.json', '--proposal', '2'], { cwd });
  expect(second.stderr).toContain('there is no proposal 2: 1 proposal in all');
});

test('what nobody has judged is shown before what somebody accepted', async () => {
  const cwd = emptyFolder();
  const changes = Array.from({ length: 8 }, (_, index) => ({
    ...change({ user: 'ci' }, index),
    sourceIPAddress: `20.${index}.1.1`,
    eventName: 'CreateQueue',
    eventSource: 'sqs.amazonaws.com',
  }));
  const evil = { ...changes[0], eventID: 'evil', sourceIPAddress: '198.51.100.66' };
  const write = (name: string, events: readonly object[]): void =>
    writeFileSync(join(cwd, name), JSON.stringify({ Records: events }));
  write('before.json', changes);
  write('all.json', [...changes, evil]);
  await hunt(['before.json', '--rule', RULE, '--output', 'r.json'], { cwd });
  const ids = changes.map((event: Readonly<Record<string, unknown>>) => String(event['eventID']));
  const until = ['--expires', '2999-01-01'];
  await hunt(['accept', 'r.json', ...ids, '--reason', 'Agreed', ...until], { cwd });
  const inLogs = await hunt(['tune', 'r.json', 'all.json'], { cwd });
  expect(inLogs.stdout).toMatch(
    /In all\.json it hides 9 of 9 findings: 9 by user\/ci\n {4}Nobody has judged 1 of them\. Look at it:\n.* evil\n\n/,
  );
  // The same in the report, where only what is confirmed is protected.
  await hunt(['all.json', '--rule', RULE, '--output', 'r2.json'], { cwd });
  writeFileSync(join(cwd, 'confirmed.txt'), 'INC-1\n');
  const inReport = await hunt(['tune', 'r2.json', '--confirmed', 'confirmed.txt'], { cwd });
  expect(inReport.stdout).toMatch(/Nobody has accepted 1 of them\. Look at it:\n.* evil\n/);
});
