/**
 * Turns a parsed record into a row of the `events` table, by the table's own rules. Keys match by their ASCII lower case.
 * If several keys name one column, the key in the documented spelling wins; if none has that spelling, the last key wins. A
 * text column holds the JSON text of a list or an object. A JSON column holds only lists and objects.
 */
import { asciiLower, COLUMNS, type Column } from './columns.js';
import { isObject, scalarText, type Json, type JsonObject } from './json.js';
import { parseKeepingNumbers } from './numbers.js';
import { repair } from './repair.js';

/** A value of the `events` table: text, JSON, a struct or map by lower-case member, a list, or NULL. */
export type Cell = Json;

/**
 * One record of a log as a row: a cell for each column that is not NULL, by its lower-case name. `source` is the record's
 * file, `extra` is JSON of all that no column holds. `body` is JSON of every column but the time, which deliveries of one
 * event may write in different forms.
 */
export interface EventRecord {
  readonly [column: string]: Cell | undefined;
  readonly source: string;
  readonly extra: string | null;
  readonly body: string;
}

/** The position of a cell's struct in the record, and the values that no column can store. */
interface Position {
  /** By dotted path. A map, because a record may have the key `__proto__`. */
  readonly extra: Map<string, Json>;
  /** The beginning of a path, before the name of a member. */
  readonly prefix: string;
}

/** The row of a record. Its numbers must have kept their spelling (`keepNumbers`), and its strings must be well-formed. */
export function toRecord(event: JsonObject, source: string): EventRecord {
  const extra = new Map<string, Json>();
  const row: Record<string, Cell | undefined> = structCell(COLUMNS, event, { extra, prefix: '' });
  // The row is changed in place, because copying it would take a third more time.
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

/** The members that are not NULL. */
function structCell(
  members: readonly Column[],
  value: JsonObject,
  position: Position,
): Record<string, Cell> {
  const byKey = byKeyOf(members);
  let respelled: Map<Column, string> | undefined;
  for (const key of Object.keys(value)) {
    const member = byKey.get(key) ?? byKey.get(asciiLower(key));
    if (member === undefined) position.extra.set(position.prefix + key, value[key] ?? null);
    else if (value[member.name] === undefined) (respelled ??= new Map()).set(member, key);
  }
  const row: Record<string, Cell> = {};
  for (const member of members) {
    const own = value[respelled?.get(member) ?? member.name] ?? null;
    if (own === null) continue;
    const cell = toCell(member, own, position);
    if (cell !== null) row[member.column] = cell;
  }
  return row;
}

const keysOf = new WeakMap<readonly Column[], ReadonlyMap<string, Column>>();

/** The members by their documented spelling and by their lower case. Every record needs the map, so it is made once. */
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

function toCell(
  { name, type }: Pick<Column, 'name' | 'type'>,
  value: Json,
  { extra, prefix }: Position,
): Cell {
  if (value === null) return null;
  switch (type.kind) {
    case 'text':
      return scalarText(value);
    case 'json': {
      if (typeof value === 'object') return value;
      // The engines' JSON functions would fail the whole query on a text that is not JSON.
      const json = typeof value === 'string' ? nestedJson(value) : undefined;
      if (json === undefined) extra.set(prefix + name, value);
      return json ?? null;
    }
    case 'struct':
      return isObject(value)
        ? structCell(type.members, value, { extra, prefix: `${prefix}${name}.` })
        : null;
    case 'list':
      return Array.isArray(value)
        ? value.map((item: Json) =>
            toCell({ name, type: type.of }, item, { extra: new Map(), prefix }),
          )
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

/** The object or list that a text holds as JSON; undefined for any other text. */
function nestedJson(text: string): Json | undefined {
  if (!/^\s*[{[]/.test(text)) return undefined;
  try {
    return repair(parseKeepingNumbers(text)).value;
  } catch {
    return undefined;
  }
}
