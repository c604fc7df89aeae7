/** The built command against S3's protocol, with the real SDK. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished, describe, expect, test } from 'vitest';
import { awsEnvironment } from '../support/athena/aws-environment.js';
import { emptyFolder, hunt, huntProcess, SAMPLE, type Run } from '../support/run-hunt.js';
import {
  ACCESS_DENIED,
  BREAK,
  delayed,
  INTERNAL_ERROR,
  IN_GLACIER,
  NEVER,
  NO_KEY_ACCESS,
  NO_SUCH_KEY,
  SLOW_DOWN,
  STALL,
} from '../support/s3/faults.js';
import { objectsIn } from '../support/s3/objects.js';
import {
  BUCKET,
  startS3,
  type S3Call,
  type S3Options,
  type S3Server,
} from '../support/s3/server.js';
import type { Report } from '../../src/report/report.js';

const sample = objectsIn(SAMPLE);

async function serving(options: Partial<S3Options> = {}): Promise<S3Server> {
  const server = await startS3({ objects: sample, ...options });
  onTestFinished(() => server.close());
  return server;
}

function huntS3(
  server: S3Server,
  args: readonly string[],
  interruptWhen?: () => boolean,
): Promise<Run> {
  const asked = [...args, '--endpoint', server.url];
  const environment = awsEnvironment();
  return interruptWhen === undefined
    ? hunt(asked, { environment })
    : huntProcess(asked, { environment, interruptWhen });
}

const ROOT = `s3://${BUCKET}`;

function sectionsOf({ stdout }: Run): string {
  const { sections, findings } = JSON.parse(stdout) as Report;
  return JSON.stringify({ sections, findings });
}

interface Files {
  readonly read: number;
  readonly skipped: readonly { readonly reason: string; readonly count: number }[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

function filesOf({ stdout, stderr }: Run): Files {
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { files: Files }).files;
}

describe('a bucket', () => {
  test('gives the same bytes as the folder, except for the paths', async () => {
    const server = await serving({ pageSize: 3 });
    for (const window of [[], ['--since', '2026-01-13', '--until', '2026-01-17']]) {
      const options = [
        '--rule',
        'all',
        '--format',
        'csv',
        '--set',
        'PROD_ACCOUNT_IDS=any',
        ...window,
      ];
      const there = await huntS3(server, [ROOT, ...options]);
      const here = await hunt([SAMPLE, ...options]);
      expect(there.code, there.stderr).toBe(here.code);
      expect(here.stdout.split('\n').length).toBeGreaterThan(10);
      expect(there.stdout.replaceAll(ROOT, SAMPLE)).toBe(here.stdout);
    }
  });

  test('may be hunted together with a folder', async () => {
    const server = await serving();
    const { stdout } = await huntS3(server, [
      `${ROOT}/AWSLogs/112233445566/CloudTrail/us-west-2`,
      `${SAMPLE}/AWSLogs/112233445566/CloudTrail/eu-west-1`,
      '--format',
      'json',
    ]);
    expect(filesOf({ stdout, stderr: '', code: 0 }).read).toBe(4);
  });

  test('may be named by a configuration in another folder', async () => {
    const server = await serving();
    const cwd = emptyFolder();
    mkdirSync(join(cwd, 'etc'));
    writeFileSync(join(cwd, 'etc/hunt.yml'), `paths: ["${ROOT}/AWSLogs/"]\n`);
    const run = await huntS3(server, ['--config', join(cwd, 'etc/hunt.yml'), '--format', 'json']);
    expect(filesOf(run).read).toBe(38);
  });

  test('is read completely with --no-prune, and the window still applies', async () => {
    const server = await serving();
    const window = ['--since', '2026-01-13', '--until', '2026-01-14', '--format', 'json'];
    const pruned = filesOf(await huntS3(server, [ROOT, ...window]));
    expect(pruned.skipped).toContainEqual({
      reason: 'folder outside the window, not listed',
      count: expect.any(Number),
    });
    const whole = await huntS3(server, [ROOT, ...window, '--no-prune']);
    expect(filesOf(whole).read).toBe(38);
    const local = await hunt([SAMPLE, ...window, '--no-prune']);
    expect(sectionsOf(whole)).toBe(sectionsOf(local).replaceAll(SAMPLE, ROOT));
  });

  test('gives the same report after any call failed once', async () => {
    const args = [ROOT, '--since', '2026-01-13', '--until', '2026-01-17', '--format', 'json'];
    const whole = await huntS3(await serving(), args);
    expect(filesOf(whole).read).toBeGreaterThan(10);
    for (const fault of [SLOW_DOWN, INTERNAL_ERROR, BREAK, delayed(50)]) {
      const server = await serving({ faults: ({ count }) => (count === 1 ? fault : undefined) });
      const run = await huntS3(server, args);
      expect(run.stdout, run.stderr).toBe(whole.stdout);
      expect(run.stderr).not.toContain('Warning: ');
    }
  });
});

describe('lost evidence', () => {
  const REASONS = [
    [ACCESS_DENIED, 'AccessDenied: Access Denied (needs s3:GetObject'],
    [NO_KEY_ACCESS, 'needs kms:Decrypt on the key'],
    [NO_SUCH_KEY, 'it was there when the bucket was listed'],
    [IN_GLACIER, 'it lies in Glacier: restore it first'],
  ] as const;
  test('an object that answers with an error is named, and the rest is hunted', async () => {
    const keys = Object.keys(sample).filter((key) => key.includes('_CloudTrail_'));
    const lost = REASONS.map(([fault, reason], n) => ({ key: keys[n * 5], fault, reason }));
    const server = await serving({
      faults: ({ kind, key }) =>
        kind === 'get' ? lost.find((object) => object.key === key)?.fault : undefined,
    });
    const run = await huntS3(server, [ROOT, '--format', 'json']);
    expect(run.code).toBe(3);
    const { unreadable, read } = filesOf(run);
    expect(unreadable).toHaveLength(lost.length);
    for (const { key, reason } of lost)
      expect(unreadable).toContainEqual({
        path: `${ROOT}/${key}`,
        reason: expect.stringContaining(reason),
      });
    expect(read).toBeGreaterThan(30);
  });

  test('a folder that cannot be listed is named, and the rest is hunted', async () => {
    const folder = 'AWSLogs/112233445566/CloudTrail/us-west-2/';
    const server = await serving({
      faults: ({ kind, key }) => (kind === 'list' && key === folder ? ACCESS_DENIED : undefined),
    });
    const run = await huntS3(server, [ROOT, '--format', 'json']);
    expect(run.code).toBe(3);
    expect(filesOf(run).unreadable).toEqual([
      { path: `${ROOT}/${folder}`, reason: expect.stringContaining('needs s3:ListBucket') },
    ]);
  });

  test('a bucket that cannot be listed is an error that names the missing permission', async () => {
    const server = await serving({ faults: () => ACCESS_DENIED });
    const run = await huntS3(server, [ROOT]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(
      `cannot list ${ROOT}: AccessDenied: Access Denied (needs s3:ListBucket`,
    );
  });

  test.each([
    ['s3://other-bucket/AWSLogs', 'is the name of the bucket right?'],
    [`${ROOT}/AWSLog`, `nothing is at ${ROOT}/AWSLog:`],
    ['s3:///AWSLogs', 'names no bucket'],
  ])('%s contains nothing, and is an error', async (path, message) => {
    const run = await huntS3(await serving(), [path]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain(message);
  });
});

/** A hunt that does not hear the signal waits for a minute, and asks again. */
function expectNoneTwice(calls: readonly S3Call[]): void {
  const texts = calls.map((call) => JSON.stringify(call));
  expect(texts).toEqual([...new Set(texts)]);
}

describe('an interruption', () => {
  test.each([
    ['while it is listed', 'list', NEVER],
    ['while an object is waited for', 'get', NEVER],
    ['in the middle of an object', 'get', STALL],
  ])('%s ends the hunt, which waits for no answer', async (_name, struck, fault) => {
    const server = await serving({ faults: ({ kind }) => (kind === struck ? fault : undefined) });
    const waiting = () => server.calls.filter(({ kind }) => kind === struck);
    const run = await huntS3(server, [ROOT], () => waiting().length > 0);
    expect(run).toMatchObject({ code: 130, stdout: '' });
    expectNoneTwice(waiting());
  });
});

describe('threads', () => {
  test('end when they are interrupted, and wait for no answer', async () => {
    const objects = Object.fromEntries(
      Array.from({ length: 400 }, (_, i) => [`${i}.json`, Buffer.from('{"Records":[]}')]),
    );
    const server = await serving({
      objects,
      faults: ({ kind }) => (kind === 'get' ? NEVER : undefined),
    });
    const run = await huntS3(server, [ROOT], () => server.mostAtOnce > 16);
    expect(run).toMatchObject({ code: 130, stdout: '' });
    expect(server.mostAtOnce).toBeGreaterThan(16);
    expectNoneTwice(server.calls.filter(({ kind }) => kind === 'get'));
  });

  test('fetch many small objects at once, and large ones in parts', async () => {
    const event = (id: number) =>
      JSON.stringify({
        eventVersion: '1.08',
        eventTime: '2026-01-14T09:30:00Z',
        eventSource: 'ec2.amazonaws.com',
        eventName: 'CreateSecurityGroup',
        awsRegion: 'eu-west-1',
        recipientAccountId: '112233445566',
        eventID: String(id),
      });
    const objects: Record<string, Buffer> = {};
    for (let i = 0; i < 400; i++) objects[`logs/${i}.json.gz`] = gzipSync(event(i));
    const noise = `{"noise":"${'x'.repeat(30 << 20)}"}`;
    objects['logs/large.json'] = Buffer.from(`${event(1000)}\n${noise}\n${event(1001)}`);
    const server = await serving({
      objects,
      faults: ({ kind, count, key }) => {
        if (key.endsWith('large.json') && count === 1) return BREAK;
        return kind === 'get' ? delayed(20) : undefined;
      },
    });
    const args = ['--set', 'PROD_ACCOUNT_IDS=any', '--format', 'json'];
    const run = await huntS3(server, [`${ROOT}/logs/`, ...args]);
    expect(run.code, run.stderr).toBe(0);
    const report = JSON.parse(run.stdout) as Report;
    expect(filesOf(run).read).toBe(401);
    expect(report.findings).toHaveLength(402);
    expect(server.mostAtOnce).toBeGreaterThan(16);
    const parts = server.calls.filter(({ range }) => range !== undefined);
    expect(new Set(parts.map(({ range }) => range)).size).toBe(4);
  });
});
