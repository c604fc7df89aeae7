/** `--verify` in a hunt: the built command over logs, S3 and tables. What the check finds is tested beside the check. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { awsEnvironment } from '../support/athena/aws-environment.js';
import { ACCOUNTS, startTables, useHunting } from '../support/athena/hunting.js';
import { digestChain, type MadeDigest } from '../support/digests/chain.js';
import { startKeyServer } from '../support/digests/key-server.js';
import { publicKeyList, signingKey } from '../support/digests/keys.js';
import { writeChain, writeFile, writeSidecar } from '../support/digests/write.js';
import { emptyFolder, hunt, type Run } from '../support/run-hunt.js';
import { BUCKET, startS3 } from '../support/s3/server.js';

const HOURS = ['--since', '2026-03-01T10:00:00Z', '--until', '2026-03-01T13:00:00Z'];
const JSON_QUIETLY = ['--format', 'json', '--no-progress'];
const home = signingKey('eu-west-1');

const chainOf = (plan: Partial<Parameters<typeof digestChain>[0]> = {}): readonly MadeDigest[] =>
  digestChain({ since: '2026-03-01T10:00:00Z', hours: [2, 1, 1, 1], ...plan });

/** A copy with the signature of the newest digest beside it. */
function copied(chain: readonly MadeDigest[]): string {
  const root = join(emptyFolder(), 'logs');
  writeChain(root, chain);
  const newest = chain.at(-1);
  if (newest !== undefined) writeSidecar(writeFile(root, newest), newest, 'metadata.json');
  return root;
}

function keysFile(): string {
  const path = join(emptyFolder(), 'keys.json');
  // Two documents in one file, as two calls of the AWS CLI write them.
  writeFileSync(path, `${publicKeyList([signingKey('us-east-1')])}\n${publicKeyList([home])}`);
  return path;
}

const reportOf = ({ stdout }: Run): Report => JSON.parse(stdout) as Report;
const checkOf = (run: Run) => reportOf(run).completeness.digests;

describe('over logs', () => {
  test('proves intact logs, with the path before or after the option', async () => {
    const root = copied(chainOf());
    const keys = ['--public-keys', keysFile(), ...HOURS, ...JSON_QUIETLY];
    const [before, after] = await Promise.all([
      hunt([root, '--verify', ...keys]),
      hunt(['--verify', root, ...keys]),
    ]);
    expect(checkOf(before)).toMatchObject({
      verdict: 'intact',
      // Without the hour after the window, whose digest has the signature of the last one.
      logCounts: { intact: 4 },
      problems: [],
    });
    expect(after.stdout).toBe(before.stdout);
    expect(before.stderr).not.toContain('public keys are missing');
  });

  test('an altered and a removed log are lost evidence', async () => {
    const chain = chainOf();
    const root = copied(chain);
    const [first, second] = chain.flatMap(({ logs }) => logs);
    if (first === undefined || second === undefined) throw new Error('no logs');
    writeFile(root, { key: first.key, text: Buffer.from('{"Records":[]}') });
    rmSync(join(root, second.key));
    const run = await hunt([
      root,
      '--verify',
      '--public-keys',
      keysFile(),
      ...HOURS,
      ...JSON_QUIETLY,
    ]);
    expect(run.code).toBe(3);
    expect(checkOf(run)).toMatchObject({
      verdict: 'not intact',
      logCounts: { altered: 1, missing: 1 },
    });
  });

  test('a damaged digest is lost evidence, whatever a tool wrote before its name', async () => {
    const root = join(emptyFolder(), 'logs');
    const [digest] = chainOf();
    if (digest === undefined) throw new Error('no digest');
    for (const log of digest.logs) writeFile(root, log, { isFlat: true });
    const name = `AWSLogs_111122223333_${basename(digest.key)}`;
    writeFileSync(join(root, name), gzipSync(digest.text).subarray(0, 40));
    const run = await hunt([root, '--verify', ...HOURS, ...JSON_QUIETLY]);
    expect(run.code).toBe(3);
    expect(checkOf(run)?.problems).toMatchObject([{ kind: 'digest unreadable' }]);
  });

  test('where a chain begins anew, nobody knows whether digests or the logs were switched off', async () => {
    const root = copied(chainOf());
    // Without a predecessor, it begins a chain of its own.
    writeChain(root, chainOf({ since: '2026-03-01T16:00:00Z', hours: [1, 1, 1] }));
    const window = ['--since', '2026-03-01T10:00:00Z', '--until', '2026-03-01T18:00:00Z'];
    const { stdout } = await hunt([
      root,
      '--verify',
      '--public-keys',
      keysFile(),
      ...window,
      '--format',
      'markdown',
      '--no-progress',
    ]);
    expect(stdout).toContain('Chains of digests with gaps');
    expect(stdout.replaceAll('`', '')).toMatch(/14:00:00Z, a new chain, then the chain ends$/m);
    // The digest after the window has the signature of the last one in it.
    expect(stdout.replaceAll('`', '')).toMatch(/19:00:00Z, a new chain$/m);
  });

  test('a hunt in threads gathers the same', async () => {
    const root = copied(chainOf({ hours: Array.from({ length: 30 }, () => 2) }));
    // So much that threads are worth their start.
    writeFileSync(join(root, 'large.json'), `{"Records":[]}${' '.repeat(9 << 20)}`);
    const keys = ['--public-keys', keysFile(), ...JSON_QUIETLY];
    const [one, two] = await Promise.all(
      ['1', '2'].map((jobs) => hunt([root, '--verify', '--jobs', jobs, ...keys])),
    );
    expect(one && checkOf(one)?.logCounts).toMatchObject({ intact: 60 });
    expect(two?.stdout).toBe(one?.stdout);
  });

  test('prove: the digests are hashed again', async () => {
    const root = copied(chainOf());
    const cwd = join(root, '..');
    const verify = ['logs', '--verify', '--public-keys', keysFile(), ...HOURS];
    const run = await hunt([...verify, '--manifest', '--output', 'report.json'], { cwd });
    expect(run.stderr).toContain('report.manifest.json');
    const prove = await hunt(['prove', 'report.manifest.json'], { cwd });
    expect(prove).toMatchObject({ code: 0 });
  });

  test('without --verify, keys are an error', async () => {
    const run = await hunt([copied(chainOf()), '--public-keys', keysFile()]);
    expect(run).toMatchObject({ code: 2, stdout: '' });
    expect(run.stderr).toContain('--public-keys and --fetch-keys are for --verify');
  });
});

describe('public keys', () => {
  test('are fetched from AWS, a page after the other, and kept beside the logs', async () => {
    const server = await startKeyServer({ 'eu-west-1': [signingKey('us-east-1'), home] });
    const root = copied(chainOf());
    const environment = { ...awsEnvironment(), AWS_ENDPOINT_URL_CLOUDTRAIL: server.url };
    const fetched = await hunt([root, '--verify', '--fetch-keys', ...HOURS, ...JSON_QUIETLY], {
      environment,
    });
    expect(checkOf(fetched)?.verdict).toBe('intact');
    expect(fetched.stderr).toContain(
      `kept 2 public keys of CloudTrail in ${root}/cloudtrail-public-keys.json`,
    );
    const [first] = server.asked;
    expect(first).toMatchObject({
      region: 'eu-west-1',
      StartTime: Date.parse('2026-03-01T09:00:00Z') / 1000,
      EndTime: Date.parse('2026-03-01T16:00:00Z') / 1000,
    });
    const calls = server.asked.length;
    expect(calls).toBe(2);
    const again = await hunt([root, '--verify', ...HOURS, ...JSON_QUIETLY], { environment });
    expect(checkOf(again)).toMatchObject({
      verdict: 'intact',
      keys: [`${root}/cloudtrail-public-keys.json`],
      keysBesideLogs: [`${root}/cloudtrail-public-keys.json`],
    });
    expect(server.asked).toHaveLength(calls);
    // Whoever altered the logs may have put the keys there.
    const offline = await hunt(['verify', root], { environment });
    expect(offline.stdout).toMatch(
      /^INTACT, if the public keys that lie beside the logs are CloudTrail's: /,
    );
    expect(server.asked).toHaveLength(calls);
    const asked = await hunt(['verify', root, '--fetch-keys'], { environment });
    expect(server.asked).toHaveLength(2 * calls);
    expect(asked.stdout).toMatch(/^INTACT: /);
  });

  test('that cannot be had are no failure: the logs are not proven, and the message says what to do', async () => {
    const root = copied(chainOf());
    const environment = { ...awsEnvironment(), AWS_ENDPOINT_URL_CLOUDTRAIL: 'http://127.0.0.1:9' };
    const run = await hunt([root, '--verify', '--fetch-keys', ...HOURS, ...JSON_QUIETLY], {
      environment,
    });
    expect(checkOf(run)?.verdict).toBe('not proven');
    expect(run.stderr).toContain('cannot ask CloudTrail for its public keys in eu-west-1');
    expect(run.stderr).toContain(
      'aws cloudtrail list-public-keys --region eu-west-1 --start-time 2026-03-01 --end-time 2026-03-02',
    );
    expect(existsSync(join(root, 'cloudtrail-public-keys.json'))).toBe(false);
  });
});

async function bucketOf(chain: readonly MadeDigest[]) {
  const files = chain.flatMap((digest) => [digest, ...digest.logs]);
  const server = await startS3({
    objects: Object.fromEntries(files.map(({ key, text }) => [key, gzipSync(text)])),
    metadata: Object.fromEntries(chain.map(({ key, signature }) => [key, { signature }])),
  });
  onTestFinished(() => server.close());
  return server;
}

test('over a bucket, the newest digest is verified by the signature that S3 keeps', async () => {
  const [s3, keys] = await Promise.all([
    bucketOf(chainOf()),
    startKeyServer({ 'eu-west-1': [home] }),
  ]);
  const cwd = emptyFolder();
  const run = await hunt(
    [`s3://${BUCKET}`, '--verify', '--fetch-keys', '--endpoint', s3.url, ...JSON_QUIETLY],
    { cwd, environment: { ...awsEnvironment(), AWS_ENDPOINT_URL_CLOUDTRAIL: keys.url } },
  );
  expect(checkOf(run)).toMatchObject({
    digestCounts: { verified: 4, unverifiedTail: 0 },
    logCounts: { intact: 5 },
  });
  expect(readFileSync(join(cwd, 'cloudtrail-public-keys.json'), 'utf8')).toContain(
    home.fingerprint,
  );
});

describe('over a table', () => {
  useHunting();

  test('verifies the bucket below it, beside the query', async () => {
    const day = { since: '2026-01-03T00:00:00Z', hours: Array.from({ length: 4 }, () => 1) };
    const chain = chainOf(day);
    const [athena, s3] = await Promise.all([startTables(), bucketOf(chain)]);
    const environment = {
      ...awsEnvironment(),
      AWS_ENDPOINT_URL_ATHENA: athena.url,
      AWS_ENDPOINT_URL_S3: s3.url,
    };
    const table = [
      '--athena',
      'logs.organization',
      '--set',
      `PROD_ACCOUNT_IDS=${ACCOUNTS.join(',')}`,
    ];
    const window = ['--since', '2026-01-03T00:00:00Z', '--until', '2026-01-03T03:00:00Z'];
    const args = [...table, ...window, '--public-keys', keysFile(), ...JSON_QUIETLY];
    const run = await hunt([...args, '--verify', `s3://${BUCKET}`], { environment });
    expect(run.stdout, run.stderr).not.toBe('');
    expect(reportOf(run).source.engine).toBe('athena');
    expect(checkOf(run)).toMatchObject({ logCounts: { intact: 3 } });
    const nowhere = await hunt([...args, '--verify'], { environment });
    expect(nowhere.code).toBe(2);
    expect(nowhere.stderr).toContain('--verify s3://bucket/prefix');

    // What hunt.yml expects is asked of a table too.
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'hunt.yml'), 'expect: { regions: [ap-south-2] }\n');
    const days = ['--since', '2026-01-01', '--until', '2026-01-05', '--quiet'];
    const unmet = await hunt([...table, ...days], { cwd, environment });
    expect(unmet.code).toBe(3);
    expect(unmet.stderr).toContain('in ap-south-2, which is expected [EXPECTED_ABSENT]');
  });
});

test('a scheduled report checks the files of its period, and none that an earlier run has read is missing', async () => {
  const chain = chainOf({
    since: '2026-03-01T00:00:00Z',
    hours: Array.from({ length: 51 }, () => 1),
  });
  const root = copied(chain);
  const cwd = join(root, '..');
  writeFileSync(
    join(cwd, 'hunt.yml'),
    `paths: [logs]
verify: { publicKeys: ${keysFile()} }
accounts: { prod: "111122223333" }
reports:
  daily: { period: day, outputs: ["{period}.json"] }
`,
  );
  const now = ['--first', '2026-03-01', '--now', '2026-03-03T02:30:00Z', '--no-progress'];
  const run = await hunt(['report', 'daily', ...now], { cwd });
  const checks = ['2026-03-01', '2026-03-02'].map(
    (day) =>
      (JSON.parse(readFileSync(join(cwd, `${day}.json`), 'utf8')) as Report).completeness.digests,
  );
  for (const check of checks) {
    expect(check, run.stderr).toMatchObject({ verdict: 'intact', problems: [] });
    expect(check?.logCounts.missing).toBe(0);
  }
});
