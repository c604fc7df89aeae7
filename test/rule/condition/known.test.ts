/** A condition among events of which others are known to hold: it holds for the same of them. */
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { buildQuery } from '../../../src/query/build.js';
import { bind } from '../../../src/rule/bind.js';
import { findRule } from '../../../src/rule/catalog/find.js';
import { kindCondition } from '../../../src/rule/catalog/kind-filter.js';
import { testsOf, type Condition } from '../../../src/rule/condition/condition.js';
import { amongKnown } from '../../../src/rule/condition/known.js';
import { compiled } from '../../../src/rule/condition/holds.js';

const AT = { file: 'test', line: 1, column: 1 };
const NAMES = ['RunInstances', 'StopInstances', 'CreateQueue'];
const SOURCES = ['ec2.amazonaws.com', 'sqs.amazonaws.com'];

const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3 },
    fc.record({
      kind: fc.constant('test' as const),
      field: fc.constantFrom(['eventName'], ['eventname'], ['eventSource'], ['awsRegion']),
      op: fc.constantFrom('in' as const, 'wildcard' as const, 'isNull' as const),
      ignoreCase: fc.boolean(),
      values: fc.uniqueArray(fc.constantFrom(...NAMES, ...SOURCES, 'stop*', 'Stop*', 'a'), {
        minLength: 1,
      }),
      at: fc.constant(AT),
    }),
    fc.record({
      kind: fc.constantFrom('all' as const, 'any' as const),
      of: fc.array(tie('condition'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), of: tie('condition') }),
  ),
}));

/** Whether a condition of these tests holds, in plain words. */
function holds(tested: Condition, event: Readonly<Record<string, string | null>>): boolean {
  const told = compiled<null>(tested, (leaf) => () => {
    if (leaf.kind !== 'test') return undefined;
    const { field, op, ignoreCase, values } = leaf;
    const text = event[field.join().toLowerCase()] ?? null;
    if (op === 'isNull') return text === null;
    if (text === null || 'parameter' in values) return false;
    return values.some((value) => {
      const source = op === 'in' ? value.replaceAll('*', '\\*') : value.replaceAll('*', '.*');
      return new RegExp(`^(?:${source})$`, ignoreCase ? 'i' : '').test(text);
    });
  })(null);
  if (told === undefined) throw new Error('every test is told');
  return told;
}

test('it holds for the same events', () => {
  const event = fc.record({
    eventname: fc.constantFrom(...NAMES, null),
    eventsource: fc.constantFrom(...SOURCES, null),
    awsregion: fc.constantFrom('a', 'A', null),
  });
  const given = fc.tuple(condition, condition, condition);
  let count = 0;
  fc.assert(
    fc.property(given, fc.array(event, { minLength: 20, maxLength: 20 }), (parts, events) => {
      const [first, second, third] = parts;
      // Some part of the question is known.
      const asked: Condition = {
        kind: 'any',
        of: [{ kind: 'all', of: [first, third] }, { kind: 'not', of: second }, third],
      };
      const known = [first, second];
      const left = amongKnown(asked, known);
      for (const one of events)
        if (known.every((part) => holds(part, one))) {
          count += 1;
          expect(holds(left, one)).toBe(holds(asked, one));
        }
    }),
    { numRuns: 300 },
  );
  expect(count).toBeGreaterThan(100);
});

test('the filter of a kind does not repeat the tables of the rule', () => {
  const change = kindCondition(['change']);
  const { rules } = buildQuery(
    [bind(findRule('AWS.Any.ManualChange'), new Map())],
    { since: undefined, until: undefined },
    { exclusions: true, filters: [change] },
  );
  const filter = rules[0]?.conjuncts.find(({ origin }) => origin === 'filter');
  const left = filter === undefined ? 0 : testsOf(filter.condition).length;
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(testsOf(change).length / 3);
  expect(filter?.exclusion).toBe(false);
});
