/**
 * The values that a condition requires a field to have. They decide which records are loaded, which files and partitions
 * are read, and for which accounts and regions a warning says that there are no records. A missing value would lose findings,
 * so in doubt the answer is that any value is possible.
 */
import { isAscii } from '../../cloudtrail/field/columns.js';
import { locationOf } from '../../cloudtrail/field/fields.js';
import type { Condition, FieldPath } from './condition.js';

export interface RequiredValues {
  /** In the spelling of the rule, each once. */
  readonly values: readonly string[];
  /** True: the rule compares `lower()` of both sides. Engines differ in what that is beyond ASCII. */
  readonly ignoreCase: boolean;
}

/**
 * The list of values of a field outside which the condition cannot hold. Undefined if any value is possible.
 *
 * `field` is the name of a text column or of a text in a struct, such as `awsRegion` or `userIdentity.accountId`, in any
 * case; for other fields the answer is undefined. A test against a parameter requires nothing, so bind the rule first.
 */
export function requiredValues(condition: Condition, field: string): RequiredValues | undefined {
  return requiredIn(condition, columnOf(field.split('.')));
}

/** The lower-case path of a text column or of a text in a struct; undefined for every other field. */
function columnOf(field: FieldPath): string | undefined {
  const location = locationOf(field);
  return location?.kind === 'text' ? location.path.join('.') : undefined;
}

function requiredIn(condition: Condition, column: string | undefined): RequiredValues | undefined {
  switch (condition.kind) {
    case 'all':
      return intersection(condition.of.flatMap((part) => requiredIn(part, column) ?? []));
    case 'any':
      return union(condition.of.map((part) => requiredIn(part, column)));
    case 'test': {
      const { field, op, values, ignoreCase, part } = condition;
      const isWhole = part === undefined && !('parameter' in values);
      const isList = (op === 'equals' || op === 'in') && isWhole;
      const isField = column !== undefined && columnOf(field) === column;
      return isList && isField ? { values: [...new Set(values)], ignoreCase } : undefined;
    }
    case 'not':
    case 'exactly':
    // The fields of an element test are those of an element, not of the event.
    case 'element':
    case 'compare':
    case 'constant':
      return undefined;
    default:
      return condition satisfies never;
  }
}

/** The values that every list allows. */
function intersection(lists: readonly RequiredValues[]): RequiredValues | undefined {
  // Start with an exact list: the result is then exact.
  const [first, ...others] = lists.toSorted((a, b) => Number(a.ignoreCase) - Number(b.ignoreCase));
  if (first === undefined) return undefined;
  const values = first.values.filter((value) => others.every((list) => mayAllow(list, value)));
  return { ...first, values };
}

/** Whether the list allows the value, or may allow it in the lower case of some engine. */
function mayAllow({ values, ignoreCase }: RequiredValues, value: string): boolean {
  if (!ignoreCase) return values.includes(value);
  return values.some(
    (allowed) =>
      allowed.toLowerCase() === value.toLowerCase() || !isAscii(allowed) || !isAscii(value),
  );
}

/** The values that at least one list allows; undefined if a part allows any value. */
function union(lists: readonly (RequiredValues | undefined)[]): RequiredValues | undefined {
  const known = lists.filter((list) => list !== undefined);
  if (known.length === 0 || known.length < lists.length) return undefined;
  return {
    values: [...new Set(known.flatMap(({ values }) => values))],
    ignoreCase: known.some(({ ignoreCase }) => ignoreCase),
  };
}
