/** A table of any shape is hunted as AWS's own, and all its records are counted by the same statement. */
import { beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { toRecord } from '../../src/cloudtrail/record.js';
import { answerReader } from '../../src/answer/read-answer.js';
import type { AnswerRow, RecordCount } from '../../src/answer/row.js';
import { huntSql } from '../../src/answer/statement/hunt-sql.js';
import { bind } from '../../src/rule/bind.js';
import { trino as trinoDialect } from '../../src/sql/dialect/trino.js';
import { buildQuery } from '../../src/query/build.js';
import { fitTable, relationSql } from '../../src/table/columns/fit.js';
import { countedLogs } from '../../src/answer/record-counts.js';
import { readOne } from '../dump/dumps.js';
import { eventsOfAllKinds } from '../support/kinds.js';
import { openedGroup } from '../support/hunt-events.js';
import { OPENED } from '../support/rules.js';
import { describeWithTrino } from '../support/trino.js';

const query = buildQuery(
  [bind(OPENED, new Map())],
  { since: Date.parse('2026-01-14T00:00:00Z'), until: Date.parse('2026-01-15T00:00:00Z') },
  { exclusions: true, filters: [] },
);

const events = [
  openedGroup(),
  openedGroup({ eventName: 'RunInstances', eventID: 'b' }),
  openedGroup({ eventName: 'RunInstances', eventID: 'c', eventTime: '2026-01-14T23:59:59Z' }),
  openedGroup({ eventName: 'RunInstances', eventID: 'd', eventTime: '2026-01-15T00:00:00Z' }),
  openedGroup({ eventName: 'RunInstances', eventID: 'e', eventTime: 'when?' }),
  openedGroup({ eventName: 'RunInstances', eventID: 'f', awsRegion: 'us-east-1' }),
  openedGroup({ awsRegion: undefined, recipientAccountId: undefined, eventID: 'g' }),
];

await describeWithTrino('a table hunted whole', (trino) => {
  beforeAll(() =>
    trino.createEvents(
      'logs',
      events.map((event) => toRecord(event as JsonObject, 'file')),
    ),
  );

  const described = async (table: string) => ({
    columns: (await trino.rows(`SHOW COLUMNS FROM ${table}`)).map((row) => ({
      name: row['Column'] ?? '',
      type: row['Type'] ?? '',
    })),
    partitionKeys: [],
    properties: new Map<string, string>(),
  });
  const relationOf = async (table: string, names: ReadonlyMap<string, string>) =>
    relationSql(fitTable(await described(table), names), {
      from: table,
      source: 'source',
      where: undefined,
    });
  const answer = async (
    table: string,
    names: ReadonlyMap<string, string> = new Map(),
  ): Promise<readonly AnswerRow[]> => {
    const relation = await relationOf(table, names);
    const rows = await trino.rows(
      huntSql(query, trinoDialect, { source: { kind: 'table', relation } }),
    );
    return rows.map(answerReader(query));
  };
  const counts = (rows: readonly AnswerRow[]): readonly RecordCount[] =>
    rows
      .flatMap((row) => (row.kind === 'records' ? [row] : []))
      .toSorted(
        (a, b) =>
          String(a.account).localeCompare(String(b.account)) ||
          String(a.region).localeCompare(String(b.region)),
      );

  test('needs little memory for each of many findings in one of several parts', async () => {
    const many = Array.from({ length: 400 }, (_, n) => openedGroup({ eventID: `many-${n}` }));
    await trino.createEvents(
      'many',
      many.map((event) => toRecord(event as JsonObject, 'file')),
    );
    const relation = await relationOf('many', new Map());
    const sql = huntSql(query, trinoDialect, {
      source: { kind: 'table', relation },
      part: { since: undefined },
    });
    // A list of keys with room for 10,000 in each group would take 100 MB.
    const rows = await trino.rows(`WITH SESSION query_max_memory_per_node = '40MB' ${sql}`);
    const found = rows.map(answerReader(query)).filter((row) => row.kind === 'events');
    expect(found.flatMap(({ matches }) => matches)).toHaveLength(400);
    expect(found.flatMap(({ keys = [] }) => keys)).toHaveLength(400);
  });

  test('counts every record by account and region, in and out of the window', async () => {
    expect(counts(await answer('logs'))).toEqual([
      {
        kind: 'records',
        account: '112233445566',
        region: 'eu-west-1',
        notEvent: null,
        eventKind: { category: 'unknown', eventSource: null },
        records: 5,
        first: Date.parse('2026-01-14T09:30:00Z'),
        last: Date.parse('2026-01-15T00:00:00Z'),
        inWindow: {
          records: 3,
          first: Date.parse('2026-01-14T09:30:00Z'),
          last: Date.parse('2026-01-14T23:59:59Z'),
          hours: expect.toSatisfy(
            (hours: readonly number[]) =>
              hours.toSorted((a, b) => a - b).join() ===
              ['2026-01-14T09:00:00Z', '2026-01-14T23:00:00Z'].map(Date.parse).join(),
          ),
        },
        otherHours: [Date.parse('2026-01-15T00:00:00Z')],
        example: null,
        withoutName: 0,
        withoutSource: 0,
        odd: 0,
      },
      expect.objectContaining({ account: '112233445566', region: 'us-east-1', records: 1 }),
      expect.objectContaining({
        account: null,
        region: null,
        records: 1,
        inWindow: expect.objectContaining({ records: 1 }),
      }),
    ]);
  });

  test('counts what is not an event apart, and takes none of it for an event', async () => {
    const decoys = [
      { eventSource: 'aws:s3' },
      { eventType: 'AwsCloudTrailInsight' },
      { eventCategory: 'Insight' },
      { eventCategory: 'Aggregated' },
    ];
    await trino.createEvents(
      'decoys',
      decoys.map((changes) => toRecord(openedGroup(changes) as JsonObject, 'file')),
    );
    const rows = await answer('decoys');
    expect(
      counts(rows)
        .map(({ notEvent, records }) => [notEvent, records])
        .toSorted(),
    ).toEqual([
      ['Insights', 2],
      ['aggregated', 1],
      ['notification', 1],
    ]);
    expect(rows.filter(({ kind }) => kind === 'events')).toEqual([]);
  });

  test('says the kinds of events as logs do, with and without managementEvent', async () => {
    const all = eventsOfAllKinds((id, members) => openedGroup({ eventID: id, ...members }));
    const records = all.map((event) => toRecord(event as JsonObject, 'file'));
    await trino.createEvents('kinds', records);
    const flags = all.map((event, id) => {
      const { managementEvent = null } = event as JsonObject;
      return `WHEN '${id}' THEN ${JSON.stringify(managementEvent)}`;
    });
    await trino.rows(
      `CREATE TABLE kinds_flagged AS SELECT *, CASE eventid ${flags.join(' ')} END AS managementevent FROM kinds`,
    );
    const window = { since: undefined, until: undefined };
    const kindsIn = async (text: string) => (await readOne(text, { window })).summary.kinds;
    const withoutFlags = all.map((event) => ({ ...event, managementEvent: undefined }));
    for (const [table, logged] of [
      ['kinds', withoutFlags],
      ['kinds_flagged', all],
    ] as const) {
      const found = countedLogs(counts(await answer(table))).kinds;
      expect(found).toEqual(await kindsIn(JSON.stringify({ Records: logged })));
      expect(found.length).toBeGreaterThan(4);
    }
  });

  const SHAPES: readonly (readonly [
    name: string,
    select: string,
    names: Record<string, string>,
  ])[] = [
    [
      'with names of its own',
      `SELECT eventtime AS happened, eventname AS what, eventid AS event_id, useridentity AS who, eventsource, awsregion,
         recipientaccountid, sourceipaddress, useragent, errorcode, errormessage, requestparameters, responseelements,
         source FROM logs`,
      { eventTime: 'happened', eventName: 'what', userIdentity: 'who' },
    ],
    [
      'with the identity flattened',
      `SELECT eventtime, eventname, eventid, useridentity.type AS useridentity_type,
         useridentity.principalid AS useridentity_principalid, useridentity.arn AS actor,
         useridentity.accountid AS useridentity_accountid, eventsource, awsregion, recipientaccountid, sourceipaddress,
         useragent, errorcode, errormessage, requestparameters, responseelements, source FROM logs`,
      { 'userIdentity.arn': 'actor' },
    ],
    [
      'with other types',
      `SELECT TRY(CAST(replace(replace(eventtime, 'T', ' '), 'Z', ' UTC') AS timestamp(3) with time zone)) AS eventtime,
         eventname, eventid, json_format(CAST(useridentity AS JSON)) AS useridentity, eventsource, awsregion,
         recipientaccountid, sourceipaddress, useragent, errorcode, errormessage,
         json_parse(requestparameters) AS requestparameters,
         CAST(json_parse(responseelements) AS map(varchar, json)) AS responseelements, source FROM logs`,
      {},
    ],
  ];
  test.each(SHAPES)('finds the same in one %s', async (name, select, names) => {
    const table = `shape_${SHAPES.findIndex(([own]) => own === name)}`;
    await trino.rows(`CREATE TABLE ${table} AS ${select}`);
    const found = (rows: readonly AnswerRow[]) =>
      rows.flatMap((row) =>
        (row.kind === 'events' ? row.matches : []).map(({ body }) => {
          const { useridentity, requestparameters, eventid } = JSON.parse(body) as Record<
            string,
            string
          >;
          const identity = JSON.parse(useridentity ?? 'null') as Record<string, unknown>;
          return {
            eventid,
            arn: identity['arn'],
            type: identity['type'],
            parameters: JSON.parse(requestparameters ?? 'null') as unknown,
          };
        }),
      );
    const here = found(await answer('logs'));
    expect(here).toHaveLength(1);
    expect(found(await answer(table, new Map(Object.entries(names))))).toEqual(here);
  });
});

const table = (...names: string[]) => ({
  columns: names.map((name) => ({ name, type: 'string' })),
  partitionKeys: [],
  properties: new Map<string, string>(),
});

test('a table that has no event names is refused, with the mapping that would help', () => {
  expect(() => fitTable(table('eventtime', 'operation'), new Map())).toThrow(
    'the table has no column for eventName; it has eventtime, operation. If one of them holds it, set columns: { eventName: <column> } in hunt.yml',
  );
});

test('names in the mapping that nothing has are refused, with the nearest', () => {
  expect(() =>
    fitTable(table('eventtime', 'operation'), new Map([['evntName', 'operation']])),
  ).toThrow('columns: no field evntName. Did you mean "eventName"?');
  expect(() =>
    fitTable(table('eventtime', 'operation'), new Map([['eventName', 'operations']])),
  ).toThrow('columns: the table has no column operations. Did you mean "operation"?');
});

test('what a table lacks is listed by its documented names', () => {
  const { missing } = fitTable(table('eventtime', 'event_name', 'useridentity_arn'), new Map());
  expect(missing).toContain('userIdentity.sessionContext');
  expect(missing).toContain('requestParameters');
  expect(missing).not.toContain('userIdentity.arn');
  expect(missing).not.toContain('userIdentity');
});

test('of two columns with similar names, the exact name wins, wherever it stands', () => {
  const { columns } = fitTable(
    table(
      'event_name',
      'event_time',
      'EventName',
      'eventtime',
      'useridentity_arn',
      'useridentityarn',
    ),
    new Map(),
  );
  const sqlOf = (wanted: string) => columns.find(({ name }) => name === wanted)?.sql;
  expect(sqlOf('eventname')).toContain('EventName');
  expect(sqlOf('eventtime')).toContain('eventtime');
  expect(sqlOf('useridentity')).toContain('useridentityarn');
  expect(sqlOf('useridentity')).not.toContain('useridentity_arn');
});
