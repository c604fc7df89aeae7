/** CloudTrail in Parquet: the same rows as the log that it was made from. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonical } from '../../../src/cloudtrail/canonical.js';
import type { EventRecord } from '../../../src/cloudtrail/record.js';
import { literal } from '../../../src/sql/literal.js';
import { tar } from '../../support/archives.js';
import { describeWithFixtures, fixture } from '../../support/fixtures.js';
import { parquetFile, readingParquet } from '../../support/parquet.js';
import { folderOf, reading, namesRequired } from '../../support/read-dump.js';
import { event } from '../dumps.js';

const EVENTS = [
  event('a', {
    userIdentity: {
      type: 'AssumedRole',
      arn: 'arn:aws:sts::111122223333:assumed-role/x/y',
      sessionContext: { attributes: { creationDate: '2024-05-01T10:00:00Z' } },
    },
    requestParameters: { groupId: 'sg-1', ipPermissions: { items: [{ fromPort: 22 }] } },
    readOnly: false,
    resources: [{ ARN: 'arn:aws:ec2:::x', accountId: '012345678901', type: 'AWS::EC2::VPC' }],
  }),
  event('b', {
    eventName: 'RunInstances',
    errorCode: 'Client.X',
    eventTime: '2024-05-01T10:20:30.123Z',
  }),
];

/** These events as DuckDB reads them: in CloudTrail's spelling, with structs and times. */
const folder = folderOf({ 'log.json': EVENTS.map((one) => JSON.stringify(one)).join('\n') });
const READ = `SELECT * FROM read_json(${literal(`${folder}/log.json`)}, format = 'newline_delimited')`;

/** Rows without their file and without NULL members: in Parquet, a struct has every member. */
function rowsOf(rows: readonly EventRecord[]) {
  return rows.map((row) => ({ ...row, source: '' }));
}

const LOWER = `SELECT eventversion, replace(to_json(useridentity)::VARCHAR, '01 10:00:00', '01T10:00:00Z') AS useridentity,
  eventtime::TIMESTAMPTZ AS eventtime, eventsource, eventname, awsregion, errorcode,
  to_json(requestparameters)::VARCHAR AS requestparameters, readonly::VARCHAR AS readonly, eventid,
  recipientaccountid, to_json(resources)::VARCHAR AS resources FROM (${READ})`;

/** As Tailpipe has them. */
const SNAKE = `SELECT eventVersion AS event_version, userIdentity AS user_identity, eventTime AS event_time,
  eventSource AS event_source, eventName AS event_name, awsRegion AS aws_region, errorCode AS error_code,
  requestParameters AS request_parameters, readOnly AS read_only, eventID AS event_id,
  recipientAccountId AS recipient_account_id, resources FROM (${READ})`;

const PARTS = `SELECT * EXCLUDE (userIdentity), userIdentity.type AS useridentity_type, userIdentity.arn AS useridentity_arn,
  replace(userIdentity.sessionContext.attributes.creationDate::VARCHAR, '01 10:00:00', '01T10:00:00Z')
    AS "userIdentity.sessionContext.attributes.creationDate" FROM (${READ})`;

describe('Parquet', () => {
  test.each([
    ['in CloudTrail’s spelling, with structs and times', READ],
    ['in lower case, with JSON as text', LOWER],
    ['with JSON by its own type', LOWER.replaceAll('::VARCHAR AS re', '::JSON AS re')],
    ['in snake_case', SNAKE],
    ['with its identity in parts', PARTS],
    [
      'with its time as a number',
      `SELECT * REPLACE (epoch_ms(eventTime::TIMESTAMP) AS eventTime) FROM (${READ})`,
    ],
    ['with all records of a log in one row', `SELECT list(one) AS "Records" FROM (${READ}) AS one`],
  ])('%s gives the rows of the log', async (_name, query) => {
    const file = await parquetFile(query);
    const log = await reading([`${folder}/log.json`]);
    const read = await readingParquet([file]);
    expect(read.summary).toEqual(log.summary);
    expect(rowsOf(read.rows)).toEqual(rowsOf(log.rows));
    expect(read.rows[0]?.source).toBe(file);
  });

  const WHOLE = `SELECT to_json(one) AS event FROM (${READ}) AS one`;

  test.each([
    ['text', `SELECT event::VARCHAR AS value FROM (${WHOLE})`],
    ['text, in a column with another name', `SELECT 1 AS n, event::VARCHAR AS x FROM (${WHOLE})`],
    ['JSON', `SELECT event AS json FROM (${WHOLE})`],
    ['bytes', `SELECT encode(event::VARCHAR) AS value, 7 AS "offset" FROM (${WHOLE})`],
    ['base64', `SELECT base64(encode(event::VARCHAR)) AS data FROM (${WHOLE})`],
    ['a struct', `SELECT one AS _source FROM (${READ}) AS one`],
    ['a list', `SELECT list({'CloudTrailEvent': event::VARCHAR}) AS "Events" FROM (${WHOLE})`],
    ['a map', `SELECT MAP {'line': event::VARCHAR} AS labels FROM (${WHOLE})`],
    [
      'text beside names of something else',
      `SELECT 'put' AS event_name, 'x' AS host, event::VARCHAR AS value FROM (${WHOLE})`,
    ],
  ])('with whole events as %s is read, whatever its columns are called', async (_name, query) => {
    const file = await parquetFile(query);
    const required = namesRequired(new Set(['RunInstances']));
    const { rows, summary } = await readingParquet([dirname(file)], { required });
    expect(summary.unreadable).toEqual([]);
    expect(rows.map((row) => row['errorcode'])).toEqual(['Client.X']);
  });

  test('with whole events far behind other rows is read', async () => {
    const file = await parquetFile(
      `SELECT 'x' || i AS line FROM range(300000) AS t(i) UNION ALL SELECT event::VARCHAR FROM (${WHOLE})`,
    );
    const { rows } = await readingParquet([dirname(file)]);
    expect(rows.map((row) => row['eventid'])).toEqual(['a', 'b']);
  });

  test('of something else is skipped, whatever its columns are called', async () => {
    const file = await parquetFile("SELECT 'GET /' AS message, '\\xFF\\x00'::BLOB AS value");
    const { summary } = await readingParquet([dirname(file)]);
    expect(summary.unreadable).toEqual([]);
    expect(summary.skipped).toContainEqual({ reason: 'other Parquet', count: 1 });
  });

  test('counts the events that no rule asks for', async () => {
    const file = await parquetFile(READ);
    const read = await readingParquet([file], {
      required: namesRequired(new Set(['RunInstances'])),
    });
    expect(read.rows.map((row) => row['errorcode'])).toEqual(['Client.X']);
    const log = await reading([`${folder}/log.json`]);
    expect(read.summary).toEqual(log.summary);
  });

  test('finds names in any case, and those that are no ASCII, as a log does', async () => {
    const names = ['runINSTANCES', 'RUNINSTANCES', 'Runİnstances', 'Other'];
    const query = `SELECT unnest(['${names.join("','")}']) AS eventname, 'x' AS eventsource, 1 AS eventid, 'z' AS useragent`;
    const read = await readingParquet([await parquetFile(query)], {
      required: namesRequired(new Set(['runinstances'])),
    });
    expect(read.rows.map((row) => [row['eventname'], row['useragent']])).toEqual(
      names.slice(0, 3).map((name) => [name, 'z']),
    );
    expect(read.summary.records).toBe(4);
  });

  test('takes from the names of its folders only what the file does not say', async () => {
    const query = "SELECT 'RunInstances' AS eventname, 'x' AS eventsource";
    const file = await parquetFile(
      query,
      'recipientaccountid=012345678901/eventname=Other/x.parquet',
    );
    const { rows } = await readingParquet([file]);
    expect(rows).toMatchObject([{ eventname: 'RunInstances', recipientaccountid: '012345678901' }]);
  });

  test('keeps the digits of numbers in JSON text', async () => {
    const query = `SELECT 'E' AS eventname, 'x' AS eventsource, '{"a":1.50,"b":12345678901234567890}' AS requestparameters`;
    const { rows } = await readingParquet([await parquetFile(query)]);
    expect(JSON.stringify(rows[0]?.['requestparameters'])).toBe(
      '{"a":"1.50","b":"12345678901234567890"}',
    );
  });

  test('has a name that would be a pattern', async () => {
    const file = await parquetFile(READ, "x[1]*?'.parquet");
    expect((await readingParquet([dirname(file)])).summary).toMatchObject({ read: 1, records: 2 });
  });

  test('that is no CloudTrail is skipped', async () => {
    const file = await parquetFile('SELECT 1 AS a, 2 AS eventtime');
    const { summary } = await readingParquet([dirname(file)]);
    expect(summary).toMatchObject({ read: 0, unreadable: [] });
    expect(summary.skipped).toContainEqual({ reason: 'other Parquet', count: 1 });
    const named = await readingParquet([file]);
    expect(named.summary.unreadable).toEqual([
      { path: file, reason: 'holds no CloudTrail events: other Parquet' },
    ]);
  });

  const OCSF_1 = `SELECT 6003 AS class_uid, 1714557600000 AS time, {'region': 'eu-west-1'} AS cloud,
    {'uid': 'a', 'product': {'version': '1.08', 'feature': {'name': 'Management, Data, and Insights'}}} AS metadata,
    {'operation': 'RunInstances', 'service': {'name': 'ec2.amazonaws.com'}, 'request': {'uid': ''''''},
      'response': {'error': 'Client.X', 'message': NULL::VARCHAR}} AS api,
    {'user': {'type': 'IAMUser', 'uid': 'AIDA', 'uuid': 'arn:aws:iam::1:user/x', 'account_uid': '012345678901'},
      'session': {'created_time': 1714557600500, 'mfa': true}} AS actor, {'ip': NULL::VARCHAR, 'domain': 'x.com'} AS src_endpoint,
    MAP {'recipientAccountId': '012345678901', 'eventType': 'AwsApiCall', 'requestParameters.a': 'b',
      'userIdentity.sessionContext.sessionIssuer.userName': 'Admin'} AS unmapped`;

  test('of Security Lake gives the fields that OCSF has', async () => {
    const file = await parquetFile(OCSF_1);
    const { rows, summary } = await readingParquet([file], { tested: ['eventName', 'readOnly'] });
    expect(rows).toMatchObject([
      {
        eventid: 'a',
        eventname: 'RunInstances',
        eventsource: 'ec2.amazonaws.com',
        eventtime: '2024-05-01T10:00:00Z',
        awsregion: 'eu-west-1',
        errorcode: 'Client.X',
        sourceipaddress: 'x.com',
        recipientaccountid: '012345678901',
        eventtype: 'AwsApiCall',
        useridentity: {
          type: 'IAMUser',
          principalid: 'AIDA',
          arn: 'arn:aws:iam::1:user/x',
          accountid: '012345678901',
          sessioncontext: {
            attributes: { mfaauthenticated: 'true', creationdate: '2024-05-01T10:00:00.500Z' },
            sessionissuer: { username: 'Admin' },
          },
        },
      },
    ]);
    expect(rows[0]?.['requestid']).toBeNull();
    expect(rows[0]?.['eventcategory']).toBeNull();
    expect(summary.unreadable).toEqual([]);
    expect(summary.missing).toEqual(expect.arrayContaining(['requestParameters', 'resources']));
  });

  test('of Security Lake is lost evidence for a rule that tests what OCSF lacks', async () => {
    const file = await parquetFile(OCSF_1);
    const tested = ['eventName', 'requestParameters.a', 'userIdentity.identityProvider'];
    const { summary } = await readingParquet([file], { tested });
    expect(summary).toMatchObject({ read: 1, records: 1 });
    expect(summary.unreadable).toEqual([
      {
        path: file,
        reason: expect.stringContaining(
          'OCSF 1.0.0-rc.2 does not have requestParameters.a, userIdentity.identityProvider,',
        ),
      },
    ]);
  });

  test('of Security Lake in OCSF 1.1.0 has the parameters', async () => {
    const query = `SELECT 6003 AS class_uid, TIMESTAMP '2024-05-01 10:00:00' AS time_dt, {'uid': 'a', 'event_code': 'AwsApiCall'} AS metadata,
      {'operation': 'E', 'service': {'name': 's'}, 'request': {'data': '{"b":[1.50]}'}} AS api,
      {'user': {'uid': 'arn', 'uid_alt': 'id', 'account': {'uid': '1'}}} AS actor, MAP {'readOnly': 'true'} AS unmapped`;
    const { rows } = await readingParquet([await parquetFile(query)]);
    expect(rows).toMatchObject([
      {
        eventtime: '2024-05-01T10:00:00Z',
        eventtype: 'AwsApiCall',
        readonly: 'true',
        requestparameters: { b: ['1.50'] },
        useridentity: { arn: 'arn', principalid: 'id', accountid: '1' },
      },
    ]);
  });

  test('of Security Lake is lost evidence that says what it is', async () => {
    const file = await parquetFile(
      "SELECT 3001 AS class_uid, {'product': 'x'} AS metadata, 1 AS activity_id",
    );
    expect((await readingParquet([file])).summary.unreadable).toEqual([
      { path: file, reason: "Security Lake's OCSF, not of CloudTrail or in another version" },
    ]);
  });

  test('that is cut short or damaged is named', async () => {
    const file = await parquetFile(`${READ}, range(20000)`);
    const whole = readFileSync(file);
    for (const bytes of [whole.subarray(0, -100), Buffer.from(whole).fill(0xaa, 20, 2000)]) {
      writeFileSync(file, bytes);
      const { summary } = await readingParquet([file]);
      expect(summary.unreadable).toEqual([
        { path: file, reason: expect.stringMatching(/^broken Parquet: .+/) },
      ]);
    }
  });

  test('in an archive needs a file, which is said', async () => {
    const bytes = readFileSync(await parquetFile(READ));
    const { summary } = await readingParquet([
      folderOf({ 'x.tar': await tar([['x.parquet', bytes]]) }),
    ]);
    expect(summary.unreadable[0]?.reason).toBe(
      'Parquet in an archive, which only a file can be: unpack it first',
    );
  });
});

describeWithFixtures('Parquet that Security Lake made', () => {
  test('gives the same events as the logs beside it, but for what OCSF lacks', async () => {
    const { rows, summary } = await readingParquet([
      fixture('aws-samples+amazon-security-lake-ocsf-validation'),
    ]);
    expect(summary.unreadable).toEqual([]);
    const lacked = new Set(summary.missing.map((name) => name.toLowerCase()));
    const shown = (isParquet: boolean): readonly string[] =>
      rows
        .filter(({ source }) => source.endsWith('.parquet') === isParquet)
        .map(({ body: _body, source: _source, extra: _extra, ...row }) =>
          JSON.stringify(
            Object.entries(row)
              .filter(([name]) => !lacked.has(name))
              .toSorted(([a], [b]) => (a < b ? -1 : 1))
              .map(([name, cell]) => [name, canonical(cell)]),
          ),
        )
        .toSorted();
    expect(shown(true)).toHaveLength(21);
    expect(shown(true)).toEqual(shown(false));
  });
});
