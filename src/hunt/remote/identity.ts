/** What tells one hunt from others, but for its window: which a resumed hunt takes from the one that broke off. */
import type { RemotePlan, RemoteTable } from './plan.js';

/** A text that is the same for the same table, rules, values and options. */
export function identityOf(table: RemoteTable, { query, layout, relation }: RemotePlan): string {
  const rules = query.rules.map(({ bound, applied }) => [
    bound.rule.id,
    applied.map(({ text }) => text),
    bound.severities.map(({ to }) => to),
  ]);
  return JSON.stringify([
    table.engine,
    table.name,
    rules,
    { ...layout, days: layout.days?.kind },
    relation,
  ]);
}
