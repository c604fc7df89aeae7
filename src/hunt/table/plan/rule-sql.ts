/** A rule as one statement over a table that was described: for a person to read, and to paste into a console. */
import { SHOWN_COLUMNS } from '../../../cloudtrail/field/shown-columns.js';
import { HuntError } from '../../../errors.js';
import { columnsOfQuery } from '../../../query/columns-read.js';
import { ruleId, type Query } from '../../../query/query.js';
import { exactEventNames } from '../../../query/required.js';
import { trino } from '../../../sql/dialect/trino.js';
import { oneOfSql } from '../../../sql/literal.js';
import { findingsSql } from '../../../sql/statement/findings.js';
import { LOADED_EVENTS } from '../../../sql/statement/table.js';
import { relationSql, type Relation } from '../../../table/columns/fit.js';
import { plainColumn } from '../../../table/columns/narrow.js';
import { sliceName } from '../../../table/partitions/slice.js';
import type { HuntedTable } from './hunted-table.js';
import { coverageNotes } from './notes.js';
import type { TablePlan } from './plan.js';
import { scanSql } from './statement.js';

/** The statement of each rule. Throws a HuntError if one is longer than the engine accepts. */
export function ruleStatements(table: HuntedTable, plan: TablePlan): readonly string[] {
  const { query, relation, whole } = plan;
  const { from, source, longestStatement } = table;
  // No bounded window has an event without a time.
  const where = scanSql(plan, whole, { undated: false });
  const comments = [
    `${table.engine} ${table.name}: partitions ${sliceName(whole)}`,
    ...(where === undefined
      ? ['no condition on the partitions: the statement reads the whole table']
      : []),
    ...coverageNotes(table, plan),
  ];
  return query.rules.map((rule) => {
    const own = { ...query, rules: [rule] };
    const needed = neededColumns(relation, own);
    const terms = [where, namesSql(relation, own)].filter((term) => term !== undefined);
    const scanned = terms.length === 0 ? undefined : terms.join(' AND ');
    const sql = findingsSql(rule, query, {
      dialect: trino,
      table: LOADED_EVENTS,
      relation: { sql: relationSql(needed, { from, source, where: scanned }), comments },
    });
    const bytes = Buffer.byteLength(sql);
    if (bytes <= longestStatement) return sql;
    throw new HuntError(
      'RULE',
      `${ruleId(rule)} is too large: its SQL has ${bytes} bytes, and the engine accepts ${longestStatement}. Split the rule, or shorten its lists.`,
    );
  });
}

/** The rule's event names as a plain comparison, by which an engine skips files and row groups. */
function namesSql(relation: Relation, query: Query): string | undefined {
  const names = exactEventNames(query);
  const column = plainColumn(relation, 'eventname');
  return names && column && oneOfSql(column, names);
}

/** Without the columns that the statement does not use, so that a person can read it. */
function neededColumns(relation: Relation, query: Query): Relation {
  const names = new Set<string>([
    ...SHOWN_COLUMNS,
    ...columnsOfQuery(query).map(({ column }) => column),
  ]);
  return { ...relation, columns: relation.columns.filter(({ name }) => names.has(name)), odd: [] };
}
