/**
 * Tables with a column that holds the whole event as JSON: the federated event data stores of CloudTrail Lake have `eventjson`
 * beside their typed columns, and raw tables (Firehose, log shippers) have nothing else.
 * Source: https://docs.aws.amazon.com/awscloudtrail/latest/userguide/query-supported-event-schemas.html
 */
import { COLUMNS, type Column } from '../../../cloudtrail/field/columns.js';
import { FURTHER_FIELDS } from '../../../cloudtrail/field/further-fields.js';
import { plainName } from '../../../cloudtrail/spelling/names.js';
import { literal } from '../../../sql/literal.js';
import { cellOf } from './json-cell.js';
import { flattenedIn, isThereSql, oddIn } from './json-odd.js';
import { memberIn, membersOf, nestedIn, type JsonSql } from './json-value.js';
import type { Layers } from './layers.js';
import type { SqlType } from '../sql-type.js';
import { isDocumented, jsonOf, type FittedColumn, type TypedSql } from '../value.js';

/** The word for such a column in hunt.yml: `columns: { event: raw }`. */
export const EVENT_FIELD = 'event';

/** Names of columns that may hold whole events, where a table has no column for the name of an event. */
const NAMES = new Set([
  'cloudtrailevent',
  'event',
  'eventdata',
  'raw',
  'rawdata',
  'rawevent',
  'rawlog',
  'rawmessage',
  'rawjson',
  'originalevent',
  'message',
  'msg',
  'log',
  'logevent',
  'record',
  'json',
  'jsontext',
  'body',
  'payload',
  'data',
  'line',
  'detail',
]);

/** The column of Lake, of which AWS says that it has the event. */
const LAKE = 'eventjson';

/** A column with the whole event. */
export interface WholeEvent {
  readonly source: TypedSql;
  /** Whether its values go before those of other columns: the person named it, or there are no others. */
  readonly wins: boolean;
}

/** The column that holds whole events; undefined if there is none. `named` is the one that hunt.yml names. */
export function wholeEvent(
  columns: readonly { readonly name: string; readonly source: TypedSql }[],
  { named, hasName }: { readonly named: TypedSql | undefined; readonly hasName: boolean },
): WholeEvent | undefined {
  if (named !== undefined) return { source: named, wins: true };
  const held = columns.filter(({ source }) => mayHoldEvent(source.type));
  const lake = held.find(({ name }) => plainName(name) === LAKE);
  if (lake !== undefined) return { source: lake.source, wins: !hasName };
  if (hasName) return undefined;
  const likely = held.filter(({ name }) => NAMES.has(plainName(name)));
  const [only] = likely.length === 1 ? likely : [];
  return only && { source: only.source, wins: true };
}

function mayHoldEvent(type: SqlType): boolean {
  if (type.kind === 'struct')
    return type.members.some(({ name }) => plainName(name) === 'eventname');
  return type.kind === 'text' || type.kind === 'json';
}

/** The members of the event in a column, as a map of `membersOf`. Undefined for a struct, whose members are columns. */
export function eventMap({ source }: WholeEvent, layers: Layers) {
  const json = source.type.kind === 'struct' ? undefined : jsonOf(source);
  if (json === undefined) return undefined;
  const { sql, layer } = layers.bind(nestedIn(json), json.layer);
  // EventBridge wraps an event, and Firehose may write what EventBridge gives.
  const detail = `json_extract(${sql}, '$.detail')`;
  const isWrapped = `json_extract(${detail}, '$.eventName') IS NOT NULL`;
  const event: JsonSql = {
    sql: `CASE WHEN ${isWrapped} THEN ${detail} ELSE ${sql} END`,
    layer,
    isHeld: true,
  };
  const further = FURTHER_FIELDS.map(({ name }) => ({ name: name.split('.', 1).join('') }));
  const members = membersOf(event, [...COLUMNS, ...further]);
  return layers.bind(`map_concat(${accountAround(sql, isWrapped)}, ${members})`, layer);
}

/** The account of an event of EventBridge as a member of the event, which often has it only around it. The event's own wins. */
function accountAround(sql: string, isWrapped: string): string {
  const account = `json_extract(${sql}, '$.account')`;
  const isNeeded = `${isWrapped} AND json_extract(${sql}, '$["detail-type"]') IS NOT NULL AND ${account} IS NOT NULL`;
  const name = `CAST(${literal(plainName('recipientAccountId'))} AS varchar)`;
  return `CASE WHEN ${isNeeded} THEN MAP(ARRAY[${name}], ARRAY[${account}]) ELSE CAST(MAP() AS MAP(varchar, JSON)) END`;
}

interface InEvent {
  readonly map: NonNullable<ReturnType<typeof eventMap>>;
  readonly wins: boolean;
  /** The table's own column for the field. */
  readonly own: TypedSql | undefined;
}

export type CellInEvent = Pick<FittedColumn, 'sql' | 'odd'>;

/**
 * The value of a column in the event; undefined where the table's own column is as good. Typed columns flatten what is
 * nested, and they write times in their own way.
 */
export function cellInEvent(
  column: Column,
  { map, wins, own }: InEvent,
  layers: Layers,
): CellInEvent | undefined {
  // The engine can skip times outside of the window only by a column.
  if (own?.type.kind === 'instant' && column.column === 'eventtime') return undefined;
  const isPlain =
    own !== undefined && (column.type.kind === 'text' || isDocumented(own.type, column.type));
  if (isPlain && !wins) return undefined;
  const json = memberIn(map, column.name);
  const odd = oddIn(json, { ...column, isThere: isThereSql(json) }, layers);
  return { sql: cellOf(json, column, layers), odd: [...odd, ...flattenedIn(map, column)] };
}
