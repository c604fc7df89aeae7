/** Rows that name an event and its user, and lack the identity: they are no events, and their file says what to export. */
import { namesRequired } from '../../support/read-dump.js';
import { describe, expect, test } from 'vitest';
import { event, onlyReason, readOne } from '../dumps.js';

const row = {
  EventId: 'x',
  EventName: 'CreateSecurityGroup',
  EventTime: '2026-02-02T10:11:00+00:00',
  EventSource: 'ec2.amazonaws.com',
};
const { eventVersion: _, ...noVersion } = event('a');

describe('a row of a list is no event', () => {
  test.each<readonly [string, unknown]>([
    ['a query of the AWS CLI', [{ ...row, EventId: undefined, Username: 'robin' }]],
    ['LookupEvents without CloudTrailEvent', { Events: [{ ...row, Username: 'robin' }] }],
    ['a call without a user', { Events: [{ ...row, Resources: [] }] }],
    ['other spellings', [{ ...noVersion, user_name: 'robin' }]],
    ['records', { Records: [{ ...noVersion, userName: 'robin' }] }],
    ['a document by itself', { ...row, Username: 'robin' }],
  ])('%s', async (_name, value) => {
    for (const eventNames of [undefined, new Set(['runinstances'])]) {
      const read = await readOne(JSON.stringify(value), { required: namesRequired(eventNames) });
      expect(read.rows).toEqual([]);
      expect(onlyReason(read)).toMatch(/rows without the whole event: export CloudTrailEvent/);
    }
  });

  test('a row beside the whole event is the event', async () => {
    const whole = event('a', { userIdentity: { type: 'IAMUser' } });
    const { ids, summary } = await readOne(
      JSON.stringify([{ ...row, Username: 'robin', CloudTrailEvent: JSON.stringify(whole) }]),
    );
    expect([ids, summary.unreadable]).toEqual([['a'], []]);
  });

  test('an event without an identity and without a user name is an event', async () => {
    const { ids, summary } = await readOne(JSON.stringify({ Records: [event('a')] }));
    expect([ids, summary.unreadable]).toEqual([['a'], []]);
  });
});

test('a whole event with a user name in the place of its identity is read, and the identity is unreadable', async () => {
  const read = await readOne(JSON.stringify({ Records: [event('a', { userName: 'robin' })] }));
  expect(read.ids).toEqual(['a']);
  expect(onlyReason(read)).toMatch(/userIdentity is in no form that hunt can read/);
});

const cells = {
  eventVersion: '1.11',
  eventName: 'CreateSecurityGroup',
  eventSource: 'ec2.amazonaws.com',
  eventTime: '2026-02-02T10:11:00Z',
  eventID: 'aaaaaaaa-bbbb',
};
const pairs = Object.entries(cells).map(([key, value]) => ({ key, value }));
const columns = ['event.action', 'event.provider'].map((name) => ({ name }));
const coloured = JSON.stringify(cells, undefined, 2).replaceAll(
  /("[^"]*"|[:,{])/g,
  '\u001b[34;1m$1\u001b[0m',
);

describe('a file says what its rows are', () => {
  test.each<readonly [string, string, string | object]>([
    [
      'Athena',
      'Athena query results',
      {
        ResultSet: {
          Rows: [{ Data: [{ VarCharValue: 'eventname' }, { VarCharValue: 'sourceipaddress' }] }],
        },
      },
    ],
    [
      'OpenSearch SQL',
      'columns are named apart',
      { schema: [{ name: 'eventName' }, { name: 'eventTime' }], datarows: [['X', '2026']] },
    ],
    ['ES|QL', 'columns are named apart', { columns, values: [['X', 'ec2.amazonaws.com']] }],
    ['entries of jq', 'pairs of keys and values', pairs],
    [
      'OpenTelemetry',
      'pairs of keys and values',
      {
        body: {
          kvlistValue: {
            values: pairs.map(({ key, value }) => ({ key, value: { stringValue: value } })),
          },
        },
      },
    ],
    ['colours of jq', 'terminal colours: save it without -C', coloured],
    [
      'a table of the AWS CLI',
      'a table that AWS CLI printed',
      `-------\n|  LookupEvents  |\n${pairs.map(({ key, value }) => `||  ${key} | ${value} ||\n`).join('')}`,
    ],
    [
      'psql',
      'text that holds CloudTrail events',
      `-[ RECORD 1 ]\n${pairs.map(({ key, value }) => `${key.toLowerCase()} | ${value}\n`).join('')}`,
    ],
    [
      'a table with a header',
      'text that holds CloudTrail events',
      `\nEventName  EventTime            Username EventSource\n---------  ---------            -------- ----\nRunX       2/2/2026 10:11:00 AM robin    ec2.amazonaws.com\n`,
    ],
    [
      'a difference',
      'text that holds CloudTrail events',
      JSON.stringify({ Records: [cells] }, undefined, 2).replaceAll(/^/gm, '+'),
    ],
  ])('%s', async (_name, reason, content) => {
    const read = await readOne(typeof content === 'string' ? content : JSON.stringify(content));
    expect(read.rows).toEqual([]);
    expect(onlyReason(read)).toContain(reason);
  });

  test('events beside what AWS Config writes are read', async () => {
    const content = { configurationItems: [], fileVersion: '1', x: [event('a'), event('b')] };
    expect((await readOne(JSON.stringify(content))).ids).toEqual(['a', 'b']);
  });

  test.each<readonly [string, string | object]>([
    [
      'a filter',
      [
        { key: 'eventName', value: 'X' },
        { key: 'eventSource', value: 'ec2.amazonaws.com' },
      ],
    ],
    ['AWS Config', { configurationItems: [{ configuration: JSON.stringify(cells) }] }],
    [
      'a document with a table',
      '\n| eventName | eventSource |\n| --- | --- |\n| X | ec2.amazonaws.com |\n',
    ],
  ])('%s holds no events', async (_name, content) => {
    const read = await readOne(typeof content === 'string' ? content : JSON.stringify(content));
    expect(read.summary.unreadable.filter(({ reason }) => /holds|pairs/.test(reason))).toEqual([]);
  });
});
