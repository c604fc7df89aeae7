/** What every engine does: run one SQL statement and give its rows. */

/** One row of a result: the value of each column as text, or null. */
export type Row = Readonly<Record<string, string | null>>;

/** An engine that runs statements directly. */
export interface Engine {
  /**
   * The statement's rows. Throws a HuntError ENGINE if the statement fails, and INTERRUPTED where the person stopped it.
   */
  rows(sql: string): AsyncIterable<Row>;
  close(): Promise<void>;
}

/** An engine that hunts a table in parts. Each part may fail for reasons of its own, and is billed. */
export interface TableEngine {
  /**
   * The rows of a statement. `part` is the name of the part of the hunt; the same statement always has the same name.
   * Throws StatementFailed if the engine could not run the statement, and other HuntErrors if the hunt cannot go on.
   */
  rows(sql: string, part: string): AsyncIterable<Row>;
  /** All executions so far, including those that failed. */
  executions(): readonly Execution[];
  /** Stops what is still running, and resolves when it has stopped. */
  close(): Promise<void>;
}

/** One execution of a statement. */
export interface Execution {
  readonly id: string;
  /** The part of the hunt. */
  readonly part: string;
  readonly state: 'running' | 'succeeded' | 'failed' | 'stopped';
  /** Bytes read, as the engine counts them. */
  readonly bytes: number;
  /** The engine's own run time. */
  readonly milliseconds: number;
}

/** The progress of all executions together. */
export interface ExecutionProgress {
  /** Bytes read. */
  readonly bytes: number;
  /** How many executions wait to start. */
  readonly queued: number;
  readonly running: number;
}
