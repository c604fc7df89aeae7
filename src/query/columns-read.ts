/** Which columns of events a statement reads. Only these are loaded into DuckDB, which saves memory and time. */
import { selectColumns, type Column } from '../cloudtrail/field/columns.js';
import { FURTHER_COLUMN, furtherField } from '../cloudtrail/field/further-fields.js';
import { PRINCIPAL_PATHS } from '../cloudtrail/principal.js';
import {
  fieldsOf,
  neededFieldsOf,
  type Condition,
  type FieldPath,
} from '../rule/condition/condition.js';
import { cutColumns } from './cut-columns.js';
import { fieldsOfHidden } from './hiding.js';
import { selectedRules, type CountedCalls, type Query, type RuleQuery } from './query.js';

/** Every hunt reads these: they identify an event, and the exclusion ledger names principals and user agents. */
const ALWAYS = [
  ['eventid'],
  ['eventname'],
  ['recipientaccountid'],
  ['eventtime'],
  ['useragent'],
  // A service may have users of its own.
  ['eventsource'],
  ...PRINCIPAL_PATHS.map((path) => ['useridentity', ...path]),
];

/** The columns that the hunt statement reads, in addition to `body`, `fingerprint`, `source` and `extra`. */
export function columnsOfQuery(query: Query): readonly Column[] {
  const { calls } = query;
  return columnsOf([
    ...ALWAYS,
    ...(calls === undefined ? [] : [...namesOfCalls(calls), ...fieldsOfCalls(calls)]),
    ...fieldsOfHidden(query),
    ...selectedRules(query).flatMap((rule) => [
      ...testedFields(rule),
      ...cutColumns(rule).map((column) => [column]),
    ]),
  ]);
}

/** What the statement reads to count calls, beside what the conditions test. */
function namesOfCalls({ bySource }: CountedCalls): readonly FieldPath[] {
  const source = bySource ? [['useridentity', 'accesskeyid'], ['sourceipaddress']] : [];
  return [['eventsource'], ['errorcode'], ['errormessage'], ...source];
}

function fieldsOfCalls({ filters, mutating, correction }: CountedCalls): readonly FieldPath[] {
  return [...filters, mutating, correction].flatMap(fieldsOf);
}

/** The fields that any condition of a query tests. */
export function fieldsOfQuery(query: Query): readonly FieldPath[] {
  const { calls } = query;
  return distinct([
    ...selectedRules(query).flatMap(testedFields),
    ...(calls === undefined ? [] : fieldsOfCalls(calls)),
  ]);
}

/** What the statement on a table reads to count its records, in addition to the columns of `columnsOfQuery`. */
const COUNTED = ['eventsource', 'awsregion', 'eventtype', 'eventcategory', 'eventversion'];

/** The names of the columns without which the statement on a table would give other counts, or other identities of findings. */
export function columnsOfCounts(query: Query): ReadonlySet<string> {
  return new Set([...columnsOfQuery(query).map(({ column }) => column), ...COUNTED]);
}

/** The fields that the conditions of a rule test. */
export function testedFields(rule: RuleQuery): readonly FieldPath[] {
  return distinct(conditionsOf(rule).flatMap(fieldsOf));
}

/** Those of them that a table must have. */
export function neededFields(rule: RuleQuery): readonly FieldPath[] {
  return distinct(conditionsOf(rule).flatMap(neededFieldsOf));
}

/** Each field once: a rule of shared expressions tests some fields hundreds of times. */
function distinct(fields: readonly FieldPath[]): readonly FieldPath[] {
  return [...new Map(fields.map((field) => [JSON.stringify(field), field])).values()];
}

function conditionsOf({ conjuncts, bound }: RuleQuery): readonly Condition[] {
  return [
    ...conjuncts.map(({ condition }) => condition),
    ...bound.severities.map(({ when }) => when),
  ];
}

/** The columns that the statement of `flagsSql` reads. */
export function columnsOfConditions(conditions: readonly Condition[]): readonly Column[] {
  return columnsOf(conditions.flatMap(fieldsOf));
}

function columnsOf(fields: readonly (readonly string[])[]): readonly Column[] {
  const own = fields.filter((field) => furtherField(field) === undefined);
  return [...selectColumns(own), ...(own.length < fields.length ? [FURTHER_COLUMN] : [])];
}
