/** What `hunt test` and `hunt why` say of conditions on given events. */
import { expect, test } from 'vitest';
import { conditionResults } from '../../src/hunt/condition-results.js';
import type { Condition } from '../../src/rule/condition/condition.js';

const isNamed = (name: string): Condition => ({
  kind: 'test',
  field: ['eventName'],
  op: 'equals',
  ignoreCase: false,
  values: [name],
  at: { file: 'rule.yml', line: 1, column: 1 },
});

test.each([10, 20_000, 2_000_000])('an event with a text of %i characters', async (length) => {
  const long = { eventName: 'CreateRole', userAgent: 'a'.repeat(length) };
  const short = { eventName: 'DeleteRole' };
  const conditions = [isNamed('CreateRole'), isNamed('DeleteRole')];
  expect(await conditionResults([long], conditions)).toEqual([[true, false]]);
  expect(await conditionResults([short, long], conditions)).toEqual([
    [false, true],
    [true, false],
  ]);
});
