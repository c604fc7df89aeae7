/** The statements on local logs say together what the one statement on a table says, for any records of any events. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { answerReader, matchReader } from '../../src/answer/read-answer.js';
import { huntSql } from '../../src/answer/statement/hunt-sql.js';
import { countsSql, foundSql, testedSql } from '../../src/answer/statement/local-sql.js';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { toRecord } from '../../src/cloudtrail/record.js';
import { AnswerCollector } from '../../src/findings/collector.js';
import { buildQuery } from '../../src/query/build.js';
import { bind } from '../../src/rule/bind.js';
import { DEFAULT_RULE } from '../../src/rule/catalog/built-in.js';
import { findRule } from '../../src/rule/catalog/find.js';
import { duckdb } from '../../src/sql/dialect/duckdb.js';
import { answerOf, listed, type ListedAnswer } from '../support/answers.js';
import { openDuckdb, type TestedEngine } from '../support/evaluate-engines.js';
import { openedGroup } from '../support/hunt-events.js';
import { ruleWith } from '../support/rules.js';

const query = buildQuery(
  [
    findRule(DEFAULT_RULE),
    ruleWith('  - { KeyPath: requestParameters.groupId, Condition: Equals, Value: sg-1 }'),
  ].map((rule) => bind(rule, new Map([['PROD_ACCOUNT_IDS', { values: ['1'], source: 'option' }]]))),
  { since: Date.parse('2026-01-14'), until: Date.parse('2026-01-15') },
  { exclusions: true, filters: [] },
);

let engine: TestedEngine;
beforeAll(async () => {
  engine = await openDuckdb();
});
afterAll(() => engine.close());

/** Longer than what is kept of a name. */
const LONG = 'x'.repeat(3000);

/** The seed rule leaves it out, where an operator runs it. */
const TERRAFORM = 'APN/1.0 HashiCorp/1.0 Terraform/1.9.2';

/** Of an instance itself. */
const AGENT = 'aws-sdk-go/1.44.0 amazon-ssm-agent/3.2';

function operator(session: string) {
  const arn = `arn:aws:sts::1:assumed-role/Operator/${session}`;
  return { arn, accessKeyId: 'ASIAINSTANCEKEY00001' };
}

/** The credentials of an operator's instances, which may be used from elsewhere. */
const INSTANCE_USE = {
  userIdentity: fc.constantFrom(
    operator('i-0abc0abc0abc0abc0'),
    operator('i-0abc0abc0abc0abc0'),
    operator('dana'),
  ),
  sourceIPAddress: fc.constantFrom('198.51.100.1', '203.0.113.9', '203.0.113.9', 'AWS Internal'),
};

const event = fc.record({
  eventID: fc.constantFrom('a', 'b', `${LONG}1`, `${LONG}2`, null),
  eventName: fc.constantFrom(
    'AuthorizeSecurityGroupIngress',
    'AuthorizeSecurityGroupIngress',
    'RunInstances',
  ),
  eventTime: fc.constantFrom(
    '2026-01-14T09:00:00Z',
    '2026-01-14T10:00:00Z',
    '2026-01-16T09:00:00Z',
    'when?',
  ),
  recipientAccountId: fc.constantFrom('1', '1', '2'),
  userAgent: fc.constantFrom(
    'console',
    '{"omitted":true}',
    `${LONG}1`,
    `${LONG}2`,
    TERRAFORM,
    TERRAFORM,
    AGENT,
    AGENT,
  ),
  requestParameters: fc.constantFrom({ groupId: 'sg-1' }, { groupId: 'sg-2' }, null),
  errorCode: fc.constantFrom(null, 'AccessDenied'),
  ...INSTANCE_USE,
});

/** Calls of an instance, of which the second is from elsewhere. */
const COPIED = ([AGENT, TERRAFORM] as const).map((userAgent) => ({
  eventID: null,
  eventName: 'AuthorizeSecurityGroupIngress' as const,
  eventTime: '2026-01-14T09:00:00Z' as const,
  recipientAccountId: '1' as const,
  userAgent,
  requestParameters: null,
  errorCode: null,
  userIdentity: operator('i-0abc0abc0abc0abc0'),
  sourceIPAddress: userAgent === AGENT ? ('198.51.100.1' as const) : ('203.0.113.9' as const),
}));

/** An event without an eventID and outside the window. */
function nameless(errorCode: 'AccessDenied' | null) {
  return {
    eventID: null,
    eventName: 'AuthorizeSecurityGroupIngress' as const,
    eventTime: '2026-01-16T09:00:00Z' as const,
    recipientAccountId: '1' as const,
    userAgent: 'console' as const,
    requestParameters: { groupId: 'sg-1' as const },
    errorCode,
    userIdentity: { arn: 'arn:aws:iam::1:user/dana', accessKeyId: 'AKIA' },
    sourceIPAddress: '198.51.100.1' as const,
  };
}

async function answerInTwo(): Promise<ListedAnswer> {
  const collector = new AnswerCollector(query);
  const read = answerReader(query);
  await engine.rows(`CREATE OR REPLACE TABLE tested AS ${testedSql(query, duckdb, 'events')}`);
  for (const row of await engine.rows(countsSql(query, duckdb, 'tested'))) collector.add(read(row));
  const rows = await engine.rows(foundSql('tested'));
  await collector.addMatches(
    (async function* matches() {
      yield* rows.map(matchReader(query));
    })(),
  );
  return listed(collector.answer());
}

test('the counts and the matches are those of one statement', async () => {
  let found = 0;
  let hidden = 0;
  let elsewhere = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(event, { maxLength: 20 }), async (events) => {
      await engine.fill(
        events.map((one, index) => toRecord(openedGroup(one) as JsonObject, `${index % 2}.json`)),
      );
      const sql = huntSql(query, duckdb, { source: { kind: 'loaded', from: 'events' } });
      const whole = answerOf(query, await engine.rows(sql));
      expect(await answerInTwo()).toEqual(whole);
      found += whole.rules.reduce((sum, { findings }) => sum + findings.length, 0);
      hidden += whole.rules.reduce((sum, rule) => sum + rule.hidden.size, 0);
      elsewhere += whole.elsewhere.filter((use) => use.hidden > 0).length;
    }),
    // Without an eventID, records that fail different stages of one rule are never counted together.
    { numRuns: 60, examples: [[[nameless(null), nameless('AccessDenied')]], [COPIED]] },
  );
  expect(Math.min(found, hidden, elsewhere)).toBeGreaterThan(0);
});
