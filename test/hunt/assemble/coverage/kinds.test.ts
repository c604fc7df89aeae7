/** What the logs do not hold at all: a zero of a rule about data events says nothing where none is logged. */
import { describe, expect, test } from 'vitest';
import type { EventKind } from '../../../../src/report/completeness/completeness.js';
import { kindSentences } from '../../../../src/report/completeness/kinds.js';
import { huntEvents, openedGroup, type HuntEventsOptions } from '../../../support/hunt-events.js';
import { eventsOfAllKinds } from '../../../support/kinds.js';
import { ruleWith } from '../../../support/rules.js';

const named = (...tests: readonly string[]) =>
  ruleWith(tests.map((one) => `  - ${one}`).join('\n'));
const READS = named('{ Key: eventName, Condition: IsIn, Values: [GetObject, ListBuckets] }');

async function messagesOf(
  events: readonly object[],
  options: HuntEventsOptions,
): Promise<readonly string[]> {
  const { warnings, sections } = await huntEvents(events, options);
  return [...warnings, ...sections.flatMap((section) => section.warnings)].flatMap(
    ({ code, message }) => (code === 'CATEGORY_NOT_LOGGED' ? message : []),
  );
}

const MANAGEMENT = [openedGroup({ eventCategory: 'Management' })];
const ALL = [
  ...MANAGEMENT,
  openedGroup({ eventCategory: 'Data', eventSource: 's3.amazonaws.com', eventName: 'GetObject' }),
];

describe('a warning that the logs hold no such data event', () => {
  const inS3 = named(
    '{ Key: eventName, Condition: Equals, Value: GetObject }',
    '{ Key: eventSource, Condition: Equals, Value: s3.amazonaws.com }',
  );
  const elsewhere = named(
    '{ Key: eventName, Condition: Equals, Value: GetObject }',
    '{ Key: eventSource, Condition: Equals, Value: mediastore.amazonaws.com }',
  );
  const usual = named('{ Key: eventName, Condition: Equals, Value: PutBucketAcl }');

  test('is there for rules that name one', async () => {
    const warned = [
      'GetObject is a data event, and the logs hold no data event of s3.amazonaws.com in the window',
    ];
    expect(await messagesOf(MANAGEMENT, { rules: [READS] })).toEqual(warned);
    expect(await messagesOf(MANAGEMENT, { rules: [inS3] })).toEqual(warned);
    expect(await messagesOf(MANAGEMENT, { rules: [elsewhere] })).toEqual([]);
    expect(await messagesOf(MANAGEMENT, { rules: [usual] })).toEqual([]);
    expect(await messagesOf(ALL, { rules: [READS] })).toEqual([]);
  });

  test.each([
    ['arn:aws:s3:::payroll/2026/list.csv', 1],
    ['s3://payroll/list', 1],
    ['payroll/list.csv', 1],
    ['arn:aws:s3:::payroll', 0],
    ['role/Admin', 0],
    ['/aws/lambda/web', 0],
    ['sg-0a1b2c3d', 0],
  ])('is there for a question about an object: %s', async (text, count) => {
    const options = { rules: [usual], subject: { kind: 'what', text } } as const;
    expect(await messagesOf(MANAGEMENT, options)).toHaveLength(count);
    expect(await messagesOf(ALL, options)).toEqual([]);
  });
});

test('a report has the kinds in order, with and without a prefilter', async () => {
  const events = eventsOfAllKinds((id, members) => openedGroup({ eventID: id, ...members }));
  const [quick, slow] = await Promise.all(
    [true, false].map((prefilter) => huntEvents(events, { prefilter })),
  );
  expect(quick?.completeness.kinds).toEqual(slow?.completeness.kinds);
  expect(quick?.completeness.kinds.map((kind) => [kind.category, kind.eventSource])).toEqual([
    ['management', null],
    ['data', 'dynamodb.amazonaws.com'],
    ['data', 'lambda.amazonaws.com'],
    ['data', 's3.amazonaws.com'],
    ['network activity', 's3.amazonaws.com'],
    ['unknown', null],
  ]);
});

describe('sentences on kinds', () => {
  const at = (hour: number): string => `2026-01-14T${String(hour).padStart(2, '0')}:00:00.000Z`;
  const logs = { first: at(0), last: at(20) };
  const kind = (
    category: EventKind['category'],
    source: string | null = null,
    hours: readonly [number, number] = [0, 20],
  ): EventKind => ({
    category,
    eventSource: source === null ? null : `${source}.amazonaws.com`,
    records: 100,
    first: at(hours[0]),
    last: at(hours[1]),
  });
  const management = kind('management');

  test.each<readonly [string, readonly EventKind[], readonly string[]]>([
    ['nothing is known', [], []],
    ['many are of an unknown kind', [management, kind('unknown')], []],
    [
      'there are management events',
      [management],
      [
        'these logs hold management events only: reads and writes of objects, invocations of functions and the like are not in them',
      ],
    ],
    [
      'data events begin later',
      [management, kind('data', 's3', [3, 20]), kind('network activity', 'kms')],
      [
        'reads and writes of objects (S3 data events) are not in these logs before 2026-01-14 03:00Z',
        'invocations of functions (Lambda data events) are not in these logs',
      ],
    ],
    [
      'data events end early, and there may be others',
      [management, kind('data', 's3', [1, 15]), kind('data')],
      [
        'reads and writes of objects (S3 data events) are not in these logs after 2026-01-14 15:00Z',
        'no network activity event is in these logs',
      ],
    ],
    [
      'there is network activity alone',
      [kind('network activity', 's3')],
      [
        'no management event is in these logs, so changes of settings are not in them',
        'no data event is in these logs: reads and writes of objects, invocations of functions and the like are not in them',
      ],
    ],
  ])('where %s', (_what, kinds, sentences) => {
    expect(kindSentences(kinds, logs)).toEqual(sentences);
  });
});
