/**
 * Turns a parsed record into a row of the `events` table, by the table's own rules. Keys match by their letters (`plainName`).
 * If several keys name one column, the key in the documented spelling wins; if none has that spelling, the last key wins. A
 * text column holds the JSON text of a list or an object. A JSON column holds only lists and objects.
 */
import { COLUMNS, type Column } from './field/columns.js';
import { isEventId } from './event-id.js';
import { isObject, scalarText, type Json, type JsonObject } from './json.js';
import { accountText } from './spelling/account.js';
import { assembled, partOf, type Part } from './spelling/flattened.js';
import { columnOf, namesOf, plainName } from './spelling/names.js';
import { looksNested, nestedJson, nestedValue } from './spelling/nested-text.js';
import { renamed } from './spelling/renamed.js';
import { timeText } from './spelling/time-text.js';

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

/** The row of a record, and the fields of it that have a value which cannot be read, by their documented names. */
export interface ReadRecord {
  readonly row: EventRecord;
  readonly unreadable: readonly string[];
}

/** The position of a cell's struct in the record, and what is left over. */
interface Position {
  /** The values that no column can store, by dotted path. A map, because a record may have the key `__proto__`. */
  readonly extra: Map<string, Json>;
  readonly unreadable: Set<string>;
  /** The beginning of a path, before the name of a member. */
  readonly prefix: string;
}

/** The row of a record. Its numbers must have kept their spelling (`keepNumbers`), and its strings must be well-formed. */
export function toRecord(event: JsonObject, source: string): EventRecord {
  return readRecord(event, source).row;
}

/** The same, with the fields that cannot be read. The row of a record that is only counted has an empty body. */
export function readRecord(
  event: JsonObject,
  source: string,
  { isCounted }: { readonly isCounted: boolean } = { isCounted: false },
): ReadRecord {
  const extra = new Map<string, Json>();
  const unreadable = new Set<string>();
  const row: Record<string, Cell | undefined> = structCell(COLUMNS, renamed(event), {
    extra,
    unreadable,
    prefix: '',
  });
  if (row['useridentity'] === undefined && hasUserName(extra)) unreadable.add('userIdentity');
  // The row is changed in place, because copying it would take a third more time.
  if (!isEventId(row['eventid'])) row['eventid'] = undefined;
  const { eventtime } = row;
  row['eventtime'] = undefined;
  // A record without an ID is told from others by its body.
  row['body'] = isCounted && row['eventid'] !== undefined ? '' : JSON.stringify(row);
  row['eventtime'] = typeof eventtime === 'string' ? timeText(eventtime) : undefined;
  row['source'] = source;
  row['extra'] = extra.size > 0 ? JSON.stringify(Object.fromEntries(extra)) : null;
  return { row: row as EventRecord, unreadable: [...unreadable] };
}

/** Whether an event has the name of its user beside its columns. In the place of an identity, it is all that is left of it. */
function hasUserName(extra: ReadonlyMap<string, Json>): boolean {
  return [...extra].some(([key, value]) => plainName(key) === 'username' && Boolean(value));
}

/** The members that are not NULL. */
function structCell(
  members: readonly Column[],
  value: JsonObject,
  position: Position,
): Record<string, Cell> {
  const { respelled, flattened } = otherKeys(members, value, position);
  const row: Record<string, Cell> = {};
  for (const member of members) {
    const own = value[respelled?.get(member) ?? member.name] ?? null;
    const parts = flattened?.get(member);
    let cell: Cell = null;
    if (own !== null) {
      cell = toCell(member, own, position);
      if (parts !== undefined) keepParts(parts, value, position);
    } else if (parts !== undefined) cell = flatCell(member, { parts, value }, position);
    if (cell !== null) row[member.column] = cell;
  }
  return row;
}

/** What is not in the documented spelling: members in another one, and parts of members. Undefined if there are none, as in most records. */
interface OtherKeys {
  readonly respelled: ReadonlyMap<Column, string> | undefined;
  readonly flattened: ReadonlyMap<Column, readonly Part[]> | undefined;
}

/** Finds the keys that are not in the documented spelling. Keeps what no column can store. */
function otherKeys(
  members: readonly Column[],
  value: JsonObject,
  { extra, prefix }: Position,
): OtherKeys {
  let respelled: Map<Column, string> | undefined;
  let flattened: Map<Column, Part[]> | undefined;
  const known = namesOf(members);
  for (const key of Object.keys(value)) {
    if (known.get(key)?.name === key) continue;
    const member = columnOf(members, key);
    if (member !== undefined) {
      if (value[member.name] === undefined) (respelled ??= new Map()).set(member, key);
      continue;
    }
    const part = partOf(members, key);
    if (part === undefined) extra.set(prefix + key, value[key] ?? null);
    else push((flattened ??= new Map()), part);
  }
  return { respelled, flattened };
}

function push(flattened: Map<Column, Part[]>, part: Part): void {
  const parts = flattened.get(part.member);
  if (parts === undefined) flattened.set(part.member, [part]);
  else parts.push(part);
}

/** The cell of a value that stands in the record in parts. */
function flatCell(
  member: Column,
  { parts, value }: { readonly parts: readonly Part[]; readonly value: JsonObject },
  position: Position,
): Cell {
  if (parts.every(({ key }) => value[key] === null)) return null;
  const whole = assembled(parts, value);
  if (whole !== undefined) return toCell(member, whole, position);
  position.unreadable.add(position.prefix + member.name);
  keepParts(parts, value, position);
  return null;
}

/** Keeps the parts of a value beside the columns. */
function keepParts(parts: readonly Part[], value: JsonObject, { extra, prefix }: Position): void {
  for (const { key } of parts) extra.set(prefix + key, value[key] ?? null);
}

function toCell(member: Pick<Column, 'name' | 'type'>, value: Json, position: Position): Cell {
  if (value === null) return null;
  const { name, type } = member;
  // Most values, so what the others need comes later.
  if (type.kind === 'text') return type.isAccount ? accountText(value) : scalarText(value);
  const { extra, unreadable, prefix } = position;
  switch (type.kind) {
    case 'json': {
      if (typeof value === 'object') return value;
      // The engines' JSON functions would fail the whole query on a text that is not JSON.
      const json = typeof value === 'string' ? nestedJson(value) : undefined;
      if (json !== undefined) return json;
      extra.set(prefix + name, value);
      if (typeof value === 'string' && looksNested(value)) unreadable.add(prefix + name);
      return null;
    }
    case 'struct':
    case 'list':
    case 'map': {
      const nested = typeof value === 'string' ? nestedValue(value, type) : value;
      const cell = nested === undefined ? undefined : nestedCell(member, nested, position);
      if (cell !== undefined) return cell;
      extra.set(prefix + name, value);
      unreadable.add(prefix + name);
      return null;
    }
    default:
      return type satisfies never;
  }
}

/** A struct, list or map; undefined for a value that is none. */
function nestedCell(
  { name, type }: Pick<Column, 'name' | 'type'>,
  value: Json,
  { extra, unreadable, prefix }: Position,
): Cell | undefined {
  if (value === null) return null;
  switch (type.kind) {
    case 'struct':
      return isObject(value)
        ? structCell(type.members, value, { extra, unreadable, prefix: `${prefix}${name}.` })
        : undefined;
    case 'list': {
      const items = itemsIn(value);
      // Another path would be needed for the values of each item that no column can store.
      const within = { extra: new Map(), unreadable, prefix };
      return items?.map((item) => toCell({ name, type: type.of }, item, within));
    }
    case 'map':
      if (!isObject(value)) return undefined;
      return Object.fromEntries(
        Object.entries(value).map(([key, item]) => [key, scalarText(item)]),
      );
    case 'text':
    case 'json':
      return undefined;
    default:
      return type satisfies never;
  }
}

/** A converter that does not know the type may write a list of one element as the element, and an empty list as `{}`. */
function itemsIn(value: Json): readonly Json[] | undefined {
  if (isObject(value)) return Object.keys(value).length === 0 ? [] : [value];
  return Array.isArray(value) ? value : undefined;
}
