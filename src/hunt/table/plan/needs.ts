/** Checks that a table has the fields that the rules test. */
import { asciiLower } from '../../../cloudtrail/field/columns.js';
import { fieldNames } from '../../../cloudtrail/field/fields.js';
import { furtherField } from '../../../cloudtrail/field/further-fields.js';
import { HuntError } from '../../../errors.js';
import {
  fieldsOf,
  neededFieldsOf,
  type Condition,
  type FieldPath,
} from '../../../rule/condition/condition.js';
import { fieldsOfQuery, neededFields } from '../../../query/columns-read.js';
import { callsWithoutFields, withoutFields } from '../../../query/missing-fields.js';
import { ruleId, type Query } from '../../../query/query.js';
import type { RefusedRule } from '../../../report/report.js';
import type { Relation } from '../../../table/columns/fit.js';
import { mayHold } from '../../../table/columns/sql-type.js';

/**
 * The query without the rules that test a field which the table does not have, and these rules: their test would be false
 * for every event, and a zero would look like a result. Throws a HuntError where none is left.
 */
export function answerable(
  query: Query,
  relation: Relation,
): { readonly query: Query; readonly refused: readonly RefusedRule[] } {
  const refused: RefusedRule[] = [];
  const rules = query.rules.filter((rule) => {
    const problem = neededFields(rule)
      .map((field) => problemWith(field, relation))
      .find((one) => one !== undefined);
    if (problem === undefined) return true;
    const message = `the rule ${ruleId(rule)} tests ${problem}`;
    const { id, name, severity, file } = rule.bound.rule;
    refused.push({ file, line: 1, column: 1, reason: message, rule: { id, name, severity } });
    return false;
  });
  const [first] = refused;
  if (rules.length === 0 && first !== undefined)
    throw new HuntError(
      'RULE',
      refused.length === 1
        ? first.reason
        : `the table cannot answer any of the rules: ${first.reason}`,
    );
  const isLacking = (field: FieldPath): boolean => problemWith(field, relation) !== undefined;
  return {
    query: {
      ...query,
      rules: rules.map((rule) => withoutFields(rule, isLacking)),
      calls: query.calls && callsWithoutFields(query.calls, isLacking),
    },
    refused,
  };
}

/**
 * The filters of the user without alternatives that the table cannot answer: a name is looked for in every field that may have it,
 * and an older table lacks some. An alternative that does not need the field stays. The report lists what the table lacks in `missingFields`.
 */
export function answerableFilters(
  filters: readonly Condition[],
  relation: Relation,
): readonly Condition[] {
  const isThere = (part: Condition): boolean =>
    neededFieldsOf(part).every((field) => problemWith(field, relation) === undefined);
  return filters.map((filter) => {
    if (filter.kind !== 'any') return filter;
    const of = filter.of.filter(isThere);
    return of.length === 0 ? filter : { ...filter, of };
  });
}

/** The further fields that filters test and that the table lacks: what only they would tell is not found. */
export function furtherLacked(
  filters: readonly Condition[],
  { further, missing }: Pick<Relation, 'further' | 'missing'>,
): readonly string[] {
  const tested = filters.flatMap(fieldsOf).flatMap((path) => furtherField(path)?.field.name ?? []);
  const known = new Set([...missing, ...further.map(({ name }) => name)]);
  return [...new Set(tested)].filter((name) => !known.has(name));
}

/** The relation with only those of its further fields, and of its columns with odd values, that the query tests. */
export function neededRelation(query: Query, relation: Relation): Relation {
  const paths = fieldsOfQuery(query);
  const further = new Set(paths.flatMap((path) => furtherField(path)?.field.name ?? []));
  const columns = new Set(paths.map(([first = '']) => asciiLower(first)));
  return {
    ...relation,
    further: relation.further.filter(({ name }) => further.has(name)),
    odd: relation.odd.filter(({ name }) => columns.has(name)),
  };
}

function problemWith(path: FieldPath, relation: Relation): string | undefined {
  const further = furtherField(path);
  if (further === undefined) return problemWithColumn(path, relation);
  const { field, keys } = further;
  const own = relation.further.find(({ name }) => name === field.name);
  if (own === undefined) return lacks(path, field.name);
  return own.type === undefined || mayHold(own.type, keys) ? undefined : cannotHold(path, own.name);
}

function problemWithColumn(path: FieldPath, { missing, typed }: Relation): string | undefined {
  const name = path.join('.');
  const lacking = missing.find((each) => isWithin(name, each));
  if (lacking !== undefined)
    return lacks(
      path,
      fieldNames().find((each) => asciiLower(each) === asciiLower(name)) ?? lacking,
    );
  const [first = '', ...keys] = path;
  const own = typed.find((column) => asciiLower(column.name) === asciiLower(first));
  return own === undefined || mayHold(own.type, keys) ? undefined : cannotHold(path, own.name);
}

function lacks(path: FieldPath, known: string): string {
  return (
    `${path.join('.')}, which the table does not have. ` +
    `If one of its columns holds it, set columns: { ${known}: <column> } in hunt.yml`
  );
}

function cannotHold(path: FieldPath, known: string): string {
  return (
    `${path.join('.')}, which the table cannot have: the type of its column for ${known} has no such key in this spelling. ` +
    `If another column has the JSON text, set columns: { ${known}: <column> } in hunt.yml`
  );
}

/** Whether a field is the same as another field, or a part of it. */
function isWithin(field: string, whole: string): boolean {
  return `${asciiLower(field)}.`.startsWith(`${asciiLower(whole)}.`);
}
