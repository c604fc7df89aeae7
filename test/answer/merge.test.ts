/** Parts put together are what one statement over everything would have given. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../src/cloudtrail/json.js';
import { toRecord, type EventRecord } from '../../src/cloudtrail/record.js';
import { DAY } from '../../src/cloudtrail/time/window.js';
import type { Row } from '../../src/engine/engine.js';
import { huntSql } from '../../src/answer/statement/hunt-sql.js';
import { bind } from '../../src/rule/bind.js';
import { DEFAULT_RULE } from '../../src/rule/catalog/built-in.js';
import { findRule } from '../../src/rule/catalog/find.js';
import { duckdb } from '../../src/sql/dialect/duckdb.js';
import { buildQuery } from '../../src/query/build.js';
import { answerOfParts } from '../support/answers.js';
import { openDuckdb, type TestedEngine } from '../support/evaluate-engines.js';
import { openedGroup } from '../support/hunt-events.js';
import { ruleWith } from '../support/rules.js';

const FIRST = Date.parse('2026-01-01');
const DAYS = 6;

// One rule with event names, and one that selects every event, because the bytes of a record cannot tell its second test. So a
// copy counts in several ways.
const query = buildQuery(
  [
    findRule(DEFAULT_RULE),
    ruleWith(`  - Any:
      - { KeyPath: requestParameters.groupId, Condition: Equals, Value: sg-1 }
      - { KeyPath: sharedEventID, Condition: IsNotNull }`),
  ].map((rule) => bind(rule, new Map([['PROD_ACCOUNT_IDS', { values: ['1'], source: 'option' }]]))),
  { since: FIRST + DAY, until: FIRST + 4 * DAY },
  { exclusions: true, filters: [], calls: true },
);

let local: TestedEngine;
beforeAll(async () => {
  local = await openDuckdb();
});
afterAll(() => local.close());

/** A record in the partition of a day, the first being 0. */
interface Delivered {
  readonly day: number;
  readonly event: Readonly<Record<string, unknown>>;
}

/** The answer for the partitions of these days; undefined: for all, in one statement. */
async function rowsOf(days?: { readonly first: number; readonly end: number }) {
  const span = days ?? { first: 0, end: Infinity };
  const within = `CAST(source AS INTEGER) >= ${span.first} AND CAST(source AS INTEGER) < ${Math.min(span.end, 1e6)}`;
  return local.rows(
    huntSql(query, duckdb, {
      source: { kind: 'loaded', from: `(SELECT * FROM events WHERE ${within}) AS events` },
      part: days && { since: FIRST + days.first * DAY },
    }),
  );
}

const recordOf = ({ day, event }: Delivered): EventRecord =>
  toRecord(openedGroup(event) as JsonObject, String(day));

async function fill(delivered: readonly Delivered[]): Promise<void> {
  await local.fill(delivered.map(recordOf));
}

/** The rows of each part, the parts beginning with these days. */
async function partsOf(firsts: readonly number[]): Promise<readonly (readonly Row[])[]> {
  const parts: (readonly Row[])[] = [];
  for (const [index, first] of firsts.entries())
    parts.push(await rowsOf({ first, end: firsts[index + 1] ?? Infinity }));
  return parts;
}

const answered = (parts: readonly (readonly Row[])[]) => answerOfParts(query, parts);

/** Few, so that copies are many. */
const EVENTS = [
  { eventID: 'a', eventName: 'AuthorizeSecurityGroupIngress', recipientAccountId: '1', day: 2 },
  { eventID: 'a', eventName: 'RunInstances', recipientAccountId: '1', day: 2 },
  { eventID: 'b', eventName: 'AuthorizeSecurityGroupIngress', recipientAccountId: '2', day: 1 },
  { eventID: 'c', eventName: 'AuthorizeSecurityGroupIngress', recipientAccountId: '1', day: 0 },
  { eventID: null, eventName: 'AuthorizeSecurityGroupIngress', recipientAccountId: '1', day: 3 },
].map(({ day, ...event }) => ({
  ...event,
  // The credentials of an instance, which are used from elsewhere.
  userIdentity: {
    arn: 'arn:aws:sts::1:assumed-role/Operator/i-0abc0abc0abc0abc0',
    accessKeyId: 'ASIAINSTANCEKEY00001',
  },
  sourceIPAddress: event.eventID === null ? '203.0.113.9' : '198.51.100.7',
  eventTime: new Date(FIRST + day * DAY).toISOString(),
  day,
}));

/** Copies of an event may differ in anything that does not tell events apart, and come days later, or a day early. */
const arbitraryDelivered = fc
  .record({
    event: fc.constantFrom(...EVENTS),
    late: fc.integer({ min: -1, max: 3 }),
    copy: fc.record({
      userAgent: fc.constantFrom(
        'console',
        'APN/1.0 HashiCorp/1.0 Terraform/1.9.2',
        '{"omitted":true}',
      ),
      requestParameters: fc.constantFrom({ groupId: 'sg-1' }, { groupId: 'sg-2' }, null),
      errorCode: fc.constantFrom(null, 'AccessDenied'),
    }),
    undated: fc.constantFrom(false, false, false, true),
  })
  .map(({ event: { day, ...event }, late, copy, undated }): Delivered => ({
    day: Math.max(0, day + late),
    event: { ...event, ...copy, ...(undated ? { eventTime: 'when?' } : {}) },
  }));

describe('parts put together', () => {
  test('say what one statement over everything says', async () => {
    let shared = 0;
    let elsewhere = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(arbitraryDelivered, { maxLength: 15 }),
        fc.uniqueArray(fc.integer({ min: 1, max: DAYS + 1 }), { minLength: 1, maxLength: 4 }),
        async (delivered, cuts) => {
          await fill(delivered);
          const all = await rowsOf();
          const whole = answered([all]);
          const parts = await partsOf([0, ...cuts.toSorted((a, b) => a - b)]);
          const merged = answered(parts);
          expect(merged).toEqual(whole);
          // In whatever order they came.
          expect(answered(parts.toReversed())).toEqual(whole);
          const count = (rows: readonly Row[]) =>
            rows.reduce((total, { events }) => total + Number(events), 0);
          if (count(parts.flat()) > count(all)) shared++;
          elsewhere += whole.elsewhere.filter(({ hidden }) => hidden > 0).length;
        },
      ),
      { numRuns: 12 },
    );
    // Else nothing was put together.
    expect(Math.min(shared, elsewhere)).toBeGreaterThan(0);
  });
});

describe('where more events are alike than a part can name', () => {
  // A row has at most 256 keys, and events are in 64 rows.
  const MANY = 18_500;
  const events = (count: number, day: number, groupId = 'sg-2'): readonly Delivered[] =>
    Array.from({ length: count }, (_, n) => ({
      day,
      event: {
        eventID: `e${n}`,
        eventName: 'RunInstances',
        eventTime: '2026-01-02T00:00:00Z',
        requestParameters: { groupId },
      },
    }));

  test.each([
    ['some are delivered again', 300],
    ['all are delivered again', MANY],
  ])('it is said how many may be counted twice: %s', async (_name, again) => {
    await fill([...events(MANY, 1), ...events(again, 3)]);
    const { rules, uncertain } = answered(await partsOf([0, 3]));
    const twice = (rules[1]?.totals.selected ?? 0) - MANY;
    expect(twice).toBeGreaterThan(0);
    expect(uncertain).toBeGreaterThanOrEqual(twice);
    expect(uncertain).toBeLessThanOrEqual(again);
  });

  test('what was found is known event by event, and never uncertain', async () => {
    const [{ event } = { event: {} }] = events(1, 1, 'sg-1');
    await fill([
      ...events(MANY, 1, 'sg-1'),
      ...events(1, 3, 'sg-1'),
      { day: 1, event: { ...event, eventID: null } },
      { day: 3, event: { ...event, eventID: 'late' } },
    ]);
    const { rules, uncertain } = answered(await partsOf([0, 3]));
    expect(rules[1]?.totals).toMatchObject({ selected: MANY + 2, repeated: 1 });
    expect(rules[1]?.findings).toHaveLength(MANY + 2);
    expect(uncertain).toBe(0);
  });

  test('nothing is uncertain where nothing is delivered late', async () => {
    await fill([...events(MANY, 1), ...events(3, 1)]);
    expect(answered(await partsOf([0, 3])).uncertain).toBe(0);
  });
});

test('events without an ID are no reason to doubt', async () => {
  const event = { eventName: 'RunInstances', requestParameters: { groupId: 'sg-2' } };
  const at = { eventTime: '2026-01-02T00:00:00Z' };
  await fill([
    { day: 1, event: { ...event, ...at, eventID: null } },
    { day: 1, event: { ...event, ...at, eventID: 'a' } },
    { day: 3, event: { ...event, ...at, eventID: 'b' } },
  ]);
  expect(answered(await partsOf([0, 3]))).toMatchObject({
    uncertain: 0,
    rules: [expect.anything(), { totals: { selected: 3, repeated: 0 } }],
  });
});
