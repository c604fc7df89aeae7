/** Whether CloudTrail cut a field that a rule tests: then the missing content may have matched. */
import { cutColumns } from '../../query/cut-columns.js';
import type { RuleQuery } from '../../query/query.js';

/** TRUE for a record from which CloudTrail cut such a field; never NULL. */
export function cutSql(rule: RuleQuery): string {
  const cut = cutColumns(rule);
  if (cut.length === 0) return 'FALSE';
  return cut.map((column) => `COALESCE(${column} LIKE '%"omitted":true%', FALSE)`).join(' OR ');
}
