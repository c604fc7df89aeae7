/** What tells one hunt from others, but for its window: which a resumed hunt takes from the one that broke off. */
import { partSql, type TablePlan, type HuntedTable } from './plan.js';

/**
 * A text that is the same for the same table, rules, values and options: what the hunt would ask of one day. Throws a
 * HuntError where it cannot be asked.
 */
export function identityOf(table: HuntedTable, { query, whole, ...plan }: TablePlan): string {
  const timeless = { ...query, window: { since: undefined, until: undefined } };
  const day = { ...whole, days: whole.days && { first: 0, last: 0 } };
  return JSON.stringify([
    table.engine,
    table.name,
    query.rules.map(({ bound }) => bound.rule.id),
    partSql({ ...plan, whole, query: timeless }, table, day, false),
  ]);
}
