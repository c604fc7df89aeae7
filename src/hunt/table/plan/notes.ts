/** What a person should know of a table before a query over it runs, as lines of text. */
import { projectionGaps } from '../../../table/partitions/gaps/projected.js';
import type { HuntedTable } from './hunted-table.js';
import { keyNotes } from './key-notes.js';
import type { TablePlan } from './plan.js';

/** What the table does not cover, what was not understood of it, and what only a query can tell. */
export function coverageNotes(
  table: HuntedTable,
  { layout, needed, notes, relation }: TablePlan,
): readonly string[] {
  return [
    ...projectionGaps(layout, needed).map(({ path, reason }) => `not covered: ${path}: ${reason}`),
    ...keyNotes(table, notes),
    ...(relation.missing.length === 0 ? [] : [`not in the table: ${relation.missing.join(', ')}`]),
    ...(layout.projected || layout.days === undefined
      ? []
      : ['not known without a query: which of these partitions are registered']),
  ];
}
