/**
 * Whatever the rule and whatever the log, an engine finds the events that the reference evaluator finds: random
 * conditions of every kind over random hostile events.
 */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EventRecord } from '../../src/cloudtrail/record.js';
import type { Condition } from '../../src/rule/condition.js';
import { condition } from '../support/arbitrary-condition.js';
import { eventText } from '../support/arbitrary-event.js';
import {
  answers,
  expectedAnswers,
  openDuckdb,
  recordsOf,
  type TestedEngine,
} from '../support/evaluate-engines.js';

const ENGINES = [{ name: 'DuckDB', open: openDuckdb, runs: 40, batch: 12 }];

describe.each(ENGINES)('$name', ({ open, runs, batch }) => {
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
      { numRuns: runs, interruptAfterTimeLimit: 50_000, markInterruptAsFailure: false },
    );
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
