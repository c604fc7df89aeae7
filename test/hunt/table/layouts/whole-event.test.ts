/** Tables with a column for the whole event as JSON: CloudTrail Lake's, and raw ones. */
import { beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/cloudtrail/json.js';
import { literal } from '../../../../src/sql/literal.js';
import { huntEvents, openedGroup, type ListedReport } from '../../../support/hunt-events.js';
import { ruleWith } from '../../../support/rules.js';
import { describeWithTrino } from '../../../support/trino.js';
import { comparable, huntTable } from '../hunt-table.js';

const IDENTITY = openedGroup()['userIdentity'] as JsonObject;
const EVENTS = [
  openedGroup({ eventID: 'a', readOnly: false, resources: [{ ARN: 'arn:aws:x', accountId: '1' }] }),
  openedGroup({
    eventID: 'b',
    requestParameters: { groupId: 'sg-1', n: 1.5, deep: [{ 'a.b': '😀' }] },
  }),
  openedGroup({
    eventID: 'c',
    managementEvent: true,
    userIdentity: {
      ...IDENTITY,
      sessionContext: {
        attributes: { creationDate: '2026-01-14T08:00:00Z', mfaAuthenticated: 'true' },
        sourceIdentity: 'dana',
      },
    },
  }),
  openedGroup({ eventID: 'd', userIdentity: 'odd', errorCode: 'AccessDenied' }),
  openedGroup({ eventID: 'e', eventTime: '2025-12-01T00:00:00Z' }),
];

const OF_PART = ruleWith(
  '  - { KeyPath: userIdentity.sessionContext.attributes.mfaAuthenticated, Condition: Equals, Value: "true" }',
);
const OF_EC2 = ruleWith(
  '  - { KeyPath: eventSource, Condition: Equals, Value: ec2.amazonaws.com }',
);
const RULES = [
  ruleWith('  - { KeyPath: requestParameters.deep, Condition: Exists }'),
  OF_PART,
  OF_EC2,
];

/** Tables that are hunted in a window, and how many events are then read: it goes on the column of the time where there is one. */
const WITH_WINDOW = new Map([
  ['lake', EVENTS.length - 1],
  ['raw', EVENTS.length],
]);

/** As CloudTrail Lake writes its columns. */
const LAKE = `json_extract_scalar(t, '$.eventName') AS eventname, json_extract_scalar(t, '$.eventID') AS eventid,
  CAST(from_iso8601_timestamp(json_extract_scalar(t, '$.eventTime')) AS timestamp(3)) AS eventtime,
  json_extract_scalar(t, '$.eventSource') AS eventsource, json_extract_scalar(t, '$.recipientAccountId') AS recipientaccountid,
  json_extract_scalar(t, '$.awsRegion') AS awsregion, json_extract_scalar(t, '$.errorCode') AS errorcode,
  CAST(ROW(json_extract_scalar(t, '$.userIdentity.type'), json_extract_scalar(t, '$.userIdentity.arn')) AS ROW(type varchar, arn varchar)) AS useridentity,
  TRY(transform_values(CAST(json_extract(t, '$.requestParameters') AS map(varchar, json)), (k, v) -> json_format(v))) AS requestparameters`;

const TABLES: readonly (readonly [string, string, Record<string, string>])[] = [
  ['raw', 't AS raw', {}],
  ['other_name', `t AS blob, 'x' AS other, 5 AS eventtime`, { event: 'blob' }],
  ['lake', `${LAKE}, t AS eventjson`, {}],
  [
    'eventbridge',
    `'{"version":"0","time":"2026-01-01T00:00:00Z","resources":["r"],"detail":' || t || '}' AS message, '2026' AS year`,
    {},
  ],
  [
    'account_around',
    `'{"detail-type":"x","account":"112233445566","detail":' || regexp_replace(t, ',"recipientAccountId":"[0-9]*"') || '}' AS message`,
    {},
  ],
  ['nested', `CAST(ROW(t) AS ROW("EventJson" varchar)) AS log`, { event: 'log.eventjson' }],
  ['twice', 'json_format(CAST(t AS JSON)) AS body', {}],
];

await describeWithTrino('a table with whole events', (trino) => {
  let usual: ListedReport;
  beforeAll(async () => {
    const values = EVENTS.map((event) => `(${literal(JSON.stringify(event))})`).join(', ');
    for (const [name, columns] of TABLES)
      await trino.rows(
        `CREATE TABLE ${name} AS SELECT ${columns} FROM (VALUES ${values}) AS v (t)`,
      );
    usual = await huntEvents(EVENTS, { rules: RULES });
  });

  test('in which parts of a field stand beside it counts these events', async () => {
    const { userIdentity: _identity, ...event } = openedGroup();
    const flat = JSON.stringify({
      ...event,
      'userIdentity.sessionContext.attributes.mfaAuthenticated': 'true',
    });
    await trino.rows(`CREATE TABLE flat AS SELECT ${literal(flat)} AS raw`);
    const { warnings } = await huntTable(trino, 'flat', { rules: [OF_PART, OF_EC2] });
    expect(warnings).toEqual([
      {
        code: 'FIELDS_UNREADABLE',
        message: expect.stringMatching(/^1 event that a rule may match with .*userIdentity/),
      },
    ]);
  });

  test.each(TABLES.filter(([name]) => !WITH_WINDOW.has(name)))(
    '%s gives what logs give',
    async (name, _sql, columns) => {
      const report = await huntTable(trino, name, { rules: RULES, columns });
      expect(comparable(report)).toEqual(comparable(usual));
      expect(report.sections.at(-1)?.findings).toHaveLength(EVENTS.length);
      expect(report.source.missingFields).toEqual(['source']);
    },
  );

  const withoutFunnels = ({ sections, ...report }: ListedReport): ListedReport => ({
    ...report,
    sections: sections.map((section) => ({ ...section, funnel: [] })),
  });
  test.each([...WITH_WINDOW])('%s gives in a window what logs give', async (name, read) => {
    const asked = { rules: RULES, window: { since: Date.parse('2026-01-01'), until: undefined } };
    const report = await huntTable(trino, name, asked);
    const local = await huntEvents(EVENTS, asked);
    expect(comparable(withoutFunnels(report))).toEqual(comparable(withoutFunnels(local)));
    expect(report.sections[0]?.funnel[0]?.events).toBe(read);
    expect(report.sections.at(-1)?.findings).toHaveLength(EVENTS.length - 1);
    expect(report.source.missingFields).toEqual(['source']);
  });

  test('a table without one says how to name it', async () => {
    await trino.rows('CREATE TABLE unknown AS SELECT raw AS blob, raw AS blob2 FROM raw');
    await expect(huntTable(trino, 'unknown')).rejects.toThrow('columns: { event: <column> }');
  });
});
