/** One execution of a query: the states that polls see while it runs, and how it ended. */
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type {
  QueryExecution,
  QueryExecutionContext,
  QueryExecutionState,
} from '@aws-sdk/client-athena';
import { failedBy, OVER_LIMIT, STOPPED, type Failure } from './failure.js';
import type { Submission } from './submission.js';

export interface ResultColumn {
  readonly name: string;
  /** `varchar`, `bigint`, `decimal(10, 2)`. */
  readonly type: string;
}

export interface ExecutionResult {
  readonly columns: readonly ResultColumn[];
  readonly rows: readonly (readonly (string | null)[])[];
  readonly bytesScanned?: number;
}

/** Runs a statement. An Error whose name is Trino's (`COLUMN_NOT_FOUND`) fails the query with that name. */
export type Execute = (
  sql: string,
  context: QueryExecutionContext,
  signal: AbortSignal,
) => Promise<ExecutionResult>;

/** A state that an execution may leave. */
export type PendingState = 'QUEUED' | 'RUNNING';

export interface Course {
  readonly execute: Execute;
  /** The states that the first polls see, whatever the statement does in the meantime. */
  readonly states: readonly PendingState[];
  /** How many polls after a stop still see the state before it. */
  readonly cancelPolls: number;
  /** How it ends without being run. */
  readonly forced: Failure | undefined;
}

type Outcome =
  | Failure
  | {
      readonly state: 'SUCCEEDED';
      readonly result: ExecutionResult;
      readonly bytesScanned: number;
    };

export class Execution {
  readonly id = randomUUID();
  readonly submission: Submission;
  /** Resolves when the statement no longer runs. */
  readonly settled: Promise<void>;
  private readonly course: Course;
  private readonly over = new AbortController();
  private readonly submitted = Date.now();
  private ended: number | undefined;
  private outcome: Outcome | undefined;
  private polls = 0;
  private pollsAfterStop: number | undefined;
  private shown: QueryExecutionState = 'QUEUED';

  constructor(submission: Submission, course: Course) {
    this.submission = submission;
    this.course = course;
    this.settled = this.run();
  }

  /** The state that the last poll saw. */
  get state(): QueryExecutionState {
    return this.shown;
  }

  /** The result of an execution that a poll has seen succeed. */
  get result(): ExecutionResult | undefined {
    return this.shown === 'SUCCEEDED' && this.outcome?.state === 'SUCCEEDED'
      ? this.outcome.result
      : undefined;
  }

  /** Advances one step. Each poll does this. */
  poll(): void {
    if (isFinal(this.shown)) return;
    if (this.pollsAfterStop !== undefined) {
      if (this.pollsAfterStop++ >= this.course.cancelPolls) this.shown = 'CANCELLED';
      return;
    }
    this.shown = this.course.states[this.polls++] ?? this.outcome?.state ?? 'RUNNING';
  }

  /** Requests a stop, which a later poll sees. An execution that has ended keeps its state. */
  stop(): void {
    if (isFinal(this.shown)) return;
    this.pollsAfterStop ??= 0;
    this.over.abort();
  }

  /** Ends the execution without a poll. */
  abort(): void {
    this.over.abort();
  }

  /** As GetQueryExecution describes it. */
  describe(): QueryExecution {
    const { sql, context, workGroup, output, managed, engineVersion, statement } = this.submission;
    const last = isFinal(this.shown) ? this.ending() : undefined;
    const took = (this.ended ?? Date.now()) - this.submitted;
    const ending = statement.type === 'DML' ? 'csv' : 'txt';
    return {
      QueryExecutionId: this.id,
      Query: sql,
      StatementType: statement.type,
      SubstatementType: statement.kind,
      ...(managed && { ManagedQueryResultsConfiguration: { Enabled: true } }),
      ...(output !== undefined && {
        ResultConfiguration: { OutputLocation: `${output}${this.id}.${ending}` },
      }),
      ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
      QueryExecutionContext: context,
      Status: {
        State: this.shown,
        SubmissionDateTime: new Date(this.submitted),
        ...(last && { CompletionDateTime: new Date(this.ended ?? Date.now()) }),
        ...(last && last.state !== 'SUCCEEDED' && { StateChangeReason: last.reason }),
        ...(last?.state === 'FAILED' && { AthenaError: last.error }),
      },
      Statistics: {
        DataScannedInBytes: last?.bytesScanned ?? 0,
        EngineExecutionTimeInMillis: took,
        TotalExecutionTimeInMillis: took,
        QueryQueueTimeInMillis: 0,
      },
      WorkGroup: workGroup,
      EngineVersion: engineVersion,
    };
  }

  private ending(): Outcome | undefined {
    return this.pollsAfterStop === undefined ? this.outcome : STOPPED;
  }

  private async run(): Promise<void> {
    this.outcome = this.course.forced ?? (await this.executed(this.course.execute));
    this.ended = Date.now();
  }

  private async executed(execute: Execute): Promise<Outcome> {
    const { sql, context, scanLimit } = this.submission;
    const { signal } = this.over;
    // An executor may ignore the signal.
    const aborted = once(signal, 'abort').then(() => {
      throw new Error('stopped');
    });
    aborted.catch(() => undefined);
    try {
      const result = await Promise.race([aborted, execute(sql, context, signal)]);
      const { bytesScanned = 0 } = result;
      if (bytesScanned > scanLimit) return { ...OVER_LIMIT, bytesScanned };
      return { state: 'SUCCEEDED', result, bytesScanned };
    } catch (error) {
      return signal.aborted ? STOPPED : failedBy(error);
    }
  }
}

function isFinal(state: QueryExecutionState): boolean {
  return state !== 'QUEUED' && state !== 'RUNNING';
}
