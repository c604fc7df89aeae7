/** Trino as an engine for the parts of a hunt: it counts what was read, and says what each failure means. */
import { fullJitter } from '../backoff.js';
import type { Execution, ExecutionProgress, Row, TableEngine } from '../engine.js';
import { Executions } from '../executions.js';
import { failureKindOf, StatementFailed, type FailureKind } from '../failure.js';
import { pause } from '../pause.js';
import type { TrinoEngine } from './engine.js';
import type { TrinoProgress } from './page.js';
import { TrinoFailure } from './failure.js';

/** How often a statement is run again after a transient failure, and the pauses before that in milliseconds. */
const RETRIES = 3;
const BACKOFF = { first: 1000, most: 20_000 };

export interface TrinoTableSettings {
  /** The most bytes that all statements together may read. Above it, the engine stops them all. */
  readonly maxScan: number | undefined;
  /** Ends the pauses between two tries. */
  readonly signal: AbortSignal;
  readonly onProgress: (progress: ExecutionProgress) => void;
}

export class TrinoTableEngine implements TableEngine {
  private readonly engine: TrinoEngine;
  private readonly settings: TrinoTableSettings;
  private readonly known = new Executions();

  constructor(engine: TrinoEngine, settings: TrinoTableSettings) {
    this.engine = engine;
    this.settings = settings;
  }

  async *rows(sql: string, part: string): AsyncGenerator<Row> {
    for (let tries = 1; ; tries++) {
      let hasBegun = false;
      let id: string | undefined;
      let isLeft = true;
      try {
        const rows = this.engine.rows(sql, (progress) => {
          id = progress.id;
          this.note(part, progress);
        });
        for await (const row of rows) {
          hasBegun = true;
          yield row;
        }
        isLeft = false;
        return;
      } catch (error) {
        isLeft = false;
        const failure = error instanceof TrinoFailure ? toStatementFailed(error, hasBegun) : error;
        const isFailed = failure instanceof StatementFailed;
        if (id !== undefined) this.known.end(id, isFailed ? 'failed' : 'stopped');
        if (!isFailed || failure.failureKind !== 'transient' || tries > RETRIES) throw failure;
        await pause(fullJitter(tries, BACKOFF), this.settings.signal);
      } finally {
        // The caller wants no more rows, and the query was cancelled.
        if (isLeft && id !== undefined) this.known.end(id, 'stopped');
      }
    }
  }

  executions(): readonly Execution[] {
    return this.known.list();
  }

  async close(): Promise<void> {
    await this.engine.close();
  }

  private note(part: string, { id, state, bytes, milliseconds }: TrinoProgress): void {
    const isFinished = state === 'FINISHED';
    this.known.see({
      id,
      part,
      state: isFinished ? 'succeeded' : 'running',
      bytes,
      milliseconds,
      queued: state === 'QUEUED',
    });
    this.known.check(this.settings.maxScan);
    this.settings.onProgress(this.known.progress());
  }
}

function toStatementFailed(
  { errorName, errorType, reason }: TrinoFailure,
  hasBegun: boolean,
): StatementFailed {
  const kind = kindBy(errorType, failureKindOf(`${errorName}: ${reason}`));
  // Another try would give the rows that were already given once more.
  return new StatementFailed('Trino', `${errorName}: ${reason}`, hasBegun ? 'fatal' : kind);
}

/** The kind of a failure, or what Trino's error type says where its words say nothing. */
function kindBy(errorType: string, kind: FailureKind): FailureKind {
  if (kind !== 'unreadable') return kind;
  if (errorType === 'INSUFFICIENT_RESOURCES') return 'too large';
  // An error in our statement that is not known by name would occur in every part.
  return errorType === 'USER_ERROR' ? 'fatal' : kind;
}
