/** Who is behind a role is the same over logs and over every table that has the fields that say so. On a real Trino. */
import { beforeAll, expect, test } from 'vitest';
import { CALLER_FIELDS } from '../../../../src/cloudtrail/field/further-fields.js';
import { literal } from '../../../../src/sql/literal.js';
import { huntEvents, openedGroup, type ListedReport } from '../../../support/hunt-events.js';
import { ruleWith } from '../../../support/rules.js';
import { describeWithTrino } from '../../../support/trino.js';
import { huntTable } from '../hunt-table.js';

const ROLE = {
  type: 'AssumedRole',
  arn: 'arn:aws:sts::112233445566:assumed-role/Deploy/1768384800',
  principalId: 'AROAEXAMPLE:1768384800',
  accessKeyId: 'ASIAEXAMPLE',
};
const CONTEXT = {
  sessionIssuer: { arn: 'arn:aws:iam::112233445566:role/Deploy', type: 'Role' },
  attributes: { mfaAuthenticated: 'false' },
};
const ATTRIBUTES = { ...CONTEXT.attributes, sessionCredentialFromConsole: 'true' };

/** What a role session says beside the fields of the documented table, and who is behind it. */
const CALLERS = [
  {
    identity: { sessionContext: { ...CONTEXT, sourceIdentity: 'dana' } },
    actor: ['dana', 'named person'],
  },
  {
    identity: { sessionContext: { ...CONTEXT, attributes: ATTRIBUTES } },
    actor: ['role/Deploy', 'console person'],
  },
  { identity: { sessionContext: { ...CONTEXT, assumedRoot: 'true' } }, actor: ['root', 'root'] },
  {
    identity: { sessionContext: CONTEXT, inScopeOf: { issuerType: 'AWS::Lambda::Function' } },
    actor: ['role/Deploy', 'workload'],
  },
  {
    identity: { sessionContext: CONTEXT, identityProvider: 'token.actions.githubusercontent.com' },
    actor: ['role/Deploy', 'pipeline'],
  },
  { identity: { sessionContext: CONTEXT }, actor: ['role/Deploy', 'assumed role'] },
] as const;

const EVENTS = CALLERS.map(({ identity }, n) =>
  openedGroup({ eventID: `event-${n}`, userIdentity: { ...ROLE, ...identity } }),
);

// No rule tests one of the fields.
const RULES = [
  ruleWith('  - { KeyPath: eventSource, Condition: Equals, Value: ec2.amazonaws.com }'),
];

const at = (path: string): string => `json_extract_scalar(t, '$.${path}')`;
const EVENT = [
  'eventTime',
  'eventName',
  'eventID',
  'eventSource',
  'recipientAccountId',
  'userAgent',
]
  .map((name) => `${at(name)} AS ${name.toLowerCase()}`)
  .join(', ');
const identity = (path: string): string => at(`userIdentity.${path}`);
const ISSUER = `CAST(ROW(${identity('sessionContext.sessionIssuer.arn')}) AS ROW(arn varchar))`;
const MEMBERS = [
  ...['type', 'arn', 'principalId', 'accessKeyId', 'identityProvider'].map((name) => ({
    name,
    sql: identity(name),
    type: 'varchar',
  })),
  {
    name: 'inScopeOf',
    sql: `CAST(ROW(${identity('inScopeOf.issuerType')}) AS ROW(issuertype varchar))`,
    type: 'ROW(issuertype varchar)',
  },
  {
    name: 'sessionContext',
    sql: `ROW(${ISSUER}, ROW(${identity('sessionContext.attributes.mfaAuthenticated')}, ${identity('sessionContext.attributes.sessionCredentialFromConsole')}), ${identity('sessionContext.sourceIdentity')}, ${identity('sessionContext.assumedRoot')} = 'true')`,
    type: `ROW(sessionissuer ROW(arn varchar), attributes ROW(mfaauthenticated varchar, sessioncredentialfromconsole varchar),
      sourceidentity varchar, assumedroot boolean)`,
  },
];

const TABLES: Readonly<Record<string, string>> = {
  members: `${EVENT}, CAST(ROW(${MEMBERS.map(({ sql }) => sql).join(', ')}) AS
    ROW(${MEMBERS.map(({ name, type }) => `${name} ${type}`).join(', ')})) AS useridentity`,
  json_text: `${EVENT}, json_format(json_extract(t, '$.userIdentity')) AS useridentity`,
  flat: `${EVENT}, ${MEMBERS.slice(0, 5)
    .map(({ name, sql }) => `${sql} AS useridentity_${name}`)
    .join(', ')}, ${MEMBERS[5]?.sql} AS useridentity_inscopeof,
    ${identity('sessionContext.sessionIssuer.arn')} AS useridentity_sessioncontext_sessionissuer_arn,
    ${identity('sessionContext.attributes.mfaAuthenticated')} AS useridentity_sessioncontext_attributes_mfaauthenticated,
    ${identity('sessionContext.attributes.sessionCredentialFromConsole')} AS useridentity_sessioncontext_attributes_sessioncredentialfromconsole,
    ${identity('sessionContext.sourceIdentity')} AS useridentity_sessioncontext_source_identity,
    ${identity('sessionContext.assumedRoot')} AS useridentity_sessioncontext_assumedroot`,
  whole_event: 't AS event',
};

const actors = ({ findings }: ListedReport) => findings.map(({ actor, how }) => ({ actor, how }));

await describeWithTrino('the actor behind a role', (trino) => {
  let here: ListedReport;
  beforeAll(async () => {
    const values = EVENTS.map((event) => `(${literal(JSON.stringify(event))})`).join(', ');
    for (const [name, columns] of Object.entries(TABLES))
      await trino.rows(
        `CREATE TABLE ${name} AS SELECT ${columns} FROM (VALUES ${values}) AS v (t)`,
      );
    here = await huntEvents(EVENTS, { rules: RULES });
  });

  test('is known over logs', () => {
    expect(here.findings.map(({ actor }) => [actor.name, actor.origin])).toEqual(
      CALLERS.map(({ actor }) => actor),
    );
  });

  test.each(Object.keys(TABLES))('is the same over the table %s', async (name) => {
    const there = await huntTable(trino, name, { rules: RULES });
    expect(actors(there)).toEqual(actors(here));
    expect(there.source.missingFields).not.toEqual(expect.arrayContaining([...CALLER_FIELDS]));
  });

  test('is the role where the table lacks the fields, and the report lists them', async () => {
    await trino.createEvents('documented', []);
    await trino.rows(
      `INSERT INTO documented (eventtime, eventname, eventsource, eventid) SELECT eventtime, eventname, eventsource, eventid FROM members`,
    );
    const { source } = await huntTable(trino, 'documented', { rules: RULES });
    expect(source.missingFields).toEqual([...CALLER_FIELDS, 'source']);
  });
});
