/** A least severity, against what each event's severity is: the first condition that holds, else the rule's own. */
import { expect, test } from 'vitest';
import { toRecord } from '../../src/cloudtrail/record.js';
import type { BoundRule } from '../../src/rule/bind.js';
import { findRule } from '../../src/rule/catalog/find.js';
import { conjunctsOf, type Condition } from '../../src/rule/condition/condition.js';
import { notation } from '../../src/rule/condition/notation.js';
import { DEFAULT_RULE } from '../../src/rule/catalog/built-in.js';
import { atLeast } from '../../src/rule/least-severity.js';
import { SEVERITIES, type Severity } from '../../src/rule/severity.js';
import { evaluate } from '../support/evaluate.js';

const isIn = (...regions: readonly string[]): Condition => ({
  kind: 'test',
  field: ['awsRegion'],
  op: 'in',
  ignoreCase: false,
  values: regions,
  at: { file: 'test', line: 1, column: 1 },
});

const severities: BoundRule['severities'] = [
  { to: 'Low', when: isIn('a') },
  { to: 'Critical', when: isIn('a', 'b') },
  { to: 'Info', when: { kind: 'not', of: isIn('a', 'b', 'd') } },
];
const SEVERITY_IN: Readonly<Record<string, Severity>> = {
  a: 'Low',
  b: 'Critical',
  c: 'Info',
  d: 'Medium',
};
const bound: BoundRule = {
  rule: findRule(DEFAULT_RULE),
  condition: { kind: 'constant', value: true },
  severities,
  parameters: [],
};

test.each(SEVERITIES)('%s', (least) => {
  const limited = atLeast(bound, least);
  if (limited === undefined) throw new Error('no rule is left');
  expect(conjunctsOf(limited.condition).some(({ kind }) => kind === 'not')).toBe(false);
  for (const [awsRegion, severity] of Object.entries(SEVERITY_IN))
    expect(evaluate(limited.condition, toRecord({ awsRegion }, 'test'))).toBe(
      SEVERITIES.indexOf(severity) >= SEVERITIES.indexOf(least),
    );
});

test.each([
  ['High', 'severity high or above'],
  ['Critical', 'severity critical'],
] as const)('the stage of %s has words', (least, text) => {
  const limited = atLeast(bound, least);
  expect(limited && conjunctsOf(limited.condition).map(notation)).toEqual(['true', text]);
});

test('a rule that has only lower severities is left out', () => {
  expect(atLeast({ ...bound, severities: [] }, 'High')).toBeUndefined();
  expect(atLeast({ ...bound, severities: [] }, 'Medium')).toMatchObject({ severities: [] });
});
