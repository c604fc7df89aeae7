/** A statement that says, for each record, which of a list of conditions hold. */
import type { Condition } from '../../rule/condition.js';
import { conditionSql } from '../condition/condition.js';
import type { Dialect } from '../dialect/dialect.js';
import { TABLE_SCOPE } from '../condition/location.js';
import type { ReadTable } from './table.js';

/** One row a record, in no order: `source`, and `c0`, `c1` … for the conditions, TRUE or FALSE. */
export function flagsSql(
  conditions: readonly Condition[],
  dialect: Dialect,
  table: ReadTable,
): string {
  const flags = conditions.map(
    (condition, index) => `${conditionSql(condition, dialect, TABLE_SCOPE)} AS c${index}`,
  );
  return `SELECT\n  ${[`${table.source ?? 'NULL'} AS source`, ...flags].join(',\n  ')}\nFROM ${table.name}\n`;
}
