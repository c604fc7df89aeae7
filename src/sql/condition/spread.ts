/**
 * Sigma's tests, which hold if they hold for an element of any list on the way to the field. Each key inside JSON is one
 * step over the elements of a list, or over the value itself, so the length of the SQL grows linearly with the path.
 */
import { locationOf } from '../../cloudtrail/field/fields.js';
import type { SourcePosition } from '../../errors.js';
import type { Comparison, FieldPath, Test } from '../../rule/condition/condition.js';
import type { Dialect } from '../dialect/dialect.js';
import { comparisonSql } from './comparison.js';
import { leafSql } from './leaf.js';
import { columnMayHold, opened } from './held-json.js';
import { elementScope, existsSql, plain, textSql, type Located, type Scope } from './location.js';

/** The SQL of a test with `spread`. */
export function spreadSql(test: Test, dialect: Dialect, scope: Scope): string {
  return whereTextMayHold([test.field], { dialect, scope }, (start) => {
    const way: Way = { scope: start, field: test.field, at: test.at };
    if (test.op === 'isNull') return `NOT ${existsOnWay(way, dialect)}`;
    if (test.op === 'isNotNull') return existsOnWay(way, dialect);
    return someSql(way, dialect, (location, at) =>
      leafSql(test, valueText(location, dialect, at), dialect),
    );
  });
}

/** The SQL of a comparison with `spread`: whether some value of one field fits some value of the other. */
export function spreadComparisonSql(
  comparison: Comparison,
  dialect: Dialect,
  scope: Scope,
): string {
  const { left, right, at } = comparison;
  return whereTextMayHold([left, right], { dialect, scope }, (start) =>
    someSql({ scope: start, field: left, at }, dialect, (location, { depth }) => {
      const text = textSql(location, dialect);
      // The elements on the second way need other names than those on the first.
      return someSql({ scope: { ...start, depth }, field: right, at }, dialect, (other) =>
        comparisonSql(comparison, [text, textSql(other, dialect)], dialect),
      );
    }),
  );
}

/**
 * The SQL of a condition on fields. Where a text on the way to one of them may hold JSON, it is opened; all other records are
 * spared that.
 */
function whereTextMayHold(
  fields: readonly FieldPath[],
  { dialect, scope }: { readonly dialect: Dialect; readonly scope: Scope },
  sqlIn: (scope: Scope) => string,
): string {
  const columns = fields.flatMap((field) => {
    const location = locationOf(field);
    return location?.kind === 'json' && location.keys.length > 1 ? location.column : [];
  });
  const closed = sqlIn(plain(scope));
  if (columns.length === 0) return closed;
  const may = [...new Set(columns)].map((column) => columnMayHold(column, dialect));
  return `CASE WHEN ${may.join(' OR ')} THEN ${sqlIn(scope)} ELSE ${closed} END`;
}

/** The rest of the way to a field, and the scope where it starts. */
interface Way {
  readonly scope: Scope;
  readonly field: FieldPath;
  readonly at: SourcePosition;
}

/** The SQL of a condition on the value at the end of a way. */
type Holds = (location: Located, scope: Scope) => string;

/** Whether the condition holds for some of the values to which a way leads. */
function someSql(way: Way, dialect: Dialect, holds: Holds): string {
  return stepsSql(way, dialect, { holds, looksIntoLast: true });
}

/** Whether a way leads to any value. A list is itself a value, so the elements of the field's own list do not matter. */
function existsOnWay(way: Way, dialect: Dialect): string {
  const holds: Holds = (location) => existsSql(location, dialect);
  return stepsSql(way, dialect, { holds, looksIntoLast: false });
}

function stepsSql(
  { scope, field, at }: Way,
  dialect: Dialect,
  end: { readonly holds: Holds; readonly looksIntoLast: boolean },
): string {
  for (let length = 1; length <= field.length - (end.looksIntoLast ? 0 : 1); length++) {
    const location = scope.locate(field.slice(0, length), at);
    const isLast = length === field.length;
    const list = elementsSql(location, dialect, { scope, isLast });
    if (list === undefined) continue;
    const inner = elementScope(scope, location);
    const holds = stepsSql({ scope: inner, field: field.slice(length), at }, dialect, end);
    return `COALESCE(${dialect.countElements(list, inner.variable, holds)} > 0, FALSE)`;
  }
  return end.holds(scope.locate(field, at), scope);
}

/** The elements of a list, or a single value as a list of one; undefined for a location that has neither. */
function elementsSql(
  location: Located,
  dialect: Dialect,
  { scope, isLast }: { readonly scope: Scope; readonly isLast: boolean },
): string | undefined {
  if (location.kind === 'list') return location.path.join('.');
  if (location.kind !== 'json' || location.keys.length === 0) return undefined;
  const { column, keys, opensFrom } = location;
  if (opensFrom === undefined) return dialect.jsonEach(column, keys);
  const start = scope.isElement ? opened(column, dialect) : column;
  // The text at the end is tested as it is, even if it holds a list.
  if (isLast) return dialect.bound(start, 'o', dialect.jsonEach('o', keys));
  const value = keys.reduce((above, key) => dialect.jsonValue(above, key), start);
  const each = dialect.bound(opened('v', dialect), 'o', dialect.jsonEach('o', []));
  return dialect.bound(value, 'v', each);
}

/** The text of a value that is not a list: of a scalar, and the JSON of a map, an object or a whole JSON column. */
function valueText(location: Located, dialect: Dialect, { isElement }: Scope): string {
  switch (location.kind) {
    case 'json':
      return isElement ? dialect.jsonText(location.column) : location.column;
    case 'struct':
    case 'list':
      return dialect.json(location.path.join('.'));
    case 'text':
    case 'item':
    case 'entry':
      return textSql(location, dialect);
    default:
      return location satisfies never;
  }
}
