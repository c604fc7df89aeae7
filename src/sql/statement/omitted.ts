/** Fields that a rule tests and that CloudTrail may have cut. */
import { cutColumns } from '../../query/cut-columns.js';
import type { RuleQuery } from '../../query/query.js';

/** Whether CloudTrail cut a field that the rule tests. */
export function omittedSql(rule: RuleQuery): string {
  const cut = cutColumns(rule);
  if (cut.length === 0) return 'FALSE';
  return cut.map((column) => `COALESCE(${column} LIKE '%"omitted":true%', FALSE)`).join(' OR ');
}
