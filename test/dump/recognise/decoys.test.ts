import { folderOf, namesRequired } from '../../support/read-dump.js';
import { describe, expect, test } from 'vitest';
import { event, eventText, readOne, readPaths } from '../dumps.js';
import { finding } from '../../support/report-sample.js';

const digest = {
  awsAccountId: '1',
  digestStartTime: '2023-10-15T22:04:04Z',
  digestS3Object: 'x',
  logFiles: [{ s3Object: 'x', hashValue: 'y' }],
};
const DECOYS: Readonly<Record<string, readonly [reason: string, value: unknown]>> = {
  'a digest': ['digest', digest],
  'an AWS Config snapshot': [
    'AWS Config',
    {
      fileVersion: '1.0',
      configSnapshotId: 'x',
      configurationItems: [{ awsRegion: 'x', eventName: 'y' }],
    },
  ],
  'an S3 notification': [
    'notification',
    {
      Records: [
        {
          eventVersion: '2.1',
          eventSource: 'aws:s3',
          eventName: 'ObjectCreated:Put',
          eventTime: '2024-05-01T10:20:30Z',
        },
      ],
    },
  ],
  'an SNS notification': [
    'notification',
    { Records: [{ EventSource: 'aws:sns', EventVersion: '1.0', Sns: {} }] },
  ],
  'an S3 test event': ['notification', { Service: 'Amazon S3', Event: 's3:TestEvent' }],
  'word of a new log file': ['notification', { s3Bucket: 'x', s3ObjectKey: ['y'] }],
  Insights: [
    'Insights',
    {
      Records: [
        event('x', { eventType: 'AwsCloudTrailInsight', insightDetails: { state: 'Start' } }),
      ],
    },
  ],
  'Insights by category': ['Insights', [event('x', { eventCategory: 'Insight' })]],
  'Insights by their details': ['Insights', event('x', { insightDetails: { state: 'End' } })],
  'aggregated events': [
    'aggregated',
    { Records: [event('x', { eventType: 'AwsAggregatedEvent' })] },
  ],
  'aggregated events by category': ['aggregated', event('x', { eventCategory: 'Aggregated' })],
  'an EventBridge event of another kind': [
    'other EventBridge event',
    { 'detail-type': 'Object Created', source: 'aws.s3', detail: { bucket: { name: 'b' } } },
  ],
  "hunt's own report": ['hunt report', { schema: 'hunt-report/1', sections: [] }],
  "a line of hunt's own report": ['hunt report', finding({ eventVersion: '1.08' })],
  'a catalogue of calls': [
    'names of calls, no events',
    {
      eventName: 'DeleteTrail',
      eventSource: 'cloudtrail.amazonaws.com',
      awsService: 'CloudTrail',
      description: 'Deletes a trail',
      tactics: ['TA0005'],
    },
  ],
  'a pattern of EventBridge': [
    'names of calls, no events',
    {
      source: ['aws.ec2'],
      'detail-type': ['AWS API Call via CloudTrail'],
      detail: { eventSource: ['ec2.amazonaws.com'], eventName: ['RunInstances'] },
    },
  ],
  'a package.json': ['other JSON', { name: 'x', version: '1.0.0' }],
  'a list of numbers': ['other JSON', [1, 2, 3]],
  'a string': ['other JSON', 'x'],
  'events of another tool': ['other JSON', { Events: [{ title: 'x' }] }],
};

describe('what is no event is never taken for one', () => {
  test.each(Object.entries(DECOYS))('%s', async (_name, [reason, value]) => {
    for (const eventNames of [undefined, new Set(['DeleteTrail'])]) {
      const { rows, summary } = await readOne(JSON.stringify(value, null, 1), {
        required: namesRequired(eventNames),
      });
      expect(rows).toEqual([]);
      expect(summary).toMatchObject({
        records: 0,
        read: 0,
        skipped: [{ reason, count: 1 }],
        unreadable: [],
        coverage: [],
      });
    }
  });

  test('a list of calls beside logs is skipped', async () => {
    const list = ['DeleteTrail', 'CreateUser'].map((eventName) => ({
      eventName,
      eventSource: 'iam.amazonaws.com',
      usedInWild: true,
    }));
    const folder = folderOf({ 'calls.json': JSON.stringify(list), 'log.json': eventText('a') });
    const { ids, summary } = await readPaths([folder]);
    expect(ids).toEqual(['a']);
    expect(summary).toMatchObject({
      unreadable: [],
      skipped: [{ reason: 'names of calls, no events', count: 1 }],
    });
  });

  test.each([
    { eventTime: '2026-01-14T09:30:00Z' },
    { '@timestamp': '2026-01-14T09:30:00Z' },
    { TimeGenerated: '2026-01-14T09:30:00Z' },
    { event_id: 'x' },
    { userIdentity: { type: 'Root' } },
    { 'userIdentity.arn': 'arn:aws:iam::111122223333:user/dana' },
    { sourceIPAddress: '192.0.2.1' },
    { aws_region: 'eu-west-1' },
    { recipientAccountId: '111122223333' },
    { eventVersion: '1.08' },
    { requestParameters: { name: 'trail' } },
    { when: 'yesterday' },
    { ts: 1 },
    { at: 'noon' },
    { arn: 'dana' },
    { principal: 'dana' },
    { actor: 'dana' },
    { caller: 'dana' },
    { ip: 'office' },
    { readOnly: false },
    { resources: [{ ARN: 'arn:aws:s3:::trail-logs' }] },
    { description: 'Stopped a trail', by: 'arn:aws:iam::111122223333:user/dana' },
    { description: 'Stopped a trail', from: '192.0.2.1' },
    { description: 'Stopped a trail', seen: '2026-01-14 09:30:00' },
    { description: 'Stopped a trail', seen: 1768383000 },
    { who: 'dana' },
    { severity: 'high' },
  ])('a call with %j is an event', async (more) => {
    const named = { eventName: 'DeleteTrail', eventSource: 'cloudtrail.amazonaws.com' };
    for (const value of [{ ...named, ...more }, [{ ...named, ...more }]])
      expect((await readOne(JSON.stringify(value))).summary).toMatchObject({
        records: 1,
        unreadable: [],
      });
  });

  test('a name in a list of records is an event, because only events stand there', async () => {
    const named = { eventName: 'DeleteTrail', eventSource: 'cloudtrail.amazonaws.com' };
    expect((await readOne(JSON.stringify({ Records: [named] }))).summary.records).toBe(1);
  });

  test('a mere name of a call in a file with events is lost evidence', async () => {
    const named = { eventName: 'StopLogging', eventSource: 'cloudtrail.amazonaws.com' };
    const inLines = (values: readonly unknown[]) =>
      values.map((value) => JSON.stringify(value)).join('\n');
    for (const name of [named, { ...named, description: 'Stops a trail' }])
      for (const text of [inLines([event('a'), name]), JSON.stringify([event('a'), name])]) {
        const { ids, summary } = await readOne(text);
        expect(ids).toEqual(['a']);
        expect(summary).toMatchObject({
          skippedRecords: [],
          unreadable: [
            {
              reason: expect.stringMatching(
                /record 2: names a call, and not when, by whom or from where it was made$/,
              ),
            },
          ],
        });
      }
  });

  test('beside events they are counted by themselves', async () => {
    const lines = [
      event('a'),
      digest,
      event('x', { eventCategory: 'Insight' }),
      event('y', { eventCategory: 'Insight' }),
    ];
    const { ids, summary } = await readOne(lines.map((line) => JSON.stringify(line)).join('\n'));
    expect(ids).toEqual(['a']);
    expect(summary).toMatchObject({
      read: 1,
      skipped: [],
      skippedRecords: [
        { reason: 'Insights', count: 2 },
        { reason: 'digest', count: 1 },
      ],
      unreadable: [],
    });
  });

  test('a management event of any type and category is an event', async () => {
    for (const more of [
      { eventCategory: 'Management' },
      { eventType: 'AwsServiceEvent' },
      { insightDetails: null },
    ])
      expect((await readOne(JSON.stringify(event('a', more)))).ids).toEqual(['a']);
  });
});
