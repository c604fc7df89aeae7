/** What was started, so that a hunt that broke off need not pay twice. */

export interface Journal {
  /** Random; the tokens of all executions come from it. */
  readonly runId: string;
  /** The newest attempt at a part, with its execution where that is known. */
  attempt(part: string): Attempt | undefined;
  /** To be called before an execution is started, and again when its ID is known. */
  note(part: string, attempt: Attempt): void;
}

export interface Attempt {
  readonly number: number;
  readonly id: string | undefined;
}
