/** What the command says of calls that no rule matched. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openedGroup } from '../support/hunt-events.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const KEY = 'AKIAEXAMPLE0000000001';

function logs(events: readonly Readonly<Record<string, unknown>>[]): string {
  const folder = join(emptyFolder(), 'logs');
  mkdirSync(folder);
  writeFileSync(join(folder, 'a.json'), JSON.stringify({ Records: events }));
  return folder;
}

const call = (eventName: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  ...openedGroup({
    eventName,
    eventID: eventName,
    eventTime: '2026-01-14T13:11:40Z',
    readOnly: true,
    eventSource: 'sts.amazonaws.com',
    ...changes,
  }),
  userIdentity: { type: 'IAMUser', accessKeyId: KEY, arn: 'arn:aws:iam::112233445566:user/ann' },
});

const lastLine = ({ stdout }: { readonly stdout: string }): string =>
  stdout.trimEnd().split('\n').at(-1) ?? '';

test('where no rule matched, the last line says what there is', async () => {
  const folder = logs([call('GetCallerIdentity'), openedGroup({ eventID: 'of somebody else' })]);
  const of = async (...args: readonly string[]) => lastLine(await hunt([folder, ...args]));
  const one = ', 2026-01-14 13:11:40Z: sts:GetCallerIdentity';
  expect(await of('--key', KEY)).toBe(`no rule matched, but key ${KEY} made 1 call${one}`);
  expect(await of('--user', 'ann')).toBe(`no rule matched, but principal ann made 1 call${one}`);
  expect(await of('--user', 'ann', '--region', 'eu-west-1')).toBe(
    `no rule matched, but these filters (--principal ann, --region eu-west-1) leave 1 call${one}`,
  );
  expect(await of('--user', 'ann', '--kind', 'change')).toBe(
    'these filters (--principal ann, --kind change) leave none of the 2 records in the window',
  );
  expect(await of('--key', 'AKIAEXAMPLE0000000002')).toBe(
    'key AKIAEXAMPLE0000000002 made no call in any of the 2 records in the window',
  );
  expect(await of('--region', 'us-east-1')).toMatch(/^0 findings in 2 records from 2026-/);
}, 60_000);

test.each(['table', 'markdown', 'html'])(
  '%s says of whom nothing was found, and no name can break it',
  async (format) => {
    const folder = logs([call('GetCallerIdentity')]);
    const ends = async (...args: readonly string[]) => {
      const { stdout } = await hunt([...args, '-f', format]);
      expect(stdout.includes('\u001b')).toBe(false);
      return stdout.replaceAll(/`|<\/?bdi>|\s+/g, ' ').replaceAll(/ +/g, ' ');
    };
    const has = (page: string, words: RegExp) => words.test(page);
    const hostile = 'no\u001b[31mbody';
    const user = await ends(folder, '--user', 'nobody', '--user', hostile);
    expect(has(user, /principals nobody ?, no\S+body made no call in any of the 1 record/)).toBe(
      true,
    );
    const who = await ends('who', 'bob', folder, '--region', 'us-east-1');
    expect(has(who, /these filters \( ?bob ?, --region us-east-1 ?\) leave none/)).toBe(true);
    const alone = await ends('who', 'bob', folder);
    expect(has(alone, /bob made no call in any of the 1 record/)).toBe(true);
  },
  60_000,
);

test('standard input is read once: there it says how to ask', async () => {
  const stdin = JSON.stringify({ Records: [call('GetCallerIdentity')] });
  const args = ['-', '--user', 'ann'];
  expect(lastLine(await hunt(args, { stdin }))).toBe(
    'no rule matched: add --calls to see which calls are by principal ann',
  );
  expect(lastLine(await hunt([...args, '--calls'], { stdin }))).toMatch(
    /principal ann made 1 call/,
  );
  // The calls of a key are few, and counted at once.
  expect(lastLine(await hunt(['-', '--key', KEY], { stdin }))).toContain(`key ${KEY} made 1 call,`);
});

test('--calls names the most frequent calls of each kind, and no call can break the page', async () => {
  const hostile = 'Get\n\u001b[31mEvil</td>';
  const folder = logs([
    ...Array.from({ length: 14 }, (_, n) => call(`Get${n}`)),
    call(hostile, { eventID: 'x' }),
    call(hostile, { eventID: 'y' }),
    call('CreateUser', { readOnly: false, eventSource: 'iam.amazonaws.com' }),
    call('DeleteUser', { readOnly: false, errorCode: 'AccessDenied' }),
    call('Odd', { eventSource: { a: [1] }, errorCode: 7, readOnly: ['x'], eventTime: 'when?' }),
  ]);
  const { stdout } = await hunt([folder, '--calls']);
  expect(stdout).toContain('All calls, by rule or not: 19');
  expect(stdout).toMatch(/writes +1, 2026-01-14 13:11:40Z: iam:CreateUser\n/);
  expect(stdout).toMatch(/reads +16, .*sts:Get\S*Evil/);
  expect(stdout).toMatch(/and 3 of 3\s+more names/);
  expect(stdout).toMatch(/sts:DeleteUser\s+AccessDenied 1/);
  expect(stdout).not.toContain('\u001b[31mEvil');
  const markdown = await hunt([folder, '--calls', '-f', 'markdown']);
  expect(markdown.stdout).toContain('Evil');
  expect(markdown.stdout).not.toContain('\u001b[31m');
}, 60_000);
