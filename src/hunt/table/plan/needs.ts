/** Checks that a table has the fields that the rules test. */
import { asciiLower } from '../../../cloudtrail/columns.js';
import { fieldNames } from '../../../cloudtrail/fields.js';
import { furtherField } from '../../../cloudtrail/further-fields.js';
import { HuntError } from '../../../errors.js';
import type { FieldPath } from '../../../rule/condition/condition.js';
import { testedFields } from '../../../query/columns-read.js';
import { ruleId, type Query } from '../../../query/query.js';
import type { Relation } from '../../../table/columns/fit.js';
import { mayHold } from '../../../table/columns/sql-type.js';

/**
 * Throws a HuntError if a rule tests a field that the table does not have. Without this check the test would be false
 * for every event, and a zero would look like a result.
 */
export function checkFields(query: Query, relation: Relation): void {
  for (const rule of query.rules)
    for (const field of testedFields(rule)) {
      const problem = problemWith(field, relation);
      if (problem !== undefined)
        throw new HuntError('RULE', `the rule ${ruleId(rule)} tests ${problem}`);
    }
}

/** The relation with only those of its further fields that the rules test. */
export function neededRelation({ rules }: Query, relation: Relation): Relation {
  const tested = new Set(
    rules.flatMap(testedFields).flatMap((path) => furtherField(path)?.field.name ?? []),
  );
  return { ...relation, further: relation.further.filter(({ name }) => tested.has(name)) };
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
