/** The statement behind `hunt test` and `hunt why`: which of several conditions hold for each record. */
import type { Condition } from '../../rule/condition/condition.js';
import { conditionSql } from '../condition/condition.js';
import type { Dialect } from '../dialect/dialect.js';
import { TABLE_SCOPE } from '../condition/location.js';
import type { ReadTable } from './table.js';

/** Its rows, in no order: one for each record, with `source`, and `c0`, `c1` … TRUE or FALSE for the conditions in their order. */
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
