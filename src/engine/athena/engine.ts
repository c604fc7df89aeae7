/** Athena: each statement is an execution that is started once, watched until it ends, and stopped where nobody waits. */
import { setTimeout as delay } from 'node:timers/promises';
import type { AthenaClient, QueryExecution } from '@aws-sdk/client-athena';
import { HuntError } from '../../errors.js';
import type { Execution, TableEngine, Row } from '../engine.js';
import { fullJitter } from '../backoff.js';
import { Executions } from '../executions.js';
import { StatementFailed } from '../failure.js';
import { awsError } from './client.js';
import { endingOf, stateOf, type Ending } from './ending.js';
import type { Attempt } from './journal.js';
import { resultRows } from './results.js';
import type { AthenaSettings } from './settings.js';
import { startExecution } from './start.js';

const POLL = { first: 500, growth: 1.5, most: 5000 };
/** How often a failure that may pass is tried again, and how long that waits at most, in milliseconds. */
const TRIES = 3;
const BACKOFF = 20_000;
/** How often in all: an outage ends the hunt, and not each of its parts anew. */
const MOST_AGAIN = 100;
/** How long stopped executions are waited for. */
const STOPPING = 60_000;

export class AthenaEngine implements TableEngine {
  private readonly client: AthenaClient;
  private readonly settings: AthenaSettings;
  private readonly known = new Executions();
  private closed: Promise<void> | undefined;
  private again = 0;

  /** The client is destroyed with the engine. */
  constructor(client: AthenaClient, settings: AthenaSettings) {
    this.client = client;
    this.settings = settings;
  }

  async *rows(sql: string, part: string): AsyncGenerator<Row> {
    const { journal, signal } = this.settings;
    const before = journal.attempt(part);
    if (before?.id !== undefined && (await this.survived(before.id, part))) {
      let given = false;
      try {
        for await (const row of resultRows(this.client, before.id, signal)) {
          given = true;
          yield row;
        }
        return;
      } catch (error) {
        // Athena keeps managed results for a day only, and anybody may have deleted the others.
        if (given || !isGone(error)) throw awsError(error, `read the results of ${before.id}`);
      }
    }
    const id = await this.succeeded(sql, part, numberAfter(before));
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

  private async stopAll(): Promise<void> {
    const running = this.executions().filter(({ state }) => state === 'running');
    await Promise.allSettled(running.map((execution) => this.stop(execution)));
    this.client.destroy();
  }

  /**
   * Whether an execution of before the hunt was resumed has succeeded. Throws StatementFailed where smaller parts came, or
   * must come, in its place; any other failure may have been mended since.
   */
  private async survived(id: string, part: string): Promise<boolean> {
    try {
      const said = await this.ended(id, part, 0);
      if (said?.failureKind === 'too large' || said?.failureKind === 'unreadable')
        throw new StatementFailed('Athena', said.reason, said.failureKind);
      return said === undefined;
    } catch (error) {
      if (error instanceof HuntError && isGone(error.cause)) return false;
      throw error;
    }
  }

  /** The ID of a new execution that has succeeded, in this attempt or a later one. */
  private async succeeded(sql: string, part: string, first: number): Promise<string> {
    for (let tries = 0; ; tries++) {
      const id = await this.start(sql, part, first + tries);
      const said = await this.ended(id, part, POLL.first);
      if (said === undefined) return id;
      const where = said.stopped
        ? ` (query ${id}, of ${part}); by whom, Athena's history tells`
        : '';
      const failure = new StatementFailed('Athena', said.reason + where, said.failureKind);
      if (failure.failureKind !== 'transient' || tries === TRIES || this.again === MOST_AGAIN)
        throw failure;
      this.again++;
      await this.wait(fullJitter(tries, 2000, BACKOFF));
    }
  }

  /** Starts an execution, or finds the one that the same attempt has started already. */
  private async start(sql: string, part: string, number: number): Promise<string> {
    const { journal } = this.settings;
    this.check();
    journal.note(part, { number, id: undefined });
    try {
      const id = await startExecution(this.client, this.settings, sql, part, number);
      this.known.see({ id, part, state: 'running', bytes: 0, milliseconds: 0, queued: true });
      journal.note(part, { number, id });
      return id;
    } catch (error) {
      throw awsError(error, 'start a query');
    }
  }

  /** Watches an execution to its end: undefined where it succeeded, else what is said of it. */
  private async ended(id: string, part: string, first: number): Promise<Ending | undefined> {
    for (let pause = first; ; pause = clamp(pause * POLL.growth, POLL.first, POLL.most)) {
      await this.wait(pause);
      const execution = await this.look(id, part);
      this.check();
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

  private async look(
    id: string,
    part: string,
    signal = this.settings.signal,
  ): Promise<QueryExecution> {
    const { GetQueryExecutionCommand } = await import('@aws-sdk/client-athena');
    try {
      const { QueryExecution: execution = {} } = await this.client.send(
        new GetQueryExecutionCommand({ QueryExecutionId: id }),
        signal ? { abortSignal: signal } : {},
      );
      const { DataScannedInBytes: bytes = 0, EngineExecutionTimeInMillis: milliseconds = 0 } =
        execution.Statistics ?? {};
      const queued = execution.Status?.State === 'QUEUED';
      this.known.see({ id, part, state: stateOf(execution), bytes, milliseconds, queued });
      this.settings.onProgress?.(this.known.progress());
      return execution;
    } catch (error) {
      throw awsError(error, `look at the query ${id}`);
    }
  }

  /** Throws where the hunt was interrupted, or has read more than it may. */
  private check(): void {
    const { signal, maxScan } = this.settings;
    if (signal?.aborted) throw new HuntError('INTERRUPTED', 'interrupted');
    this.known.check(maxScan);
  }

  private async stop({ id, part }: Execution): Promise<void> {
    const { StopQueryExecutionCommand } = await import('@aws-sdk/client-athena');
    await this.client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }));
    const wait = this.settings.wait ?? delay;
    for (let waited = 0; waited < STOPPING; waited += POLL.first) {
      const execution = await this.look(id, part, new AbortController().signal);
      if (stateOf(execution) !== 'running') return;
      await wait(POLL.first);
    }
  }

  private async wait(milliseconds: number): Promise<void> {
    const { signal, wait } = this.settings;
    try {
      await (wait ? wait(milliseconds) : delay(milliseconds, undefined, signal ? { signal } : {}));
    } catch {
      // Interrupted: `check` says so.
    }
    this.check();
  }
}

/** The attempt to be made next; one whose execution nobody knows is made once more. */
function numberAfter(before: Attempt | undefined): number {
  return before === undefined ? 0 : before.number + (before.id === undefined ? 0 : 1);
}

/** Whether Athena says that there is no such execution, or no results of it. */
function isGone(error: unknown): boolean {
  return (
    error instanceof Error &&
    ['InvalidRequestException', 'ResourceNotFoundException'].includes(error.name)
  );
}

function clamp(value: number, least: number, most: number): number {
  return Math.max(least, Math.min(value, most));
}
