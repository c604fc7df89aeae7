/** A record as a row: which key becomes which column, and what is left over. */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { toRecord } from '../../src/cloudtrail/record.js';
import { repair } from '../../src/cloudtrail/repair.js';

const extraOf = (event: JsonObject): unknown => JSON.parse(toRecord(event, 'f').extra ?? 'null');

test('keys match in any case; the documented spelling wins, else the last', () => {
  expect(toRecord({ EVENTNAME: 'a' }, 'f')['eventname']).toBe('a');
  expect(toRecord({ eventName: 'a', EVENTNAME: 'b' }, 'f')['eventname']).toBe('a');
  expect(toRecord({ EVENTNAME: 'b', eventName: 'a' }, 'f')['eventname']).toBe('a');
  expect(toRecord({ EventName: 'a', EVENTNAME: 'b' }, 'f')['eventname']).toBe('b');
  expect(toRecord({ eventName: null, EVENTNAME: 'b' }, 'f')['eventname']).toBeUndefined();
  const identity = { PRINCIPALID: 'b', principalid: 'c' };
  expect(toRecord({ userIdentity: identity }, 'f')['useridentity']).toEqual({ principalid: 'c' });
});

test('what no column holds is extra, by its path', () => {
  const event = {
    eventName: 'a',
    unknown: [1],
    __proto__: null,
    userIdentity: { more: 1, sessionContext: { other: { a: 1 } } },
    requestParameters: 'no JSON',
    responseElements: 7,
  };
  expect(extraOf(event)).toEqual({
    unknown: [1],
    'userIdentity.more': 1,
    'userIdentity.sessionContext.other': { a: 1 },
    requestParameters: 'no JSON',
    responseElements: 7,
  });
  expect(toRecord({ eventName: 'a' }, 'f').extra).toBeNull();
});

test('columns hold text, JSON and structs alone', () => {
  const row = toRecord(
    {
      userAgent: ['a'],
      readOnly: false,
      requestParameters: '{"n":1e2}',
      userIdentity: 'root',
      resources: [{ ARN: 'a', more: 1 }],
    },
    'f',
  );
  expect(row).toMatchObject({
    useragent: '["a"]',
    readonly: 'false',
    requestparameters: { n: '1e2' },
    resources: [{ arn: 'a' }],
  });
  expect(row['useridentity']).toBeUndefined();
  expect(JSON.parse(row.extra ?? '')).toEqual({ userIdentity: 'root' });
});

test('unpaired surrogates are replaced and counted, in keys and in values', () => {
  expect(repair({ 'a\ud800': ['\udc00\udc00', { b: '\ud83d\ude00' }] })).toEqual({
    value: { 'a\ufffd': ['\ufffd\ufffd', { b: '\ud83d\ude00' }] },
    repaired: 3,
  });
});
