/** What a statement reads, as it is written in FROM. */
export interface ReadTable {
  readonly name: string;
  /** The expression for the file of a record, where the engine knows it. */
  readonly source: string | undefined;
}

/** DuckDB's table of local logs. */
export const LOADED_EVENTS: ReadTable = { name: 'events', source: 'source' };

/** The name that AWS's documentation gives the table. */
export const DOCUMENTED_TABLE: ReadTable = { name: 'cloudtrail_logs', source: undefined };
