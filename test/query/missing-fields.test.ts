/** A rule over a table that lacks fields keeps what a report says of its exclusions. */
import { expect, test } from 'vitest';
import { buildQuery } from '../../src/query/build.js';
import { forDocumentedTable } from '../../src/query/missing-fields.js';
import { bind } from '../../src/rule/bind.js';
import { findRule } from '../../src/rule/catalog/find.js';

test('an exclusion keeps its name and its reason', () => {
  const query = buildQuery(
    [bind(findRule('AWS.Any.ManualChange'), new Map())],
    { since: undefined, until: undefined },
    { exclusions: true, filters: [] },
  );
  const labels = (rules: typeof query.rules): readonly unknown[] =>
    rules.flatMap(({ conjuncts }) =>
      conjuncts.map(({ condition }) => (condition.kind === 'not' ? condition.label : undefined)),
    );
  const own = labels(query.rules);
  expect(own.filter((label) => label !== undefined).length).toBeGreaterThan(10);
  expect(labels(query.rules.map(forDocumentedTable))).toEqual(own);
});
