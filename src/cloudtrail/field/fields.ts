/** Where the `events` table has the value at a field path: in which column or member of a struct, or inside which JSON. */
import { asciiLower, COLUMNS, type Column, type ColumnType } from './columns.js';
import { FURTHER_COLUMN, FURTHER_FIELDS, furtherField } from './further-fields.js';

export type FieldLocation =
  /** Text: a column or a member of a struct. `path` is in lower case and begins with the column. */
  | { readonly kind: 'text'; readonly path: readonly string[] }
  /** A whole struct or map. */
  | { readonly kind: 'struct'; readonly path: readonly string[]; readonly type: ColumnType }
  /** A list that is a column of its own, not inside JSON. */
  | { readonly kind: 'list'; readonly path: readonly string[]; readonly of: ColumnType }
  /** A text in one element of such a list. `path` is that of the list, `member` that of the text in the element. */
  | {
      readonly kind: 'item';
      readonly path: readonly string[];
      readonly index: number;
      readonly member: readonly string[];
    }
  /** The entry of a map from text to text. */
  | { readonly kind: 'entry'; readonly path: readonly string[]; readonly key: string }
  /** A value inside the JSON of a column; empty `keys` stand for the column's whole value. */
  | { readonly kind: 'json'; readonly column: string; readonly keys: readonly string[] };

/**
 * The location of a field; undefined if CloudTrail documents no such field. Names of columns and of members of structs match in
 * any case, keys of maps and inside JSON exactly.
 */
export function locationOf(field: readonly string[]): FieldLocation | undefined {
  return descend(COLUMNS, field, []) ?? furtherLocation(field);
}

function furtherLocation(path: readonly string[]): FieldLocation | undefined {
  const further = furtherField(path);
  if (further === undefined) return undefined;
  const { field, keys } = further;
  return { kind: 'json', column: FURTHER_COLUMN.column, keys: [field.name, ...keys] };
}

function descend(
  members: readonly Column[],
  field: readonly string[],
  above: readonly string[],
): FieldLocation | undefined {
  const [key, ...rest] = field;
  if (key === undefined) return undefined;
  const member = members.find(({ column }) => column === asciiLower(key));
  if (member === undefined) return undefined;
  const path = [...above, member.column];
  return locationWithin(member.type, rest, path);
}

/** The location of a field inside a value of this type that is at `path`; undefined if the type has no such field. */
export function locationWithin(
  type: ColumnType,
  rest: readonly string[],
  path: readonly string[],
): FieldLocation | undefined {
  const [key] = rest;
  switch (type.kind) {
    case 'text':
      return key === undefined ? { kind: 'text', path } : undefined;
    case 'json':
      return { kind: 'json', column: path.join('.'), keys: rest };
    case 'struct':
      return key === undefined ? { kind: 'struct', path, type } : descend(type.members, rest, path);
    case 'list':
      return key === undefined ? { kind: 'list', path, of: type.of } : itemOf(type.of, rest, path);
    case 'map':
      if (key === undefined) return { kind: 'struct', path, type };
      return rest.length === 1 ? { kind: 'entry', path, key } : undefined;
    default:
      return type satisfies never;
  }
}

/** An index in a list. No event has a longer one in a list of the table. */
export const INDEX = /^(?:0|[1-9]\d{0,3})$/;

function itemOf(
  type: ColumnType,
  [index = '', ...rest]: readonly string[],
  path: readonly string[],
): FieldLocation | undefined {
  const inner = INDEX.test(index) ? locationWithin(type, rest, []) : undefined;
  return inner?.kind === 'text'
    ? { kind: 'item', path, index: Number(index), member: inner.path }
    : undefined;
}

/** The documented name of every field, such as `userIdentity.sessionContext.sessionIssuer.arn`, for suggestions. */
export function fieldNames(): readonly string[] {
  const names = (members: readonly Column[], above: string): string[] =>
    members.flatMap(({ name, type }) => [
      above + name,
      ...(type.kind === 'struct' ? names(type.members, `${above}${name}.`) : []),
    ]);
  return [...names(COLUMNS, ''), ...FURTHER_FIELDS.map(({ name }) => name)];
}
