/** Which of AWS's columns a statement reads. Only these are loaded into DuckDB, which saves memory and time. */
import { selectColumns, type Column } from '../cloudtrail/columns.js';
import { PRINCIPAL_MEMBERS } from '../cloudtrail/principal.js';
import { fieldsOf, type Condition } from '../rule/condition/condition.js';
import { cutColumns } from './cut-columns.js';
import type { Query } from './query.js';

/** Every hunt reads these: they identify an event, and the exclusion ledger names principals and user agents. */
const ALWAYS = [
  ['eventid'],
  ['eventname'],
  ['recipientaccountid'],
  ['eventtime'],
  ['useragent'],
  ...PRINCIPAL_MEMBERS.map((member) => ['useridentity', member]),
];

/** The columns that the hunt statement reads, in addition to `body`, `fingerprint`, `source` and `extra`. */
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

/** The columns that the statement of `flagsSql` reads. */
export function columnsOfConditions(conditions: readonly Condition[]): readonly Column[] {
  return selectColumns(conditions.flatMap(fieldsOf));
}
