/** Structs that a table holds as JSON text are read as those of local logs, whatever is in them. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { COLUMNS, type Column, type ColumnType } from '../../../../src/cloudtrail/field/columns.js';
import { literal } from '../../../../src/sql/literal.js';
import { huntText, openedGroup, type ListedReport } from '../../../support/hunt-events.js';
import { ruleWith } from '../../../support/rules.js';
import { describeWithTrino, type Trino } from '../../../support/trino.js';
import { comparable, huntTable } from '../hunt-table.js';

const STRUCTS = ['userIdentity', 'resources', 'tlsDetails', 'addendum'] as const;
/** JSON texts by the name of the struct. */
type Texts = Readonly<Partial<Record<(typeof STRUCTS)[number], string>>>;

const RULES = [
  ruleWith('  - { KeyPath: eventName, Condition: Exists }'),
  ruleWith(
    '  - { KeyPath: userIdentity.sessionContext.sessionIssuer.userName, Condition: Equals, Value: Admin }',
  ),
  ruleWith(
    ['tlsDetails', 'resources', 'addendum']
      .map((name) => `  - { KeyPath: ${name}, Condition: DoesNotExist }`)
      .join('\n'),
  ),
];

/** The numbers of columns differ, so only what findings show is compared. */
async function bothWays(trino: Trino, table: string, rows: readonly Texts[]) {
  const { userIdentity: _identity, ...event } = openedGroup();
  const events = rows.map((texts, index) => {
    const fields = Object.entries({ ...event, eventID: `e${index}` }).map(
      ([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`,
    );
    return `{${[...fields, ...Object.entries(texts).map(([key, text]) => `"${key}":${text}`)].join(',')}}`;
  });
  const values = rows.map((texts, index) => {
    const cells = STRUCTS.map((name) =>
      texts[name] === undefined ? 'NULL' : literal(texts[name]),
    );
    return `(${[literal(`e${index}`), ...cells].join(', ')})`;
  });
  const others = Object.entries(event)
    .filter(([key]) => key !== 'eventID')
    .map(([key, value]) => {
      const text = typeof value === 'string' ? value : JSON.stringify(value);
      return `${literal(text)} AS ${key.toLowerCase()}`;
    });
  await trino.rows(`DROP TABLE IF EXISTS ${table}`);
  await trino.rows(
    `CREATE TABLE ${table} AS SELECT *, ${others.join(', ')} FROM (VALUES ${values.join(', ')}) AS t (eventid, ${STRUCTS.join(', ')})`,
  );
  const local = await huntText(`{"Records":[${events.join(',')}]}`, { rules: RULES });
  const there = await huntTable(trino, table, { rules: RULES });
  return {
    local: { sections: comparable(local), unreadable: unreadableIn(local) },
    there: { sections: comparable(there), unreadable: unreadableIn(there) },
  };
}

/** How many events have a field that cannot be read. */
function unreadableIn({ warnings }: ListedReport): number {
  const own = warnings.find(({ code }) => code === 'FIELDS_UNREADABLE');
  return Number.parseInt(own?.message ?? '0', 10);
}

const ISSUER = '"sessionIssuer":{"type":"Role","userName":"Admin"}';
const ARN = '"arn":"arn:aws:sts::112233445566:assumed-role/Admin/dana"';

const ODD: readonly Texts[] = [
  { userIdentity: `{${ARN},"sessionContext":{${ISSUER}}}` },
  { userIdentity: `{${ARN},"sessionContext":"oops"}` },
  { userIdentity: `{${ARN},"sessionContext":["oops"],"invokedBy":{"b":[1,null],"a":1.50}}` },
  { userIdentity: `{${ARN},"sessionContext":{${ISSUER},"attributes":7,"ec2RoleDelivery":2.0}}` },
  { userIdentity: `{${ARN},"sessionContext":${JSON.stringify(`{${ISSUER}}`)}}` },
  { userIdentity: JSON.stringify(`{${ARN},"sessionContext":{${ISSUER}}}`) },
  { userIdentity: `{"ARN":"other","principalid":1e2,"principal_id":"last","arn":null}` },
  { userIdentity: `{"type":"IAMUser","accountId":12345678901,"accesskeyid":12345678901234567890}` },
  {
    userIdentity: `{"accountId":"2.1098800000E11","userName":true,"\\u0061rn":"\\ud800x\\\\ud800"}`,
  },
  {
    userIdentity: `{"arn":"first","arn":"second","type":{"x":1,"x":2},"sessionContext":{"attributes":{"mfaAuthenticated":"a","mfaAuthenticated":"b"}}}`,
  },
  {
    userIdentity: `{"sessionContext":{"webIdFederationData":{"attributes":{"A_b":1,"a_b":{"c":"😀"},"z":null}}},"onBehalfOf":{"USERID":"u"}}`,
  },
  { userIdentity: '["no identity"]' },
  { userIdentity: '{}' },
  { userIdentity: 'null' },
  { userIdentity: `{${ARN}}`, resources: '{}', tlsDetails: '"no"', addendum: '{"reason":[{}]}' },
  { resources: '[null,"text",{"ARN":"a","accountId":7},{},"{\\"type\\":\\"t\\"}"]' },
  { resources: '{"arn":"only","accountID":"1"}', tlsDetails: '{"tlsVersion":"TLSv1.3"}' },
];

/** JSON text of anything. Its numbers are those that all programs print alike, or that none but a log's writer would write. */
const { anything } = fc.letrec<{ anything: string }>((tie) => ({
  anything: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom('null', 'true', '7', '2.5', '1e2', '1.50', '-0', '12345678901234567890'),
    fc.constantFrom(
      '"oops"',
      '"Admin"',
      '" {}"',
      '"null"',
      '"\\ud800"',
      '"\\u00e9\\\\ud800"',
      '"{"',
    ),
    fc.array(tie('anything'), { maxLength: 2 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'B', 'arn'), tie('anything')), { maxLength: 2 })
      .map(objectText),
  ),
}));

function objectText(members: readonly (readonly [string, string])[]): string {
  return `{${members.map(([key, value]) => `${JSON.stringify(key)}: ${value}`).join(',')}}`;
}

function spelled(name: string): fc.Arbitrary<string> {
  const snake = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return fc.constantFrom(name, name, name, name.toLowerCase(), name.toUpperCase(), snake);
}

/** JSON text for a documented type, most often of that type. */
function textOf(type: ColumnType): fc.Arbitrary<string> {
  const typical = (): fc.Arbitrary<string> => {
    switch (type.kind) {
      case 'struct': {
        const members = type.members.map(({ name, type: own }) =>
          fc.tuple(spelled(name), textOf(own)),
        );
        return fc.array(fc.oneof(...members), { maxLength: 6 }).map(objectText);
      }
      case 'list':
        return fc.array(textOf(type.of), { maxLength: 2 }).map((items) => `[${items.join(',')}]`);
      default:
        return anything;
    }
  };
  return fc.oneof(
    { weight: 6, arbitrary: typical() },
    { weight: 1, arbitrary: typical().map((text) => JSON.stringify(text)) },
    { weight: 1, arbitrary: anything },
  );
}

const structs = COLUMNS.filter(({ name }) => STRUCTS.some((known) => known === name));
const anyTexts: fc.Arbitrary<Texts> = fc.record(
  Object.fromEntries(structs.map(({ name, type }: Column) => [name, textOf(type)])),
  { requiredKeys: [] },
);

await describeWithTrino('structs as JSON text', (trino) => {
  test('are read member by member, as local logs are', async () => {
    const { local, there } = await bothWays(trino, 'odd', ODD);
    expect(there).toEqual(local);
    expect(local.unreadable).toBe(6);
  });

  test('are read so whatever is in them', async () => {
    const rows = fc.sample(anyTexts, { numRuns: 100, seed: 18 });
    const { local, there } = await bothWays(trino, 'random', rows);
    expect(there.sections).toEqual(local.sections);
  });

  test.each([
    ['text', "VALUES 'oops', '{\"arn\":', '{type=IAMUser}', '', ' ', 'null', NULL, '{}', '[]'", 4],
    [
      'JSON',
      `VALUES JSON '"oops"', JSON '[1]', JSON '7', JSON 'null', JSON '""', NULL, JSON '{}'`,
      3,
    ],
    [
      'a map',
      `VALUES map(ARRAY['arn', 'sessionContext'], ARRAY[JSON '"a"', JSON '"oops"']), NULL`,
      1,
    ],
    [
      'parts beside it',
      `VALUES '{"sessionContext.attributes.mfaAuthenticated": "true"}', '{"session_context_attributes": {}}',
        '{"sessionContext": null, "sessionContext/attributes": {"a": 1}}', '{"onBehalfOf[0]": 1}',
        '{"sessionContext": {"sessionIssuer__arn": "a"}}', '{"sessionContext": {"attributes.x": null}}',
        '{"sessionContext": {}, "sessionContext.attributes": {}}', '{"sessionContextual": 1, "arn.x": 2}'`,
      5,
    ],
    [
      'a struct of texts',
      `SELECT CAST(ROW('a', c) AS ROW(arn varchar, sessioncontext varchar)) FROM (VALUES 'oops', '', '{}', NULL) AS c (c)`,
      1,
    ],
  ])('in %s of which something cannot be read are counted', async (what, values, count) => {
    const table = `odd_${what.replaceAll(' ', '_')}`;
    await trino.rows(
      `CREATE TABLE ${table} AS SELECT '2026-01-14T09:30:00Z' AS eventtime, 'RunInstances' AS eventname, useridentity
        FROM (${values}) AS t (useridentity)`,
    );
    const rule = (field: string) => ruleWith(`  - { KeyPath: ${field}, Condition: Exists }`);
    const of = (report: ListedReport) =>
      report.warnings.map(({ code, message }) => [code, message]);
    expect(of(await huntTable(trino, table, { rules: [rule('userIdentity')] }))).toEqual([
      [
        'FIELDS_UNREADABLE',
        expect.stringMatching(
          `^${count} events? that a rule may match with userIdentity in no form`,
        ),
      ],
    ]);
    // Whatever its type is, where no rule tests the field.
    if (what === 'text')
      expect(of(await huntTable(trino, table, { rules: [rule('eventName')] }))).toEqual([]);
  });
});
