/** What rules ask of a table: the fields that they test. */
import { asciiLower } from '../../../cloudtrail/columns.js';
import { fieldNames } from '../../../cloudtrail/fields.js';
import { HuntError } from '../../../errors.js';
import { fieldsOf, type FieldPath } from '../../../rule/condition.js';
import type { Query } from '../../../query/query.js';
import type { Relation } from '../../../table/columns/fit.js';
import { mayHold } from '../../../table/columns/sql-type.js';

/** Throws where a rule tests a field that the table does not have: FALSE would be a silent zero. */
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
      `If one of its columns is it, say so in hunt.yml: columns: { ${known}: <column> }`
    );
  }
  const [first = '', ...keys] = field;
  const own = typed.find((column) => asciiLower(column.name) === asciiLower(first));
  if (own === undefined || mayHold(own.type, keys)) return undefined;
  return (
    `${name}, which cannot be in the table: its column for ${own.name} is typed, and has no such key in this spelling. ` +
    `If another column has the JSON text, say so in hunt.yml: columns: { ${own.name}: <column> }`
  );
}

/** Whether a field is another one, or lies in it. */
function isWithin(field: string, other: string): boolean {
  return `${asciiLower(field)}.`.startsWith(`${asciiLower(other)}.`);
}
