/** Athena: each statement is an execution that is started once, watched until it ends, and stopped where nobody waits. */
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { AthenaClient, QueryExecution } from '@aws-sdk/client-athena';
import { HuntError } from '../../errors.js';
import type { Execution, RemoteEngine, Row } from '../engine.js';
import { StatementFailed, troubleOf, type Trouble } from '../failure.js';
import { checkScan } from '../scan-limit.js';
import { awsError } from './client.js';
import { resultRows } from './results.js';
import type { AthenaSettings } from './settings.js';

const POLL = { first: 500, growth: 1.5, most: 5000 };
/** How often a failure that may pass is tried again, and how long that waits at most, in milliseconds. */
const TRIES = 3;
const BACKOFF = 20_000;
/** How long stopped executions are waited for. */
const STOPPING = 60_000;

export class AthenaEngine implements RemoteEngine {
  private readonly client: AthenaClient;
  private readonly settings: AthenaSettings;
  private readonly known = new Map<string, Execution & { readonly queued: boolean }>();

  /** The client is destroyed with the engine. */
  constructor(client: AthenaClient, settings: AthenaSettings) {
    this.client = client;
    this.settings = settings;
  }

  async *rows(sql: string, part: string): AsyncGenerator<Row> {
    const id = await this.succeeded(sql, part);
    try {
      yield* resultRows(this.client, id, this.settings.signal);
    } catch (error) {
      throw awsError(error, `read the results of ${id}`);
    }
  }

  executions(): readonly Execution[] {
    return [...this.known.values()].map(({ queued: _queued, ...execution }) => execution);
  }

  async close(): Promise<void> {
    const running = this.executions().filter(({ state }) => state === 'running');
    await Promise.allSettled(running.map((execution) => this.stop(execution)));
    this.client.destroy();
  }

  /** The ID of an execution that has succeeded: one of before, or of a new attempt. */
  private async succeeded(sql: string, part: string): Promise<string> {
    const { journal } = this.settings;
    const before = journal.attempt(part);
    let number = before?.number ?? 0;
    for (let tries = 1; ; tries++) {
      const resumed = tries === 1 && before !== undefined;
      const id = (resumed ? before.id : undefined) ?? (await this.start(sql, part, number));
      const said = await this.ended(id, part);
      if (said === undefined) return id;
      number++;
      // By us, before the hunt was resumed; else somebody does not want it to run.
      if (resumed && said.stopped) continue;
      const failure = new StatementFailed('Athena', said.reason, said.trouble);
      if (failure.trouble !== 'passing' || tries > TRIES) throw failure;
      await this.wait(Math.random() * Math.min(BACKOFF, 1000 * 2 ** tries));
    }
  }

  /** Starts an execution, or finds the one that the same attempt has started already. */
  private async start(sql: string, part: string, number: number): Promise<string> {
    const { table, workgroup, results, journal } = this.settings;
    this.check();
    const { StartQueryExecutionCommand } = await import('@aws-sdk/client-athena');
    journal.note(part, { number, id: undefined });
    try {
      // Not to be aborted: an execution whose ID nobody knows would run on.
      const { QueryExecutionId: id = '' } = await this.client.send(
        new StartQueryExecutionCommand({
          QueryString: sql,
          ClientRequestToken: token(journal.runId, part, number),
          QueryExecutionContext: { Catalog: table.catalog, Database: table.database },
          WorkGroup: workgroup,
          ResultConfiguration: results,
          ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
        }),
      );
      journal.note(part, { number, id });
      this.known.set(id, { id, part, state: 'running', bytes: 0, milliseconds: 0, queued: true });
      return id;
    } catch (error) {
      throw awsError(error, 'start a query');
    }
  }

  /** Watches an execution to its end: undefined where it succeeded, else what is said of it. */
  private async ended(id: string, part: string): Promise<Ending | undefined> {
    for (let pause = POLL.first; ; pause = Math.min(pause * POLL.growth, POLL.most)) {
      const execution = await this.look(id, part);
      this.check();
      switch (execution.Status?.State) {
        case 'SUCCEEDED':
          return undefined;
        case 'FAILED':
        case 'CANCELLED':
          return ending(execution);
        default:
          await this.wait(pause);
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
      this.known.set(id, { id, part, state: stateOf(execution), bytes, milliseconds, queued });
      this.settings.onProgress?.(this.progress());
      return execution;
    } catch (error) {
      throw awsError(error, `look at the query ${id}`);
    }
  }

  private progress() {
    const all = [...this.known.values()];
    const running = all.filter(({ state }) => state === 'running');
    return {
      bytes: this.bytes(),
      queued: running.filter(({ queued }) => queued).length,
      running: running.filter(({ queued }) => !queued).length,
    };
  }

  private bytes(): number {
    return this.executions().reduce((total, { bytes }) => total + bytes, 0);
  }

  /** Throws where the hunt was interrupted, or has read more than it may. */
  private check(): void {
    const { signal, maxScan } = this.settings;
    if (signal?.aborted) throw new HuntError('INTERRUPTED', 'interrupted');
    checkScan(this.bytes(), maxScan);
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

interface Ending {
  readonly reason: string;
  readonly trouble: Trouble;
  /** By somebody, and not for a limit. */
  readonly stopped: boolean;
}

function ending({ Status: status }: QueryExecution): Ending {
  const said = status?.StateChangeReason ?? status?.AthenaError?.ErrorMessage;
  const cancelled = status?.State === 'CANCELLED';
  const reason = said || (cancelled ? 'it was stopped' : 'it failed, and Athena does not say why');
  const stopped = cancelled && !/limit/i.test(reason);
  const trouble = troubleOf(reason);
  const passing = status?.AthenaError?.Retryable === true && trouble === 'unreadable';
  return { reason, trouble: stopped ? 'fatal' : passing ? 'passing' : trouble, stopped };
}

function stateOf({ Status: status }: QueryExecution): Execution['state'] {
  switch (status?.State) {
    case 'SUCCEEDED':
      return 'succeeded';
    case 'FAILED':
      return 'failed';
    case 'CANCELLED':
      return 'stopped';
    default:
      return 'running';
  }
}

/** The same for the same attempt only: a retry on the way is no second execution, and no other run gets its answer. */
function token(runId: string, part: string, number: number): string {
  return createHash('sha256').update(`${runId}\0${part}\0${number}`).digest('hex');
}
