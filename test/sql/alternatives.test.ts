/** Lists of calls that become one test. That it holds for the same records is tested on the engines, with the rules that have such lists. */
import { expect, test } from 'vitest';
import { callsCondition } from '../../src/rule/condition/calls.js';
import type { Condition } from '../../src/rule/condition/condition.js';
import { conditionSql } from '../../src/sql/condition/condition.js';
import { TABLE_SCOPE } from '../../src/sql/condition/location.js';
import { trino } from '../../src/sql/dialect/trino.js';

function sqlOf(...lists: readonly (readonly string[])[]): string {
  const at = { file: 'rule.yml', line: 1, column: 1 };
  const of = lists.map((texts): Condition => {
    const calls = texts.map((text) => {
      const [service = '', name = ''] = text.split(':');
      return { service, name };
    });
    return callsCondition(calls, at);
  });
  return conditionSql({ kind: 'any', of }, trino, TABLE_SCOPE);
}

test('the calls of all lists are one list, and what has wildcards stays', () => {
  const first = ['ec2:RunInstances', 'ec2:Stop*', 'iam:CreateUser', 'sts:*'];
  expect(sqlOf(first, ['kms:Sign', 'rds:CreateDBInstance', 'iam:CreateUser'])).toBe(
    "(COALESCE((eventsource || ' ' || eventname) IN ('ec2.amazonaws.com RunInstances', " +
      "'iam.amazonaws.com CreateUser', 'kms.amazonaws.com Sign', 'rds.amazonaws.com CreateDBInstance'), FALSE) " +
      "OR (COALESCE(eventsource IN ('ec2.amazonaws.com'), FALSE) AND COALESCE(eventname LIKE 'Stop%', FALSE)) " +
      "OR COALESCE(eventsource IN ('sts.amazonaws.com'), FALSE))",
  );
});

test('a name that has what stands between the two is compared by itself', () => {
  expect(sqlOf(['a:b c', 'd:e', 'f:g', 'h:i', 'j:k'])).toContain("eventname IN ('b c')");
});
