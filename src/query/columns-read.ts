/** Which columns of AWS's table a statement reads, for an engine that need not be given the others. */
import { selectColumns, type Column } from '../cloudtrail/columns.js';
import { PRINCIPAL_MEMBERS } from '../cloudtrail/principal.js';
import { fieldsOf, type Condition } from '../rule/condition.js';
import { cutColumns } from './cut-columns.js';
import type { Query } from './query.js';

/** Beside what rules test: what tells events apart, and who did what is hidden by an exclusion. */
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

/** What conditions read. */
export function columnsOfConditions(conditions: readonly Condition[]): readonly Column[] {
  return selectColumns(conditions.flatMap(fieldsOf));
}
