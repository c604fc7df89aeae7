/** Events inside of what other tools put around them: they are read, once each, on every way through the code. */
import { namesRequired } from '../../support/read-dump.js';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { event, onlyReason, readOne } from '../dumps.js';

const whole = (id: string, more: object = {}) =>
  event(id, { userIdentity: { type: 'IAMUser', userName: 'robin' }, ...more });
const [a, b] = [whole('a'), whole('b')];
const text = (value: unknown): string => JSON.stringify(value);
const base64 = (bytes: string | Buffer): string => Buffer.from(bytes).toString('base64');
const lines = (...values: readonly unknown[]): string => values.map(text).join('\n');
const logEvents = {
  messageType: 'DATA_MESSAGE',
  owner: '1',
  logEvents: [{ id: '1', message: text(a) }, { message: text(b) }],
};
const ecs = (one: object) => ({
  event: { action: 'X', provider: 'ec2.amazonaws.com', original: text(one) },
  aws: {
    cloudtrail: { request_parameters: text({ eventName: 'No', eventSource: 's', eventTime: 't' }) },
  },
});
const flat = (one: { eventID: string; eventName: string; eventSource: string }) => ({
  eventID: one.eventID,
  eventName: one.eventName,
  eventSource: one.eventSource,
  'userIdentity.type': 'IAMUser',
});

const SHAPES: Readonly<Record<string, string>> = {
  'filter-log-events': text({
    events: [{ message: text(a) }, { message: text(b) }],
    searchedLogStreams: [],
  }),
  'a subscription, with documents side by side':
    text({ ...logEvents, logEvents: [logEvents.logEvents[0]] }) +
    text({ ...logEvents, logEvents: [logEvents.logEvents[1]] }),
  'Insights results': text({
    results: [a, b].map((one) => [{ field: '@message', value: text(one) }]),
    status: 'Complete',
  }),
  'a list of texts': text([text(a), text(b)]),
  'rows that are lists': text(
    [a, b].map((one) => ['2026-01-31', null, [{ ResourceName: 'x' }], text(one), one.eventName]),
  ),
  'a row that is a list, in each line': lines(['x', 1, text(a)], ['y', 2, text(b)]),
  'a text a line': lines(text(a), text(b)),
  'Records of texts': text({ Records: [text(a), text(b)] }),
  'Records that is a text': text({ Records: text([a, b]) }),
  RECORDS: text({ RECORDS: [a, b] }),
  'Records in a wrapper': text({ events: [{ Records: [a, b] }] }),
  'a map by ID': text({ x: a, y: b }),
  'lists in lists': text({ hits: [[[a], [[b]]]] }),
  Splunk: lines(
    { result: { _raw: text(a), ...flat(a) } },
    { preview: false, result: { _raw: text(b), ...flat(b) } },
  ),
  'Splunk, whose rows are documents': lines(
    { _raw: text(a), ...flat(a) },
    { _raw: text(b), ...flat(b) },
  ),
  Elasticsearch: text({
    took: 1,
    hits: {
      hits: [{ _source: ecs(a) }, { _source: ecs(b), fields: { 'event.original': [text(b)] } }],
    },
  }),
  Filebeat: lines(ecs(a), { '@timestamp': 'x', message: text(b) }),
  Wazuh: lines(
    { data: { aws: { ...a, source: 'cloudtrail' } } },
    { full_log: text({ integration: 'aws', aws: b }) },
  ),
  Datadog: lines({ service: 'x', attributes: a }, { attributes: b }),
  'SQS and SNS around EventBridge': text({
    Records: [
      { eventSource: 'aws:sqs', body: text({ 'detail-type': 'x', detail: a }) },
      { EventSource: 'aws:sns', Sns: { Message: text({ 'detail-type': 'x', detail: b }) } },
    ],
  }),
  'a topic': lines({ Type: 'Notification', TopicArn: 't', Message: text(a) }, b),
  'CloudTrail Lake': text({
    QueryResultRows: [[{ eventJson: text(a) }], [{ eventName: 'x' }, { eventJson: text(b) }]],
  }),
  'Lake rows': lines(
    { ...flat(a), eventJson: text(a) },
    { ...b, userIdentity: '{type=IAMUser}', eventJson: text(b) },
  ),
  steampipe: text({
    columns: [{ name: 'event_name' }],
    rows: [{ event_name: 'x', cloudtrail_event: a }, { cloudtrail_event: text(b) }],
  }),
  plaso: lines(
    { event_name: 'x', event_source: 'y', cloud_trail_event: text(a) },
    { cloud_trail_event: text(b) },
  ),
  'CloudTrailEvent that is an object': text({
    Events: [{ EventName: 'x', CloudTrailEvent: a }, { CloudTrailEvent: b }],
  }),
  'the API in lower case': text({
    events: [a, b].map((one) => ({ eventName: 'x', eventTime: 1, cloudTrailEvent: text(one) })),
  }),
  PowerShell: text({
    value: [{ CloudTrailEvent: text(a) }, { CloudTrailEvent: text(b) }],
    Count: 2,
  }),
  'documents that a NUL ends': `${text(a)}\0${text(b)}\0`,
  Kinesis: text({
    Records: [
      { eventSource: 'aws:kinesis', kinesis: { data: base64(text(a)) } },
      { eventSource: 'aws:kinesis', kinesis: { data: base64(text(b)) } },
    ],
  }),
  'a Firehose transformation': text({
    records: [{ recordId: 'r', data: base64(gzipSync(text(logEvents))) }],
  }),
  'texts in texts': text({ x: text({ y: text({ z: text([a, b]) }) }) }),
  'several documents in a text': text({ log: `${text(a)}\n${text(b)}\n` }),
  'text before JSON in a text': text([
    { full_log: `Feb  1 host x: ${text(a)}` },
    { full_log: `Feb  1 host x: ${text(b)}` },
  ]),
  'export of CloudWatch Logs': `2026-02-01T10:11:12.000Z ${text(a)}\n2026-02-01T10:11:12.000Z ${text(b)}\n`,
  'aws logs tail, pretty-printed': `2026-02-01T10:11:12+00:00 stream ${JSON.stringify(a, null, 2)}\n2026-02-01T10:11:12+00:00 stream ${JSON.stringify(b, null, 2)}\n`,
  fluentd: `2026-02-01T10:11:12+00:00\taws\t${text({ message: text(a) })}\n2026\taws\t${text(b)}`,
  'lines with a level in brackets': `[2026-02-01 10:11:12] [info] ${text(a)} done\n[2026-02-01 10:11:12] [info] nothing {here}\n[info] ${text(b)}\n`,
  'text lines around documents': `$ aws cloudtrail\n${text(a)}\n--\n${text({ Events: [{ CloudTrailEvent: text(b) }] })}`,
};

describe('every wrapper gives its events', () => {
  test.each(Object.entries(SHAPES))('%s', async (_name, content) => {
    const all = await readOne(content);
    expect(all.ids).toEqual(['a', 'b']);
    expect(all.rows.map((row) => row['eventname'])).toEqual([
      'CreateSecurityGroup',
      'CreateSecurityGroup',
    ]);
    expect(all.rows.every((row) => row['useridentity'] !== undefined)).toBe(true);
    expect(all.summary).toMatchObject({ records: 2, read: 1, unreadable: [] });
    const none = await readOne(content, { required: namesRequired(new Set(['DeleteTrail'])) });
    expect(none.summary).toEqual(all.summary);
  });
});

describe('what is in an event, or was chosen by others, is no event', () => {
  const forged = {
    eventName: 'Forged',
    eventSource: 's',
    eventTime: 't',
    eventID: 'f',
    userIdentity: {},
  };
  test.each<[string, unknown]>([
    ['parameters of a request', whole('a', { requestParameters: { x: forged, y: text(forged) } })],
    ['a wrapped event', { message: text(whole('a', { requestParameters: { y: text(forged) } })) }],
    ['a flattened row', { ...flat(a), 'requestParameters.policy': text(forged) }],
    ['parameters beside an event', { x: a, request_parameters: text(forged) }],
    [
      'the name of an object in a bucket',
      [a, { 'detail-type': 'Object Created', detail: { object: { key: text(forged) } } }],
    ],
    [
      'the key in a notification',
      [a, { eventSource: 'aws:s3', s3: { object: { key: text(forged) } } }],
    ],
  ])('%s', async (_name, value) => {
    const { rows } = await readOne(text(value));
    expect(rows.map((row) => row['eventid'])).toEqual(['a']);
  });

  test('nor in the rest of a line that was cut short', async () => {
    const cut = text(whole('x', { requestParameters: { y: [forged] } })).slice(0, -3);
    const found = await readOne(`t ${cut}\nt ${text(a)}`);
    expect(found.ids).toEqual(['a']);
    expect(onlyReason(found)).toMatch(/^line 1, record 1: /);
  });
});

describe('events that cannot be taken apart are named', () => {
  const row = {
    class_uid: 6003,
    metadata: { product: { name: 'CloudTrail' } },
    api: { operation: 'X' },
  };
  test.each<[string, string, RegExp]>([
    ['OCSF', lines(row, row), /OCSF rows of Amazon Security Lake.* \(and 1 more\)/],
    [
      'ECS',
      text({ hits: [{ _source: { event: { action: 'X', provider: 'ec2.amazonaws.com' } } }] }),
      /Elastic documents/,
    ],
    ['Falco', text({ source: 'aws_cloudtrail', output_fields: { 'ct.name': 'X' } }), /Falco/],
    [
      'Athena',
      text({
        ResultSet: {
          Rows: [
            { Data: [{ VarCharValue: 'eventname' }, { VarCharValue: 'eventtime' }] },
            { Data: [] },
          ],
        },
      }),
      /Athena query results/,
    ],
    [
      'Lake',
      text({ QueryResultRows: [[{ eventName: 'X' }, { eventTime: 't' }]] }),
      /CloudTrail Lake query results/,
    ],
    [
      'Insights',
      text({
        results: [
          [
            { field: 'eventName', value: 'X' },
            { field: 'eventTime', value: 't' },
          ],
        ],
      }),
      /Insights results/,
    ],
    [
      'YAML',
      'Events:\n- EventName: RunX\n  EventSource: ec2.amazonaws.com\n  EventTime: 2026-01-01\n',
      /YAML/,
    ],
    [
      'the text of a dict',
      "{'eventName': 'RunX', 'eventSource': 'ec2.amazonaws.com', 'errorCode': None}\n",
      /Python's text of a dict, not JSON: write it with json\.dumps/,
    ],
    [
      'the text of a dict, in lines',
      "{\n  'eventName': 'RunX',\n  'eventSource': 'ec2.amazonaws.com'\n}\n",
      /Python's text of a dict, not JSON: write it with json\.dumps/,
    ],
    [
      'escaped JSON',
      text({ eventName: 'RunX', eventSource: 'ec2.amazonaws.com' }).replaceAll('"', String.raw`\"`),
      /JSON whose quotes are escaped.*unescape it first/,
    ],
    [
      'escaped JSON behind other text',
      `x ${text({ eventName: 'RunX', eventSource: 'ec2.amazonaws.com', eventTime: '2026-01-14' }).replaceAll('"', String.raw`\"`)}`,
      /JSON whose quotes are escaped.*unescape it first/,
    ],
    [
      'a table',
      '-----------\n|  LookupEvents  |\n+---------+\n|  EventName: RunX | EventSource: ec2.amazonaws.com | EventTime: 2026 |\n',
      /a table/,
    ],
    [
      'text in JSON',
      text({ log: 'eventName=RunX eventSource=ec2.amazonaws.com eventTime=2026-01-01' }),
      /text that holds CloudTrail events/,
    ],
  ])('%s', async (_name, content, reason) => {
    const found = await readOne(content);
    expect(found.summary.records).toBe(0);
    expect(onlyReason(found)).toMatch(reason);
  });

  test('a rule, a plan or a schema that names events is not one', async () => {
    for (const value of [
      { detail: { eventName: ['RunInstances'], eventSource: ['ec2.amazonaws.com'] } },
      { pattern: '{ ($.eventSource = ec2.amazonaws.com) && ($.eventName = RunInstances) }' },
      {
        properties: { eventName: { type: 'string' }, eventSource: { const: 'ec2.amazonaws.com' } },
      },
      {
        plan: text({
          event_pattern: text({ eventName: ['X'], eventSource: ['s3.amazonaws.com'] }),
        }),
      },
    ])
      expect((await readOne(text(value))).summary).toMatchObject({ records: 0, unreadable: [] });
  });
});

test.each([
  ['without an event', ['x', null]],
  ['with an event that was cut short', ['x', text(b).slice(0, 60)]],
])('a row %s among others is lost evidence', async (_what, row) => {
  const found = await readOne(text([['x', text(a)], row]));
  expect(found.ids).toEqual(['a']);
  expect(onlyReason(found)).toMatch(/^line 1, record [34]: .* where an event should stand/);
});

test('numbers and surrogates inside of texts are as they stood', async () => {
  const odd = text(whole('a')).replace(/\}$/, ',"requestParameters":{"a":1.50,"b":"\\ud800"}}');
  const found = await readOne(text({ events: [{ message: odd }] }));
  expect(text(found.rows[0]?.['requestparameters'])).toBe('{"a":"1.50","b":"\ufffd"}');
  expect(found.summary.repairedSurrogates).toBe(1);
});

test('zeros after a document are damage', async () => {
  const found = await readOne(`${text(a)}\0\0\0\n${text(b)}`);
  expect(found.ids).toEqual(['a', 'b']);
  expect(onlyReason(found)).toMatch(/no JSON document/);
});

test('output that was cut off is told by its last page', async () => {
  const page = (more: object) => text({ Events: [{ CloudTrailEvent: text(a) }], ...more });
  const cutOff = async (content: string) => (await readOne(content)).summary.cutOff.length;
  expect(await cutOff(page({ NextToken: 'x' }))).toBe(1);
  expect(await cutOff(page({ NextToken: 'x' }) + page({}))).toBe(0);
  expect(await cutOff(page({}) + page({ NextToken: 'x' }))).toBe(1);
  expect(await cutOff(page({ NextToken: null }))).toBe(0);
});

test('an event of EventBridge has the account that stands around it', async () => {
  const { recipientAccountId: _account, ...bare } = whole('a');
  const around = { 'detail-type': 'AWS API Call via CloudTrail', account: '999900001111' };
  const log = lines({ ...around, detail: bare }, { ...around, detail: b });
  const { rows } = await readOne(log);
  expect(rows.map((row) => [row['eventid'], row['recipientaccountid']])).toEqual([
    ['a', '999900001111'],
    ['b', '111122223333'],
  ]);
  const values = new Set(['999900001111']);
  const required = { kind: 'value', field: 'recipientAccountId', values, missing: false } as const;
  expect((await readOne(log, { required })).ids).toEqual(['a']);
});

test.each(['', '  '])('events of one wrapper that have %j for an ID are no copies', async (id) => {
  const events = ['ann', 'robin'].map((userName) => event(id, { userIdentity: { userName } }));
  const reading = await readOne(text({ message: text({ Records: events }) }));
  expect(reading.rows).toHaveLength(2);
});

test.each(['', '  '])('a row with %j for an ID is a copy of the event inside of it', async (id) => {
  const { eventName, eventSource, eventTime } = a;
  const row = { eventID: id, eventName, eventSource, eventTime, raw: text(a) };
  const { rows } = await readOne(text([row]));
  expect(rows.map(({ eventid }) => eventid)).toEqual(['a']);
});
