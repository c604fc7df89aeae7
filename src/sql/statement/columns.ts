/** What every statement selects of an event. */
import { COLUMNS, isNested } from '../../cloudtrail/columns.js';
import type { Dialect } from '../dialect/dialect.js';

/** The columns that a finding shows, in the order of reports. `useridentity` is JSON text. */
export const FINDING_COLUMNS = [
  'eventid',
  'eventname',
  'eventsource',
  'awsregion',
  'recipientaccountid',
  'sourceipaddress',
  'useragent',
  'useridentity',
  'requestparameters',
  'responseelements',
] as const;

/** What makes two records one event: equal in all of these. `lone` differs for records without an eventID. */
export const IDENTITY = ['eventid', 'eventname', 'recipientaccountid', 'instant', 'lone'] as const;

const nested = new Set(COLUMNS.filter(({ type }) => isNested(type)).map(({ column }) => column));

/** A column as text, whatever its type. */
export function columnText(name: string, dialect: Dialect): string {
  return nested.has(name) ? dialect.json(name) : name;
}

/** A record's body, by which copies of an event are compared: every column but the time, which has several forms. */
export function bodySql(dialect: Dialect): string {
  const names = COLUMNS.map(({ column }) => column).filter((name) => name !== 'eventtime');
  return dialect.jsonObject(names.map((name) => [name, columnText(name, dialect)]));
}

/** NULL for a record with an eventID, else a text that no other record has: such a record is never a repeat. */
export function lone(dialect: Dialect, where = 'eventid IS NULL'): string {
  return `CASE WHEN ${where} THEN ${dialect.unique()} END`;
}
