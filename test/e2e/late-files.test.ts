/** Some days of a schedule, with files that come late, twice or damaged: each change is told exactly once. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, hunt } from '../support/run-hunt.js';
import { change, deliver, idsIn, logPath } from '../support/schedule/days.js';

const CONFIG = `paths: [logs]
accounts: { prod: "112233445566" }
reports:
  daily: { period: day, outputs: ["daily/{period}/report.json", "daily/{period}/changes.csv"] }
  monthly: { period: month, outputs: ["monthly/{period}.json"] }
`;

interface Told {
  readonly run: { readonly number: number; readonly period: { readonly name: string } };
  readonly dispositions: { readonly new: number; readonly late: number };
  readonly findings: readonly {
    readonly eventID: string;
    readonly disposition: { readonly late: string | null };
  }[];
}

test('over all daily reports each change is told once, and the monthly report has the same', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'hunt.yml'), CONFIG);
  const logs = join(cwd, 'logs');
  const put = (day: string, name: string, ...events: readonly unknown[]): void =>
    deliver(logs, { day: `2026-10-0${day}`, name, events });
  const at = (id: string, day: number): Record<string, unknown> =>
    change(id, `2026-10-0${day}T12:00:00Z`);
  const codes: (number | null)[] = [];
  const morning = async (day: string, ...args: readonly string[]): Promise<string> => {
    const { code, stderr } = await hunt(['report', 'daily', '--now', `${day}T03:00:00Z`, ...args], {
      cwd,
    });
    codes.push(code);
    return stderr;
  };

  put('1', 'a', at('on time 1', 1));
  await morning('2026-10-02');

  put('2', 'a', at('on time 2', 2), at('twice', 2));
  await morning('2026-10-03');

  // Stored on the day of its delivery, and on the day of its events.
  put('3', 'a', at('on time 3', 3), at('delivered on the next day', 2));
  put('1', 'b', at('in a file of an earlier day', 1));
  await morning('2026-10-04');

  put('4', 'a', at('twice', 2));
  const damaged = logPath(logs, '2026-10-04', 'b');
  writeFileSync(damaged, '{"Records":[{"eventID":"damaged"');
  await morning('2026-10-05');

  // Two days without a run.
  put('4', 'b', at('damaged', 4));
  put('5', 'a', at('on time 5', 5));
  put('6', 'a', at('delivered four days later', 2), at('on time 6', 6));
  expect(await morning('2026-10-07')).toContain('2 days, 2026-10-05 to 2026-10-06 are due');
  await morning('2026-10-07');
  expect(codes).toEqual([1, 1, 1, 3, 1, 0]);

  const days = ['01', '02', '03', '04', '05', '06'].map((day) => `2026-10-${day}`);
  const reports = days.map(
    (day) => JSON.parse(readFileSync(join(cwd, `daily/${day}/report.json`), 'utf8')) as Told,
  );
  expect(reports.map(({ run }) => [run.number, run.period.name])).toEqual(
    days.map((day, index) => [index + 1, day]),
  );
  const told = reports.map(({ findings }) => findings.map(({ eventID }) => eventID));
  expect(told).toEqual([
    ['on time 1'],
    ['on time 2', 'twice'],
    ['in a file of an earlier day', 'delivered on the next day', 'on time 3'],
    [],
    ['delivered four days later', 'damaged', 'on time 5'],
    ['on time 6'],
  ]);

  const late = reports.flatMap(({ findings }) =>
    findings.flatMap(({ eventID, disposition }) =>
      disposition.late === null ? [] : [[eventID, disposition.late]],
    ),
  );
  expect(late).toEqual([
    ['in a file of an earlier day', '2026-10-01'],
    ['delivered on the next day', '2026-10-02'],
    ['delivered four days later', '2026-10-02'],
    ['damaged', '2026-10-04'],
  ]);
  expect(reports.map(({ dispositions }) => [dispositions.new, dispositions.late])).toEqual([
    [1, 0],
    [2, 0],
    [3, 2],
    [0, 0],
    [3, 2],
    [1, 0],
  ]);

  // Each manifest has the hash of the one before.
  const manifests = days.map((day) =>
    readFileSync(join(cwd, `daily/${day}/report.manifest.json`), 'utf8'),
  );
  const hashes = manifests.map((text) => createHash('sha256').update(text).digest('hex'));
  const previous = manifests.map(
    (text) => (JSON.parse(text) as { run: { previous: string | null } }).run.previous,
  );
  expect(previous).toEqual([null, ...hashes.slice(0, -1)]);

  await hunt(['report', 'monthly', '--now', '2026-11-01T04:00:00Z'], { cwd });
  expect(idsIn(join(cwd, 'monthly/2026-10.json')).toSorted()).toEqual(told.flat().toSorted());
});

test.each([
  // The file of this day has been read, and is not read again.
  ['2026-10-01', ['not seen', null]],
  ['2026-10-06', ['seen', '2026-10-06T13:00:00.000Z']],
])('what came late of %s ended as its logs say', async (day, reported) => {
  const cwd = emptyFolder();
  const config = CONFIG.replace('daily: {', 'daily: { rules: [AWS.S3.ManualBucketPolicyChange],');
  writeFileSync(join(cwd, 'hunt.yml'), `${config}parameters: { PROD_ACCOUNT_IDS: any }\n`);
  const logs = join(cwd, 'logs');
  const put = (of: string, name: string, ...events: readonly unknown[]): void =>
    deliver(logs, { day: of, name, events });
  const ofBucket = (time: string, eventName: string, bucketName: string) =>
    change(`${time} ${eventName} ${bucketName}`, time, {
      eventSource: 's3.amazonaws.com',
      eventName,
      requestParameters: {
        bucketName,
        bucketPolicy: {
          Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject' }],
        },
      },
    });
  const daily = async (now: string): Promise<unknown> =>
    await hunt(['report', 'daily', '--now', `${now}T03:00:00Z`], { cwd });
  for (const nth of [1, 2, 3, 4, 5, 6]) {
    const own = `2026-10-0${nth}`;
    const ending = ofBucket(`${own}T13:00:00Z`, 'DeleteBucketPolicy', 'lists');
    const known = own === day ? [ending] : [];
    put(own, 'a', change(`on time ${nth}`, `${own}T12:00:00Z`), ...known);
    await daily(`2026-10-0${nth + 1}`);
  }
  put(
    day,
    'late',
    ofBucket(`${day}T09:00:00Z`, 'DeleteBucket', 'before'),
    ofBucket(`${day}T10:00:00Z`, 'PutBucketPolicy', 'before'),
    ofBucket(`${day}T10:00:00Z`, 'PutBucketPolicy', 'notes'),
    ofBucket(`${day}T11:00:00Z`, 'DeleteBucket', 'notes'),
    // The run of its day has reported how it ended.
    ofBucket(`${day}T10:30:00Z`, 'PutBucketPolicy', 'lists'),
  );
  // After the window, in a file of its day.
  put('2026-10-07', 'a', ofBucket('2026-10-08T00:00:00Z', 'DeleteBucket', 'before'));
  await daily('2026-10-08');
  const report = JSON.parse(readFileSync(join(cwd, 'daily/2026-10-07/report.json'), 'utf8')) as {
    findings: readonly { states: readonly { resource: string; end: string; until: string }[] }[];
  };
  const ends = report.findings.flatMap(({ states }) => states);
  expect(ends.map(({ resource, end, until }) => [resource, end, until])).toEqual([
    ['bucket before', 'not seen', null],
    ['bucket notes', 'deleted', `${day}T11:00:00.000Z`],
    ['bucket lists', ...reported],
  ]);
});
