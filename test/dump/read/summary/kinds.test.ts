/** Which kinds of events the logs hold: every record counts, in every way that a log can be read. */
import { describe, expect, test } from 'vitest';
import type { KindCount } from '../../../../src/dump/dump.js';
import { namesRequired } from '../../../support/read-dump.js';
import { event, readOne } from '../../dumps.js';

const [S3, LAMBDA, EC2, DYNAMODB] = ['s3', 'lambda', 'ec2', 'dynamodb'].map(
  (name) => `${name}.amazonaws.com`,
) as [string, string, string, string];
const at = (minute: number): number => Date.UTC(2026, 0, 14, 9, minute);
const time = (minute: number): string => new Date(at(minute)).toISOString().replace('.000', '');

const MEMBERS: readonly Readonly<Record<string, unknown>>[] = [
  { eventVersion: '1.08', eventCategory: 'Management', managementEvent: true, eventSource: EC2 },
  // The category is the newer field.
  { eventVersion: '1.08', eventCategory: 'Data', managementEvent: true, eventSource: DYNAMODB },
  { eventVersion: '1.08', eventCategory: 'Data', eventSource: S3, eventName: 'GetObject' },
  { eventVersion: '1.11', eventCategory: 'NetworkActivity', eventSource: S3 },
  { eventVersion: '1.06', managementEvent: false, eventSource: S3, eventName: 'ListThings' },
  { eventVersion: '1.06', managementEvent: true, eventSource: S3, eventName: 'GetBucketAcl' },
  { eventVersion: '1.05', eventSource: S3, eventName: 'GetObject' },
  { eventVersion: '1.05', eventSource: S3, eventName: 'GetBucketLocation' },
  { eventVersion: '1.05', eventSource: LAMBDA, eventName: 'Invoke' },
  { eventVersion: '1.05', eventSource: LAMBDA, eventName: 'GetObject' },
  { eventVersion: '1.08', eventSource: EC2 },
  { eventVersion: '1.08', eventCategory: 'Other', eventSource: EC2 },
];
const EXPECTED = [
  ['management', null, 4, 0, 9],
  ['data', DYNAMODB, 1, 1, 1],
  ['data', S3, 3, 2, 6],
  ['data', LAMBDA, 1, 8, 8],
  ['network activity', S3, 1, 3, 3],
  ['unknown', null, 2, 10, 11],
];

function events(): readonly object[] {
  return MEMBERS.map((members, index) =>
    event(String(index), {
      recipientAccountId: '111122223333',
      awsRegion: 'eu-west-1',
      eventTime: time(index),
      eventType: 'AwsApiCall',
      ...members,
    }),
  );
}

/** As records are written in a log, and what a rule may ask for: nothing of it, or everything. */
const WAYS: readonly (readonly [
  string,
  (all: readonly object[]) => string,
  ReadonlySet<string> | undefined,
])[] = [
  ['the fast reader', (all) => JSON.stringify({ Records: all }), new Set(['-'])],
  ['the splitter', (all) => all.map((one) => JSON.stringify(one)).join('\n'), new Set(['-'])],
  ['parsing', (all) => JSON.stringify({ Records: all }), undefined],
  [
    'parsing the output of LookupEvents',
    (all) =>
      JSON.stringify({ Events: all.map((one) => ({ CloudTrailEvent: JSON.stringify(one) })) }),
    new Set(['-']),
  ],
];

const inOrder = (kinds: readonly KindCount[]): readonly string[] =>
  kinds.map((kind) => JSON.stringify(kind)).toSorted();

describe.each(WAYS)('the kinds that are read by %s', (_name, write, names) => {
  test('are those of all records in the window', async () => {
    const options = { required: namesRequired(names) };
    const expected = EXPECTED.map(([category, eventSource, records, first, last]) => ({
      category,
      eventSource,
      records,
      first: at(Number(first)),
      last: at(Number(last)),
    })) as readonly KindCount[];
    const all = await readOne(write(events()), options);
    expect(inOrder(all.summary.kinds)).toEqual(inOrder(expected));
    const window = { since: at(2), until: at(5) };
    const some = await readOne(write(events()), { ...options, window });
    expect(some.summary.kinds.map(({ category, records }) => [category, records])).toEqual([
      ['data', 2],
      ['network activity', 1],
    ]);
  });

  test('are a bounded number, with the services of AWS before all others', async () => {
    const hostile = Array.from({ length: 2000 }, (_, n) =>
      event(String(n), {
        recipientAccountId: '111122223333',
        awsRegion: 'eu-west-1',
        eventTime: time(0),
        eventType: 'AwsApiCall',
        eventCategory: 'Data',
        eventSource:
          n === 1000 ? S3 : `${String((n * 7919) % 2000).padStart(4, '0')}${'x'.repeat(100)}`,
      }),
    );
    const { summary } = await readOne(write(hostile), { required: namesRequired(names) });
    expect(summary.kinds).toHaveLength(301);
    const records = summary.kinds.reduce((sum, kind) => sum + kind.records, 0);
    expect(records).toBe(2000);
    expect(summary.kinds[0]).toMatchObject({ eventSource: S3, records: 1 });
    expect(summary.kinds.at(-1)).toMatchObject({ eventSource: null, records: 1700 });
    expect(Math.max(...summary.kinds.map(({ eventSource }) => eventSource?.length ?? 0))).toBe(65);
  });
});
