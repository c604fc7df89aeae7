/** A record's body: what its copies are compared by, and what a finding is made of. */
import { hash } from 'node:crypto';
import { COLUMNS, isNested } from './columns.js';
import type { Cell, EventRecord } from './record.js';

/** How much of a digest in base64 tells bodies apart: 132 bits. */
const PRINT_LENGTH = 22;

const BODY = COLUMNS.filter(({ column }) => column !== 'eventtime').map(
  ({ column, type }) => [column, isNested(type)] as const,
);

/**
 * JSON of every column but the time, which has several forms; each is text, what is nested being JSON in it. A column
 * that is NULL is left out.
 */
export function bodyOf(record: EventRecord): string {
  const body: Record<string, Cell> = {};
  for (const [column, nested] of BODY) {
    const cell = record[column] ?? null;
    if (cell !== null) body[column] = nested ? JSON.stringify(cell) : cell;
  }
  return JSON.stringify(body);
}

/** A text that only the same body has. */
export function printOf(body: string): string {
  return hash('sha256', body, 'base64').slice(0, PRINT_LENGTH);
}
