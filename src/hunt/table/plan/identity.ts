/** What identifies a hunt apart from its window: `--resume` continues only a hunt with the same identity. */
import type { HuntedTable } from './hunted-table.js';
import type { TablePlan } from './plan.js';
import { partSql } from './statement.js';

/**
 * A text that is the same for the same table, rules, parameter values and options: the statement for one day. Throws a
 * HuntError if the statement cannot be made.
 */
export function planIdentity(
  table: HuntedTable,
  { query, whole, relation, layout }: TablePlan,
): string {
  const timeless = { ...query, window: { since: undefined, until: undefined } };
  const slice = { ...whole, days: whole.days && { first: 0, last: 0 } };
  return JSON.stringify([
    table.engine,
    table.name,
    query.rules.map(({ bound }) => bound.rule.id),
    partSql({ relation, layout, query: timeless }, table, { slice, isOnly: false }),
  ]);
}
