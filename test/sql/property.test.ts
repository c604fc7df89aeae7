/**
 * Whatever the rule and whatever the log, an engine finds the events that the reference evaluator finds: random
 * conditions of every kind over random hostile events.
 */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventRecord } from '../../src/cloudtrail/record.js';
import type { Condition } from '../../src/rule/condition/condition.js';
import type { Operator } from '../../src/rule/condition/operators.js';
import { condition } from '../support/arbitrary-condition.js';
import { ALL_TEXTS, NETWORKS, RULE_NUMBERS, ruleKeys } from '../support/arbitrary-text.js';
import { eventText } from '../support/arbitrary-event.js';
import {
  answers,
  expectedAnswers,
  openDuckdb,
  recordsOf,
  type TestedEngine,
} from '../support/evaluate-engines.js';
import { testedTrino } from '../support/evaluate-trino.js';
import { describeWithTrino } from '../support/trino.js';

const at = { file: 'rule.yml', line: 1, column: 1 };

interface Sizes {
  /** How many batches of events meet how many conditions each. */
  readonly runs: number;
  readonly batch: number;
  /** How many conditions one statement has where all of a list are tried. */
  readonly columns: number;
}

describe('DuckDB', () =>
  findsWhatTheEvaluatorFinds(openDuckdb, { runs: 250, batch: 12, columns: 200 }));
await describeWithTrino('Trino', (trino) =>
  findsWhatTheEvaluatorFinds(() => Promise.resolve(testedTrino(trino)), {
    // Trino takes seconds to plan a statement with a few such conditions.
    runs: 8,
    batch: 8,
    columns: 100,
  }),
);

function findsWhatTheEvaluatorFinds(
  open: () => Promise<TestedEngine>,
  { runs, batch, columns }: Sizes,
): void {
  let engine: TestedEngine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  test('finds what the evaluator finds', async () => {
    const conditions = fc.array(condition, { minLength: 1, maxLength: batch, size: 'max' });
    const events = fc.array(eventText, { minLength: 1, maxLength: 40, size: 'max' });
    await fc.assert(
      fc.asyncProperty(conditions, events, async (asked, texts) => {
        const records = await recordsOf(texts);
        await engine.fill(records);
        expect(await disagreements(engine, asked, records)).toEqual([]);
      }),
      { numRuns: runs },
    );
  });

  test('tests each text with each text alike', async () => {
    const events = ALL_TEXTS.map((text) =>
      JSON.stringify({ eventID: '1', eventName: 'a', userAgent: text }),
    );
    const records = await recordsOf(events);
    await engine.fill(records);
    const asked = (['equals', 'startsWith', 'endsWith', 'contains', 'wildcard'] as const).flatMap(
      (op) => ALL_TEXTS.map((text) => agentTest(op, [text], op.length % 2 === 0)),
    );
    const numbers = (['greaterThan', 'lessThanOrEquals'] as const).flatMap((op) =>
      RULE_NUMBERS.map((number) => agentTest(op, [number])),
    );
    const networks = NETWORKS.map((network) => agentTest('inCidr', [network]));
    const rest = (['isAddress', 'isPublicAddress', 'isPrivateAddress'] as const).map((op) =>
      agentTest(op, []),
    );
    const all = [...asked, ...numbers, ...networks, ...rest];
    for (let start = 0; start < all.length; start += columns)
      expect(await disagreements(engine, all.slice(start, start + columns), records)).toEqual([]);
  });

  test('reads numbers as they stood', async () => {
    const records = await recordsOf(
      RULE_NUMBERS.map((digits) => `{"eventName":"a","requestParameters":{"n":[${digits}]}}`),
    );
    await engine.fill(records);
    const asked = RULE_NUMBERS.map((digits): Condition => ({
      kind: 'test',
      field: ['requestParameters', 'n', '0'],
      op: 'equals',
      ignoreCase: false,
      values: [digits],
      at,
    }));
    const itself = RULE_NUMBERS.map((digits) =>
      RULE_NUMBERS.map((other) => String(digits === other)),
    );
    expect(await answers(engine, asked, records.length)).toEqual(itself);
  });

  test('finds the value of each key, in JSON and in a map', async () => {
    const keys = ruleKeys();
    // Not by assignment: one of the keys is `__proto__`.
    const values = Object.fromEntries(keys.map((key) => [key, `value of ${key}`]));
    const attributes = { sessionContext: { webIdFederationData: { attributes: values } } };
    const event = {
      eventID: '1',
      eventName: 'a',
      requestParameters: values,
      userIdentity: attributes,
    };
    const records = await recordsOf([JSON.stringify(event)]);
    await engine.fill(records);
    const above = ['userIdentity', 'sessionContext', 'webIdFederationData', 'attributes'];
    const asked = keys.flatMap((key) =>
      [
        ['requestParameters', key],
        [...above, key],
      ].map((field): Condition => ({
        kind: 'test',
        field,
        op: 'equals',
        ignoreCase: false,
        values: [`value of ${key}`],
        at,
      })),
    );
    expect(await answers(engine, asked, 1)).toEqual(asked.map(() => ['true']));
    expect(await disagreements(engine, asked, records)).toEqual([]);
  });
}

function agentTest(op: Operator, values: readonly string[], ignoreCase = false): Condition {
  return { kind: 'test', field: ['userAgent'], op, ignoreCase, values, at };
}

describe('a JSON column that the log gives as a string is read like an object', () => {
  const held = [
    { what: 'a number as it stood', json: '{"a":1e2}', op: 'equals', values: ['1e2'] },
    { what: 'the last of duplicate keys', json: '{"a":"1","a":"2"}', op: 'equals', values: ['2'] },
    {
      what: 'beside a lone surrogate',
      json: '{"a":"b","c":"\\ud800"}',
      op: 'isNotNull',
      values: [],
    },
  ] as const;
  test.each(held)('$what', async ({ json, op, values }) => {
    const field = ['requestParameters', 'a'];
    const asked: Condition = { kind: 'test', field, op, ignoreCase: false, values, at };
    const event = JSON.stringify({ eventID: '1', eventName: 'a', requestParameters: json });
    const engine = await openDuckdb();
    const records = await recordsOf([event]);
    await engine.fill(records);
    const found = await answers(engine, [asked], 1);
    await engine.close();
    expect(found).toEqual([['true']]);
  });
});

async function disagreements(
  engine: TestedEngine,
  conditions: readonly Condition[],
  records: readonly EventRecord[],
): Promise<readonly unknown[]> {
  const expected = expectedAnswers(conditions, records);
  const actual = await answers(engine, conditions, records.length);
  return conditions.flatMap((asked, index) =>
    records.flatMap((record, row) => {
      const [should, does] = [expected[index]?.[row], actual[index]?.[row]];
      return should === does ? [] : [{ condition: asked, record, should, does }];
    }),
  );
}
