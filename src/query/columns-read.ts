/** Which of AWS's columns a statement reads: DuckDB is given no others, which saves memory and time. */
import { selectColumns, type Column } from '../cloudtrail/columns.js';
import { PRINCIPAL_MEMBERS } from '../cloudtrail/principal.js';
import { fieldsOf, type Condition } from '../rule/condition.js';
import { cutColumns } from './cut-columns.js';
import type { Query } from './query.js';

/** Every hunt reads these: they identify an event, and they name whom an exclusion hides. */
const ALWAYS = [
  ['eventid'],
  ['eventname'],
  ['recipientaccountid'],
  ['eventtime'],
  ['useragent'],
  ...PRINCIPAL_MEMBERS.map((member) => ['useridentity', member]),
];

/** What the hunt statement reads beside `body`, `fingerprint`, `source` and `extra`. */
export function columnsOfQuery({ rules }: Query): readonly Column[] {
  return selectColumns([
    ...ALWAYS,
    ...rules.flatMap((rule) => [
      ...rule.conjuncts.flatMap(({ condition }) => fieldsOf(condition)),
      ...rule.bound.severities.flatMap(({ when }) => fieldsOf(when)),
      ...cutColumns(rule).map((column) => [column]),
    ]),
  ]);
}

/** What the statement of `flagsSql` reads. */
export function columnsOfConditions(conditions: readonly Condition[]): readonly Column[] {
  return selectColumns(conditions.flatMap(fieldsOf));
}
