/** What every engine does: run one SQL statement and give its rows. */

/** One row of a result: each column's value as text, or null. */
export type Row = Readonly<Record<string, string | null>>;

export interface Engine {
  /** The statement's rows. Throws a HuntError with code ENGINE where the statement fails, INTERRUPTED where it was stopped. */
  rows(sql: string): AsyncIterable<Row>;
  close(): Promise<void>;
}
