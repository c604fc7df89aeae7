/** Checks that a table has the fields that the rules test. */
import { asciiLower } from '../../../cloudtrail/columns.js';
import { fieldNames } from '../../../cloudtrail/fields.js';
import { HuntError } from '../../../errors.js';
import { fieldsOf, type FieldPath } from '../../../rule/condition/condition.js';
import type { Query } from '../../../query/query.js';
import type { Relation } from '../../../table/columns/fit.js';
import { mayHold } from '../../../table/columns/sql-type.js';

/**
 * Throws a HuntError if a rule tests a field that the table does not have. Without this check the test would be false
 * for every event, and a zero would look like a result.
 */
export function checkFields(query: Query, relation: Relation): void {
  for (const { bound, conjuncts } of query.rules) {
    const conditions = [
      ...conjuncts.map(({ condition }) => condition),
      ...bound.severities.map(({ when }) => when),
    ];
    for (const field of conditions.flatMap(fieldsOf)) {
      const problem = problemWith(field, relation);
      if (problem !== undefined)
        throw new HuntError('RULE', `the rule ${bound.rule.id} tests ${problem}`);
    }
  }
}

function problemWith(field: FieldPath, { missing, typed }: Relation): string | undefined {
  const name = field.join('.');
  const lacking = missing.find((each) => isWithin(name, each));
  if (lacking !== undefined) {
    const known = fieldNames().find((each) => asciiLower(each) === asciiLower(name)) ?? lacking;
    return (
      `${name}, which the table does not have. ` +
      `If one of its columns holds it, set columns: { ${known}: <column> } in hunt.yml`
    );
  }
  const [first = '', ...keys] = field;
  const own = typed.find((column) => asciiLower(column.name) === asciiLower(first));
  if (own === undefined || mayHold(own.type, keys)) return undefined;
  return (
    `${name}, which the table cannot have: the type of its column for ${own.name} has no such key in this spelling. ` +
    `If another column has the JSON text, set columns: { ${own.name}: <column> } in hunt.yml`
  );
}

/** Whether a field is the same as another field, or a part of it. */
function isWithin(field: string, whole: string): boolean {
  return `${asciiLower(field)}.`.startsWith(`${asciiLower(whole)}.`);
}
