/** Tables of Security Lake in OCSF give what the logs give from which they were made, as far as OCSF has it. */
import { beforeAll, expect, test } from 'vitest';
import { literal } from '../../../../src/sql/literal.js';
import { huntEvents, openedGroup } from '../../../support/hunt-events.js';
import { ruleText } from '../../../support/rules.js';
import { describeWithTrino } from '../../../support/trino.js';
import { readRule } from '../../../../src/rule/catalog/read.js';
import type { Rule } from '../../../../src/rule/rule.js';
import { comparable, huntTable } from '../hunt-table.js';

const SESSION = {
  attributes: { creationDate: '2026-01-14T08:00:00Z', mfaAuthenticated: 'false' },
  sessionIssuer: {
    type: 'Role',
    principalId: 'AROAEXAMPLE',
    arn: 'arn:aws:iam::112233445566:role/Admin',
    accountId: '012345678901',
    userName: 'Admin',
  },
};
const { userIdentity } = openedGroup() as { userIdentity: object };
const EVENTS = [
  openedGroup({ eventID: 'a', userIdentity: { ...userIdentity, sessionContext: SESSION } }),
  openedGroup({ eventID: 'b', sourceIPAddress: 'cloudformation.amazonaws.com', readOnly: false }),
  openedGroup({ eventID: 'c', errorCode: 'AccessDenied', errorMessage: 'no', apiVersion: '1' }),
  openedGroup({ eventID: 'd', eventTime: '2025-12-01T10:00:00Z', eventCategory: 'Management' }),
  openedGroup({ eventID: 'e', requestID: null, eventCategory: null, recipientAccountId: null }),
];

const rule = (id: string, detection: string): Rule =>
  readRule(ruleText(detection).replace('Test.Rule', id), 'rule.yml');
const RULES = [
  rule('all', '  - { KeyPath: eventSource, Condition: Equals, Value: ec2.amazonaws.com }'),
  rule(
    'issuer',
    '  - { KeyPath: userIdentity.sessionContext.sessionIssuer.userName, Condition: Equals, Value: Admin }',
  ),
  rule(
    'time',
    '  - { KeyPath: userIdentity.sessionContext.attributes.mfaAuthenticated, Condition: Equals, Value: "false" }',
  ),
];
const PARAMETERS = rule(
  'parameters',
  '  - { KeyPath: requestParameters.ipPermissions.items, Condition: Exists }',
);

const at = (path: string): string => `json_extract_scalar(t, '$.${path}')`;
const text = (path: string): string => `json_format(json_extract(t, '$.${path}'))`;
const time = (path: string): string => `from_iso8601_timestamp(${at(path)})`;
const milliseconds = (path: string): string => `CAST(to_unixtime(${time(path)}) * 1000 AS bigint)`;
const row = (members: Readonly<Record<string, string>>): string => {
  const names = Object.keys(members).map((name) => `"${name}" ${typeOf(members[name] ?? '')}`);
  return `CAST(ROW(${Object.values(members).join(', ')}) AS ROW(${names.join(', ')}))`;
};
const typeOf = (sql: string): string => {
  if (sql.startsWith('CAST(ROW')) return sql.slice(sql.lastIndexOf(' AS ROW(') + 4, -1);
  return sql.includes('bigint')
    ? 'bigint'
    : sql.includes('timestamp')
      ? 'timestamp(6)'
      : sql.includes("= 'true'")
        ? 'boolean'
        : 'varchar';
};
const ISSUER = 'userIdentity.sessionContext.sessionIssuer';
const OTHERS = [
  `${ISSUER}.type`,
  `${ISSUER}.principalId`,
  `${ISSUER}.accountId`,
  `${ISSUER}.userName`,
  'recipientAccountId',
  'readOnly',
  'eventType',
];
const ATTRIBUTES = 'userIdentity.sessionContext.attributes';
const SHARED = `
  ${row({
    product: row({
      version: at('eventVersion'),
      name: "'CloudTrail'",
      feature: row({ name: `COALESCE(${at('eventCategory')}, 'Management, Data, and Insights')` }),
    }),
    uid: at('eventID'),
    event_code: at('eventType'),
  })} AS metadata, 3001 AS class_uid, ${milliseconds('eventTime')} AS time, ${row({ region: at('awsRegion') })} AS cloud,
  ${row({ user_agent: at('userAgent') })} AS http_request,
  ${row({
    uid: 'CAST(NULL AS varchar)',
    ip: `IF(${at('sourceIPAddress')} LIKE '%.com', NULL, ${at('sourceIPAddress')})`,
    domain: `IF(${at('sourceIPAddress')} LIKE '%.com', ${at('sourceIPAddress')})`,
  })} AS src_endpoint, ${row({ name: "'someone else'" })} AS user,
  ARRAY[${row({ uid: "'x'" })}] AS resources,
  map_filter(MAP(ARRAY[${OTHERS.map(literal).join(', ')}], ARRAY[${OTHERS.map(at).join(', ')}]), (k, v) -> v IS NOT NULL) AS unmapped`;

const RESPONSE = { error: at('errorCode'), message: at('errorMessage') };
const api = (
  request: Readonly<Record<string, string>>,
  response: Readonly<Record<string, string>>,
): string =>
  row({
    response: row(response),
    operation: at('eventName'),
    version: at('apiVersion'),
    service: row({ name: at('eventSource') }),
    request: row({ uid: `COALESCE(${at('requestID')}, '''''')`, ...request }),
  });
const USER = {
  type: at('userIdentity.type'),
  name: at('userIdentity.userName'),
  credential_uid: at('userIdentity.accessKeyId'),
};

const VERSION_1 = `${SHARED}, ${api({}, RESPONSE)} AS api, ${row({
  user: row({
    ...USER,
    uid: at('userIdentity.principalId'),
    uuid: at('userIdentity.arn'),
    account_uid: at('userIdentity.accountId'),
  }),
  session: row({
    created_time: milliseconds(`${ATTRIBUTES}.creationDate`),
    mfa: `${at(`${ATTRIBUTES}.mfaAuthenticated`)} = 'true'`,
    issuer: at(`${ISSUER}.arn`),
  }),
  invoked_by: at('userIdentity.invokedBy'),
})} AS actor, ${at('awsRegion')} AS region, '112233445566' AS accountid, date_format(${time('eventTime')}, '%Y%m%d') AS eventday`;

const VERSION_2 = `${SHARED}, CAST(${time('eventTime')} AS timestamp(6)) AS time_dt, ${api({ data: text('requestParameters') }, { ...RESPONSE, data: text('responseElements') })} AS api, ${row(
  {
    user: row({
      ...USER,
      uid_alt: at('userIdentity.principalId'),
      uid: at('userIdentity.arn'),
      account: row({ uid: at('userIdentity.accountId') }),
    }),
    session: row({
      created_time_dt: `CAST(${time(`${ATTRIBUTES}.creationDate`)} AS timestamp(6))`,
      is_mfa: `${at(`${ATTRIBUTES}.mfaAuthenticated`)} = 'true'`,
      issuer: at(`${ISSUER}.arn`),
    }),
    invoked_by: at('userIdentity.invokedBy'),
  },
)} AS actor, ${at('awsRegion')} AS region, '112233445566' AS accountid`;

await describeWithTrino('a table of Security Lake', (trino) => {
  beforeAll(async () => {
    const values = EVENTS.map((event) => `(${literal(JSON.stringify(event))})`).join(', ');
    for (const [name, columns] of [
      ['mgmt_1_0', VERSION_1],
      ['mgmt_2_0', VERSION_2],
    ])
      await trino.rows(
        `CREATE TABLE ${name} AS SELECT ${columns} FROM (VALUES ${values}) AS v (t)`,
      );
  });

  test('of source version 2 gives what the logs give', async () => {
    const rules = [...RULES, PARAMETERS];
    const report = await huntTable(trino, 'mgmt_2_0', { rules });
    expect(comparable(report)).toEqual(comparable(await huntEvents(EVENTS, { rules })));
    expect(report.source.missingFields).toEqual(
      expect.arrayContaining(['additionalEventData', 'resources', 'serviceEventDetails']),
    );
  });

  test('of source version 1 gives what OCSF 1.0.0-rc.2 has, and names a rule that tests more', async () => {
    const columns = 'region accountid eventday'.split(' ');
    const report = await huntTable(trino, 'mgmt_1_0', {
      rules: [...RULES, PARAMETERS],
      window: { since: Date.parse('2026-01-01'), until: Date.parse('2026-02-01') },
      description: { partitionKeys: columns.map((name) => ({ name, type: 'varchar' })) },
      partitions: { date: 'eventday', format: 'yyyyMMdd' },
      now: Date.parse('2026-03-01'),
    });
    // Partitions of other days are not read.
    const kept = EVENTS.filter(({ eventID }) => eventID !== 'd').map(
      ({ requestParameters: _request, responseElements: _response, ...event }) => event,
    );
    const local = await huntEvents(kept, {
      rules: RULES,
      window: { since: Date.parse('2026-01-01'), until: Date.parse('2026-02-01') },
    });
    expect(comparable(report)).toEqual(comparable(local));
    expect(report.ruleFiles.refused.map(({ rule: refused }) => refused?.id)).toEqual([
      'parameters',
    ]);
    expect(report.warnings.map(({ code }) => code)).not.toContain('PARTITIONS_NOT_UNDERSTOOD');
  });

  test('puts the window on its time', async () => {
    const window = { since: Date.parse('2026-01-01'), until: undefined };
    const rules = RULES.slice(0, 1);
    const { sections } = await huntTable(trino, 'mgmt_2_0', { rules, window });
    expect(sections[0]?.findings.map(({ eventID }) => eventID)).toEqual(['a', 'b', 'c', 'e']);
  });
});
