/**
 * Finds JSON values that should be an object or a list, and are none, as `src/cloudtrail/record.ts` does for logs. Their cell is NULL,
 * so a test of the field may miss the record, and a hunt must say so.
 */
import type { Column } from '../../cloudtrail/field/columns.js';
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
        return oddIn(value, { ...member, isThere: isThereSql(value) }, layers);
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

/** Whether a JSON value is there: an empty text, or `null` as text, is what programs write for nothing. */
export function isThereSql({ sql }: Pick<JsonSql, 'sql'>): string {
  return `json_format(${sql}) NOT IN ('null', '""', '"null"')`;
}
