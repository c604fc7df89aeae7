/** Converts a JSON value into the type of a documented column, in Trino's SQL, as `src/cloudtrail/record.ts` does for logs. */
import type { Column, ColumnType } from '../../../cloudtrail/field/columns.js';
import { trino } from '../../../sql/dialect/trino.js';
import { literal } from '../../../sql/literal.js';
import { isNestedSql, mapOf, memberIn, membersOf, nestedIn, type JsonSql } from './json-value.js';
import type { Layers } from './layers.js';
import { trinoType } from '../trino-type.js';

/** The cell of a documented column or member; NULL for a value that is none of its type. */
export function cellOf(
  json: JsonSql,
  { name, type }: Pick<Column, 'name' | 'type'>,
  layers: Layers,
): string {
  switch (type.kind) {
    case 'text':
      return textCell(json.sql, name);
    case 'json': {
      const { sql } = layers.bind(nestedIn(json), json.layer);
      return `CASE WHEN ${isNestedSql(sql)} THEN json_format(${sql}) END`;
    }
    case 'struct': {
      const map = layers.bind(membersOf(json, type.members), json.layer);
      const cells = type.members.map((member) =>
        cellOf(memberIn(map, member.name), member, layers),
      );
      return rowSql(map.sql, cells, type);
    }
    case 'list':
      return listOf(layers.bind(nestedIn(json), json.layer).sql, name, type.of);
    case 'map':
      return `transform_values(${mapOf(json)}, (k, c) -> ${trino.jsonText('c')})`;
    default:
      return type satisfies never;
  }
}

function rowSql(map: string, cells: readonly string[], type: ColumnType): string {
  return `CASE WHEN ${map} IS NOT NULL THEN CAST(ROW(${cells.join(', ')}) AS ${trinoType(type)}) END`;
}

/** A converter that does not know the type may write a list of one element as the element, and an empty list as `{}`. */
function listOf(json: string, name: string, of: ColumnType): string {
  const items =
    `COALESCE(TRY_CAST(${json} AS ARRAY(JSON)), CASE WHEN json_format(${json}) = '{}' THEN ARRAY[] ` +
    `WHEN ${isNestedSql(json)} THEN ARRAY[${json}] END)`;
  if (of.kind !== 'struct') return `transform(${items}, i -> ${textCell('i', name)})`;
  // The documented lists have structs of texts.
  const item: JsonSql = { sql: 'i', layer: 0, isHeld: false };
  const cells = of.members.map((member) =>
    textCell(memberIn({ sql: 'm', layer: 0 }, member.name).sql, member.name),
  );
  const maps = `transform(${items}, i -> ${membersOf(item, of.members)})`;
  return `transform(${maps}, m -> ${rowSql('m', cells, of)})`;
}

function textCell(json: string, name: string): string {
  return name.endsWith('ccountId') ? accountOf(json) : trino.jsonText(json);
}

/** The account ID in a JSON value. A program that takes an ID for a number drops its leading zeros. */
function accountOf(value: string): string {
  const text = trino.jsonText(value);
  const whole = `regexp_like(json_format(${value}), ${literal(String.raw`\A[0-9]{1,12}\z`)})`;
  const float = literal(String.raw`\A(?:[0-9]{1,12}[.]0+|[0-9][.][0-9]{7,11}[eE][+]?11)\z`);
  return (
    `CASE WHEN ${whole} THEN lpad(json_format(${value}), 12, '0') ` +
    `WHEN length(${text}) <> 12 AND regexp_like(${text}, ${float}) ` +
    `THEN lpad(CAST(CAST(CAST(${text} AS double) AS bigint) AS varchar), 12, '0') ELSE ${text} END`
  );
}
