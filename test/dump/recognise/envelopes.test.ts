/** Shapes of logs give the same events and the same counts, whether or not a rule asks for the events. */
import { gzipSync } from 'node:zlib';
import { Readable } from 'node:stream';
import { describe, expect, test } from 'vitest';
import { folderOf, namesRequired } from '../../support/read-dump.js';
import { event, eventText, readOne, readPaths } from '../dumps.js';

const [a, b] = [event('a'), event('b')];
const lookup = (id: string) => ({
  EventId: id,
  EventName: 'CreateSecurityGroup',
  EventTime: '2024-05-01 10:20:30+02:00',
  EventSource: 'ec2.amazonaws.com',
  CloudTrailEvent: eventText(id),
});
const bridge = (id: string) => ({
  version: '0',
  id: 'x',
  'detail-type': 'AWS API Call via CloudTrail',
  source: 'aws.ec2',
  account: '111122223333',
  detail: event(id),
});

const SHAPES: Readonly<Record<string, string | Buffer>> = {
  'Records, compact': JSON.stringify({ Records: [a, b] }),
  'Records, pretty-printed': JSON.stringify({ Records: [a, b] }, null, 2),
  'Records among other members': JSON.stringify({ Version: 1, Records: [a, b], More: [1] }),
  'Records with CRLF': JSON.stringify({ Records: [a, b] }, null, 2).replaceAll('\n', '\r\n'),
  'a JSON array': JSON.stringify([a, b]),
  'one event a line': `${JSON.stringify(a)}\n${JSON.stringify(b)}\n`,
  'one event a line, with CRLF and a comma': `${JSON.stringify(a)},\r\n${JSON.stringify(b)}`,
  'single events, concatenated': JSON.stringify(a) + JSON.stringify(b, null, 4),
  'several Records documents': `{"Records":[${JSON.stringify(a)}]}{"Records":[]}\n{"Records":[${JSON.stringify(b)}]}`,
  'an array of Records documents': JSON.stringify([{ Records: [a] }, { Records: [b] }]),
  'LookupEvents output': JSON.stringify({ Events: [lookup('a'), lookup('b')], NextToken: 'x' }),
  'LookupEvents, one a line': `${JSON.stringify(lookup('a'))}\n${JSON.stringify(lookup('b'))}`,
  'EventBridge, one a line': `${JSON.stringify(bridge('a'))}\n${JSON.stringify(bridge('b'))}`,
  'EventBridge in an array': JSON.stringify([bridge('a'), bridge('b')]),
  'a UTF-8 byte-order mark': `\ufeff${JSON.stringify({ Records: [a, b] })}`,
  'byte-order marks of files put together': `\ufeff${JSON.stringify(a)}\n\ufeff${JSON.stringify(b)}`,
  'UTF-16, little-endian': Buffer.from(`\ufeff${JSON.stringify([a, b])}`, 'utf16le'),
  'UTF-16, big-endian': Buffer.from(`\ufeff${JSON.stringify([a, b])}`, 'utf16le').swap16(),
  'a JSON text sequence': `\x1e${JSON.stringify(a)}\n\x1e${JSON.stringify(b)}\n`,
  gzip: gzipSync(JSON.stringify({ Records: [a, b] })),
  'gzip of several members': Buffer.concat([
    gzipSync(`{"Records":[${JSON.stringify(a)},`),
    gzipSync(`${JSON.stringify(b)}]}`),
  ]),
  'gzip in gzip': gzipSync(gzipSync(JSON.stringify([a, b]))),
};

describe('every shape gives its events', () => {
  test.each(Object.entries(SHAPES))('%s', async (_name, content) => {
    const reading = await readOne(content);
    expect(reading.ids).toEqual(['a', 'b']);
    expect(reading.summary).toMatchObject({
      records: 2,
      read: 1,
      skipped: [],
      skippedRecords: [],
      unreadable: [],
    });
  });

  test.each(Object.entries(SHAPES))(
    '%s, when its events are not asked for',
    async (_name, content) => {
      const reading = await readOne(content, { required: namesRequired(new Set(['DeleteTrail'])) });
      expect(reading.rows).toEqual([]);
      expect(reading.summary).toMatchObject({ records: 2, read: 1, unreadable: [] });
      expect(reading.summary.coverage).toEqual((await readOne(content)).summary.coverage);
    },
  );
});

test('times of LookupEvents output are those of the events themselves', async () => {
  const { rows } = await readOne(JSON.stringify({ Events: [lookup('a')] }));
  expect(rows[0]).toMatchObject({ eventtime: '2024-05-01T10:20:30Z', eventid: 'a' });
});

test("Panther's export: lower-case members of userIdentity, p_ fields, times with a space", async () => {
  const panther = {
    ...event('a', { eventTime: '2021-01-24 04:55:45.000' }),
    userIdentity: { type: 'IAMUser', principalid: 'AIDA', accountid: '1' },
    p_log_type: 'AWS.CloudTrail',
  };
  const { rows, summary } = await readOne(JSON.stringify(panther));
  expect(rows[0]?.['useridentity']).toMatchObject({ principalid: 'AIDA', accountid: '1' });
  expect(summary.first).toBe(Date.UTC(2021, 0, 24, 4, 55, 45));
});

test('keys in lower case, as tables export them', async () => {
  const lower = Object.fromEntries(
    Object.entries(a).map(([key, value]) => [key.toLowerCase(), value]),
  );
  const { ids, summary } = await readOne(JSON.stringify(lower), {
    required: namesRequired(new Set(['CreateSecurityGroup'])),
  });
  expect(ids).toEqual(['a']);
  expect(summary.coverage[0]).toMatchObject({ account: '111122223333', region: 'eu-west-1' });
});

test('an empty list is a log that was read', async () => {
  for (const text of ['{"Records":[]}', '{"Events":[]}', '{"Records": [ ]}\n', ' [ ] ']) {
    const { summary } = await readOne(text);
    expect(summary).toMatchObject({ records: 0, read: 1, skipped: [], unreadable: [] });
  }
});

test('standard input, plain or gzip, in pieces', async () => {
  const packed = gzipSync(JSON.stringify({ Records: [a, b] }));
  const stdin = () =>
    Readable.from([packed.subarray(0, 1), packed.subarray(1, 40), packed.subarray(40)]);
  const reading = await readPaths(['-'], { stdin });
  expect(reading.ids).toEqual(['a', 'b']);
  expect(reading.rows[0]?.source).toBe('-');
});

test('a file is opened with any name', async () => {
  const folder = folderOf({ 'notes.txt': JSON.stringify(a) });
  expect((await readPaths([`${folder}/notes.txt`])).ids).toEqual(['a']);
  expect((await readPaths([folder])).ids).toEqual(['a']);
});

describe('values as they stood', () => {
  test('numbers', async () => {
    const text = eventText('a').replace(
      /\}$/,
      ',"requestParameters":{"a":1e2,"b":1.50,"c":9007199254740993,"d":-0,"e":22}}',
    );
    for (const shape of [text, `[${text}]`, JSON.stringify({ CloudTrailEvent: text })]) {
      const { rows } = await readOne(shape);
      expect(JSON.stringify(rows[0]?.['requestparameters'])).toBe(
        '{"a":"1e2","b":"1.50","c":"9007199254740993","d":"-0","e":22}',
      );
    }
  });

  test('unpaired surrogates are repaired and counted, in strings and keys', async () => {
    const text = eventText('a').replace(
      /\}$/,
      ',"userAgent":"x\\ud800y","requestParameters":{"\\udc00":"\\ud83d\\ude00"}}',
    );
    for (const shape of [text, JSON.stringify({ Events: [{ CloudTrailEvent: text }] })]) {
      const { rows, summary } = await readOne(shape);
      expect(rows[0]).toMatchObject({
        useragent: 'x\ufffdy',
        requestparameters: { '\ufffd': '😀' },
      });
      expect(summary.repairedSurrogates).toBe(2);
    }
  });

  test('a __proto__ key does no harm', async () => {
    const text = eventText('a').replace(
      /\}$/,
      ',"requestParameters":{"__proto__":{"eventName":"x"},"b":"\\ud800"}}',
    );
    const { rows } = await readOne(text);
    expect(JSON.stringify(rows[0]?.['requestparameters'])).toBe(
      '{"__proto__":{"eventName":"x"},"b":"\ufffd"}',
    );
  });

  test('wrong types are rows too', async () => {
    const odd = event('a', {
      userAgent: 7,
      userIdentity: ['x'],
      eventTime: 5,
      recipientAccountId: {},
    });
    const { rows, summary } = await readOne(JSON.stringify([odd]), {
      required: namesRequired(new Set(['CreateSecurityGroup'])),
    });
    expect(rows).toMatchObject([{ useragent: '7', useridentity: null }]);
    expect(summary.coverage).toMatchObject([
      { account: '{}', records: 1, inWindow: { hours: [] } },
    ]);
  });
});

test('event names: what is not asked for is counted, what may be meant is kept', async () => {
  const names = ['CreateSecurityGroup', 'createSecurityGroup', 'ſ', 5, null, undefined];
  const events = names.map((eventName, i) => event(String(i), { eventName }));
  const { ids, summary } = await readOne(JSON.stringify({ Records: events }), {
    required: namesRequired(new Set(['CreateSecurityGroup'])),
  });
  expect(ids).toEqual(['0', '2', '3']);
  expect(summary.records).toBe(6);
});

test('of a name given twice the last counts', async () => {
  const text = eventText('a').replace(/\}$/, ',"eventName":"DeleteTrail"}');
  const eventNames = new Set(['DeleteTrail']);
  expect((await readOne(text, { required: namesRequired(eventNames) })).ids).toEqual(['a']);
  expect(
    (await readOne(text, { required: namesRequired(new Set(['CreateSecurityGroup'])) })).ids,
  ).toEqual([]);
});
