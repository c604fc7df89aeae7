/**
 * Finds JSON values that should be an object or a list, and are none, as `src/cloudtrail/record.ts` does for logs. Their cell is NULL,
 * so a test of the field may miss the record, and a hunt must say so. Parts of a value beside it (`{"sessionContext.attributes": …}`),
 * which logs may have, are not read either.
 */
import type { Column } from '../../../cloudtrail/field/columns.js';
import { literal } from '../../../sql/literal.js';
import { isNestedSql, mapOf, memberIn, membersOf, nestedIn, type JsonSql } from './json-value.js';
import type { Layers } from './layers.js';

/** A documented field, and whether the record has a value for it, as SQL. */
interface Asked extends Pick<Column, 'name' | 'type'> {
  readonly isThere: string;
}

/** Conditions in SQL, one for each object or list that the field documents. The names are those that `cellOf` binds. */
export function oddIn(json: JsonSql, { type, isThere }: Asked, layers: Layers): readonly string[] {
  switch (type.kind) {
    case 'struct': {
      const map = layers.bind(membersOf(json, type.members), json.layer);
      const own = `${isThere} AND ${map.sql} IS NULL`;
      const inside = type.members.flatMap((member) => {
        const value = memberIn(map, member.name);
        const odd = oddIn(value, { ...member, isThere: isThereSql(value) }, layers);
        return [...odd, ...flattenedIn(map, member)];
      });
      return [own, ...inside];
    }
    case 'list': {
      const { sql } = layers.bind(nestedIn(json), json.layer);
      const item: JsonSql = { sql: 'i', layer: 0, isHeld: false };
      const odd = `i -> ${isThereSql(item)} AND ${mapOf(item)} IS NULL`;
      return [
        `${isThere} AND COALESCE(NOT ${isNestedSql(sql)}, TRUE)`,
        ...(type.of.kind === 'struct'
          ? [`any_match(TRY_CAST(${sql} AS ARRAY(JSON)), ${odd})`]
          : []),
      ];
    }
    case 'map':
      return [`${isThere} AND ${mapOf(json)} IS NULL`];
    case 'text':
    case 'json':
      return [];
    default:
      return type satisfies never;
  }
}

/** Whether the map of `membersOf` has no value for a member, but parts of one under names of their own, as a condition in SQL. */
export function flattenedIn(
  map: { readonly sql: string; readonly layer: number },
  member: Column,
): readonly string[] {
  if (member.type.kind === 'text') return [];
  const parts = [String.raw`[./:\[].*`, ...joinedNames(member.type)].join('|');
  const isPart = `regexp_like(k, ${literal(String.raw`\A${member.column}(?:${parts})\z`)})`;
  const value = memberIn(map, member.name).sql;
  return [
    `COALESCE(json_format(${value}), 'null') = 'null' AND ` +
      `cardinality(map_filter(${map.sql}, (k, v) -> ${isPart} AND json_format(v) <> 'null')) > 0`,
  ];
}

/** The names of all members of a struct, joined without a dot: `attributesmfaauthenticated`. */
function joinedNames(type: Column['type']): readonly string[] {
  const members = type.kind === 'struct' ? type.members : [];
  return members.flatMap(({ column, type: own }) => [
    column,
    ...joinedNames(own).map((name) => column + name),
  ]);
}

/** Whether a JSON value is there: an empty text, or `null` as text, is what programs write for nothing. */
export function isThereSql({ sql }: Pick<JsonSql, 'sql'>): string {
  return `json_format(${sql}) NOT IN ('null', '""', '"null"')`;
}
