/** Conditions that several others have in them are columns, once each. That they hold for the same records is tested on the engines. */
import { expect, test } from 'vitest';
import { huntSql } from '../../src/answer/statement/hunt-sql.js';
import { buildQuery } from '../../src/query/build.js';
import { bind } from '../../src/rule/bind.js';
import { findRule } from '../../src/rule/catalog/find.js';
import { kindCondition } from '../../src/rule/catalog/kind-filter.js';
import type { Condition } from '../../src/rule/condition/condition.js';
import { conditionSql } from '../../src/sql/condition/condition.js';
import { sharedConditions } from '../../src/sql/condition/shared.js';
import { trino } from '../../src/sql/dialect/trino.js';

function names(line: number, ...values: readonly string[]): Condition {
  const at = { file: 'rule.yml', line, column: 1 };
  return { kind: 'test', field: ['eventName'], op: 'in', ignoreCase: false, values, at };
}

const MANY = Array.from({ length: 20 }, (_, index) => `Call${index}`);

test('what stands in several conditions is written once, wherever it is written', () => {
  const listed = (line: number): Condition => ({ kind: 'not', of: names(line, ...MANY) });
  const other = names(3, 'Other');
  const both: Condition = { kind: 'all', of: [listed(1), other, names(4, ...MANY, 'More')] };
  const conditions: readonly Condition[] = [both, { kind: 'any', of: [both, listed(2)] }, other];
  const { steps, scope } = sharedConditions(conditions, { dialect: trino, prefix: 'own' });
  const [list = '', more = ''] = [MANY, [...MANY, 'More']].map((values) =>
    conditionSql(names(0, ...values), trino, { ...scope, columnOf: undefined }),
  );
  const short = "COALESCE(eventname IN ('Other'), FALSE)";
  // Of `both` and its parts, `not` has one place more. What is short stays as it is.
  expect(steps).toEqual([
    [`NOT (${list}) AS own_1`],
    [`(own_1 AND ${short} AND ${more}) AS own_2`],
  ]);
  expect(conditions.map((condition) => conditionSql(condition, trino, scope))).toEqual([
    'own_2',
    '(own_2 OR own_1)',
    short,
  ]);
});

test('all rules of kinds, with a filter by kind and counted calls, are far from too long for Athena', () => {
  const ids = ['AWS.Any.CredentialIssued', 'AWS.Any.ManualAccess', 'AWS.Any.ManualChange'];
  const query = buildQuery(
    ids.map((id) => bind(findRule(id), new Map())),
    { since: undefined, until: undefined },
    { exclusions: true, filters: [kindCondition(['change'])], calls: true },
  );
  const source = { kind: 'table', relation: 'SELECT * FROM logs' } as const;
  // Athena takes 262,144 bytes. What users allow comes on top.
  expect(huntSql(query, trino, { source }).length).toBeLessThan(0.6 * 262_144);
});
