/** `expect` and `verify` of hunt.yml: what is expected of the logs and not there is lost evidence. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, hunt, type Run } from '../support/run-hunt.js';

const PROD = '111122223333';
const STAGING = '444455556666';
const record = (account: string, eventTime: string, awsRegion = 'eu-west-1'): object => ({
  eventID: `${account}-${eventTime}`,
  eventName: 'DescribeInstances',
  eventSource: 'ec2.amazonaws.com',
  eventVersion: '1.08',
  recipientAccountId: account,
  userIdentity: { type: 'IAMUser', accountId: account, userName: 'ann' },
  readOnly: true,
  awsRegion,
  eventTime,
});

/** Three days: prod has each, staging lacks the second. */
const RECORDS = [
  record(PROD, '2026-03-01T10:00:00Z'),
  record(PROD, '2026-03-02T10:00:00Z', 'us-east-1'),
  record(PROD, '2026-03-03T10:00:00Z'),
  record(STAGING, '2026-03-01T10:00:00Z'),
  record(STAGING, '2026-03-03T10:00:00Z'),
];
const WINDOW = ['--since', '2026-03-01', '--until', '2026-03-04'];
const ACCOUNTS = `accounts: { prod: "${PROD}", staging: "${STAGING}", data: "777788889999" }\n`;

async function huntWith(yaml: string, args: readonly string[] = []): Promise<Run> {
  const cwd = emptyFolder();
  mkdirSync(join(cwd, 'logs'));
  writeFileSync(join(cwd, 'logs/a.json'), JSON.stringify({ Records: RECORDS }));
  writeFileSync(join(cwd, 'hunt.yml'), `paths: [logs]\nrule: AWS.Any.ManualChange\n${yaml}`);
  return hunt(['--format', 'csv', '--quiet', ...WINDOW, ...args], { cwd });
}

const reasonsIn = ({ stderr }: Run): readonly string[] =>
  stderr.split('\n').flatMap((line) => /^hunt: exit code 3: (.*)$/.exec(line)?.[1] ?? []);

test.each<[string, string, readonly string[], readonly string[]]>([
  [
    'each account with a name',
    `${ACCOUNTS}expect: { accounts: all }`,
    [],
    ['no record of data (777788889999), which is expected [EXPECTED_ABSENT]'],
  ],
  ['accounts that are there', `${ACCOUNTS}expect: { accounts: [prod, "${STAGING}"] }`, [], []],
  [
    'regions of each account',
    `${ACCOUNTS}expect: { accounts: [prod, staging], regions: [eu-west-1, us-east-1] }`,
    [],
    [`no record of staging (${STAGING}) in us-east-1, which is expected [EXPECTED_ABSENT]`],
  ],
  [
    'every day of the accounts that have records',
    'expect: { days: every }',
    [],
    [`no record of ${STAGING} on 2026-03-02, which is expected [EXPECTED_ABSENT]`],
  ],
  ['nothing, for once', 'expect: { days: every }', ['--no-expect'], []],
  ['days that may still arrive', 'expect: { days: every }', ['--late', '10000d'], []],
  [
    'only accounts that the hunt looks at',
    `${ACCOUNTS}expect: { accounts: all }`,
    ['--account', PROD],
    [],
  ],
  [
    'digests',
    'expect: { digests: required }',
    ['--account', PROD],
    [`no digest of ${PROD}, which is expected [EXPECTED_ABSENT]`],
  ],
  [
    'a proof',
    'verify: required',
    [],
    ['the logs are not proven to be intact: no digest was found [PROOF_MISSING]'],
  ],
])('asks for %s', async (_, yaml, args, reasons) => {
  const run = await huntWith(yaml, args);
  expect(reasonsIn(run)).toEqual(reasons);
  expect(run.code).toBe(reasons.length === 0 ? 0 : 3);
});

test.each([
  ['expect: { accounts: [prd] }', 'hunt.yml:4:22', 'Did you mean "prod"?'],
  ['expect: { regions: [Ireland] }', 'hunt.yml:4:21', 'no region'],
  ['expect: { days: evry }', 'hunt.yml:4:17', 'Did you mean "every"?'],
  ['expect: { day: every }', 'hunt.yml:4:11', 'Did you mean "days"?'],
  ['expect: all', 'hunt.yml:4:9', 'must be none, or a mapping'],
  ['verify: requried', 'hunt.yml:4:9', 'Did you mean "required"?'],
])('%s is an error with its place', async (yaml, place, problem) => {
  const { code, stderr } = await huntWith(`${ACCOUNTS}${yaml}`);
  expect(code).toBe(2);
  expect(stderr).toContain(place);
  expect(stderr).toContain(problem);
});
