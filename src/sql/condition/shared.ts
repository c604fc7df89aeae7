/**
 * Conditions that stand in several others, each as a column of its own. Rules that use the same tables of calls would
 * otherwise have them once for each use, and engines limit the length of a statement and compile each copy.
 */
import type { Condition } from '../../rule/condition/condition.js';
import { conditionNumbers } from '../../rule/condition/identity.js';
import type { Dialect } from '../dialect/dialect.js';
import { conditionSql } from './condition.js';
import { TABLE_SCOPE, type Scope } from './location.js';

export interface SharedConditions {
  /** The columns, as steps: those of a step read the columns of the steps before. */
  readonly steps: readonly (readonly string[])[];
  /** The fields of an event after the last step. What has a column is that column in the SQL. */
  readonly scope: Scope;
}

/** In characters of SQL. A shorter condition is clearer where it stands. */
const LONG = 120;

/** The columns for the repeated parts of these conditions. `prefix` begins their names. */
export function sharedConditions(
  conditions: readonly Condition[],
  { dialect, prefix }: { readonly dialect: Dialect; readonly prefix: string },
): SharedConditions {
  const numberOf = conditionNumbers();
  const columns = new Map<number, { readonly name: string; readonly step: number }>();
  const steps: string[][] = [];
  for (const condition of repeated(conditions, numberOf)) {
    let step = 0;
    const before = scopeOf((part) => {
      const column = columns.get(numberOf(part));
      if (column !== undefined) step = Math.max(step, column.step + 1);
      return column?.name;
    });
    const sql = conditionSql(condition, dialect, before);
    if (sql.length < LONG) continue;
    const name = `${prefix}_${columns.size + 1}`;
    columns.set(numberOf(condition), { name, step });
    (steps[step] ??= []).push(`${sql} AS ${name}`);
  }
  return { steps, scope: scopeOf((part) => columns.get(numberOf(part))?.name) };
}

function scopeOf(columnOf: (condition: Condition) => string | undefined): Scope {
  return { ...TABLE_SCOPE, columnOf };
}

/** The conditions that stand in more than one place, parts before the conditions that have them. */
function repeated(
  conditions: readonly Condition[],
  numberOf: (condition: Condition) => number,
): readonly Condition[] {
  const places = new Map<number, number>();
  const ordered: Condition[] = [];
  const visit = (condition: Condition): void => {
    const number = numberOf(condition);
    const count = places.get(number) ?? 0;
    places.set(number, count + 1);
    // The parts of what gets a column of its own are written once with it.
    if (count > 0) return;
    partsOf(condition).forEach(visit);
    ordered.push(condition);
  };
  conditions.forEach(visit);
  return ordered.filter((condition) => (places.get(numberOf(condition)) ?? 0) > 1);
}

/** The parts of a condition that are conditions on the event. Those on an element of a list have no meaning outside of it. */
function partsOf(condition: Condition): readonly Condition[] {
  switch (condition.kind) {
    case 'all':
    case 'any':
    case 'exactly':
      return condition.of;
    case 'not':
      return [condition.of];
    case 'test':
    case 'compare':
    case 'element':
    case 'constant':
      return [];
    default:
      return condition satisfies never;
  }
}
