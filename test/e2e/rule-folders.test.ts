/** A folder of rules as people have them: what can be used is hunted, and everything else is named or counted. */
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { openedGroup } from '../support/hunt-events.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

const USED = 'product: aws\n  service: cloudtrail';

function sigma(id: string, selection: string, logsource = USED): string {
  return `title: Rule ${id}
id: ${id}
logsource:
  ${logsource}
detection:
  selection:
    ${selection}
  condition: selection
`;
}

const GOOD = sigma('good', 'eventName: AuthorizeSecurityGroupIngress');

/** A folder with these files, and a log with one event. */
function folderOf(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = emptyFolder();
  for (const [name, content] of Object.entries({ 'rules/good.yml': GOOD, ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  writeFileSync(join(folder, 'log.json'), JSON.stringify({ Records: [openedGroup()] }));
  return folder;
}

async function huntFolder(cwd: string, ...more: readonly string[]) {
  const run = await hunt(['log.json', '--rules', 'rules', '--format', 'json', ...more], { cwd });
  const report = run.stdout === '' ? undefined : (JSON.parse(run.stdout) as Report);
  return { ...run, report };
}

const OTHERS: Readonly<Record<string, string>> = {
  'rules/azure.yml': sigma('azure', 'operationName: x', 'product: azure\n  service: activitylogs'),
  'rules/guardduty.yml': sigma('gd', 'type: x', 'product: aws\n  service: guardduty'),
  'rules/broken-azure.yml': 'title: a\nlogsource:\n  product: azure\ndetection: [\n',
  'rules/correlation.yml': 'title: c\ncorrelation:\n  type: event_count\n',
  'rules/python.yml':
    'AnalysisType: rule\nRuleID: P\nFilename: p.py\nSeverity: High\nLogTypes: [AWS.CloudTrail]\n',
  'rules/okta.yml':
    'AnalysisType: rule\nRuleID: O\nSeverity: High\nLogTypes: [Okta.SystemLog]\nDetection: []\n',
  'rules/policy.yml': 'AnalysisType: policy\nPolicyID: X\nFilename: x.py\n',
  'rules/pack.yml': 'AnalysisType: pack\nPackID: X\n',
  'rules/query.yaml': 'AnalysisType: saved_query\nQueryName: X\nQuery: SELECT 1\n',
  'rules/.github/workflows/ci.yml': 'on: push\njobs:\n  a:\n    steps: []\n',
  'rules/settings.yml': 'exclusions:\n  a: [x]\n  a: [y]\n',
  'rules/template.yml': 'a: 1\nargs: {{ template "title" . }}\nb: [\n',
  'rules/empty.yml': '# nothing\n',
  'rules/README.md': '# Rules\n',
  'rules/rule.json': '{"title": [',
};

test('documents about other things are counted, and the hunt is complete', async () => {
  const { code, report, stderr } = await huntFolder(folderOf(OTHERS));
  expect(report?.ruleFiles).toEqual({
    refused: [],
    skipped: [
      { reason: 'Panther packs', count: 1 },
      { reason: 'Panther policies', count: 1 },
      { reason: 'Panther queries', count: 1 },
      { reason: 'Python rules', count: 1 },
      { reason: 'Sigma correlations', count: 1 },
      { reason: 'file of broken YAML without a rule (rules/template.yml:3)', count: 1 },
      { reason: 'files that are no rules', count: 3 },
      { reason: 'rules about other logs', count: 4 },
    ],
  });
  expect(report?.sections.map(({ rule, findingCount }) => [rule.id, findingCount])).toEqual([
    ['good', 1],
  ]);
  expect(code).toBe(0);
  expect(stderr).not.toContain('could not be used');
});

const REFUSED: Readonly<
  Record<string, readonly [content: string | Uint8Array, at: string, reason: string]>
> = {
  'rules/a-yaml.yml': ['title: a\ndescription: one: two\n', '2:17', 'a colon in an unquoted text'],
  'rules/b-field.yml': [sigma('b', 'userAgnet: x'), '8:5', 'Did you mean "userAgent"?'],
  'rules/c-modifier.yml': [sigma('c', 'userAgent|expand: "%x%"'), '8:5', 'the modifier expand'],
  'rules/d-logsource.yml': ['title: d\ndetection:\n  a: { b: c }\n', '1:1', 'needs logsource'],
  'rules/e-latin1.yml': [Buffer.from('title: caf\xe9\n', 'latin1'), '1:1', 'not UTF-8'],
  'rules/f-native.yml': [
    'AnalysisType: rule\nRuleID: F\nSeverity: High\nLogTypes: [AWS.CloudTrail]\nDetection:\n  - { KeyPath: userAgnet, Condition: Exists }\n',
    '6:5',
    'the CloudTrail table has no field userAgnet',
  ],
  'rules/h-threshold.yml': [
    'AnalysisType: rule\nRuleID: H\nSeverity: High\nThreshold: 5\nLogTypes: [AWS.CloudTrail]\nDetection: []\n',
    '4:1',
    'Threshold: a hunt shows every event',
  ],
  'rules/i-count.yml': [
    sigma('i', 'eventName: x').replace(
      'condition: selection',
      'condition: selection | count() > 5',
    ),
    '9:24',
    'is an aggregation',
  ],
  'rules/j-bomb.yml': [
    `title: j\na: &a [x, x]\n${[
      'b',
      'c',
      'd',
      'e',
      'f',
      'g',
      'h',
      'i',
      'j',
      'k',
      'l',
      'm',
      'n',
      'o',
      'p',
      'q',
      'r',
    ]
      .map(
        (name, index) =>
          `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghijklmnopqr'[index]}`).join(', ')}]\n`,
      )
      .join('')}`,
    '',
    'too large or too deeply nested',
  ],
  'rules/k-large.yml': [
    `title: k\n${'# comment\n'.repeat(200_000)}`,
    '1:1',
    'too large for a rule',
  ],
  'rules/l-twice.yml': [
    sigma('l', 'eventName: x').replace('detection:', 'level: low\nlevel: high\ndetection:'),
    '',
    'the key "level" is there twice',
  ],
  'rules/zz-same.yml': [sigma('good', 'eventName: Other'), '1:1', 'has the same ID, good'],
};

test('rules with mistakes are all named, with their lines, and the others are hunted', async () => {
  const files = Object.fromEntries(
    Object.entries(REFUSED).map(([name, [content]]) => [name, content]),
  );
  const { code, report, stderr } = await huntFolder(folderOf(files));
  expect(code).toBe(3);
  expect(report?.sections.map(({ rule }) => rule.id)).toEqual(['good']);
  const refused = report?.ruleFiles.refused ?? [];
  expect(refused.map(({ file }) => file)).toEqual(Object.keys(REFUSED));
  for (const { file, line, column, reason } of refused) {
    const [, at = '', expected = ''] = REFUSED[file] ?? [];
    expect(reason).toContain(expected);
    if (at !== '') expect(`${file}:${line}:${column}`).toBe(`${file}:${at}`);
    expect(stderr).toContain(`${file}:${line}:${column}: ${reason}\n`);
  }
  expect(stderr).toContain('  8 |     userAgnet: x\n    |     ^\n');
  expect(stderr).toContain(
    'hunt: exit code 3: 12 rules could not be used: rules/a-yaml.yml:2:17: ',
  );
});

test('every format for people names them, and --quiet leaves the reason for the exit code', async () => {
  const cwd = folderOf({ 'rules/bad.yml': sigma('bad', 'userAgnet: x') });
  for (const format of ['table', 'markdown']) {
    const { stdout } = await hunt(['log.json', '--rules', 'rules', '--format', format], { cwd });
    expect(stdout.replaceAll('\\', '')).toContain('1 rule could not be used');
    expect(stdout.replaceAll('\\', '')).toContain('rules/bad.yml:8:5');
  }
  const quiet = await hunt(['log.json', '--rules', 'rules', '--quiet', '--format', 'csv'], { cwd });
  expect(quiet.code).toBe(3);
  expect(quiet.stderr.trim().split('\n')).toEqual([
    expect.stringContaining('hunt: exit code 3: 1 rule could not be used: rules/bad.yml:8:5: '),
  ]);
});

test('a rule that a person names must be right, and so must one of a folder', async () => {
  const cwd = folderOf({ 'rules/bad.yml': sigma('bad', 'userAgnet: x') });
  const named = await hunt(['log.json', '--rule', 'rules/bad.yml'], { cwd });
  expect(named.code).toBe(2);
  expect(named.stderr).toContain('hunt: rules/bad.yml:8:5: ');
  expect(named.stderr).toContain('  8 |     userAgnet: x\n    |     ^\n');
  const other = folderOf({
    'others/azure.yml': OTHERS['rules/azure.yml'] ?? '',
    'others/x.yml': 'title: [',
  });
  const none = await hunt(['log.json', '--rules', 'others'], { cwd: other });
  expect(none.code).toBe(2);
  expect(none.stderr).toContain(
    '--rules others: no rule that can be applied\nothers/x.yml:1:8: this [ is never closed',
  );
  const both = await hunt(['log.json', '--rules', 'rules', '--rule', 'rules/good.yml'], { cwd });
  expect(both.code).toBe(3);
});

test('a folder with links in circles, pipes and folders called like files is safe', async () => {
  const cwd = folderOf({ 'rules/dir.yml/inner.yml': sigma('inner', 'eventName: x') });
  symlinkSync('.', join(cwd, 'rules/circle'));
  symlinkSync('good.yml', join(cwd, 'rules/again.yml'));
  symlinkSync('self.yml', join(cwd, 'rules/self.yml'));
  symlinkSync('nowhere.yml', join(cwd, 'rules/lost.yml'));
  const { code, report } = await huntFolder(cwd);
  expect(report?.sections.map(({ rule }) => rule.id).toSorted()).toEqual(['good', 'inner']);
  expect(report?.ruleFiles.refused.map(({ file }) => file)).toEqual([
    'rules/lost.yml',
    'rules/self.yml',
  ]);
  expect(code).toBe(3);
});

describe('hunt rules', () => {
  test('refuses what a hunt refuses', async () => {
    const files = Object.fromEntries(
      Object.entries(REFUSED).map(([name, [content]]) => [name, content]),
    );
    const cwd = folderOf({ ...files, ...OTHERS });
    const { code, stdout, stderr } = await hunt(['rules', '--rules', 'rules'], { cwd });
    expect(code).toBe(3);
    expect(stdout).toMatch(/^good +Medium +Rule good\n$/);
    for (const file of Object.keys(REFUSED)) expect(stderr).toContain(`${file}:`);
    expect(stderr).toContain('4 rules about other logs');
    expect(stderr).toContain(
      '1 Panther pack, 1 Panther policy, 1 Panther query, 1 Python rule, 1 Sigma correlation',
    );
    const complete = await hunt(['rules', '--rules', 'rules'], { cwd: folderOf(OTHERS) });
    expect(complete.code).toBe(0);
  });
});

test('a rule in a folder that a named rule has already is not applied twice', async () => {
  const cwd = folderOf({ 'copy/good.yml': GOOD });
  const run = await hunt(['log.json', '--rules', 'rules', '--rules', 'copy', '--format', 'json'], {
    cwd,
  });
  const report = JSON.parse(run.stdout) as Report;
  expect(report.ruleFiles).toEqual({
    refused: [],
    skipped: [{ reason: 'repeated rules', count: 1 }],
  });
  expect(readFileSync(join(cwd, 'copy/good.yml'), 'utf8')).toBe(GOOD);
});
