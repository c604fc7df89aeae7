/** Trino as an engine of parts: what it ran is counted, and its failures say what they mean for the hunt. */
import { setTimeout as delay } from 'node:timers/promises';
import type { Execution, TableEngine, ExecutionProgress, Row } from '../engine.js';
import { fullJitter } from '../backoff.js';
import { Executions } from '../executions.js';
import { StatementFailed, failureKindOf, type FailureKind } from '../failure.js';
import type { TrinoEngine, TrinoProgress } from './engine.js';
import { TrinoFailure } from './failure.js';

/** How often a failure that may pass is tried again, and how long that waits at most, in milliseconds. */
const TRIES = 3;
const BACKOFF = 20_000;

export interface TrinoTableSettings {
  /** Bytes that may be read in all; beyond them everything is stopped. */
  readonly maxScan: number | undefined;
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
      let given = false;
      let id: string | undefined;
      try {
        const rows = this.engine.rows(sql, (progress) => {
          id = progress.id;
          this.note(part, progress);
        });
        for await (const row of rows) {
          given = true;
          yield row;
        }
        return;
      } catch (error) {
        const failure = error instanceof TrinoFailure ? toFailure(error, given) : error;
        if (id !== undefined)
          this.known.end(id, failure instanceof StatementFailed ? 'failed' : 'stopped');
        const passing = failure instanceof StatementFailed && failure.failureKind === 'transient';
        if (!passing || tries > TRIES) throw failure;
        await delay(fullJitter(tries, 1000, BACKOFF));
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
    const over = state === 'FINISHED' ? 'succeeded' : 'running';
    this.known.see({ id, part, state: over, bytes, milliseconds, queued: state === 'QUEUED' });
    this.known.check(this.settings.maxScan);
    this.settings.onProgress(this.known.progress());
  }
}

function toFailure(
  { errorName, errorType, message }: TrinoFailure,
  given: boolean,
): StatementFailed {
  const said = message.replace(/^Trino could not run the query: /, '');
  const failureKind = failureKindBy(errorType, failureKindOf(`${errorName}: ${said}`));
  // Rows that were given cannot be taken back: a second try would give them twice.
  return new StatementFailed('Trino', said, given ? 'fatal' : failureKind);
}

function failureKindBy(errorType: string, failureKind: FailureKind): FailureKind {
  if (errorType === 'INSUFFICIENT_RESOURCES') return 'too large';
  // What nobody knows by name: a mistake of the asker's is one in every part.
  return errorType === 'USER_ERROR' && failureKind === 'unreadable' ? 'fatal' : failureKind;
}
