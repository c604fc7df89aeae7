/** Sigma's wildcards and their escapes, held against a matcher written from the specification. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  answers,
  openDuckdb,
  recordsOf,
  type TestedEngine,
} from '../../support/evaluate-engines.js';
import { testedTrino } from '../../support/evaluate-trino.js';
import { sigmaMatches, sigmaTexts, sigmaValue } from '../../support/sigma-wildcard.js';
import { sigmaEntry } from '../../support/sigma.js';
import { describeWithTrino } from '../../support/trino.js';

describe('the matcher of the tests', () => {
  test.each([
    ['a\\b', 'a\\b', true],
    ['a\\b', 'a\\\\b', true],
    ['a*b', 'a\\*b', true],
    ['axb', 'a\\*b', false],
    ['a\\xb', 'a\\\\*b', true],
    ['a\\*b', 'a\\\\\\*b', true],
    ['a\\xb', 'a\\\\\\*b', false],
    ['a\\\\b', 'a\\\\\\b', true],
    ['a\\\\b', 'a\\\\\\\\b', true],
    ['😀', '?', true],
    ['', '*', true],
    ['', '?', false],
  ])('%j against %j: %s', (text, value, matches) =>
    expect(sigmaMatches(text, value)).toBe(matches),
  );
});

describe('DuckDB', () => matchesAsSpecified(openDuckdb, 60));
await describeWithTrino('Trino', (trino) =>
  matchesAsSpecified(() => Promise.resolve(testedTrino(trino)), 5),
);

function matchesAsSpecified(open: () => Promise<TestedEngine>, runs: number): void {
  let engine: TestedEngine;
  beforeAll(async () => {
    engine = await open();
  });
  afterAll(() => engine.close());

  test('matches what the specification says', async () => {
    const values = fc.array(sigmaValue, { minLength: 1, maxLength: 20, size: 'max' });
    const texts = fc.array(sigmaTexts, { minLength: 1, maxLength: 30, size: 'max' });
    await fc.assert(
      fc.asyncProperty(values, texts, async (asked, given) => {
        await engine.fill(
          await recordsOf(given.map((userAgent) => JSON.stringify({ eventID: '1', userAgent }))),
        );
        const conditions = asked.map((value) => sigmaEntry(`userAgent: ${JSON.stringify(value)}`));
        const found = await answers(
          engine,
          conditions.map(({ condition }) => condition),
          given.length,
        );
        expect(found).toEqual(
          asked.map((value) => given.map((text) => String(sigmaMatches(text, value)))),
        );
      }),
      { numRuns: runs },
    );
  });
}
