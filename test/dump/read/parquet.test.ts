/** CloudTrail in Parquet: the same rows as the log that it was made from. */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { EventRecord } from '../../../src/cloudtrail/record.js';
import { literal } from '../../../src/sql/literal.js';
import { tar } from '../../support/archives.js';
import { describeWithFixtures, fixture } from '../../support/fixtures.js';
import { parquetFile, readingParquet } from '../../support/parquet.js';
import { folderOf, reading } from '../../support/read-dump.js';
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

  test('counts the events that no rule asks for', async () => {
    const file = await parquetFile(READ);
    const read = await readingParquet([file], { eventNames: new Set(['RunInstances']) });
    expect(read.rows.map((row) => row['errorcode'])).toEqual(['Client.X']);
    const log = await reading([`${folder}/log.json`]);
    expect(read.summary).toEqual(log.summary);
  });

  test('finds names in any case, and those that are no ASCII, as a log does', async () => {
    const names = ['runINSTANCES', 'RUNINSTANCES', 'Runİnstances', 'Other'];
    const query = `SELECT unnest(['${names.join("','")}']) AS eventname, 'x' AS eventsource, 1 AS eventid, 'z' AS useragent`;
    const read = await readingParquet([await parquetFile(query)], {
      eventNames: new Set(['runinstances']),
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

  test('of Security Lake is lost evidence that says what it is', async () => {
    const file = await parquetFile(
      "SELECT 3001 AS class_uid, {'product': 'x'} AS metadata, 1 AS activity_id",
    );
    expect((await readingParquet([file])).summary.unreadable).toEqual([
      { path: file, reason: "Security Lake's OCSF, which is another schema" },
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
  test('is known', async () => {
    const { summary } = await readingParquet([
      fixture('aws-samples+amazon-security-lake-ocsf-validation'),
    ]);
    expect(summary.unreadable).toHaveLength(21);
    expect(new Set(summary.unreadable.map(({ reason }) => reason))).toEqual(
      new Set(["Security Lake's OCSF, which is another schema"]),
    );
  });
});
