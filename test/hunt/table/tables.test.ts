/** Tables of many shapes, on a real Trino: each rule finds the same in them as in the table that AWS documents. */
import { beforeAll, expect, test } from 'vitest';
import { COLUMNS, type Column, type ColumnType } from '../../../src/cloudtrail/field/columns.js';
import { CALLER_FIELDS } from '../../../src/cloudtrail/field/further-fields.js';
import type { JsonObject } from '../../../src/cloudtrail/json.js';
import { toRecord } from '../../../src/cloudtrail/record.js';
import { EXIT } from '../../../src/cli/exit-code.js';
import { exitCodeOf } from '../../../src/cli/reports/report-exit-code.js';
import { renderCsv } from '../../../src/report/csv.js';
import { renderMarkdown } from '../../../src/report/markdown/render.js';
import { DEFAULT_RULE } from '../../../src/rule/catalog/built-in.js';
import { builtInRules } from '../../../src/rule/catalog/find.js';
import { readRule } from '../../../src/rule/catalog/read.js';
import type { Rule } from '../../../src/rule/rule.js';
import { trino as trinoDialect } from '../../../src/sql/dialect/trino.js';
import { sampleRecords } from '../../support/athena/sample-table.js';
import { huntEvents, openedGroup, type ListedReport } from '../../support/hunt-events.js';
import { ruleText, ruleWith } from '../../support/rules.js';
import { describeWithTrino } from '../../support/trino.js';
import { comparable, huntTable, type HuntTableOptions } from './hunt-table.js';

/** The built-in rules, and some that test whether a field exists. */
const rules = [
  // The rules on any call test fields that tables of the documented shape lack.
  ...[...builtInRules().values()].filter(({ id }) => !id.startsWith('AWS.Any.')),
  ...[
    '- { KeyPath: userIdentity, Condition: IsNull }',
    '- { KeyPath: userIdentity.sessionContext, Condition: Exists }',
    '- { KeyPath: requestParameters, Condition: DoesNotExist }',
    '- { KeyPath: resources, Condition: Exists }',
    '- { KeyPath: recipientAccountId, Condition: Equals, Value: "012345678901" }',
    '- { KeyPath: readOnly, Condition: Equals, Value: false }',
    '- { KeyPath: eventID, Condition: DoesNotExist }',
  ].map((detection, n) => ({ ...ruleWith(`  ${detection}`), id: `Test.Rule.${n}` })),
];
/** The tests' events of these rules, and some that are special. */
const eventsOf = (asked: readonly Rule[]): readonly JsonObject[] => [
  ...asked.flatMap((rule) => rule.tests.map(({ log }) => log)),
  ...[
    { recipientAccountId: '012345678901', readOnly: false },
    { userIdentity: undefined },
    { requestParameters: null },
    { requestParameters: { text: '{"a": 1}', number: 1.5, none: null, list: [1, '2'] } },
    { eventTime: '2026-01-14T23:59:59.999Z' },
    { eventTime: 'noon' },
    ...['', '', ' '].map((eventID) => ({ eventID })),
    {
      resources: [
        { ARN: 'arn:aws:s3:::example', accountId: '012345678901', type: 'AWS::S3::Bucket' },
      ],
    },
  ].map((changes, n) => openedGroup({ eventID: `special-${n}`, ...changes }) as JsonObject),
];

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();

/** Every member of every struct as a column of its own. */
function flattened(members: readonly Column[], path = '', name = ''): readonly string[] {
  return members.flatMap((member) => {
    const place = path + member.column;
    const flat = name + snake(member.name);
    return member.type.kind === 'struct'
      ? flattened(member.type.members, `${place}.`, `${flat}_`)
      : [`${place} AS ${flat}`];
  });
}

/** A value whose structs have CloudTrail's spelling, members in reverse order, and one more member. */
function reversed(type: ColumnType, path: string): string {
  if (type.kind !== 'struct') return path;
  const members = type.members.toReversed();
  const values = members.map((member) => reversed(member.type, `${path}.${member.column}`));
  return `CASE WHEN ${path} IS NOT NULL THEN CAST(ROW('more', ${values.join(', ')}) AS ${reversedType(type)}) END`;
}

/** A column of structs in the log's spelling, and in another order. */
function inOrder(name: string): string {
  const { type } = COLUMNS.find(({ column }) => column === name) ?? {};
  return type === undefined ? name : reversed(type, name);
}

function reversedType(type: ColumnType): string {
  if (type.kind === 'map') return 'map(varchar, varchar)';
  if (type.kind !== 'struct') return 'varchar';
  const members = type.members
    .toReversed()
    .map((member) => `"${member.name}" ${reversedType(member.type)}`);
  return `ROW("Seen By" varchar, ${members.join(', ')})`;
}

/** All columns, some of them changed. */
function select(changes: Readonly<Record<string, string>>): string {
  const kept = COLUMNS.filter(({ column }) => changes[column] === undefined);
  const changed = Object.entries(changes).map(([name, sql]) => `${sql} AS ${name}`);
  return `SELECT ${[...kept.map(({ column }) => column), ...changed].join(', ')} FROM events`;
}

const each = (columns: readonly string[], sql: (column: string) => string) =>
  Object.fromEntries(columns.map((column) => [column, sql(column)]));
const PARAMETERS = COLUMNS.filter(({ type }) => type.kind === 'json').map(({ column }) => column);
const STRUCTS = COLUMNS.filter(({ type }) => type.kind === 'struct').map(({ column }) => column);
const NESTED = ['resources', ...STRUCTS];
const INSTANT = trinoDialect.instant('eventtime');

type Shape = readonly [name: string, select: string, columns?: HuntTableOptions['columns']];

const SHAPES: readonly Shape[] = [
  [
    'with all structs flattened, in snake case',
    `SELECT ${flattened(COLUMNS).join(', ')} FROM events`,
  ],
  ['with structs in another order and case, and more in them', select(each(STRUCTS, inOrder))],
  ['with timestamps', select({ eventtime: `CAST(${INSTANT} AS timestamp(3))` })],
  [
    'with timestamps of another zone, and microseconds',
    select({
      eventtime: `CAST(format_datetime(${INSTANT}, 'yyyy-MM-dd HH:mm:ss.SSS') || '900 UTC' AS timestamp(6) with time zone) AT TIME ZONE 'Asia/Kolkata'`,
    }),
  ],
  [
    'with what is nested as the type json',
    select({
      ...each(PARAMETERS, (column) => `COALESCE(json_parse(${column}), JSON 'null')`),
      ...each(NESTED, (column) => `CAST(${column} AS JSON)`),
    }),
  ],
  [
    'with parameters as maps',
    select(each(PARAMETERS, (column) => `TRY(CAST(json_parse(${column}) AS map(varchar, json)))`)),
  ],
  [
    'with structs as JSON text',
    select(each(NESTED, (column) => `json_format(CAST(${column} AS JSON))`)),
  ],
  [
    'with structs as JSON text in the spelling of the log',
    select({
      ...each(STRUCTS, (column) => `json_format(CAST(${inOrder(column)} AS JSON))`),
      resources: `replace(json_format(CAST(resources AS JSON)), '"arn"', '"ARN"')`,
    }),
  ],
  [
    'with other types of scalars, and more columns',
    select({
      readonly: 'CAST(readonly AS boolean)',
      recipientaccountid: 'CAST(recipientaccountid AS bigint)',
      useragent: 'CAST(useragent AS varchar(2000))',
      ingested: 'current_date',
      '"user"': "ARRAY['x']",
    }),
  ],
  [
    'with names of its own',
    `SELECT CAST(ROW(eventtime, eventid) AS ROW(happened varchar, id varchar)) AS meta, eventname AS "Operation", useridentity AS who,
      ${COLUMNS.map(({ column }) => column)
        .filter((column) => !['eventtime', 'eventid', 'eventname', 'useridentity'].includes(column))
        .join(', ')} FROM events`,
    { eventTime: 'meta.happened', eventID: 'META.ID', eventName: 'operation', userIdentity: 'who' },
  ],
];

/**
 * Trino plans a statement with all rules for a long time, and each shape of a table is another statement. All rules meet
 * Trino in `engines-agree.test.ts`, and most in the CSV of `hunt --athena`. Here is one that looks into lists of requests and responses.
 */
const some = rules.filter(
  ({ id }) =>
    id === DEFAULT_RULE || id === 'AWS.RDS.ManualPublicExposure' || id.startsWith('Test.Rule.'),
);

const ASKED: HuntTableOptions = { rules: some };

await describeWithTrino('a table', (trino) => {
  const fileOf = (log: JsonObject) => toRecord(log, 'file');
  let usual: ListedReport;
  beforeAll(async () => {
    // The events of the other rules would be read by each hunt, and found by none.
    await trino.createEvents('events', [...eventsOf(some).map(fileOf), ...sampleRecords()]);
    usual = await huntTable(trino, 'events', ASKED);
  });

  test('of the documented shape gives what a dump gives', async () => {
    const own = eventsOf(some);
    await trino.createEvents('of_tests', own.map(fileOf));
    const [there, here] = [
      await huntTable(trino, 'of_tests', { rules: some }),
      await huntEvents(own, { rules: some }),
    ];
    expect(comparable(there)).toEqual(comparable(here));
    expect(there.coverage).toEqual(here.coverage);
    for (const { rule, findings } of there.sections) expect(findings, rule.id).not.toEqual([]);
  });

  const SHAPED = SHAPES.map(([name, sql, columns = {}], n) => [name, sql, columns, n] as const);
  test.each(SHAPED)('%s gives the same', async (_name, sql, columns, n) => {
    await trino.rows(`CREATE TABLE shape_${n} AS ${sql}`);
    const report = await huntTable(trino, `shape_${n}`, { ...ASKED, columns });
    expect(comparable(report)).toEqual(comparable(usual));
    expect(report.coverage).toEqual(usual.coverage);
    // Those that say who is behind a role are in none of these tables, but JSON may hold them.
    const missing = report.source.missingFields.filter((field) => !CALLER_FIELDS.has(field));
    expect(missing).toEqual(['source']);
  });

  test('that is a view gives the same', async () => {
    await trino.rows('CREATE VIEW seen AS SELECT * FROM events');
    expect(comparable(await huntTable(trino, 'seen', ASKED))).toEqual(comparable(usual));
  });

  test('that has less says so, and finds what it can', async () => {
    const less = 'CAST(ROW(useridentity.arn, useridentity.type) AS ROW(arn varchar, type varchar))';
    await trino.rows(
      `CREATE TABLE less AS SELECT eventtime, eventname, eventid, recipientaccountid, errorcode, errormessage,
        useragent, ${less} AS useridentity FROM events`,
    );
    const ofSeed = some.filter(({ id }) => id === DEFAULT_RULE);
    const { source, sections } = await huntTable(trino, 'less', { rules: ofSeed });
    const idsOf = ({ findings }: ListedReport['sections'][number]) =>
      findings.map(({ eventID }) => eventID);
    const seed = usual.sections.find(({ rule }) => rule.id === sections[0]?.rule.id);
    expect(sections.map(idsOf)).toEqual([seed && idsOf(seed)]);
    expect(source.missingFields).toEqual(
      expect.arrayContaining(['eventSource', 'userIdentity.sessionContext', 'requestParameters']),
    );
  });

  const CREATED = `CREATE TABLE IF NOT EXISTS typed AS SELECT eventtime, eventname, eventid, recipientaccountid, useridentity,
    CAST(ROW('x', ROW('y'), MAP(ARRAY['a'], ARRAY['b'])) AS
      ROW(groupid varchar, "ipPermissions" ROW("items" varchar), tags map(varchar, varchar))) AS requestparameters
    FROM events`;
  test.each([
    ['errorCode', 'which the table does not have', 'columns: { errorCode: <column> }'],
    ['responseElements.groupId', 'does not have', 'columns: { responseElements: <column> }'],
    ['tlsDetails.tlsVersion', 'does not have', 'columns: { tlsDetails.tlsVersion: <column> }'],
    [
      'requestParameters.groupId',
      'has no such key in this spelling',
      'requestParameters: <column>',
    ],
    ['requestParameters.ipPermissions.items.x', 'has no such key', 'requestParameters: <column>'],
    ['requestParameters.tags.a.b', 'has no such key', 'requestParameters: <column>'],
  ])('that cannot have %s is refused to a rule that tests it', async (field, reason, mapping) => {
    await trino.rows(CREATED);
    const rule = ruleWith(`  - { KeyPath: ${field}, Condition: Equals, Value: x }`);
    const hunted = huntTable(trino, 'typed', { rules: [rule] });
    await expect(hunted).rejects.toMatchObject({ code: 'RULE' });
    await expect(hunted).rejects.toThrow(`tests ${field}, `);
    await expect(hunted).rejects.toThrow(reason);
    await expect(hunted).rejects.toThrow(mapping);
  });

  test.each(['groupid', 'ipPermissions.items', 'tags.a'])('that has %s is not', async (key) => {
    await trino.rows(CREATED);
    const rule = ruleWith(`  - { KeyPath: requestParameters.${key}, Condition: Exists }`);
    const { sections } = await huntTable(trino, 'typed', { rules: [rule] });
    expect(sections[0]?.findings.length).toBeGreaterThan(0);
  });

  test('that lacks a field of one rule is hunted with the others, and the report names that rule', async () => {
    await trino.rows(CREATED);
    const ask = (field: string): Rule =>
      readRule(
        ruleText(`  - { KeyPath: ${field}, Condition: Exists }`).replace('Test.Rule', field),
        'rule.yml',
      );
    const report = await huntTable(trino, 'typed', { rules: ['errorCode', 'eventName'].map(ask) });
    expect(report.sections.map(({ rule }) => rule.id)).toEqual(['eventName']);
    const reason = expect.stringContaining('tests errorCode, which the table does not have');
    const rule = { id: 'errorCode', name: 'errorCode', severity: 'Medium' };
    expect(report.ruleFiles.refused).toEqual([
      { file: 'rule.yml', line: 1, column: 1, reason, rule },
    ]);
    expect([...renderMarkdown(report)].join('')).toMatch(/# errorCode[^#]*not hunted: .*errorCode/);
    expect([...renderCsv(report)][0]).toMatch(/^time,/);
    expect(exitCodeOf(report, { failOnFindings: false, allowEmpty: true })).toBe(EXIT.incomplete);
  });

  test('a rule that changes its severity by a field that the table lacks is refused as well', async () => {
    await trino.rows('CREATE TABLE bare AS SELECT eventtime, eventname FROM events');
    const more = `DynamicSeverities:
  - { ChangeTo: High, Conditions: [{ KeyPath: awsRegion, Condition: Equals, Value: us-east-1 }] }`;
    const rule = ruleWith('  - { KeyPath: eventName, Condition: Equals, Value: x }', more);
    await expect(huntTable(trino, 'bare', { rules: [rule] })).rejects.toThrow('tests awsRegion, ');
  });

  test('whose column for the time holds none is refused', async () => {
    await trino.rows(
      'CREATE TABLE epochs AS SELECT 1768000000 AS event_time, eventname FROM events',
    );
    await expect(huntTable(trino, 'epochs')).rejects.toThrow(
      /epochs: the column for eventTime, "event_time", is neither text nor a timestamp.*columns: \{ eventTime: <column> \}/,
    );
  });
});
