/** Logs that tell about themselves: the built command says the same of local logs and of a table. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { toRecord } from '../../src/cloudtrail/record.js';
import type { Report } from '../../src/report/report.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';
import { trinoUrl } from '../support/trino-proxy.js';
import { describeWithTrino } from '../support/trino.js';
import { ACCOUNT, eventOf, type Call } from '../watch/watch-events.js';

const WINDOW = ['--since', '2026-03-01', '--until', '2026-03-02'];
const RULE = ['--rule', 'AWS.EC2.ManualSecurityGroupChange'];
const SECRET = `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:one-abcdef`;

const keyOf = (minute: number): string =>
  `AWSLogs/${ACCOUNT}/CloudTrail/eu-west-1/2026/03/01/${ACCOUNT}_CloudTrail_eu-west-1_20260301T09${String(minute).padStart(2, '0')}Z_file${minute}.json.gz`;
const MINUTES = Array.from({ length: 10 }, (_, index) => 5 * index);

const deliveries = MINUTES.map((minute): Call => ({
  name: 'PutObject',
  at: `09:${String(minute).padStart(2, '0')}:30`,
  source: 's3.amazonaws.com',
  request: { bucketName: 'logs', key: keyOf(minute) },
  extra: {
    sourceIPAddress: 'cloudtrail.amazonaws.com',
    userIdentity: { type: 'AWSService', invokedBy: 'cloudtrail.amazonaws.com' },
  },
}));

const CALLS: readonly Call[] = [
  ...deliveries,
  { name: 'DescribeInstances', at: '08:00:00', source: 'ec2.amazonaws.com' },
  { name: 'StopLogging', at: '10:00:00', request: { name: 'main' } },
  { name: 'StopLogging', at: '10:00:00', request: { name: 'main' } },
  {
    name: 'StopLogging',
    at: '10:01:00',
    request: { name: 'gone' },
    error: 'TrailNotFoundException',
  },
  { name: 'StartLogging', at: '13:30:00', request: { name: 'main' } },
  {
    name: 'CreateSecret',
    at: '14:00:00',
    source: 'secretsmanager.amazonaws.com',
    response: { arn: SECRET },
  },
  {
    name: 'EndSecretVersionDelete',
    at: '15:00:00',
    source: 'secretsmanager.amazonaws.com',
    extra: { additionalEventData: { ARN: SECRET }, eventType: 'AwsServiceEvent' },
  },
];

/** A copy of the trail's logs. All events are in the first file. */
function logs({ without = [] }: { readonly without?: readonly number[] } = {}): string {
  const folder = emptyFolder();
  for (const minute of MINUTES.filter((one) => !without.includes(one))) {
    const path = join(folder, keyOf(minute).replace(/\.gz$/, ''));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, JSON.stringify({ Records: minute === 0 ? CALLS.map(eventOf) : [] }));
  }
  return folder;
}

async function reportOf(...args: readonly string[]): Promise<Report> {
  const output = join(emptyFolder(), 'report.json');
  const { stderr } = await hunt([...args, '--output', output, '--quiet']);
  expect(stderr).not.toMatch(/unknown option|internal error/);
  return JSON.parse(readFileSync(output, 'utf8')) as Report;
}

/** What the logs say of themselves, and what nothing of it may change. */
function said({ completeness, sections, findings, calls }: Report) {
  const { blindSpots, hints, deliveries: files } = completeness;
  return {
    spots: blindSpots.map(({ cause, since, until, by, hasRecords }) => [
      cause,
      since,
      until,
      by?.actor,
      hasRecords,
    ]),
    hints: hints.map(({ effect, resource }) => [effect, resource]),
    files: files && { ...files, missing: files.missing.map(({ key }) => key) },
    findings: [...findings].length,
    sections: sections.map(({ rule }) => rule.id),
    calls: calls?.length ?? null,
  };
}

const EXPECTED = {
  spots: [
    ['logging stopped', '2026-03-01T10:00:00.000Z', '2026-03-01T13:30:00.000Z', 'user/dana', false],
  ],
  hints: [['EndSecretVersionDelete', SECRET]],
  files: { named: 10, present: 10, missing: [], moreMissing: 0, twice: [] },
  findings: 0,
  sections: ['AWS.EC2.ManualSecurityGroupChange'],
  calls: null,
};

/** Between the calls that switch logging off and on. */
const WHILE_OFF = ['--since', '2026-03-01T11:00:00Z', '--until', '2026-03-01T13:00:00Z'];
/** What is said of that time. */
const OFF = { spots: EXPECTED.spots, hints: [], files: null };

describe('local logs', () => {
  test('say when they were switched off, whatever the user looks for', async () => {
    const folder = logs();
    expect(said(await reportOf(folder, ...WINDOW, ...RULE))).toEqual(EXPECTED);
    for (const filter of [
      ['--principal', 'nobody'],
      ['--resource', 'sg-1'],
      ['--no-exclusions'],
      ['--jobs', '1'],
    ])
      expect(said(await reportOf(folder, ...WINDOW, ...RULE, ...filter)), filter[0]).toMatchObject({
        spots: EXPECTED.spots,
        hints: EXPECTED.hints,
        files: EXPECTED.files,
      });
    const { completeness } = await reportOf('who', 'nobody', folder, ...WINDOW);
    expect(completeness.blindSpots).toHaveLength(1);
  });

  test('name the files that are missing from a copy', async () => {
    const report = await reportOf(logs({ without: [10, 20] }), ...WINDOW, ...RULE);
    expect(said(report).files).toMatchObject({
      named: 10,
      present: 8,
      missing: [keyOf(10), keyOf(20)],
    });
  });

  test('name an account of the organization of which nothing was logged meanwhile', async () => {
    const folder = emptyFolder();
    const member = '223344556677';
    const hours = Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:10:00`);
    const reads = hours.flatMap((at) =>
      [ACCOUNT, member].map((recipientAccountId): Call => ({
        name: 'DescribeInstances',
        at,
        id: `${at} ${recipientAccountId}`,
        source: 'ec2.amazonaws.com',
        extra: { recipientAccountId },
      })),
    );
    const isOff = ({ at, extra }: Call): boolean =>
      extra?.['recipientAccountId'] === member && at > '10' && at < '13';
    const calls: readonly Call[] = [
      ...reads.filter((call) => !isOff(call)),
      { name: 'StopLogging', at: '10:00:00', request: { name: 'main' } },
      { name: 'StartLogging', at: '13:00:00', request: { name: 'main' } },
    ];
    writeFileSync(join(folder, 'log.json'), JSON.stringify({ Records: calls.map(eventOf) }));
    const { stdout, code } = await hunt([folder, ...WINDOW, ...RULE, '--format', 'markdown']);
    expect(stdout).toMatch(/NOT COMPLETE: logging was switched off .*, in `223344556677`/);
    expect(stdout).toContain('no record of `223344556677` meanwhile');
    expect(code).toBe(3);
  });

  test('name the log files that somebody deleted and that are not in the copy', async () => {
    const deletion: Call = {
      name: 'DeleteObject',
      at: '16:00:00',
      source: 's3.amazonaws.com',
      request: { bucketName: 'logs', key: keyOf(10) },
    };
    const answerOf = async (without: readonly number[]) => {
      const folder = logs({ without });
      writeFileSync(
        join(folder, 'data-events.json'),
        JSON.stringify({ Records: [eventOf(deletion)] }),
      );
      const reads = [folder, '--since', '2026-03-01T09:00:00Z', '--until', '2026-03-01T09:59:00Z'];
      const inWindow = await hunt([folder, ...WINDOW, ...RULE, '--format', 'markdown']);
      const before = await hunt([...reads, ...RULE, '--format', 'markdown']);
      return { ...inWindow, before: before.stdout };
    };
    const lost = await answerOf([10]);
    expect(lost.stdout).toContain(
      `\`LOG_FILES_DELETED\` 1 missing log file of \`${ACCOUNT}\` was deleted \`2026-03-01 16:00Z\` by \`user/dana\` (DeleteObject logs)`,
    );
    expect(lost.stdout).toContain(`${keyOf(10)}\`, of \`${ACCOUNT} eu-west-1\``);
    expect(lost.code).toBe(3);
    expect(lost.before).toContain('LOG_FILES_DELETED');
    const copied = await answerOf([]);
    expect(copied.stdout).toContain('a copy is here');
    expect(copied.stdout).not.toContain('LOG_FILES_DELETED');
    expect(copied.before).not.toContain('LOG_FILES_DELETED');
  });

  test('say that they were switched off before the window', async () => {
    expect(said(await reportOf(logs(), ...RULE, ...WHILE_OFF))).toMatchObject(OFF);
    const { stderr, code } = await hunt([logs(), ...RULE, ...WHILE_OFF, '--allow-empty']);
    expect(stderr).toContain(
      'logging was switched off 2026-03-01 10:00Z to 13:30Z by user/dana (StopLogging main)',
    );
    expect(code).toBe(3);
  });

  test('say nothing of what is outside the window', async () => {
    const report = await reportOf(
      logs(),
      ...RULE,
      '--since',
      '2026-03-01T16:00:00Z',
      '--until',
      '2026-03-02',
    );
    expect(said(report)).toMatchObject({ spots: [], hints: [], files: null });
  });
});

await describeWithTrino('a table in Trino', (trino) => {
  let url: string;
  beforeAll(async () => {
    const [row] = await trino.rows('SELECT current_schema AS name');
    url = `${await trinoUrl()}/memory/${row?.['name'] ?? ''}/watched`;
    await trino.createEvents(
      'watched',
      CALLS.map((call) => toRecord(eventOf(call) as JsonObject, 'file')),
    );
  });

  test('says the same, but for its files', async () => {
    const report = await reportOf('--trino', url, ...WINDOW, ...RULE, '--principal', 'nobody');
    expect(said(report)).toMatchObject({
      spots: EXPECTED.spots,
      hints: EXPECTED.hints,
      files: null,
      findings: 0,
    });
    const whole = await reportOf('--trino', url, ...WINDOW, ...RULE);
    expect(said(whole)).toEqual({ ...EXPECTED, files: null });
    const here = await reportOf(logs(), ...WINDOW, ...RULE);
    const { deliveries: _, ...own } = here.completeness;
    expect(whole.completeness).toMatchObject(own);
    expect(whole.sections.map(({ funnel }) => funnel)).toEqual(
      here.sections.map(({ funnel }) => funnel),
    );
    expect(whole.coverage).toEqual(here.coverage);
  });

  test('says that logs were switched off before the window', async () => {
    const report = await reportOf('--trino', url, ...RULE, ...WHILE_OFF);
    expect(said(report)).toMatchObject(OFF);
  });
});
