/** Conditions over a table that lacks some fields. Tests that are `Optional` then have the result that they have for a missing value. */
import type { Condition, FieldPath, Test } from './condition.js';

/** The condition without its optional tests of fields that the table lacks. It holds for the same events. */
export function assumeMissing(
  condition: Condition,
  lacks: (field: FieldPath) => boolean,
): Condition {
  const part = (of: Condition): Condition => assumeMissing(of, lacks);
  switch (condition.kind) {
    case 'all':
      return joined('all', condition.of.map(part));
    case 'any':
      return joined('any', condition.of.map(part));
    case 'not': {
      const of = part(condition.of);
      if (of === condition.of) return condition;
      // An exclusion keeps its name.
      return of.kind === 'constant' ? { kind: 'constant', value: !of.value } : { ...condition, of };
    }
    case 'test':
      return condition.optional && lacks(condition.field)
        ? { kind: 'constant', value: holdsForMissing(condition) }
        : condition;
    case 'exactly':
      return { ...condition, of: condition.of.map(part) };
    case 'constant':
    case 'compare':
    case 'element':
      return condition;
    default:
      return condition satisfies never;
  }
}

function holdsForMissing({ op }: Test): boolean {
  return op === 'isNull' || op === 'isNullOrEmpty';
}

/** Constants that change nothing are left out, so that the SQL stays short. */
export function joined(kind: 'all' | 'any', parts: readonly Condition[]): Condition {
  const neutral = kind === 'all';
  const constants = parts.filter((part) => part.kind === 'constant');
  const deciding = constants.find(({ value }) => value !== neutral);
  if (deciding !== undefined) return deciding;
  if (constants.length === parts.length && parts.length > 0)
    return { kind: 'constant', value: neutral };
  return { kind, of: parts.filter((part) => part.kind !== 'constant') };
}
