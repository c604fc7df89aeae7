/** An element of the list `resources` by its index, `resources[0].ARN`: on each engine and by the reference evaluator. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Condition } from '../../src/rule/condition/condition.js';
import {
  answers,
  expectedAnswers,
  openDuckdb,
  recordsOf,
  type TestedEngine,
} from '../support/evaluate-engines.js';
import { testedTrino } from '../support/evaluate-trino.js';
import { ruleWith } from '../support/rules.js';
import { describeWithTrino } from '../support/trino.js';

const RESOURCES = {
  one: [{ ARN: 'arn:a', accountId: '112233445566' }],
  two: [
    { ARN: 'arn:b', type: 'AWS::S3::Object' },
    { accountId: '112233445566', ARN: 'arn:a' },
  ],
  'a null first': [null, { ARN: 'arn:a' }],
  none: [],
  missing: null,
} as const;
const NAMES = Object.keys(RESOURCES);

const CASES: readonly (readonly [match: string, holds: readonly string[]])[] = [
  ['KeyPath: "resources[0].ARN", Condition: Equals, Value: arn:a', ['one']],
  ['KeyPath: "resources[1].arn", Condition: StartsWith, Value: arn', ['two', 'a null first']],
  [
    'KeyPath: "resources[0].arn", Condition: DoesNotEqual, Value: arn:b',
    ['one', 'a null first', 'none', 'missing'],
  ],
  ['KeyPath: "Resources[0].type", Condition: Exists', ['two']],
  [
    'KeyPath: "resources[0].accountId", Condition: IsNull',
    ['two', 'a null first', 'none', 'missing'],
  ],
  [
    'KeyPath: "resources[0].accountId", Condition: Equals, Value: { Key: recipientAccountId }',
    ['one'],
  ],
];

describe('DuckDB', () => finds(openDuckdb));
await describeWithTrino('Trino', (trino) => finds(() => Promise.resolve(testedTrino(trino))));

function finds(open: () => Promise<TestedEngine>): void {
  let engine: TestedEngine;
  let actual: readonly (readonly string[])[];
  let expected: readonly (readonly string[])[];
  beforeAll(async () => {
    engine = await open();
    const records = await recordsOf(
      Object.values(RESOURCES).map((resources) =>
        JSON.stringify({
          eventID: '1',
          eventName: 'a',
          recipientAccountId: '112233445566',
          resources,
        }),
      ),
    );
    await engine.fill(records);
    const conditions = CASES.map(([match]): Condition => ruleWith(`  - { ${match} }`).condition);
    actual = await answers(engine, conditions, records.length);
    expected = expectedAnswers(conditions, records);
  });
  afterAll(() => engine.close());

  test.each(CASES.map(([match, holds], index) => [match, holds, index] as const))(
    '%s',
    (_match, holds, index) => {
      const names = (row: readonly string[] | undefined): readonly string[] =>
        NAMES.filter((_, event) => row?.[event] === 'true');
      expect(names(actual[index])).toEqual(holds);
      expect(names(expected[index])).toEqual(holds);
    },
  );
}
