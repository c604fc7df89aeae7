/** Every shape that CloudTrail events come in, and values that must not be taken for events. */
import { gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ids, reading, folderOf, readingFile, readingPieces } from '../../support/read-dump.js';
import { finding } from '../../support/report-sample.js';

const event = (id: string, more: object = {}) => ({
  eventVersion: '1.08',
  eventTime: '2026-01-14T09:30:00Z',
  eventSource: 'ec2.amazonaws.com',
  eventName: 'CreateSecurityGroup',
  awsRegion: 'eu-west-1',
  recipientAccountId: '112233445566',
  eventID: id,
  ...more,
});
const a = event('a');
const b = event('b');
const lookup = (one: object) => ({
  EventId: 'x',
  EventName: 'y',
  CloudTrailEvent: JSON.stringify(one),
});
const bridge = (one: object) => ({
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.ec2',
  detail: one,
});
const text = (value: unknown, indent?: number): string => JSON.stringify(value, undefined, indent);

describe('shapes', () => {
  const shapes: Readonly<Record<string, string>> = {
    Records: text({ Records: [a, b] }),
    'Records, indented': text({ Records: [a, b] }, 2),
    'Records with other keys around': text({ before: { Records: 7 }, Records: [a, b], after: [1] }),
    'a list': text([a, b]),
    'a list, indented': text([a, b], 4),
    'a list of Records': text([{ Records: [a] }, { Records: [b] }]),
    'one event a line': `${text(a)}\n${text(b)}\n`,
    'one event a line, CRLF': `${text(a)}\r\n${text(b)}\r\n`,
    'documents one after the other': text({ Records: [a] }) + text({ Records: [b] }),
    'indented documents': `${text(a, 2)}\n${text(b, 2)}`,
    'LookupEvents output': text({ Events: [lookup(a), lookup(b)], NextToken: 't' }, 4),
    'a looked-up event a line': `${text(lookup(a))}\n${text(lookup(b))}`,
    'EventBridge documents': `${text(bridge(a))}\n${text(bridge(b), 2)}`,
    'a list of EventBridge documents': text([bridge(a), bridge(b)]),
    'an envelope whose key is written with an escape': text({ Records: [a, b] }).replace(
      'Records',
      '\\u0052ecords',
    ),
    'an envelope with many keys before its list': text({
      ...Object.fromEntries(Array.from({ length: 200 }, (_, i) => [`k${i}`, i])),
      Records: [a, b],
    }),
    'details without what EventBridge puts around them': text([{ detail: a }, { detail: b }]),
    'white space around': ` \n\t${text({ Records: [a, b] })}\n\n `,
    'a byte-order mark': `\uFEFF${text({ Records: [a, b] })}`,
  };
  test.each(Object.entries(shapes))('%s', async (_name, content) => {
    const plain = await readingFile(content);
    expect(ids(plain)).toEqual(['a', 'b']);
    expect(plain.summary).toMatchObject({ records: 2, read: 1, skipped: [], unreadable: [] });
    const packed = await readingFile(gzipSync(content), 'log.bin.gz');
    expect(ids(packed)).toEqual(['a', 'b']);
  });

  test('one event by itself', async () =>
    expect(ids(await readingFile(text(a, 2)))).toEqual(['a']));
  test('several gzip members are one text', async () => {
    const whole = text({ Records: [a, b] });
    const members = [whole.slice(0, 50), whole.slice(50)].map((part) => gzipSync(part));
    expect(ids(await readingFile(Buffer.concat(members)))).toEqual(['a', 'b']);
  });
  test('UTF-16, as PowerShell writes it', async () => {
    const content = Buffer.from(`\uFEFF${text({ Records: [a, event('ü€😀')] })}`, 'utf16le');
    expect(ids(await readingFile(content))).toEqual(['a', 'ü€😀']);
  });
  test("Panther's export: keys in lower case, fields of its own", async () => {
    const exported = {
      ...a,
      userIdentity: { principalid: 'p', accountid: '1' },
      p_log_type: 'AWS.CloudTrail',
    };
    const { rows } = await readingFile(text(exported));
    expect(rows[0]).toMatchObject({
      useridentity: { principalid: 'p', accountid: '1' },
      extra: '{"p_log_type":"AWS.CloudTrail"}',
    });
  });
  test('an event that has members of a report is an event all the same', async () => {
    const own = { ...a, rule: 'r', source: 's', extra: null, alert: null };
    expect(ids(await readingFile(text({ Records: [own] })))).toEqual(['a']);
  });
  test('a file is opened whatever its name', async () => {
    const folder = folderOf({ 'log.bin': text(a) });
    expect(ids(await reading([`${folder}/log.bin`]))).toEqual(['a']);
    expect(ids(await reading([folder]))).toEqual(['a']);
  });

  test('any events in any shape, cut into any pieces, come back', async () => {
    const toShape = fc.constantFrom<(events: readonly object[]) => string>(
      (events) => text({ Records: events }),
      (events) => text({ Records: events }, 1),
      (events) => text(events),
      (events) => events.map((one) => text(one)).join('\n'),
      (events) => events.map((one) => text(one, 2)).join(''),
      (events) => text({ Events: events.map(lookup) }),
      (events) => events.map((one) => text(bridge(one))).join('\n'),
    );
    const events = fc.array(fc.record({ x: fc.jsonValue(), y: fc.string({ unit: 'binary' }) }), {
      maxLength: 6,
    });
    const property = fc.asyncProperty(
      events,
      toShape,
      fc.array(fc.nat(400), { maxLength: 8 }),
      async (given, shape, cuts) => {
        const whole = given.map((more, index) => event(String(index), { requestParameters: more }));
        const bytes = Buffer.from(shape(whole));
        const at = [
          0,
          ...cuts.map((cut) => Math.min(cut, bytes.length)).toSorted((x, y) => x - y),
          bytes.length,
        ];
        const pieces = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        const { rows, summary } = await readingPieces(pieces);
        expect(rows.map((row) => row['eventid'])).toEqual(given.map((_, index) => String(index)));
        expect(summary.unreadable.filter(({ reason }) => reason !== 'empty')).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });
});

describe('never taken for events', () => {
  test.each([
    ['digest', { digestStartTime: 't', digestS3Bucket: 'b', logFiles: [{ s3Object: 'o' }] }],
    [
      'Insights',
      { Records: [event('i', { eventType: 'AwsCloudTrailInsight', insightDetails: {} })] },
    ],
    [
      'notification',
      { Records: [{ eventSource: 'aws:s3', eventName: 'ObjectCreated:Put', awsRegion: 'x' }] },
    ],
    [
      'AWS Config',
      { configSnapshotId: 'c', configurationItems: [{ awsRegion: 'x', eventName: 'y' }] },
    ],
    ['aggregated', { Records: [event('g', { eventType: 'AwsAggregatedEvent' })] }],
    [
      'other EventBridge event',
      { 'detail-type': 'EC2 Instance State-change Notification', detail: { state: 'x' } },
    ],
    ['other JSON', { name: 'hunt', version: '1' }],
    ['other JSON', [1, 'two', null]],
    ['hunt report', { schema: 'hunt-report/1', sections: [] }],
    ['hunt report', finding({ eventVersion: '1.08' })],
    ['hunt report', { runs: [{ tool: { driver: { name: 'hunt' } }, results: [event('r')] }] }],
    [
      'hunt report',
      {
        metadata: { product: { name: 'hunt' } },
        class_uid: 2004,
        unmapped: { event: event('o') },
      },
    ],
  ])('%s', async (reason, content) => {
    const found = await readingFile(text(content));
    expect(ids(found)).toEqual([]);
    expect(found.summary).toMatchObject({
      records: 0,
      read: 0,
      skipped: [{ reason, count: 1 }],
      unreadable: [],
    });
  });

  test('an empty list is a log that was read', async () => {
    for (const content of ['{"Records":[]}', '[]', '{"Events": []}'])
      expect((await readingFile(content)).summary).toMatchObject({
        read: 1,
        records: 0,
        skipped: [],
        unreadable: [],
      });
  });

  test('what stands among events is counted by itself', async () => {
    const found = await readingFile(
      text({ Records: [a, event('i', { eventCategory: 'Insight' })] }),
    );
    expect(ids(found)).toEqual(['a']);
    expect(found.summary).toMatchObject({
      read: 1,
      skipped: [],
      skippedRecords: [{ reason: 'Insights', count: 1 }],
    });
  });
});
