/** Names that differ only in blanks are names of different things, in what is compared and in what is shown. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Finding } from '../../src/report/finding.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';

/** How reports show each blank. The space is itself. */
const BLANKS: readonly (readonly [blank: string, shown: string])[] = [
  [' ', ' '],
  ['  ', '  '],
  ['\t', '\\u0009'],
  ['\n', '\\u000a'],
  ['\r\n', '\\u000d\\u000a'],
  ['\u0085', '\\u0085'],
  ['\u00a0', '\\u00a0'],
  ['\u2003', '\\u2003'],
  ['\u2028', '\\u2028'],
  ['\u3000', '\\u3000'],
];

const keyWith = (blank: string): string => `Q1${blank}report.csv`;

function setAcl(minute: number, key: string, acl: string): object {
  return {
    eventVersion: '1.08',
    eventID: `acl-${minute}`,
    eventTime: `2026-01-10T10:${String(minute).padStart(2, '0')}:00Z`,
    eventSource: 's3.amazonaws.com',
    eventName: 'PutObjectAcl',
    eventType: 'AwsApiCall',
    readOnly: false,
    awsRegion: 'us-east-1',
    recipientAccountId: '112233445566',
    sourceIPAddress: '203.0.113.9',
    userAgent: 'aws-cli/2.0',
    userIdentity: { type: 'IAMUser', arn: 'arn:aws:iam::112233445566:user/ann', userName: 'ann' },
    requestParameters: { bucketName: 'b', key, 'x-amz-acl': acl },
    responseElements: null,
  };
}

const RULES = ['--rule', 'AWS.S3.ManualAclChange', '--set', 'PROD_ACCOUNT_IDS=any'];

function folderWith(events: readonly object[]): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, 'a.json'), JSON.stringify({ Records: events }));
  return folder;
}

/** Each object opened, then the one with a single space closed. */
const folder = folderWith([
  ...BLANKS.map(([blank], minute) => setAcl(minute, keyWith(blank), 'public-read')),
  setAcl(BLANKS.length, keyWith(' '), 'private'),
]);

test('closing one thing ends nothing of another, and an exception for it accepts no other', async () => {
  const exceptions = join(emptyFolder(), 'exceptions.yml');
  const match = { resource: `b/${keyWith(' ')}` };
  const exception = { id: 'EX-1', reason: 'agreed', owner: 'ann', expires: '2027-01-01', match };
  writeFileSync(exceptions, JSON.stringify([exception]));
  const args = [folder, ...RULES, '--exceptions', exceptions, '-f', 'json'];
  const { stdout } = await hunt(args);
  const { findings } = JSON.parse(stdout) as { readonly findings: readonly Finding[] };
  const told = findings.map(({ change, states, disposition }) => [
    change?.resources[0]?.id,
    states[0]?.end ?? null,
    disposition?.status,
  ]);
  expect(told).toEqual([
    [`b/${keyWith(' ')}`, 'seen', 'accepted'],
    ...BLANKS.slice(1).map(([blank]) => [`b/${keyWith(blank)}`, 'not seen', 'new']),
    [`b/${keyWith(' ')}`, null, 'accepted'],
  ]);
  for (const [index, [blank]] of BLANKS.entries())
    expect(findings[index]?.change?.sentence).toContain(keyWith(blank));
});

test('every format shows which blanks a name has, on one line', async () => {
  const cwd = emptyFolder();
  const names = ['r.txt', 'r.md', 'r.html', 'r.csv'];
  await hunt([folder, ...RULES, ...names.flatMap((name) => ['-o', name])], { cwd });
  for (const name of names) {
    const text = readFileSync(join(cwd, name), 'utf8');
    for (const [, shown] of BLANKS)
      expect(text, `${name}: ${shown}`).toContain(`object b/${keyWith(shown)}: everyone may read`);
    // A page draws several spaces as one, unless its style sheet says otherwise.
    if (name === 'r.html') {
      expect(text).toMatch(/<bdi>[^<]*Q1 {2}report\.csv/);
      expect(text).toMatch(/\bbdi,code\{[^}]*white-space:pre-wrap/);
    }
  }
});
