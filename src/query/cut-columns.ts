/** Columns whose content CloudTrail may cut. */
import { COLUMNS } from '../cloudtrail/columns.js';
import { testsOf } from '../rule/condition.js';
import type { RuleQuery } from './query.js';

/** Columns whose content CloudTrail may cut, leaving `"omitted": true` in its place. */
const CUT_COLUMNS = new Set([
  'useragent',
  'errormessage',
  ...COLUMNS.filter(({ type }) => type.kind === 'json').map(({ column }) => column),
]);

/** The columns that CloudTrail may cut and that the rule tests. */
export function cutColumns({ bound }: RuleQuery): readonly string[] {
  const tested = testsOf(bound.condition).map(({ field }) => (field[0] ?? '').toLowerCase());
  return [...new Set(tested)].filter((column) => CUT_COLUMNS.has(column));
}
