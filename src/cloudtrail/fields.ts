/** Where the value at a field path lives in the `events` table: which column, how deep its struct, where JSON begins. */
import { asciiLower, COLUMNS, type Column, type ColumnType } from './columns.js';

export type FieldPlace =
  /** Text: a column, or a member of a struct (`path`, lower-case, from the column on). */
  | { readonly kind: 'text'; readonly path: readonly string[] }
  /** A struct (or map) itself. */
  | { readonly kind: 'struct'; readonly path: readonly string[]; readonly type: ColumnType }
  /** A list of a column's own type. */
  | { readonly kind: 'list'; readonly path: readonly string[]; readonly of: ColumnType }
  /** An entry of a map from text to text. */
  | { readonly kind: 'entry'; readonly path: readonly string[]; readonly key: string }
  /** A value inside the JSON of a column; an empty `keys` is the column's whole value. */
  | { readonly kind: 'json'; readonly column: string; readonly keys: readonly string[] };

/** The place of a field, or undefined where the table has no such field. Keys inside JSON are exact, others are not. */
export function placeOf(field: readonly string[]): FieldPlace | undefined {
  return descend(COLUMNS, field, []);
}

function descend(
  members: readonly Column[],
  field: readonly string[],
  above: readonly string[],
): FieldPlace | undefined {
  const [key, ...rest] = field;
  if (key === undefined) return undefined;
  const member = members.find(({ column }) => column === asciiLower(key));
  if (member === undefined) return undefined;
  const path = [...above, member.column];
  return placeWithin(member.type, rest, path);
}

/** The place of a field below a value of a type that stands at `path`. */
export function placeWithin(
  type: ColumnType,
  rest: readonly string[],
  path: readonly string[],
): FieldPlace | undefined {
  const [key] = rest;
  switch (type.kind) {
    case 'text':
      return key === undefined ? { kind: 'text', path } : undefined;
    case 'json':
      return { kind: 'json', column: path.join('.'), keys: rest };
    case 'struct':
      return key === undefined ? { kind: 'struct', path, type } : descend(type.members, rest, path);
    case 'list':
      return key === undefined ? { kind: 'list', path, of: type.of } : undefined;
    case 'map':
      if (key === undefined) return { kind: 'struct', path, type };
      return rest.length === 1 ? { kind: 'entry', path, key } : undefined;
    default:
      return type satisfies never;
  }
}

/** Every field of the table by its documented name, for suggestions: `userIdentity.sessionContext.sessionIssuer.arn`. */
export function fieldNames(): readonly string[] {
  const names = (members: readonly Column[], above: string): string[] =>
    members.flatMap(({ name, type }) => [
      above + name,
      ...(type.kind === 'struct' ? names(type.members, `${above}${name}.`) : []),
    ]);
  return names(COLUMNS, '');
}
