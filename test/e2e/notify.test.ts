/** Messages about reports: what a webhook gets, when, and what becomes of one that cannot be sent. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { emptyFolder, hunt, SAMPLE } from '../support/run-hunt.js';
import { change, deliver } from '../support/schedule/days.js';

const READ = { eventName: 'DescribeInstances', readOnly: true };

let server: Server;
let url = '';
/** The bodies that the webhook took. */
let taken: Record<string, unknown>[] = [];
/** The paths of all requests. */
let asked: string[] = [];
/** How often the webhook refuses before it takes a message. */
let refusals = 0;

beforeAll(async () => {
  server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const isRefused = refusals > 0 || request.url === '/silent';
      asked.push(request.url ?? '');
      if (refusals > 0) refusals -= 1;
      else if (!isRefused)
        taken.push(JSON.parse(Buffer.concat(pieces).toString()) as Record<string, unknown>);
      response.writeHead(isRefused ? 503 : 200).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/services/secret`;
});
beforeEach(() => {
  taken = [];
  asked = [];
  refusals = 0;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

test('a hunt tells the webhook of the environment, and the mail, in the words of its answer', async () => {
  refusals = 1;
  const cwd = emptyFolder();
  const run = await hunt(
    [SAMPLE, '--format', 'csv', '--notify', 'env:WEBHOOK', '--mail-body', 'mail.eml'],
    { cwd, environment: { WEBHOOK: url } },
  );
  expect(run.code, run.stderr).toBe(0);
  expect(run.stderr).not.toContain('secret');
  expect(taken).toHaveLength(1);
  expect(taken[0]).toMatchObject({ findings: 23, isNews: true, run: null });
  expect(taken[0]?.['subject']).toMatch(/^hunt: 23 changes by role\/SecurityAdmin/);
  const mail = readFileSync(join(cwd, 'mail.eml'), 'utf8');
  expect(mail).toMatch(/^Subject: [^]*\r\nMIME-Version: 1.0\r\n/);
  expect(mail).toContain('What matters most');
});

test('a hunt that has nothing to tell sends nothing, and its mail is empty', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'mail.eml'), '');
  const options = ['--event-id', 'nobody', '--notify', url, '--mail-body', 'mail.eml'];
  const run = await hunt([SAMPLE, ...options], { cwd });
  expect(run.code, run.stderr).toBe(0);
  expect(taken).toEqual([]);
  expect(readFileSync(join(cwd, 'mail.eml'), 'utf8')).toBe('');
});

test('another file is not written over by a mail, and an address that is none is an error before the hunt', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'notes.txt'), 'mine');
  const mail = await hunt([SAMPLE, '--mail-body', 'notes.txt'], { cwd });
  expect(mail).toMatchObject({ code: 2, stdout: '' });
  expect(readFileSync(join(cwd, 'notes.txt'), 'utf8')).toBe('mine');
  const address = await hunt([SAMPLE, '--notify', 'env:NOT_SET'], { cwd });
  expect(address).toMatchObject({ code: 2, stdout: '' });
  expect(address.stderr).toContain('--notify: the environment has no NOT_SET');
});

test('a scheduled report whose message could not be sent sends it with the next run, once', async () => {
  const cwd = emptyFolder();
  writeFileSync(
    join(cwd, 'hunt.yml'),
    `paths: [logs]
accounts: { prod: "112233445566" }
notify: { url: "env:WEBHOOK", as: slack }
reports:
  daily: { period: day, outputs: ["{period}.json"] }
`,
  );
  for (const day of ['2026-10-06', '2026-10-07', '2026-10-08'])
    deliver(join(cwd, 'logs'), {
      day,
      name: 'a',
      events: [change(`of ${day}`, `${day}T12:00:00Z`, day === '2026-10-07' ? READ : {})],
    });
  const report = (now: string) =>
    hunt(
      ['report', 'daily', '--first', '2026-10-06', '--now', now, '--mail-body', '{period}.eml'],
      {
        cwd,
        environment: { WEBHOOK: url },
      },
    );
  refusals = 3;
  const failed = await report('2026-10-07');
  expect(failed.stderr).toContain('hunt: could not notify 127.0.0.1');
  expect(failed.code).toBe(1);
  expect(existsSync(join(cwd, '2026-10-06.eml'))).toBe(true);
  expect(taken).toEqual([]);

  // The next day has nothing to tell.
  expect(await report('2026-10-08')).toMatchObject({ code: 0 });
  expect(taken.map(({ text }) => text)).toEqual([expect.stringContaining('hunt daily 2026-10-06')]);
  await report('2026-10-09');
  expect(taken.map(({ text }) => text)).toEqual([
    expect.stringContaining('hunt daily 2026-10-06'),
    expect.stringContaining('hunt daily 2026-10-08'),
  ]);
  expect(readFileSync(join(cwd, '2026-10-07.eml'), 'utf8')).toBe('');
});

test('where one of two addresses does not answer, the other one gets each message once', async () => {
  const cwd = emptyFolder();
  writeFileSync(
    join(cwd, 'hunt.yml'),
    `paths: [logs]
notify: ["env:SILENT", "env:WEBHOOK"]
reports:
  daily: { period: day, outputs: ["{period}.json"] }
`,
  );
  for (const day of ['2026-10-06', '2026-10-07', '2026-10-08'])
    deliver(join(cwd, 'logs'), { day, name: 'a', events: [change(day, `${day}T12:00:00Z`)] });
  const silent = url.replace('/services/secret', '/silent');
  const report = (now: string, addresses: Record<string, string>) =>
    hunt(['report', 'daily', '--now', now], { cwd, environment: addresses });
  await report('2026-10-07', { SILENT: silent, WEBHOOK: url });
  await report('2026-10-08', { SILENT: silent, WEBHOOK: url });
  expect(taken).toHaveLength(2);
  const checkpoint = readFileSync(join(cwd, '.hunt/daily/checkpoint.json'), 'utf8');
  expect(checkpoint).not.toMatch(/silent|secret/);
  asked = [];
  await report('2026-10-09', { SILENT: silent, WEBHOOK: url });
  expect(taken).toHaveLength(3);
  // Two messages are due, and the new one: the second is not tried after the first.
  expect(asked.filter((path) => path === '/silent')).toHaveLength(6);
  await report('2026-10-09', { SILENT: url.replace('secret', 'answers'), WEBHOOK: url });
  expect(asked.filter((path) => path.endsWith('answers'))).toHaveLength(3);
  expect(taken).toHaveLength(6);
}, 60_000);
