/**
 * From a parsed CloudTrail event to a row of the `events` table, by the table's own rules: keys match by ASCII
 * lower-case, the documented spelling winning, else the last; text columns hold the JSON text of what is no scalar;
 * JSON columns hold objects and lists only.
 */
import { asciiLower, COLUMNS, type Column, type ColumnType } from './columns.js';
import { isObject, scalarText, type Json, type JsonObject } from './json.js';
import { parseKeepingNumbers } from './numbers.js';
import { repair } from './repair.js';

/** A value of the `events` table: text, JSON, a struct or map by lower-case member, a list, or NULL. */
export type Cell = Json;

/**
 * One record of a log, as a row: a cell a column that is not NULL, by lower-case name; `source` is its file, `extra` the
 * rest as JSON, `body` every column but the time, which has several forms, as JSON.
 */
export interface EventRecord {
  readonly [column: string]: Cell | undefined;
  readonly source: string;
  readonly extra: string | null;
  readonly body: string;
}

/** What the columns could not hold, by dotted path; a map, for `__proto__` is a key like any other. */
type Extra = Map<string, Json>;

/** The row that an event becomes. Numbers must already be as they stood (`keepNumbers`) and strings well-formed. */
export function toRecord(event: JsonObject, source: string): EventRecord {
  const extra: Extra = new Map();
  const row: Record<string, Cell | undefined> = structCell(COLUMNS, event, extra, '');
  // The same object throughout: each copy of it would take a third of the time that the row took.
  const { eventtime } = row;
  row['eventtime'] = undefined;
  const body = JSON.stringify(row);
  return Object.assign(row, {
    eventtime,
    body,
    source,
    extra: extra.size > 0 ? JSON.stringify(Object.fromEntries(extra)) : null,
  });
}

/** Of members that are not NULL; `path` is what stands before a member's name where the path of one is written. */
function structCell(
  members: readonly Column[],
  value: JsonObject,
  extra: Extra,
  path: string,
): Record<string, Cell> {
  const byKey = byKeyOf(members);
  let respelled: Map<Column, string> | undefined;
  for (const key of Object.keys(value)) {
    const member = byKey.get(key) ?? byKey.get(asciiLower(key));
    if (member === undefined) extra.set(path + key, value[key] ?? null);
    else if (value[member.name] === undefined) (respelled ??= new Map()).set(member, key);
  }
  const row: Record<string, Cell> = {};
  for (const member of members) {
    const own = value[respelled?.get(member) ?? member.name] ?? null;
    if (own === null) continue;
    const cell = toCell(member.type, own, extra, path, member.name);
    if (cell !== null) row[member.column] = cell;
  }
  return row;
}

const keysOf = new WeakMap<readonly Column[], ReadonlyMap<string, Column>>();

/** The members by the documented spelling, and by lower case; looked up for every record, worked out once. */
function byKeyOf(members: readonly Column[]): ReadonlyMap<string, Column> {
  const known = keysOf.get(members);
  if (known !== undefined) return known;
  const byKey = new Map(
    members.flatMap((member) => [
      [member.name, member],
      [member.column, member],
    ]),
  );
  keysOf.set(members, byKey);
  return byKey;
}

function toCell(type: ColumnType, value: Json, extra: Extra, path: string, name: string): Cell {
  if (value === null) return null;
  switch (type.kind) {
    case 'text':
      return scalarText(value);
    case 'json':
      return typeof value === 'object' ? value : nestedCell(value, extra, path + name);
    case 'struct':
      return isObject(value) ? structCell(type.members, value, extra, `${path}${name}.`) : null;
    case 'list':
      return Array.isArray(value)
        ? value.map((item: Json) => toCell(type.of, item, new Map(), path, name))
        : null;
    case 'map':
      if (!isObject(value)) return null;
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, scalarText(item)]),
      );
    default:
      return type satisfies never;
  }
}

/** The engines' JSON functions fail a whole query on text that is no JSON, so such text stands in `extra`. */
function nestedCell(value: string | number | boolean, extra: Extra, path: string): Cell {
  const json = typeof value === 'string' ? nestedJson(value) : undefined;
  if (json === undefined) extra.set(path, value);
  return json ?? null;
}

/** The object or list that a text holds; undefined for any other text. */
function nestedJson(text: string): Json | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return repair(parseKeepingNumbers(text)).value;
  } catch {
    return undefined;
  }
}
