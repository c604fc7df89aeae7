/** What a hunt would run, as one script that can be read and pasted. */
import { comment } from '../../sql/literal.js';
import { predicateSql } from '../../table/partitions/sql/predicate.js';
import { sliceName } from '../../table/partitions/slice.js';
import { projectionGaps } from '../../table/partitions/gaps.js';
import { partsOf, partSql, type TablePlan, type HuntedTable } from './plan.js';

/** Comments on what would be read and what cannot be known, then the statements. */
export function dryRunText(table: HuntedTable, plan: TablePlan): string {
  const { layout, notes, whole, needed, relation } = plan;
  const slices = partsOf(plan, -Infinity);
  const gaps = projectionGaps(layout, needed);
  const header = [
    `${table.engine} ${table.name}: nothing was run`,
    `partitions: ${sliceName(whole)}`,
    `where: ${predicateSql(layout, whole) ?? 'everything: no partition key says which day'}`,
    `queries: ${slices.length}`,
    ...gaps.map(({ path, reason }) => `not seen: ${path}: ${reason}`),
    ...notes,
    ...(relation.missing.length === 0 ? [] : [`not in the table: ${relation.missing.join(', ')}`]),
    ...(layout.projected || layout.days === undefined
      ? []
      : ['cannot be known without a query: which of these partitions are registered']),
    ...(layout.account === undefined && layout.region === undefined
      ? []
      : ['accounts and regions: all that there are, unless the table has them injected']),
    'cannot be known before: how many bytes there are; --max-scan sets a limit',
  ];
  const statements = slices.map((slice, index) =>
    [
      comment(`query ${index + 1} of ${slices.length}: ${sliceName(slice)}`),
      `${partSql(plan, table, slice, slices.length === 1).trimEnd()};`,
      '',
    ].join('\n'),
  );
  return [...header.map(comment), '', ...statements].join('\n');
}
