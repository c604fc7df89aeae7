/**
 * Athena as an engine for the parts of a hunt. Each statement is a query execution: it is started once, polled until it
 * ends, and stopped when the hunt no longer needs it.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { AthenaClient, QueryExecution } from '@aws-sdk/client-athena';
import { HuntError } from '../../errors.js';
import { fullJitter } from '../backoff.js';
import type { Execution, Row, TableEngine } from '../engine.js';
import { Executions } from '../executions.js';
import { StatementFailed } from '../failure.js';
import { callAthena } from './client/call.js';
import { endingOf, stateOf, type Ending } from './ending.js';
import { awsError } from './client/error.js';
import type { Attempt } from './journal.js';
import { resultRows } from './results.js';
import type { AthenaSettings } from './client/settings.js';
import { startExecution, type StartAttempt } from './start.js';

/** The pauses between two polls of an execution, in milliseconds. */
const POLL = { first: 500, growth: 1.5, most: 5000 };
/** How often a part is run again after a failure that may be transient, and the pauses before that. */
const RETRIES = 3;
const BACKOFF = { first: 2000, most: 20_000 };
/** The most retries of all parts together, so that an outage ends the hunt. */
const MOST_RETRIES = 100;
/** After so many answers in a row without a state of the query, none will come. */
const MOST_STATELESS = 20;
/** How long the engine waits for executions to stop, in milliseconds. */
const STOP_TIMEOUT = 60_000;

export class AthenaEngine implements TableEngine {
  private readonly client: AthenaClient;
  private readonly settings: AthenaSettings;
  private readonly known = new Executions();
  private closed: Promise<void> | undefined;
  private retries = 0;
  private earlier: Promise<void> | undefined;

  /** The caller destroys the client, after `close`. */
  constructor(client: AthenaClient, settings: AthenaSettings) {
    this.client = client;
    this.settings = settings;
  }

  async *rows(sql: string, part: string): AsyncGenerator<Row> {
    const { journal, signal } = this.settings;
    await (this.earlier ??= this.countEarlier());
    const before = journal.attempt(part);
    if (before?.id !== undefined && (await this.hasSucceeded(before.id, part))) {
      let hasBegun = false;
      try {
        for await (const row of resultRows(this.client, before.id, signal)) {
          hasBegun = true;
          yield row;
        }
        return;
      } catch (error) {
        // Athena keeps managed results for one day, and results in S3 may have been deleted. Then the query runs again.
        if (hasBegun || !isGone(error)) throw awsError(error, `read the results of ${before.id}`);
      }
    }
    const id = await this.run({ sql, part, number: numberAfter(before) });
    try {
      yield* resultRows(this.client, id, signal);
    } catch (error) {
      throw awsError(error, `read the results of ${id}`);
    }
  }

  executions(): readonly Execution[] {
    return this.known.list();
  }

  close(): Promise<void> {
    return (this.closed ??= this.stopAll());
  }

  /** Counts what earlier runs of this hunt have read: `maxScan` is for all of them together. */
  private async countEarlier(): Promise<void> {
    for (const { id, part } of this.settings.journal.earlier) {
      try {
        await this.poll(id, part, this.settings.signal);
      } catch (error) {
        if (!(error instanceof HuntError && isGone(error.cause))) throw error;
      }
    }
    this.check();
  }

  private async stopAll(): Promise<void> {
    const running = this.executions().filter(({ state }) => state === 'running');
    await Promise.allSettled(running.map((execution) => this.stop(execution)));
  }

  /**
   * Whether an execution that an earlier run of this hunt started has succeeded. Throws StatementFailed if smaller parts
   * must replace this part. After any other failure the query runs again, because its cause may have been removed.
   */
  private async hasSucceeded(id: string, part: string): Promise<boolean> {
    try {
      const ending = await this.end(id, part, 0);
      if (ending?.failureKind === 'too large' || ending?.failureKind === 'unreadable')
        throw new StatementFailed('Athena', ending.reason, ending.failureKind);
      return ending === undefined;
    } catch (error) {
      if (error instanceof HuntError && isGone(error.cause)) return false;
      throw error;
    }
  }

  /** Runs the part, and again after transient failures. Gives the ID of the execution that succeeded. */
  private async run(first: StartAttempt): Promise<string> {
    const { sql, part } = first;
    for (let tries = 0; ; tries++) {
      const id = await this.start({ sql, part, number: first.number + tries });
      const ending = await this.end(id, part, POLL.first);
      if (ending === undefined) return id;
      const history = ` (query ${id}, of ${part}); Athena's query history shows who stopped it`;
      const reason = ending.stopped ? ending.reason + history : ending.reason;
      const failure = new StatementFailed('Athena', reason, ending.failureKind);
      const mayRetry = tries < RETRIES && this.retries < MOST_RETRIES;
      if (failure.failureKind !== 'transient' || !mayRetry) throw failure;
      this.retries++;
      await this.wait(fullJitter(tries, BACKOFF));
    }
  }

  /** Starts an execution, or finds the execution that the same attempt has started before. */
  private async start(attempt: StartAttempt): Promise<string> {
    const { journal } = this.settings;
    const { part, number } = attempt;
    this.check();
    journal.note(part, { number, id: undefined });
    try {
      const id = await startExecution(this.client, this.settings, attempt);
      this.known.see({ id, part, state: 'running', bytes: 0, milliseconds: 0, queued: true });
      journal.note(part, { number, id });
      return id;
    } catch (error) {
      throw awsError(error, 'start a query');
    }
  }

  /** Polls an execution until it ends. Undefined if it succeeded. `firstPause` is in milliseconds. */
  private async end(id: string, part: string, firstPause: number): Promise<Ending | undefined> {
    let stateless = 0;
    for (let pause = firstPause; ; pause = nextPause(pause)) {
      await this.wait(pause);
      const execution = await this.poll(id, part, this.settings.signal);
      this.check();
      stateless = execution.Status?.State === undefined ? stateless + 1 : 0;
      if (stateless === MOST_STATELESS)
        throw new HuntError('ENGINE', `Athena never says in which state the query ${id} is`);
      switch (stateOf(execution)) {
        case 'succeeded':
          return undefined;
        case 'failed':
        case 'stopped':
          return endingOf(execution);
        case 'running':
      }
    }
  }

  private async poll(
    id: string,
    part: string,
    signal: AbortSignal | undefined,
  ): Promise<QueryExecution> {
    const { GetQueryExecutionCommand } = await import('@aws-sdk/client-athena');
    const command = new GetQueryExecutionCommand({ QueryExecutionId: id });
    try {
      const { QueryExecution: execution = {} } = await callAthena(
        this.client,
        (options) => this.client.send(command, options),
        { signal },
      );
      const { DataScannedInBytes: bytes = 0, EngineExecutionTimeInMillis: milliseconds = 0 } =
        execution.Statistics ?? {};
      const queued = execution.Status?.State === 'QUEUED';
      this.known.see({ id, part, state: stateOf(execution), bytes, milliseconds, queued });
      this.settings.onProgress?.(this.known.progress());
      return execution;
    } catch (error) {
      throw awsError(error, `check the query ${id}`);
    }
  }

  /** Throws a HuntError if the hunt was interrupted, or where it has read more than `maxScan`. */
  private check(): void {
    const { signal, maxScan } = this.settings;
    if (signal?.aborted) throw new HuntError('INTERRUPTED', 'interrupted');
    this.known.check(maxScan);
  }

  /** Stops an execution and waits until it has stopped. An aborted signal does not end the wait, because it may be the cause. */
  private async stop({ id, part }: Execution): Promise<void> {
    const { StopQueryExecutionCommand } = await import('@aws-sdk/client-athena');
    const command = new StopQueryExecutionCommand({ QueryExecutionId: id });
    await callAthena(this.client, (options) => this.client.send(command, options), {
      signal: undefined,
    });
    const wait = this.settings.wait ?? delay;
    for (let waited = 0; waited < STOP_TIMEOUT; waited += POLL.first) {
      const execution = await this.poll(id, part, undefined);
      if (stateOf(execution) !== 'running') return;
      await wait(POLL.first);
    }
  }

  private async wait(milliseconds: number): Promise<void> {
    const { signal, wait } = this.settings;
    try {
      await (wait ? wait(milliseconds) : delay(milliseconds, undefined, signal ? { signal } : {}));
    } catch {
      // The signal ended the pause: `check` throws INTERRUPTED.
    }
    this.check();
  }
}

/**
 * The number of the next attempt. An attempt without a known execution is made again under its number, so that an
 * execution that it may have started is found.
 */
function numberAfter(before: Attempt | undefined): number {
  return before === undefined ? 0 : before.number + (before.id === undefined ? 0 : 1);
}

/** Whether Athena says that the execution does not exist, or that its results do not. */
function isGone(error: unknown): boolean {
  return (
    error instanceof Error &&
    ['InvalidRequestException', 'ResourceNotFoundException'].includes(error.name)
  );
}

function nextPause(pause: number): number {
  return Math.max(POLL.first, Math.min(pause * POLL.growth, POLL.most));
}
