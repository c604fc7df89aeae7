/** `hunt [PATH…]` as a person or a scheduler runs it. */
import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { openedGroup, type ListedReport } from '../support/hunt-events.js';
import { ruleText } from '../support/rules.js';
import { emptyFolder, hunt, huntProcess, ROOT, SAMPLE } from '../support/run-hunt.js';

const validate = new Ajv({ allErrors: true }).compile(
  JSON.parse(readFileSync(join(ROOT, 'data/hunt-report-1.schema.json'), 'utf8')),
);

async function reportOf(args: readonly string[], cwd?: string): Promise<ListedReport> {
  const { stdout } = await hunt([...args, '--format', 'json'], cwd === undefined ? {} : { cwd });
  const report = JSON.parse(stdout) as ListedReport;
  expect(validate(report), JSON.stringify(validate.errors)).toBe(true);
  return report;
}

function folderWith(files: Readonly<Record<string, string | Buffer>>): string {
  const folder = emptyFolder();
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

const event = JSON.stringify(openedGroup());

describe('the sample', () => {
  test('gives its findings as a table', async () => {
    const { code, stdout, stderr } = await hunt([SAMPLE]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('23 changes');
    expect(stdout).toContain('opened tcp 22 to everyone (0.0.0.0/0) on sg-0a1b2c3d4e5f60718');
  });

  test('says in its README what is a finding', async () => {
    const readme = readFileSync(join(SAMPLE, 'README.md'), 'utf8');
    const cases = [...readme.matchAll(/^\| .*? \| (yes|no) +\| .*?`([0-9a-fx-]{36})`/gm)];
    const expected = cases.filter(([, yes]) => yes === 'yes').map(([, , id]) => id);
    const report = await reportOf([SAMPLE]);
    const found = report.findings.map(({ eventID }) => eventID);
    expect(found.toSorted()).toEqual(expected.toSorted());
    expect(expected).toHaveLength(23);
  });

  test('gives the same bytes whatever the order of its paths', async () => {
    const accounts = join(SAMPLE, 'AWSLogs');
    const paths = readdirSync(accounts).map((name) => join(accounts, name));
    const [one, other] = await Promise.all(
      [paths, paths.toReversed()].map((order) => hunt([...order, '--format', 'csv'])),
    );
    expect(one?.stdout).toBe(other?.stdout);
    expect(parse(one?.stdout ?? '', { columns: true })).toHaveLength(23);
  });
});

describe('exit codes', () => {
  const log = folderWith({ 'log.json': event });
  test.each<[string, readonly string[], number, string]>([
    ['complete', [log], 0, ''],
    ['findings, with --fail-on-findings', [log, '--fail-on-findings'], 1, ''],
    [
      'no findings, with --fail-on-findings',
      [
        log,
        '--fail-on-findings',
        '--since',
        '2026-01-14',
        '--until',
        '2026-01-15',
        '--ip',
        '192.0.2.1',
      ],
      0,
      '',
    ],
    ['no record', [emptyFolder()], 3, 'exit code 3: no CloudTrail record was read'],
    ['no log', [folderWith({ 'notes.txt': 'a' })], 3, 'exit code 3: no CloudTrail record was read'],
    [
      'no record in the window, which outranks findings',
      [log, '--fail-on-findings', '--until', '2020-01-01'],
      3,
      'exit code 3: no record lies in the window: the logs run from 2026-01-14T09:30:00.000Z',
    ],
    [
      'a configured account without a record, which outranks findings',
      [log, '--fail-on-findings', '--set', 'PROD_ACCOUNT_IDS=112233445566,123456789012'],
      3,
      'exit code 3: 123456789012 in PROD_ACCOUNT_IDS has no record in the window',
    ],
    [
      'no configured account with a record',
      [log, '--fail-on-findings', '--set', 'PROD_ACCOUNT_IDS=123456789012'],
      3,
      '123456789012',
    ],
    [
      'an account of a filter without a record',
      [log, '--account', '123456789012', '--set', 'PROD_ACCOUNT_IDS=any'],
      3,
      '123456789012',
    ],
    ['no record, which is allowed', [emptyFolder(), '--allow-empty'], 0, ''],
    [
      'findings, and an account without a record, which is allowed',
      [
        log,
        '--fail-on-findings',
        '--allow-empty',
        '--set',
        'PROD_ACCOUNT_IDS=112233445566,123456789012',
      ],
      1,
      '',
    ],
    ['no such path', [join(log, 'nothing')], 2, 'no such file or folder'],
    ['no such option', [log, '--sinc', '30d'], 2, "unknown option '--sinc'"],
    ['no time', [log, '--since', 'yesterday'], 2, '--since "yesterday" is not a time'],
    ['no day', [log, '--since', '2026-02-30'], 2, '--since "2026-02-30" is not a time'],
    [
      'an empty window',
      [log, '--since', '2026-02-02', '--until', '2026-02-01'],
      2,
      'the window is empty',
    ],
    ['no duration', [log, '--late', 'soon'], 2, '--late "soon" is not a duration'],
    [
      'no such rule',
      [log, '--rule', 'AWS.EC2.ManualSecurityGroupChanges'],
      2,
      'Did you mean "AWS.EC2.ManualSecurityGroupChange"?',
    ],
    [
      'no such parameter',
      [log, '--set', 'PROD_ACCOUNT_ID=1'],
      2,
      'Did you mean "PROD_ACCOUNT_IDS"?',
    ],
    ['no value', [log, '--set', 'PROD_ACCOUNT_IDS'], 2, 'is not NAME=VALUE'],
    [
      'a parameter set twice',
      [log, '--set', 'PROD_ACCOUNT_IDS=1', '--set', 'PROD_ACCOUNT_IDS=2'],
      2,
      'given twice',
    ],
    ['any in an exclusion', [log, '--set', 'ALLOWED_ROLE_NAMES=any'], 2, 'would hide every event'],
    ['no such format', [log, '--format', 'xml'], 2, 'xml'],
    ['an ending that says no format', [log, '--output', 'report.xml'], 2, 'ending'],
    ['queries to print, over logs', [log, '--dry-run'], 2, '--dry-run is for a table'],
    [
      'options of logs, over a table',
      ['--athena', 'a.b', '--no-prune', '--jobs', '2', '--no-prefilter', '--max-unpacked', '1GB'],
      2,
      '--jobs, --no-prune, --no-prefilter, --max-unpacked are for logs, and without meaning for a table',
    ],
    [
      'queries to print and to continue, over logs',
      [log, '--dry-run', '--resume'],
      2,
      '--dry-run, --resume are for a table',
    ],
    ['queries to continue, over logs', [log, '--resume'], 2, '--resume is for a table'],
    ['no such configuration', [log, '--config', 'none.yml'], 2, 'cannot read none.yml'],
  ])('%s', async (_name, args, expected, message) => {
    const { code, stderr } = await hunt(args);
    expect(code).toBe(expected);
    expect(stderr).toContain(message);
    // One sentence, and the line of the rule that it is about with a mark below.
    const lines = stderr.trimEnd().split('\n');
    expect(lines.length === 1 || (lines.length === 3 && /^ +\d+ \| /.test(lines[1] ?? ''))).toBe(
      true,
    );
    expect(stderr).not.toContain('    at ');
  });

  test.each([
    ['complete', [SAMPLE], 0],
    ['findings', [log, '--fail-on-findings', '--quiet'], 1],
    ['no such path', [join(log, 'nothing')], 2],
    ['lost evidence', [emptyFolder(), '--format', 'csv'], 3],
  ])('are those of the process, which prints the same: %s', async (_name, args, code) => {
    const run = await huntProcess(args);
    expect(run.code).toBe(code);
    expect(run).toEqual(await hunt(args));
  });

  test('hunt without a path prints examples and fails', async () => {
    const { code, stdout, stderr } = await hunt([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('nothing to hunt');
    expect(stderr).toContain('hunt ./logs --since 30d');
  });

  test('--debug prints the code and the stack of an error', async () => {
    for (const [args, code] of [
      [['nothing'], 'PATH'],
      [['--sinc'], 'USAGE'],
      [['explain', 'nothing'], 'RULE'],
    ] as const) {
      const { stderr } = await hunt([...args, '--debug']);
      expect(stderr).toContain(`hunt: [${code}] `);
      expect(stderr).toContain('    at ');
    }
  });

  test('a wrong option names the help of its command', async () => {
    expect((await hunt(['--sinc'])).stderr).toMatch(/^hunt: unknown option .*; see hunt --help\n$/);
    expect((await hunt(['rules', 'more'])).stderr).toMatch(/; see hunt rules --help\n$/);
  });
});

describe('lost evidence', () => {
  test('is named, and everything else is hunted', async () => {
    const gz = gzipSync(JSON.stringify({ Records: [openedGroup()] }));
    const folder = folderWith({
      'a/good.json.gz': gz,
      'a/._good.json.gz': 'Mac OS X',
      'a/cut.json.gz': gz.subarray(0, gz.length - 20),
      'a/lines.jsonl': `${event}\n{"eventName": "Create\n${JSON.stringify(openedGroup({ eventID: '2' }))}\n`,
      'a/empty.json': '',
      'a/binary.log': Buffer.from([0, 1, 2, 3, 255]),
      'a/records.json': '{"Records": 7}',
      'a/none.json': '{"Records": []}',
      'a/notes.txt': 'not a log',
      'a/marker': '',
    });
    symlinkSync(join(folder, 'gone'), join(folder, 'a/link.json'));
    const { code, stdout, stderr } = await hunt(['a', '--format', 'json'], { cwd: folder });
    expect(code).toBe(3);
    const report = JSON.parse(stdout) as ListedReport;
    expect(validate(report)).toBe(true);
    expect(report.files.unreadable.map(({ path }) => path)).toEqual([
      'a/binary.log',
      'a/cut.json.gz',
      'a/empty.json',
      'a/lines.jsonl',
      'a/link.json',
      'a/records.json',
    ]);
    for (const { path } of report.files.unreadable) expect(stderr).toContain(path);
    expect(report.findings.map(({ eventID }) => eventID)).toEqual([
      '00000000-0000-4000-8000-000000000001',
      '2',
    ]);
  });

  test('outranks findings', async () => {
    const folder = folderWith({ 'a.json': event, 'b.json': '' });
    expect((await hunt([folder, '--fail-on-findings'])).code).toBe(3);
  });
});

describe('reports', () => {
  const log = folderWith({ 'log.json': event });

  test('are written to files in the formats of their endings, and overwrite only with --force', async () => {
    const cwd = emptyFolder();
    const files = ['a.csv', 'a.json', 'a.ndjson', 'a.txt'];
    const args = [log, ...files.flatMap((file) => ['--output', file])];
    const first = await hunt(args, { cwd });
    expect(first).toMatchObject({ code: 0, stdout: '' });
    expect(first.stderr).toContain('hunt: wrote a.csv (1 finding)');
    expect(readdirSync(cwd).toSorted()).toEqual(files);
    expect(validate(JSON.parse(readFileSync(join(cwd, 'a.json'), 'utf8')))).toBe(true);
    const second = await hunt(args, { cwd });
    expect(second.code).toBe(2);
    expect(second.stderr).toContain('--force');
    expect((await hunt([...args, '--force'], { cwd })).code).toBe(0);
  });

  test('CSV begins with the documented columns', async () => {
    const { stdout } = await hunt([log, '--format', 'csv']);
    expect(stdout).toMatch(/^time,result,change,who,how,account,region,resource,/);
  });

  test('a workbook is written whole, and the same each time', async () => {
    const cwd = emptyFolder();
    for (const name of ['a.xlsx', 'b.xlsx'])
      expect((await hunt([log, '--output', name], { cwd })).code).toBe(0);
    const [one, other] = ['a.xlsx', 'b.xlsx'].map((name) => readFileSync(join(cwd, name)));
    expect(one?.toString('latin1')).toMatch(/^PK[^]*xl\/workbook\.xml/);
    expect(one).toEqual(other);
  });

  test('--quiet prints only the report, and why a report without findings proves nothing', async () => {
    const args = ['--quiet', '--format', 'ndjson', '--set'];
    const any = await hunt([log, ...args, 'PROD_ACCOUNT_IDS=any', '--ip', '192.0.2.1']);
    expect(any).toEqual({ code: 0, stdout: '', stderr: '' });
    const silent = await hunt([log, ...args, 'PROD_ACCOUNT_IDS=123456789012']);
    expect(silent).toMatchObject({ code: 3, stdout: '' });
    expect(silent.stderr).toMatch(/^hunt: exit code 3: .*123456789012.*\n$/);
  });

  test('standard input is a path', async () => {
    const { code, stdout } = await hunt(['-', '--format', 'csv'], { stdin: gzipSync(event) });
    expect(code).toBe(0);
    expect(parse(stdout, { columns: true })).toMatchObject([{ source: '-' }]);
  });
});

describe('hunt.yml', () => {
  const config = `paths: [logs]
parameters:
  PROD_ACCOUNT_IDS: [112233445566]
outputs: [found.csv]
`;

  test('names what hunt does without a path, is announced and recorded', async () => {
    const cwd = folderWith({ 'hunt.yml': config, 'logs/a.json': event });
    const { code, stderr } = await hunt(['--since', '2026-01-01', '--output', 'r.json'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('hunt: using hunt.yml');
    const report = JSON.parse(readFileSync(join(cwd, 'r.json'), 'utf8')) as ListedReport;
    expect(report.source.config).toEqual({
      path: 'hunt.yml',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      accounts: [],
    });
    expect(report.sections[0]?.rule.parameters[0]).toEqual({
      name: 'PROD_ACCOUNT_IDS',
      values: ['112233445566'],
      source: 'config',
    });
    expect((await hunt([], { cwd })).code).toBe(0);
    expect(readdirSync(cwd)).toContain('found.csv');
  });

  test('inside a hunted path is evidence, not a configuration', async () => {
    const cwd = folderWith({
      'hunt.yml': 'parameters: { PROD_ACCOUNT_IDS: [] }\n',
      'a.json': event,
    });
    const report = await reportOf(['.'], cwd);
    expect(report.warnings.map(({ code }) => code)).toContain('CONFIG_IGNORED');
    expect(report.source.config).toBeNull();
    expect(report.findings).toHaveLength(1);
  });

  test('in a hunted folder whose name begins with dots is evidence too', async () => {
    const root = folderWith({ '..x/hunt.yml': 'parameters: {}\n', '..x/a.json': event });
    const report = await reportOf([root], join(root, '..x'));
    expect(report.warnings.map(({ code }) => code)).toContain('CONFIG_IGNORED');
  });

  test('may set parameters of other rules, but none that no rule has', async () => {
    const rule = ruleText('  - { KeyPath: eventName, Condition: Exists }');
    const cwd = folderWith({ 'hunt.yml': config, 'logs/a.json': event, 'rule.yml': rule });
    expect((await hunt(['--rule', 'rule.yml', '--output', 'r.csv'], { cwd })).code).toBe(0);
    const wrong = folderWith({ 'hunt.yml': config.replace('IDS', 'IDZ'), 'logs/a.json': event });
    const { code, stderr } = await hunt([], { cwd: wrong });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('the configuration sets the parameter'),
    });
  });

  test('is named where one of its values is wrong', async () => {
    const cwd = folderWith({ 'hunt.yml': 'paths: [logs]\nsince: soon\n', 'logs/a.json': event });
    expect((await hunt([], { cwd })).stderr).toContain(
      'hunt: hunt.yml: since "soon" is not a time',
    );
    expect((await hunt(['--since', 'x'], { cwd })).stderr).toContain('--since "x" is not a time');
  });

  test('with a mistake is an error that names its line', async () => {
    const cwd = folderWith({ 'hunt.yml': 'paths: [logs]\nparametres: {}\n', 'logs/a.json': event });
    const { code, stderr } = await hunt([], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain(
      'hunt.yml:2:1: hunt.yml has an unknown key "parametres". Did you mean "parameters"?',
    );
  });
});

test('SIGINT leaves no file behind', async () => {
  const cwd = emptyFolder();
  const scratch = emptyFolder();
  const run = await huntProcess(['-', '--output', 'r.json'], {
    cwd,
    // What it may leave behind is there.
    interruptWhen: () => readdirSync(scratch).length > 0,
    environment: { TMPDIR: scratch },
  });
  expect(run.code).toBe(130);
  expect(readdirSync(cwd)).toEqual([]);
  expect(readdirSync(scratch)).toEqual([]);
  expect(tmpdir()).not.toBe(scratch);
});

test('no log, path or rule can send control characters to the terminal', async () => {
  const escape = '\u001b]0;owned\u0007\u001b[2J';
  const folder = folderWith({
    'bad\u001b[2J.json': '{',
    'log.json': JSON.stringify(
      openedGroup({ userAgent: escape, sourceIPAddress: escape, eventID: escape }),
    ),
  });
  for (const format of ['table', 'csv', 'json', 'ndjson']) {
    const { stdout, stderr } = await hunt([folder, '--format', format]);
    expect(stdout + stderr).not.toContain('\u001b');
  }
  expect((await hunt([`no\u001b[2Jthing`])).stderr).not.toContain('\u001b');
});
