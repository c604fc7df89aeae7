/** What every engine does: run one SQL statement and give its rows. */

/** One row of a result: each column's value as text, or null. */
export type Row = Readonly<Record<string, string | null>>;

export interface Engine {
  /** The statement's rows. Throws a HuntError with code ENGINE where the statement fails, INTERRUPTED where it was stopped. */
  rows(sql: string): AsyncIterable<Row>;
  close(): Promise<void>;
}

/** An engine that runs elsewhere, and may fail for reasons of its own. */
export interface TableEngine {
  /**
   * The rows of a statement; `part` names it among those of the hunt, and is the same for the same statement always.
   * Throws StatementFailed where the engine says that the statement failed.
   */
  rows(sql: string, part: string): AsyncIterable<Row>;
  /** Every execution so far, the failed ones too. */
  executions(): readonly Execution[];
  /** Stops what still runs, and resolves when it has stopped. */
  close(): Promise<void>;
}

/** One execution of a statement. */
export interface Execution {
  readonly id: string;
  readonly part: string;
  readonly state: 'running' | 'succeeded' | 'failed' | 'stopped';
  /** Bytes read, as the engine counts them. */
  readonly bytes: number;
  /** The engine's own time. */
  readonly milliseconds: number;
}

/** How far all executions are. */
export interface ExecutionProgress {
  readonly bytes: number;
  readonly queued: number;
  readonly running: number;
}
