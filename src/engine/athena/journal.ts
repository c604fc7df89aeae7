/** Keeps what a hunt has started, so that a hunt that is resumed does not pay for the same query twice. */

export interface Journal {
  /** Random. The request tokens of all executions are derived from it. */
  readonly runId: string;
  /** All executions that earlier runs of this hunt have started. */
  readonly earlier: readonly EarlierExecution[];
  /** The newest attempt at a part of the hunt. */
  attempt(part: string): Attempt | undefined;
  /** Records an attempt: before an execution is started, and again when its ID is known. */
  note(part: string, attempt: Attempt): void;
}

export interface EarlierExecution {
  readonly id: string;
  readonly part: string;
}

export interface Attempt {
  /** Counts the attempts at the same part. */
  readonly number: number;
  /** The ID of its execution; undefined if it is not known. */
  readonly id: string | undefined;
}
