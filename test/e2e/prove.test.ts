/** `hunt prove`: what was changed since a report was made is found, each by its own line. */
import { createHash, createPublicKey, generateKeyPairSync, verify } from 'node:crypto';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Manifest } from '../../src/integrity/manifest/manifest.js';
import { zip, tar } from '../support/archives.js';
import { awsEnvironment } from '../support/athena/aws-environment.js';
import { emptyFolder, hunt, type Run } from '../support/run-hunt.js';
import { BUCKET, startS3 } from '../support/s3/server.js';

const RULE = `AnalysisType: rule
RuleID: Test.Groups
Enabled: true
LogTypes: [AWS.CloudTrail]
Severity: Low
Detection:
  - KeyPath: eventName
    Condition: Equals
    Value: DeleteSecurityGroup
  - KeyPath: userIdentity.type
    Condition: IsIn
    Values: [IAMUser]
`;
const CONFIG = 'rule: rule.yml\noutputs: [out/changes.csv, out/report.json]\n';

function event(day: number, id: string): object {
  return {
    eventVersion: '1.08',
    eventID: id,
    eventName: 'DeleteSecurityGroup',
    eventSource: 'ec2.amazonaws.com',
    eventTime: `2026-01-1${day}T08:00:00Z`,
    recipientAccountId: '111122223333',
    awsRegion: 'eu-west-1',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::111122223333:user/ann', userName: 'ann' },
  };
}

const log = (...events: readonly object[]): Buffer => gzipSync(JSON.stringify({ Records: events }));

/** A folder in which a hunt was made and signed. Each test changes a copy of it. */
const made = emptyFolder();
const keys = generateKeyPairSync('ed25519');

beforeAll(async () => {
  const write = (name: string, content: string | Buffer): void =>
    writeFileSync(join(made, name), content);
  for (const folder of ['logs', 'out']) mkdirSync(join(made, folder));
  write('rule.yml', RULE);
  write('hunt.yml', CONFIG);
  write('key.pem', keys.privateKey.export({ type: 'pkcs8', format: 'pem' }));
  write('public.pem', keys.publicKey.export({ type: 'spki', format: 'pem' }));
  write('logs/one.json.gz', log(event(1, 'a'), event(2, 'b')));
  write('logs/two.json.gz', log(event(3, 'c')));
  write('logs/cut.json.gz', log(event(4, 'd'), event(5, 'e')).subarray(0, -9));
  write('logs/all.zip', await zip([['x.json', JSON.stringify(event(6, 'f'))]]));
  write(
    'logs/all.tar',
    Buffer.concat([await tar([['y.json', JSON.stringify(event(7, 'g'))]]), Buffer.alloc(4096)]),
  );
  write('logs/notes.txt', 'nothing of interest');
  const run = await hunt(
    ['./logs', '--sign', 'key.pem', '--since', '2026-01-01', '--until', '2026-02-01'],
    {
      cwd: made,
    },
  );
  expect(run.stderr).toContain('wrote out/changes.manifest.json');
  expect(run.code).toBe(3);
});

function copy(): string {
  const folder = emptyFolder();
  cpSync(made, folder, { recursive: true });
  return folder;
}

function manifestIn(folder: string): Manifest {
  return JSON.parse(readFileSync(join(folder, 'out/changes.manifest.json'), 'utf8')) as Manifest;
}

interface Proven {
  readonly code: number | null;
  /** The answers by the names of the checks. */
  readonly answers: Readonly<Record<string, string>>;
  readonly details: readonly string[];
}

async function prove(folder: string, ...args: readonly string[]): Promise<Proven> {
  const run: Run = await hunt(
    ['prove', 'out/changes.manifest.json', '--public-key', 'public.pem', '-f', 'json', ...args],
    { cwd: folder },
  );
  if (run.stdout === '') throw new Error(run.stderr);
  const { checks } = JSON.parse(run.stdout) as {
    checks: { name: string; answer: string; details: string[] }[];
  };
  const answers = Object.fromEntries(checks.map(({ name, answer }) => [name, answer]));
  return { code: run.code, answers, details: checks.flatMap(({ details }) => details) };
}

describe('hunt prove', () => {
  test('proves what nobody changed, with the logs where they were or elsewhere', async () => {
    const folder = copy();
    const { code, answers, details } = await prove(folder);
    expect(details).toEqual([]);
    expect(Object.values(answers).filter((answer) => answer !== 'none')).toEqual(
      Array.from({ length: 8 }, () => 'yes'),
    );
    expect(code).toBe(0);
    const elsewhere = emptyFolder();
    cpSync(join(folder, 'logs'), elsewhere, { recursive: true });
    rmSync(join(folder, 'logs'), { recursive: true });
    expect((await prove(folder, elsewhere)).code).toBe(0);
    // Without them, the other lines are still told.
    const without = await prove(folder);
    expect(without.answers).toMatchObject({ outputs: 'yes', inputs: 'unknown' });
    expect(without.code).toBe(2);
    expect((await prove(folder, '--no-hunt')).code).toBe(0);
  });

  test('says proven only of a signed manifest whose logs were read', async () => {
    const folder = copy();
    const last = async (...args: readonly string[]): Promise<unknown> => {
      const run = await hunt(['prove', ...args], { cwd: folder });
      const json = await hunt(['prove', ...args, '-f', 'json'], { cwd: folder });
      const { isProven } = JSON.parse(json.stdout) as { isProven: boolean };
      return [run.stdout.trim().split('\n').at(-1), isProven, run.code];
    };
    const signed = ['out/changes.manifest.json', '--public-key', 'public.pem'];
    expect(await last(...signed)).toEqual(['Proven: nothing differs.', true, 0]);
    expect(await last(...signed, '--no-hunt')).toEqual([
      'Nothing differs. Not proven: the logs were not read.',
      false,
      0,
    ]);
    await hunt(['./logs', '--manifest', '--force', '--output', 'own.csv'], { cwd: folder });
    expect(await last('own.manifest.json')).toEqual([
      'Nothing differs. Not proven: the manifest is not signed.',
      false,
      0,
    ]);
  });

  test('finds each changed file', async () => {
    const folder = copy();
    appendFileSync(join(folder, 'out/changes.csv'), '\n');
    rmSync(join(folder, 'out/report.json'));
    appendFileSync(join(folder, 'rule.yml'), '# more\n');
    appendFileSync(join(folder, 'hunt.yml'), '# more\n');
    const { code, answers, details } = await prove(folder, '--no-hunt');
    expect(answers).toMatchObject({
      outputs: 'no',
      rules: 'no',
      'hunt.yml': 'no',
      signature: 'yes',
    });
    expect(details).toEqual([
      'altered: changes.csv',
      'missing: report.json',
      'altered: rule.yml',
      'altered: hunt.yml',
    ]);
    expect(code).toBe(1);
  });

  test('finds logs that are altered, missing or new, and findings that are others', async () => {
    const folder = copy();
    writeFileSync(join(folder, 'logs/one.json.gz'), log(event(1, 'a')));
    rmSync(join(folder, 'logs/two.json.gz'));
    writeFileSync(join(folder, 'logs/new.json.gz'), log(event(8, 'h')));
    const { code, answers, details } = await prove(folder);
    expect(answers).toMatchObject({
      inputs: 'no',
      'no further inputs': 'no',
      'hunted again': 'no',
      'list of inputs': 'yes',
    });
    expect(details).toEqual([
      'altered: ./logs/one.json.gz',
      'missing: ./logs/two.json.gz',
      'not in the list: ./logs/new.json.gz',
      expect.stringMatching(/^no longer found: event [bc]$/),
      expect.stringMatching(/^no longer found: event [bc]$/),
    ]);
    expect(code).toBe(1);
  });

  test('finds a changed manifest, a changed list, and a signature that is not there', async () => {
    const folder = copy();
    const file = join(folder, 'out/changes.manifest.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"eventID": "a"', '"eventID": "z"'));
    appendFileSync(
      join(folder, 'out/changes.inputs.ndjson'),
      '{"sha256":null,"size":1,"path":"x"}\n',
    );
    const changed = await prove(folder, '--no-hunt');
    expect(changed.answers).toMatchObject({
      signature: 'no',
      'list of inputs': 'no',
      outputs: 'yes',
    });
    rmSync(join(folder, 'out/changes.manifest.sig'));
    expect((await prove(folder, '--no-hunt')).answers).toMatchObject({ signature: 'no' });
  });

  test('reads nothing that a manifest names elsewhere', async () => {
    const folder = join(emptyFolder(), 'case');
    cpSync(made, folder, { recursive: true });
    writeFileSync(join(folder, '../secret.yml'), 'password: hunter2\n');
    const manifest = manifestIn(folder);
    const file = { path: '../../secret.yml', bytes: 1, sha256: 'a'.repeat(64) };
    const hostile = {
      ...manifest,
      outputs: [file, { ...file, path: '../../not-there' }, { ...file, path: '..//../\u001b[2J' }],
      rules: [
        { ...file, path: '../secret.yml' },
        { ...file, path: 'hunt:../../package.json' },
      ],
      command: ['./logs', '--rule', '../secret.yml'],
      config: null,
      source: { ...manifest.source, paths: ['/etc'] },
    };
    writeFileSync(join(folder, 'out/changes.manifest.json'), JSON.stringify(hostile));
    const { code, answers } = await prove(folder);
    expect(answers).toMatchObject({ outputs: 'unknown', rules: 'no', inputs: 'unknown' });
    expect(code).toBe(1);
    const named = await hunt(['prove', 'out/changes.manifest.json', 'logs'], { cwd: folder });
    expect(named.stdout).toContain('the rules in ../secret.yml are not there, or lie elsewhere');
    expect(named.stdout + named.stderr).not.toMatch(/hunter2|\u001b/);
  });

  test('does not say whether a file is there that a list names elsewhere', async () => {
    const folder = join(emptyFolder(), 'case');
    cpSync(made, folder, { recursive: true });
    writeFileSync(join(folder, '../secret.yml'), 'password: hunter2\n');
    const paths = ['/etc/passwd', '../secret.yml', './logs/../../secret.yml'];
    appendFileSync(
      join(folder, 'out/changes.inputs.ndjson'),
      paths.map((path) => `${JSON.stringify({ sha256: null, size: 1, path })}\n`).join(''),
    );
    const { details } = await prove(folder);
    expect(details).toEqual(paths.map((path) => `missing: ${path}`));
  });

  test('says what is wrong with a file that is no manifest', async () => {
    const folder = emptyFolder();
    const damaged: readonly (readonly [string, string])[] = [
      ['', 'it is empty'],
      ['{"schema":"hunt-report/1"}', 'it is no manifest of hunt'],
      ['{"schema":"hunt-manifest/2"}', 'another version of hunt'],
      [JSON.stringify({ ...manifestIn(made), window: 7 }), 'window is not what it must be'],
    ];
    for (const [text, reason] of damaged) {
      writeFileSync(join(folder, 'm.json'), text);
      const run = await hunt(['prove', 'm.json'], { cwd: folder });
      expect(run.stderr).toContain(reason);
      expect(run.code).toBe(2);
    }
  });
});

describe('a manifest', () => {
  test('has the hash of every log, as it is stored, and can be checked without hunt', () => {
    const lines = readFileSync(join(made, 'out/changes.inputs.ndjson'), 'utf8').trim().split('\n');
    const listed = Object.fromEntries(
      lines.map((line) => {
        const { path, size, sha256 } = JSON.parse(line) as Record<string, unknown>;
        return [String(path), { size, sha256 }];
      }),
    );
    const logs = readdirSync(join(made, 'logs')).filter((name) => name !== 'notes.txt');
    const expected = logs.map((name) => {
      const file = join(made, 'logs', name);
      const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
      return [`./logs/${name}`, { size: statSync(file).size, sha256 }] as const;
    });
    expect(listed).toEqual(Object.fromEntries(expected));
    // As `openssl pkeyutl -verify -rawin` does.
    const bytes = readFileSync(join(made, 'out/changes.manifest.json'));
    const signature = readFileSync(join(made, 'out/changes.manifest.sig'));
    const key = createPublicKey(readFileSync(join(made, 'public.pem')));
    expect(verify(undefined, bytes, key, signature)).toBe(true);
  });

  test('is the same for the same hunt, and is never written over a log', async () => {
    const folder = copy();
    const before = readFileSync(join(folder, 'out/changes.manifest.json'), 'utf8');
    const args = ['./logs', '--sign', 'key.pem', '--since', '2026-01-01', '--until', '2026-02-01'];
    const refused = await hunt(args, { cwd: folder });
    expect(refused.code).toBe(2);
    await hunt([...args, '--force'], { cwd: folder });
    const after = readFileSync(join(folder, 'out/changes.manifest.json'), 'utf8');
    expect(after.replace(/,\s*"--force"/, '')).toBe(before);
    writeFileSync(join(folder, 'logs/two.manifest.json'), '{"Records":[]}');
    const run = await hunt(['./logs', '--manifest', '-o', 'logs/two.csv', '--force'], {
      cwd: folder,
    });
    expect(run.stderr).toContain('evidence would be lost');
  });

  test('has the same hashes of logs in S3', async () => {
    const logs = ['one.json.gz', 'two.json.gz', 'cut.json.gz', 'all.tar'];
    const objects = Object.fromEntries(
      logs.map((name) => [`logs/${name}`, readFileSync(join(made, 'logs', name))]),
    );
    const server = await startS3({ objects });
    onTestFinished(() => server.close());
    const cwd = emptyFolder();
    const args = [`s3://${BUCKET}/logs`, '--manifest', '-o', 'a.csv', '--endpoint', server.url];
    await hunt(args, { cwd, environment: awsEnvironment() });
    const hashesIn = (file: string): readonly string[] =>
      readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => logs.some((name) => line.includes(name)))
        .map((line) => line.slice(0, 80));
    expect(hashesIn(join(cwd, 'a.inputs.ndjson'))).toEqual(
      hashesIn(join(made, 'out/changes.inputs.ndjson')),
    );
  });
});

describe('hunt prove, over the runs of a schedule', () => {
  const runs = emptyFolder();
  const manifestOf = (day: number): string => `reports/2026-01-1${day}/changes.manifest.json`;

  beforeAll(async () => {
    mkdirSync(join(runs, 'logs'));
    const write = (name: string, content: string | Buffer): void =>
      writeFileSync(join(runs, name), content);
    write('rule.yml', RULE);
    write(
      'hunt.yml',
      'paths: [logs]\nreports:\n  daily: { rules: [rule.yml], period: day, outputs: ["reports/{period}/changes.csv"] }\n',
    );
    const until = (day: number): Promise<Run> =>
      hunt(['report', 'daily', '--first', '2026-01-11', '--now', `2026-01-1${day}T01:00:00Z`], {
        cwd: runs,
      });
    write('logs/1.json.gz', log(event(1, 'a'), event(1, 'b')));
    await until(3);
    // It came late, with one event that was told before.
    write('logs/late.json.gz', log(event(1, 'late'), event(1, 'b')));
    write('logs/3.json.gz', log(event(3, 'c')));
    await until(5);
  });

  async function chainOf(
    day: number,
    change: (folder: string) => void,
  ): Promise<readonly string[]> {
    const folder = emptyFolder();
    cpSync(runs, folder, { recursive: true });
    change(folder);
    const { stdout } = await hunt(['prove', manifestOf(day), '--no-hunt', '-f', 'json'], {
      cwd: folder,
    });
    const { checks } = JSON.parse(stdout) as { checks: { name: string; details: string[] }[] };
    return checks.find(({ name }) => name === 'chain')?.details ?? ['no chain'];
  }

  test('proves the findings of the period and those that came late', async () => {
    const { stdout, code } = await hunt(['prove', manifestOf(3)], { cwd: runs });
    expect(stdout).toMatch(/^yes {2}hunted again +the same 1 finding$/m);
    expect(stdout).toMatch(/^yes {2}late, hunted again +the same 1 finding of earlier periods$/m);
    expect(stdout).toMatch(/^yes {2}chain +2 earlier runs in reports/m);
    expect(code).toBe(0);
  });

  test('refuses a manifest that has late findings without a search for them, or the search without them', async () => {
    const text = readFileSync(join(runs, manifestOf(3)), 'utf8');
    const folder = emptyFolder();
    const file = join(folder, 'changed.manifest.json');
    for (const change of [{ run: null }, { late: null }]) {
      writeFileSync(file, JSON.stringify({ ...(JSON.parse(text) as Manifest), ...change }));
      const { stderr, code } = await hunt(['prove', file], { cwd: folder });
      expect(stderr).toContain('it is damaged: late is not what it must be');
      expect(code).toBe(2);
    }
  });

  test('refuses a manifest without late findings and lookback if the list of inputs has files of the search', async () => {
    const folder = emptyFolder();
    cpSync(runs, folder, { recursive: true });
    const file = join(folder, manifestOf(3));
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    const proved = () => hunt(['prove', manifestOf(3), '--no-hunt'], { cwd: folder });
    writeFileSync(
      file,
      JSON.stringify({ ...manifest, late: null, run: { ...manifest.run, lookback: null } }),
    );
    const { stderr, code } = await proved();
    expect(stderr).toContain('it is damaged: late is not what it must be');
    expect(code).toBe(2);
    // Another list says nothing of the search.
    appendFileSync(join(dirname(file), manifest.inputs?.list.path ?? ''), '\n');
    const other = await proved();
    expect(other.stdout).toMatch(/^NO +list of inputs +\S+ is not as it was$/m);
    expect(other.code).toBe(1);
  });

  test('finds a removed run, a changed manifest, and a changed number', async () => {
    const remove = (folder: string, day: number): void =>
      rmSync(join(folder, dirname(manifestOf(day))), { recursive: true });
    const edit = (folder: string, day: number, from: string, to: string): void => {
      const file = join(folder, manifestOf(day));
      writeFileSync(file, readFileSync(file, 'utf8').replace(from, to));
    };
    expect(await chainOf(4, () => undefined)).toEqual([]);
    expect(await chainOf(4, (folder) => remove(folder, 2))).toEqual(['removed: run 2']);
    expect(await chainOf(3, (folder) => remove(folder, 4))).toEqual([
      'removed: run 4, the last that the checkpoint knows',
    ]);
    const number = (folder: string): void => edit(folder, 2, '"number": 2', '"number": 1');
    expect(await chainOf(4, number)).toEqual(['removed: run 2']);
    const text = (folder: string): void => edit(folder, 2, '"now": "', '"now": "x');
    expect(await chainOf(4, text)).toEqual([
      `changed: ${manifestOf(2)} is not the manifest of run 2 that run 3 recorded`,
    ]);
    expect(await chainOf(2, text)).toEqual([
      'changed: this manifest is not the one that run 3 recorded',
    ]);
  });
});
