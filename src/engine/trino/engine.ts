/** Trino, whose client protocol we speak ourselves: a statement is posted, its pages are fetched one after another. */
import { HuntError, reasonOf } from '../../errors.js';
import type { Engine, Row } from '../engine.js';
import type { Page, TrinoProgress } from './page.js';
import { PATIENCE, type Patience } from './persist.js';
import type { TrinoServer } from './server.js';
import { TrinoSession } from './session.js';

export type { TrinoProgress } from './page.js';

/** A query that Trino may still be running. */
interface Running {
  /** Its next page; none before Trino has answered, and none when it is over. */
  next: string | undefined;
  cancelled: Promise<void> | undefined;
}

export class TrinoEngine implements Engine {
  private readonly session: TrinoSession;
  private readonly signal: AbortSignal | undefined;
  private readonly over = new AbortController();
  private readonly running = new Set<Running>();
  private readonly interrupt = (): void => this.over.abort();

  /** An aborted `signal` stops what runs, here and in Trino. */
  constructor(server: TrinoServer, signal?: AbortSignal, patience: Patience = PATIENCE) {
    this.session = new TrinoSession(server, patience);
    this.signal = signal;
    if (signal?.aborted) this.over.abort();
    signal?.addEventListener('abort', this.interrupt);
  }

  /**
   * The statement's rows, of which one page at a time is held; a left iteration cancels the query. `onProgress` hears of
   * every page, with rows or without. Throws a TrinoFailure where Trino could not run it, else as every engine.
   */
  async *rows(sql: string, onProgress?: (progress: TrinoProgress) => void): AsyncIterable<Row> {
    const { signal } = this.over;
    const query: Running = { next: undefined, cancelled: undefined };
    this.running.add(query);
    try {
      let page: Page | undefined;
      do {
        page = await (query.next === undefined
          ? this.session.post(sql, signal)
          : this.session.get(query.next, signal));
        query.next = page.next;
        onProgress?.(page.progress);
        if (page.failure !== undefined) throw page.failure;
        yield* page.rows;
      } while (query.next !== undefined);
    } catch (error) {
      if (!signal.aborted) throw error;
      throw new HuntError('INTERRUPTED', `interrupted${await this.cancel(query)}`, {
        cause: error,
      });
    } finally {
      await this.cancel(query);
      this.running.delete(query);
    }
  }

  /** Cancels what still runs, and waits until Trino has been told. */
  async close(): Promise<void> {
    this.signal?.removeEventListener('abort', this.interrupt);
    this.over.abort();
    await Promise.all([...this.running].map((query) => this.cancel(query)));
  }

  /** What to add to a message where the query could not be cancelled. */
  private async cancel(query: Running): Promise<string> {
    if (query.next === undefined) return '';
    try {
      await (query.cancelled ??= this.session.cancel(query.next));
      return '';
    } catch (error) {
      return `, but the query may run on until Trino misses us: ${reasonOf(error)}`;
    }
  }
}
