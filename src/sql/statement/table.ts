/** The table that a query reads. */
export interface Table {
  /** As it stands in FROM. */
  readonly name: string;
  /** The expression for the file that a record was in, where the engine knows it. */
  readonly source: string | undefined;
  /** The expression for the fields that the columns could not hold, as JSON text, where the engine has them. */
  readonly extra: string | undefined;
  /** The expressions for a record's body, and for what only the same body has, where they need not be worked out. */
  readonly body?: { readonly text: string; readonly fingerprint: string };
  /**
   * For an engine's own table, which may have another shape and holds all records: the statement that gives it AWS's
   * columns, and `source` and `extra` beside them. `name` is of no matter then.
   */
  readonly relation?: string;
}

/** Where local dumps are loaded, with bodies of the reader's making. */
export const LOCAL_TABLE: Table = {
  name: 'events',
  source: 'source',
  extra: 'extra',
  body: { text: 'body', fingerprint: 'fingerprint' },
};

/** The name that AWS's documentation gives the table. */
export const DOCUMENTED_TABLE: Table = {
  name: 'cloudtrail_logs',
  source: undefined,
  extra: undefined,
};
