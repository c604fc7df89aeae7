/** Columns that several statements share. */
import { COLUMNS, isNested } from '../../cloudtrail/field/columns.js';
import type { Dialect } from '../dialect/dialect.js';
import { WITHOUT_ID } from '../event-id.js';

/** Two records belong to one event if all of these are equal. */
export const IDENTITY = [
  'eventid',
  'eventname',
  'recipientaccountid',
  'instant',
  'unique_when_no_id',
] as const;

const nested = new Set(COLUMNS.filter(({ type }) => isNested(type)).map(({ column }) => column));

/** A column as text, whatever its type. */
export function columnText(name: string, dialect: Dialect): string {
  return nested.has(name) ? dialect.json(name) : name;
}

/** A record's body as JSON text: every column except the time, which repeats of one event may write in different ways. */
export function bodySql(dialect: Dialect): string {
  const names = COLUMNS.map(({ column }) => column).filter((name) => name !== 'eventtime');
  return dialect.jsonObject(names.map((name) => [name, columnText(name, dialect)]));
}

/** A text that no other record has, where `when` holds, else NULL: a record without an eventID is never a repeat. */
export function uniqueWhenNoId(dialect: Dialect, when = WITHOUT_ID): string {
  return `CASE WHEN ${when} THEN ${dialect.unique()} END AS unique_when_no_id`;
}
