/** What a body says, whoever made it: hunt, or the SQL of an engine, which writes JSON as text and NULLs too. */
import { COLUMNS, type ColumnType } from '../../src/cloudtrail/field/columns.js';
import { isObject, parseJson, type Json, type JsonObject } from '../../src/cloudtrail/json.js';
import { parseKeepingNumbers } from '../../src/cloudtrail/numbers.js';

/** The columns that are not NULL, in their order. */
export function columnsOfBody(body: string): JsonObject {
  return structOf({ kind: 'struct', members: COLUMNS }, parseJson(body)) as JsonObject;
}

function structOf(type: ColumnType, value: Json): Json {
  if (type.kind === 'text' || type.kind === 'map') return value;
  const parts = typeof value === 'string' ? parseKeepingNumbers(value) : value;
  if (type.kind === 'list' && Array.isArray(parts))
    return parts.map((item: Json) => structOf(type.of, item));
  if (type.kind !== 'struct' || !isObject(parts)) return parts;
  const members = new Map(type.members.map((member) => [member.column, member.type]));
  return Object.fromEntries(
    Object.entries(parts).flatMap(([column, cell]) => {
      const own = members.get(column);
      if (own === undefined) throw new Error(`no column ${column}`);
      return cell === null ? [] : [[column, structOf(own, cell)]];
    }),
  );
}
