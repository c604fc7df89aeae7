/** A record's body: what its copies are compared by, and what a finding is made of. */
import { hash } from 'node:crypto';
import { COLUMNS, isNested } from './columns.js';
import type { EventRecord } from './record.js';

/** How much of a digest in base64 tells bodies apart: 132 bits. */
const PRINT_LENGTH = 22;

const MEMBERS = COLUMNS.filter(({ column }) => column !== 'eventtime').map(({ column, type }) => ({
  column,
  key: `${JSON.stringify(column)}:`,
  absent: `${JSON.stringify(column)}:null`,
  nested: isNested(type),
}));

/**
 * JSON of every column but the time, which has several forms: text or null each, what is nested being JSON in text. It is
 * what SQL makes of a table that has no bodies.
 */
export function bodyOf(record: EventRecord): string {
  // By hand: an object of all columns takes longer.
  const members = MEMBERS.map(({ column, key, absent, nested }) => {
    const cell = record[column] ?? null;
    return cell === null ? absent : key + JSON.stringify(nested ? JSON.stringify(cell) : cell);
  });
  return `{${members.join(',')}}`;
}

/** A text that only the same body has, be that in UTF-8. */
export function printOf(body: string | Uint8Array): string {
  return hash('sha256', body, 'base64').slice(0, PRINT_LENGTH);
}
