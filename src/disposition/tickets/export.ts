/** Reads an export of a ticket system: CSV, or JSON. A row may hold anything, so every value is checked. */
import { parse } from 'csv-parse/sync';
import { isObject, parseJson, type Json, type JsonObject } from '../../cloudtrail/json.js';
import { isDay, readInstant } from '../../cloudtrail/time/time.js';
import { DAY } from '../../cloudtrail/time/window.js';
import { HuntError, reasonOf } from '../../errors.js';
import { safeLine } from '../../text/safe-text.js';
import type { Ticket, TicketColumns, TicketExport } from './ticket.js';

/** In UTF-16 units. */
const LONGEST_CELL = 10_000;
const LONGEST_NAME = 200;

export interface ReadTickets {
  readonly tickets: readonly Ticket[];
  /** Rows without an ID, or with a time that cannot be read. */
  readonly unreadable: number;
}

/** Throws a HuntError where the text is neither, or lacks a column. */
export function readTickets(text: string, { path, columns }: TicketExport): ReadTickets {
  const rows = /^\s*[[{]/.test(text) ? jsonRows(text, path) : csvRows(text, path);
  const missing = Object.values(columns).find(
    (column) => rows.length > 0 && !rows.some((row) => cellOf(row, column) !== undefined),
  );
  if (missing !== undefined)
    throw new HuntError(
      'CONFIG',
      `${safeLine(path)} has no column ${JSON.stringify(missing)}, which tickets: columns in hunt.yml names`,
    );
  const tickets = rows.flatMap((row) => ticketOf(row, columns) ?? []);
  return { tickets, unreadable: rows.length - tickets.length };
}

function csvRows(text: string, path: string): readonly JsonObject[] {
  try {
    const rows: unknown = parse(text, {
      bom: true,
      columns: true,
      relax_column_count: true,
      relax_quotes: true,
      skip_empty_lines: true,
      delimiter: delimiterOf(text),
    });
    return rows as readonly JsonObject[];
  } catch (error) {
    throw new HuntError('CONFIG', `${safeLine(path)} is not CSV: ${safeLine(reasonOf(error))}`, {
      cause: error,
    });
  }
}

/** Spreadsheets of some countries write semicolons. */
function delimiterOf(text: string): string {
  const [header = ''] = text.split('\n', 1);
  return [';', '\t'].find((sign) => header.split(sign).length > header.split(',').length) ?? ',';
}

/** A list of objects, alone or as a member: `{"result": […]}`. */
function jsonRows(text: string, path: string): readonly JsonObject[] {
  let value: Json;
  try {
    value = parseJson(text);
  } catch (error) {
    throw new HuntError('CONFIG', `${safeLine(path)} is not JSON: ${safeLine(reasonOf(error))}`, {
      cause: error,
    });
  }
  const lists = isObject(value)
    ? Object.values(value).filter((one) => Array.isArray(one))
    : [value];
  const [list] = lists as readonly (readonly Json[])[];
  if (list === undefined || lists.length > 1 || !Array.isArray(list))
    throw new HuntError('CONFIG', `${safeLine(path)} must have one list of tickets`);
  return (list as readonly Json[]).filter((row) => isObject(row));
}

/** A column by its name, or by the path to it: `fields.assignee.name`. */
function cellOf(row: JsonObject, column: string): Json | undefined {
  if (Object.hasOwn(row, column)) return row[column];
  let value: Json | undefined = row;
  for (const key of column.split('.'))
    value = isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined;
  return value;
}

/** Undefined where the row says no ID, or a time that cannot be read: it must not explain more than its author meant. */
function ticketOf(row: JsonObject, columns: TicketColumns): Ticket | undefined {
  const text = (column: string | undefined): string => {
    const value = column === undefined ? null : (cellOf(row, column) ?? null);
    return value === null || typeof value === 'object'
      ? ''
      : String(value).trim().slice(0, LONGEST_CELL);
  };
  const id = text(columns.id);
  const [from, to, written] = [
    timeIn(text(columns.from), 0),
    timeIn(text(columns.to), DAY - 1),
    timeIn(text(columns.written), 0),
  ];
  if (id === '' || from === null || to === null || written === null) return undefined;
  return {
    id: id.slice(0, LONGEST_NAME),
    resources: text(columns.resource)
      .toLowerCase()
      .split(/[\s,;]+/)
      .filter((name) => name !== ''),
    people: text(columns.person)
      .split(/[,;]/)
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    approver: text(columns.approver).slice(0, LONGEST_NAME) || null,
    from,
    to,
    written,
  };
}

/** The instant of a time; undefined where there is none, null where it cannot be read. Without a zone, it is UTC. */
function timeIn(text: string, ofDay: number): number | undefined | null {
  if (text === '') return undefined;
  if (/^\d{4}-\d{2}-\d{2}$/.test(text))
    return isDay(text) ? Date.parse(`${text}T00:00:00Z`) + ofDay : null;
  const [, day, clock, seconds = ':00', fraction = '', zone = 'Z'] =
    /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2})?([.]\d{1,30})?(Z|[+-]\d{2}:?\d{2})?$/i.exec(
      text,
    ) ?? [];
  if (day === undefined || clock === undefined) return null;
  const offset = zone.replace(/^([+-]\d{2})(\d{2})$/, '$1:$2');
  return readInstant(`${day}T${clock}${seconds}${fraction}${offset}`) ?? null;
}
