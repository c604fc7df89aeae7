/** Tickets that explain changes: how they are found, and what an export of a ticket system says about them. */

/** Where the ID of a ticket may stand in an event. */
export const TICKET_PLACES = ['session', 'tags', 'user agent', 'role'] as const;
export type TicketPlace = (typeof TICKET_PLACES)[number];

export interface TicketSettings {
  /** Regular expressions of IDs. */
  readonly patterns: readonly RegExp[];
  readonly places: readonly TicketPlace[];
  readonly export: TicketExport | null;
  /** How long after a change its ticket may begin, in milliseconds: it then explains the change after the fact. */
  readonly afterwards: number;
}

export interface TicketExport {
  readonly path: string;
  /** The column of the file for each of these. */
  readonly columns: TicketColumns;
}

export const TICKET_COLUMNS = [
  'id',
  'resource',
  'person',
  'approver',
  'from',
  'to',
  'written',
] as const;
type TicketColumn = (typeof TICKET_COLUMNS)[number];
export type TicketColumns = Readonly<Partial<Record<TicketColumn, string>>> & {
  readonly id: string;
};

/** A ticket of an export. Instants in milliseconds since 1970 UTC. */
export interface Ticket {
  readonly id: string;
  /** In lower case; empty where the ticket names none. */
  readonly resources: readonly string[];
  readonly people: readonly string[];
  readonly approver: string | null;
  readonly from: number | undefined;
  readonly to: number | undefined;
  /** When it was written, where the export says so. */
  readonly written: number | undefined;
}
