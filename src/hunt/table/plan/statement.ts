/** The parts of a planned hunt, which run side by side, and the statement of each part. */
import { huntSql } from '../../../answer/statement/hunt-sql.js';
import { dayCount } from '../../../cloudtrail/time/day-span.js';
import { HuntError } from '../../../errors.js';
import { trino } from '../../../sql/dialect/trino.js';
import { relationSql } from '../../../table/columns/fit.js';
import { cutSlice, type Slice } from '../../../table/partitions/slice.js';
import { predicateSql } from '../../../table/partitions/sql/predicate.js';
import type { HuntedTable } from './hunted-table.js';
import type { TablePlan } from './plan.js';

/** Athena reads ten days of a large company's logs in a minute or two. */
const PART_DAYS = 10;
/** A hunt of many years has longer parts, so that it does not start hundreds of queries. */
const MOST_PARTS = 24;

/** The parts in the order of their days. `firstDay` is the first day of the table; -Infinity where it is not known. */
export function partsOf({ whole }: TablePlan, firstDay: number): readonly Slice[] {
  const days = whole.days && { ...whole.days, first: Math.max(whole.days.first, firstDay) };
  const count = days === undefined ? 0 : dayCount(days);
  return cutSlice({ ...whole, days }, Math.max(PART_DAYS, Math.ceil(count / MOST_PARTS)));
}

export interface StatementPart {
  readonly slice: Slice;
  /** Whether it is the only part. Then no event can have records in another part. */
  readonly isOnly: boolean;
}

/** The statement of a part. Throws a HuntError if it is longer than the engine accepts. */
export function partSql(
  { query, relation, layout }: Pick<TablePlan, 'query' | 'relation' | 'layout'>,
  { from, source, longestStatement }: Pick<HuntedTable, 'from' | 'source' | 'longestStatement'>,
  { slice, isOnly }: StatementPart,
): string {
  const where = predicateSql(layout, slice);
  const sql = huntSql(query, trino, {
    source: { kind: 'table', relation: relationSql(relation, { from, source, where }) },
    part: isOnly ? undefined : { since: slice.days && finite(slice.days.first) },
  });
  const bytes = Buffer.byteLength(sql);
  if (bytes > longestStatement)
    throw new HuntError(
      'RULE',
      `too large for one query: ${bytes} bytes of SQL, and the engine accepts ${longestStatement}. Hunt with fewer rules at once, or shorten their lists.`,
    );
  return sql;
}

function finite(instant: number): number | undefined {
  return Number.isFinite(instant) ? instant : undefined;
}
