/** Reports for an audit, as the command makes them. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import type { Report } from '../../src/report/report.js';
import { emptyFolder, hunt, ROOT, SAMPLE } from '../support/run-hunt.js';

const JANUARY = ['--now', '2026-02-01T00:00:00Z'];

function sha256(path: string): string {
  return createHash('sha256').update(readFileSync(path)).digest('hex');
}

test('a report of hunt.yml is for an audit where it says so', async () => {
  const cwd = emptyFolder();
  writeFileSync(
    join(cwd, 'hunt.yml'),
    `paths: [${JSON.stringify(SAMPLE)}]
accounts: { prod-web: "112233445566", prod-data: "111122223333" }
timeZone: europe/berlin
reports:
  monthly:
    rules: [AWS.EC2.ManualSecurityGroupChange]
    period: month
    outputs: ["{period}/audit.csv", "{period}/audit.md", "{period}/report.json"]
    fail: never
    for: audit
    controls: [SOC 2 CC8.1]
`,
  );
  await hunt(['report', 'monthly', ...JANUARY], { cwd });
  const read = (name: string): string => readFileSync(join(cwd, '2026-01', name), 'utf8');
  const { audit, sections, completeness } = JSON.parse(read('report.json')) as Report;
  expect(audit).toMatchObject({
    controls: ['SOC 2 CC8.1'],
    timeZone: 'Europe/Berlin',
    isEveryAccount: false,
    accounts: [
      { id: '112233445566', name: 'prod-web' },
      { id: '111122223333', name: 'prod-data', records: 0 },
    ],
    manifest: 'audit.manifest.json',
    signature: null,
  });
  expect(completeness.verdict).toBe('incomplete');
  expect(sections[0]?.rule.sha256).toBe(sha256('queries/manual-security-group-changes/rule.yml'));
  expect(read('audit.md')).toMatch(/^# Audit report of hunt: `monthly`, `2026-01`\n/);
  const rows = parse(read('audit.csv'), { columns: true }) as Record<string, string>[];
  expect(rows.length).toBeGreaterThan(10);
  for (const { file = '', fileSha256, whenUtc = '', whenLocal = '' } of rows) {
    expect(fileSha256).toBe(sha256(file));
    expect(Date.parse(whenLocal)).toBe(Date.parse(whenUtc));
    expect(whenLocal).toMatch(/\+01:00$/);
  }
});

test('--for audit makes any report one for an audit, and its options need it', async () => {
  const { stdout } = await hunt([SAMPLE, '--for', 'audit', '--control', 'ISO 27001 A.8.32']);
  expect(stdout).toMatch(/^Audit report of hunt\n {2}answers +ISO 27001 A\.8\.32\n/);
  expect(await hunt([SAMPLE, '--time-zone', 'Asia/Tokyo'])).toMatchObject({ code: 2 });
  const wrong = await hunt([SAMPLE, '--for', 'audit', '--time-zone', 'Europe/Berlni']);
  expect(wrong.stderr).toContain(
    '--time-zone "Europe/Berlni" is not a time zone. Did you mean "Europe/Berlin"?',
  );
});

test('the report in docs/audit.md is what is printed', async () => {
  const text = readFileSync(join(ROOT, 'docs/audit.md'), 'utf8');
  const [, block = ''] = /^```\n(Audit report of hunt[^]*?)\n```/m.exec(text) ?? [];
  const options = [
    '--since',
    '2026-01-12',
    '--until',
    '2026-01-19',
    '--time-zone',
    'Europe/Berlin',
  ];
  const accounts = ['--set', 'PROD_ACCOUNT_IDS=112233445566', '--control', 'SOC 2 CC8.1'];
  const { stdout } = await hunt(['data/sample', '--for', 'audit', ...options, ...accounts], {
    cwd: ROOT,
  });
  const printed = new Set(stdout.split('\n'));
  const lines = block.split('\n').filter((line) => line !== '  …');
  expect(lines.length).toBeGreaterThan(12);
  expect(lines.filter((line) => !printed.has(line))).toEqual([]);
});
