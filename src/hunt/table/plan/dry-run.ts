/** What a hunt of a table would run: one SQL script that a person can read and paste. */
import { comment } from '../../../sql/literal.js';
import type { PartitionKey } from '../../../table/partitions/layout.js';
import { sliceName } from '../../../table/partitions/slice.js';
import { valuesSql } from '../../../table/partitions/sql/values.js';
import { keysToList, type HuntedTable } from './hunted-table.js';
import { coverageNotes } from './notes.js';
import type { TablePlan } from './plan.js';
import { ANY_DAYS, mayCutByTime, partsOf, partSql, scanSql } from './statement.js';

/**
 * Comments that say what would be read and what cannot be known without a query, then the statements. Throws a HuntError
 * where a statement cannot be made.
 */
export function dryRunText(table: HuntedTable, plan: TablePlan): string {
  const { layout, whole, relation, narrow } = plan;
  const slices = partsOf(plan, ANY_DAYS);
  const keys = keysToList(table);
  const header = [
    `${table.engine} ${table.name}: no query was run`,
    `partitions: ${sliceName(whole)}`,
    `where: ${scanSql(plan, whole) ?? 'all partitions: no partition key gives the day'}`,
    `queries: ${slices.length}`,
    ...coverageNotes(table, plan),
    ...(mayCutByTime(table, plan)
      ? [
          'not known without a query: whether the table is partitioned by eventTime; then there is a query for each few days',
        ]
      : []),
    ...allValues('accounts', layout.account, whole.accounts),
    ...allValues('regions', layout.region, whole.regions),
    ...(narrow === undefined
      ? []
      : [
          'columns: those that the rules test; a second query, which only the result of the first can name, reads all columns of the findings',
          'not known without a query: whether the files are so small that one query reads all columns instead',
        ]),
    'not known before the hunt: how many bytes it reads; --max-scan sets a limit',
  ];
  const statements = slices.map((slice, index) =>
    [
      comment(`query ${index + 1} of ${slices.length}: ${sliceName(slice)}`),
      `${partSql({ ...plan, relation: narrow ?? relation }, table, { slice, isOnly: slices.length === 1, twice: narrow !== undefined }).trimEnd()};`,
      '',
    ].join('\n'),
  );
  const listing =
    keys.length === 0
      ? []
      : [
          comment('first: the values of partition keys'),
          `${valuesSql(keys, table.partitionsFrom)};`,
          '',
        ];
  return [...header.map(comment), '', ...listing, ...statements].join('\n');
}

function allValues(
  what: string,
  key: PartitionKey | undefined,
  values: readonly string[] | undefined,
): readonly string[] {
  return key === undefined || values !== undefined ? [] : [`${what}: all in the table`];
}
