/** Rules may test fields that AWS's documented table lacks, where a table has columns for them. */
import { beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/cloudtrail/json.js';
import { toRecord } from '../../../../src/cloudtrail/record.js';
import { readRule } from '../../../../src/rule/catalog/read.js';
import type { Rule } from '../../../../src/rule/rule.js';
import { openedGroup } from '../../../support/hunt-events.js';
import { describeWithTrino } from '../../../support/trino.js';
import { huntTable } from '../hunt-table.js';

function sigma(selection: string, condition = 'selection'): Rule {
  const text = `title: t
id: ${condition}
logsource: { product: aws, service: cloudtrail }
detection:
  selection: { ${selection} }
  condition: ${condition}
`;
  return readRule(text, 'rule.yml');
}

const IDENTITY = `CAST(ROW(useridentity.arn, CAST(ROW('AWS::Lambda::Function') AS ROW("issuertype" varchar)),
  CAST(ROW(IF(eventid = 'a', 'dana')) AS ROW(sourceidentity varchar))) AS
  ROW(arn varchar, inscopeof ROW("issuertype" varchar), sessioncontext ROW(sourceidentity varchar)))`;
const TABLES: Readonly<Record<string, string>> = {
  columns: `SELECT *, eventid = 'a' AS managementevent FROM events`,
  other_names: `SELECT *, IF(eventid = 'a', 'true') AS mgmt FROM events`,
  nested: `SELECT eventtime, eventname, eventid, recipientaccountid, ${IDENTITY} AS useridentity FROM events`,
  as_json: `SELECT eventtime, eventname, eventid, recipientaccountid,
    IF(eventid = 'a', '{"inScopeOf":{"issuerType":"x"},"sessionContext":{"sourceIdentity":"dana"}}', '{"arn":"x"}')
    AS useridentity FROM events`,
  context: `SELECT *, IF(eventid = 'a', '{"tagContext":{"principalTags":["p","q"]}}', 'none') AS eventcontext FROM events`,
};

await describeWithTrino('a table with further fields', (trino) => {
  beforeAll(async () => {
    const events = [openedGroup({ eventID: 'a' }), openedGroup({ eventID: 'b' })];
    await trino.createEvents(
      'events',
      events.map((event) => toRecord(event as JsonObject, 'file')),
    );
    for (const [name, select] of Object.entries(TABLES))
      await trino.rows(`CREATE TABLE ${name} AS ${select}`);
  });

  /** What each rule finds. */
  const found = async (
    table: string,
    rules: readonly Rule[],
    columns: Record<string, string> = {},
  ) => {
    const { sections } = await huntTable(trino, table, { rules, columns });
    return sections.map(({ findings }) => findings.map(({ eventID }) => eventID));
  };

  test.each([
    ['columns', 'managementEvent: true', {}],
    ['other_names', 'managementEvent: true', { managementEvent: 'mgmt' }],
    ['nested', 'userIdentity.sessionContext.sourceIdentity: DANA', {}],
    ['as_json', 'userIdentity.sessionContext.sourceIdentity: dana', {}],
    ['as_json', 'userIdentity.inScopeOf.issuerType: x', {}],
    ['context', 'eventContext.tagContext.principalTags: q', {}],
  ])('%s: %s', async (table, selection, columns) => {
    const rules = ['selection', 'not selection'].map((condition) => sigma(selection, condition));
    expect(await found(table, rules, columns)).toEqual([['a'], ['b']]);
  });

  test('refuses a rule where the table has no such column', async () => {
    await expect(found('events', [sigma('managementEvent: true')])).rejects.toThrow(
      'tests managementEvent, which the table does not have. If one of its columns holds it, set columns: { managementEvent: <column> } in hunt.yml',
    );
    const nested = sigma('userIdentity.inScopeOf.issuerType: x');
    await expect(found('nested', [nested])).rejects.toThrow(
      'tests userIdentity.inScopeOf.issuerType, which the table cannot have',
    );
  });
});
