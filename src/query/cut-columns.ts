/** CloudTrail cuts content that is too large: a rule that tests such a column may miss an event, and a report must say so. */
import { COLUMNS } from '../cloudtrail/field/columns.js';
import { fieldsOf } from '../rule/condition/condition.js';
import type { RuleQuery } from './query.js';

/** Columns in which CloudTrail may leave `"omitted": true` in place of the content. */
const CUT_COLUMNS = new Set([
  'useragent',
  'errormessage',
  ...COLUMNS.filter(({ type }) => type.kind === 'json').map(({ column }) => column),
]);

/** The columns that CloudTrail may cut and that the rule tests. */
export function cutColumns({ bound }: RuleQuery): readonly string[] {
  const tested = fieldsOf(bound.condition).map(([column = '']) => column.toLowerCase());
  return [...new Set(tested)].filter((column) => CUT_COLUMNS.has(column));
}
