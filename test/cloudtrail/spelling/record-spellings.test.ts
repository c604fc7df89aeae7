/** An event in another spelling is the same row; what cannot be read is named. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isObject, parseJson, type Json, type JsonObject } from '../../../src/cloudtrail/json.js';
import { parseKeepingNumbers } from '../../../src/cloudtrail/numbers.js';
import { readRecord, toRecord } from '../../../src/cloudtrail/record.js';
import { repair } from '../../../src/cloudtrail/repair.js';
import { eventText } from '../../support/arbitrary-event.js';
import { openedGroup } from '../../support/hunt-events.js';

const EVENT = parseJson(JSON.stringify(openedGroup({}))) as JsonObject;
const IDENTITY: JsonObject = {
  type: 'AssumedRole',
  principalId: 'AROAEXAMPLE0000000000:dana',
  arn: 'arn:aws:sts::112233445566:assumed-role/Admin/dana',
  accountId: '112233445566',
  accessKeyId: 'ASIAEXAMPLE0000000000',
  sessionContext: {
    attributes: { mfaAuthenticated: 'false', creationDate: '2026-01-14T09:00:00Z' },
    sessionIssuer: { type: 'Role', arn: 'arn:aws:iam::112233445566:role/Admin' },
  },
};
const RESOURCE = { ARN: 'arn:aws:s3:::bucket', accountId: '112233445566', type: 'AWS::S3::Bucket' };
const WHOLE: JsonObject = { ...EVENT, userIdentity: IDENTITY, resources: [RESOURCE] };

const bodyOf = (event: JsonObject): unknown => {
  const { row, unreadable } = readRecord(event, 'f');
  return { body: row.body, time: row['eventtime'], extra: row.extra, unreadable };
};

function snake(value: Json): Json {
  if (Array.isArray(value)) return value.map(snake);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, own]) => [
      key.replaceAll(/(?<=[a-z])[A-Z]+/g, (letters) => `_${letters.toLowerCase()}`),
      own,
    ]),
  );
}

/** The keys of the nested values, joined. */
function flat(value: JsonObject, join: string, above = ''): JsonObject {
  return Object.assign(
    {},
    ...Object.entries(value).map(([key, own]) =>
      typeof own === 'object' && own !== null && Object.keys(own).length > 0
        ? flat(own as JsonObject, join, `${above}${key}${join}`)
        : { [`${above}${key}`]: own },
    ),
  ) as JsonObject;
}

const without = (event: JsonObject, name: string): JsonObject => {
  const { [name]: _, ...rest } = event;
  return rest;
};

describe('the same row', () => {
  const { userIdentity: _, resources: __, ...rest } = WHOLE;
  test.each<[string, JsonObject]>([
    ['snake_case', snake({ ...WHOLE, userIdentity: snake(IDENTITY) }) as JsonObject],
    ['lower case', Object.fromEntries(Object.entries(WHOLE).map(([k, v]) => [k.toLowerCase(), v]))],
    ['identity as text', { ...WHOLE, userIdentity: JSON.stringify(IDENTITY) }],
    [
      'identity as text twice',
      { ...WHOLE, userIdentity: JSON.stringify(JSON.stringify(IDENTITY)) },
    ],
    [
      'session as text',
      {
        ...WHOLE,
        userIdentity: { ...IDENTITY, sessionContext: JSON.stringify(IDENTITY['sessionContext']) },
      },
    ],
    ['dotted', { ...rest, ...flat({ userIdentity: IDENTITY }, '.'), resources: [RESOURCE] }],
    ['joined', { ...rest, ...flat({ useridentity: IDENTITY }, '_'), resources: [RESOURCE] }],
    ['camel', { ...rest, ...camel('UserIdentity', IDENTITY), resources: [RESOURCE] }],
    ['all dotted', flat(WHOLE, '.')],
    ['with slashes', flat(WHOLE, '/')],
    ['with two underscores', flat(WHOLE, '__')],
    [
      'brackets',
      Object.fromEntries(
        Object.entries(flat(WHOLE, '.')).map(([k, v]) => [k.replaceAll(/\.(\d+)/g, '[$1]'), v]),
      ),
    ],
    ['resources as text', { ...WHOLE, resources: JSON.stringify([RESOURCE]) }],
    ['one resource', { ...WHOLE, resources: RESOURCE }],
    ['a resource as text', { ...WHOLE, resources: [JSON.stringify(RESOURCE)] }],
    [
      'parameters as text',
      { ...WHOLE, requestParameters: JSON.stringify(WHOLE['requestParameters']) },
    ],
    ['account as number', { ...WHOLE, recipientAccountId: 112233445566 }],
    ['account as float', { ...WHOLE, recipientAccountId: '112233445566.0' }],
    ['time as number', { ...WHOLE, eventTime: Date.parse('2026-01-14T09:30:00Z') / 1000 }],
    ['mongo', { ...WHOLE, eventTime: { $date: '2026-01-14T09:30:00Z' } }],
    [
      'struct text',
      {
        ...WHOLE,
        userIdentity:
          '{type=AssumedRole, principalid=AROAEXAMPLE0000000000:dana, ' +
          'arn=arn:aws:sts::112233445566:assumed-role/Admin/dana, accountid=112233445566, invokedby=null, ' +
          'accesskeyid=ASIAEXAMPLE0000000000, username=null, sessioncontext={attributes={mfaauthenticated=false, ' +
          'creationdate=2026-01-14T09:00:00Z}, sessionissuer={type=Role, principalid=null, ' +
          'arn=arn:aws:iam::112233445566:role/Admin}, sourceidentity=null}}',
        resources: '[{arn=arn:aws:s3:::bucket, accountid=112233445566, type=AWS::S3::Bucket}]',
      },
    ],
  ])('%s', (name, event) => {
    const plain = bodyOf(WHOLE);
    const read = bodyOf(event);
    // A member that the table does not have, and that is null, is beside the columns.
    expect(name === 'struct text' ? { ...(read as object), extra: null } : read).toEqual(plain);
  });
});

/** As Microsoft Sentinel names its columns. */
function camel(above: string, value: JsonObject): JsonObject {
  const members = Object.entries(flat(value, '.')).map(([key, own]) => [
    above +
      key
        .split('.')
        .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
        .join(''),
    own,
  ]);
  return Object.fromEntries(members) as JsonObject;
}

test("Sentinel's own names, and Logstash's time", () => {
  const row = toRecord(
    {
      TimeGenerated: '2026-01-14T09:30:00Z',
      EventName: 'A',
      AwsEventId: 'e',
      ErrorCode: '',
      UserIdentityArn: 'arn',
      UserIdentityInvokedBy: '',
      SessionIssuerArn: 'issuer',
      SessionMfaAuthenticated: 'true',
      SourceIpAddress: '192.0.2.1',
    },
    'f',
  );
  expect(row).toMatchObject({
    eventtime: '2026-01-14T09:30:00Z',
    eventname: 'A',
    eventid: 'e',
    sourceipaddress: '192.0.2.1',
    useridentity: {
      arn: 'arn',
      sessioncontext: {
        attributes: { mfaauthenticated: 'true' },
        sessionissuer: { arn: 'issuer' },
      },
    },
  });
  expect(row['useridentity']).not.toHaveProperty('invokedby');
  const moved = { ...without(EVENT, 'eventTime'), '@timestamp': '2026-01-14T09:30:00.000Z' };
  expect(toRecord(moved, 'f')['eventtime']).toBe('2026-01-14T09:30:00.000Z');
});

test('the nested value wins over parts of it', () => {
  const row = toRecord({ ...WHOLE, 'userIdentity.arn': 'another', useridentity_type: 'Root' }, 'f');
  expect(row['useridentity']).toEqual(toRecord(WHOLE, 'f')['useridentity']);
  expect(JSON.parse(row.extra ?? '')).toEqual({
    'userIdentity.arn': 'another',
    useridentity_type: 'Root',
  });
});

describe('is in no form that can be read', () => {
  test.each<[string, JsonObject, string[]]>([
    ['a text', { userIdentity: 'root' }, ['userIdentity']],
    ['an empty text', { userIdentity: '' }, ['userIdentity']],
    ['a number', { userIdentity: 7 }, ['userIdentity']],
    ['a list', { userIdentity: [IDENTITY] }, ['userIdentity']],
    ['broken JSON', { userIdentity: '{"type":"Ro' }, ['userIdentity']],
    ['a member', { userIdentity: { sessionContext: 'x' } }, ['userIdentity.sessionContext']],
    ['text in doubt', { userIdentity: '{type=a, arn=b, arn=c}' }, ['userIdentity']],
    ['an unknown key', { userIdentity: '{type=a, who=b}' }, ['userIdentity']],
    ['braces', { userIdentity: '{type=a, username=b}c}' }, ['userIdentity']],
    ['parameters', { requestParameters: '{groupId=sg-1}' }, ['requestParameters']],
    ['joined parameters', { request_parameters_group_id: 'sg-1' }, ['requestParameters']],
    ['lists of Splunk', { 'requestParameters.items{}.a': 'b' }, ['requestParameters']],
    ['contradiction', { 'userIdentity.a': 1, 'userIdentity.a.b': 2 }, ['userIdentity']],
    ['resources', { resources: ['arn:aws:s3:::bucket'] }, ['resources']],
  ])('%s', (_, fields, unreadable) => {
    expect(readRecord({ eventName: 'A', ...fields }, 'f').unreadable).toEqual(unreadable);
  });

  test.each<[string, JsonObject]>([
    ['no identity', { userIdentity: null }],
    ['the text null', { userIdentity: 'null' }],
    ['parameters that are hidden', { requestParameters: 'HIDDEN_DUE_TO_SECURITY_REASONS' }],
    ['parts that are all null', { 'userIdentity.arn': null, useridentity_type: null }],
  ])('but not %s', (_, fields) =>
    expect(readRecord({ eventName: 'A', ...fields }, 'f').unreadable).toEqual([]),
  );
});

test('any event is the same row with its structs as text, and with its keys in snake_case', () => {
  fc.assert(
    fc.property(eventText, (text) => {
      const event = repair(parseKeepingNumbers(text)).value;
      if (!isObject(event)) return;
      const asText = (name: string): JsonObject =>
        isObject(event[name]) ? { [name]: JSON.stringify(event[name]) } : {};
      const other = {
        ...event,
        ...asText('userIdentity'),
        ...asText('requestParameters'),
        ...asText('responseElements'),
        ...asText('tlsDetails'),
      };
      const plain = toRecord(event, 'f');
      expect(toRecord(other, 'f').body).toBe(plain.body);
      expect(toRecord(snake(event) as JsonObject, 'f').body).toBe(plain.body);
    }),
  );
});
