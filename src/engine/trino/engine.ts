/** A client for Trino. A statement is posted, then its pages are fetched one after another. */
import { HuntError, reasonOf } from '../../errors.js';
import type { Engine, Row } from '../engine.js';
import type { Page, TrinoProgress } from './page.js';
import { RETRY_LIMITS, type RetryLimits } from './retry.js';
import type { TrinoServer } from './server.js';
import { TrinoSession } from './session.js';

/** A query that Trino may still be running. */
interface Running {
  /** The address of its next page; undefined before Trino has answered, and when the query is over. */
  next: string | undefined;
  cancelled: Promise<void> | undefined;
}

/** After so many pages in a row that bring nothing new, nothing will come. */
const MOST_REPEATS = 600;

/** The addresses of the pages of a query. Each page of Trino has its own, but servers like it may let a client poll one. */
class Pages {
  private readonly known = new Set<string>();
  private repeats = 0;

  /** Whether the page refers to one that was requested before, so that its rows would come again for ever. */
  neverEnd({ next, rows }: Page): boolean {
    if (next === undefined) return false;
    const isKnown = this.known.has(next);
    this.known.add(next);
    this.repeats = isKnown ? this.repeats + 1 : 0;
    return isKnown && (rows.length > 0 || this.repeats > MOST_REPEATS);
  }
}

export class TrinoEngine implements Engine {
  private readonly session: TrinoSession;
  private readonly signal: AbortSignal | undefined;
  private readonly closing = new AbortController();
  private readonly running = new Set<Running>();
  private readonly interrupt = (): void => this.closing.abort();

  /** When `signal` aborts, running queries are cancelled in Trino too. */
  constructor(server: TrinoServer, signal?: AbortSignal, limits: RetryLimits = RETRY_LIMITS) {
    this.session = new TrinoSession(server, limits);
    this.signal = signal;
    if (signal?.aborted) this.closing.abort();
    signal?.addEventListener('abort', this.interrupt);
  }

  /**
   * The statement's rows. Only one page at a time is in memory. Leaving the iteration early cancels the query.
   * `onProgress` is called for every page, with rows or without. Throws a TrinoFailure if Trino could not run the
   * statement, and other HuntErrors as every engine does.
   */
  async *rows(sql: string, onProgress?: (progress: TrinoProgress) => void): AsyncIterable<Row> {
    const { signal } = this.closing;
    const query: Running = { next: undefined, cancelled: undefined };
    const pages = new Pages();
    this.running.add(query);
    try {
      let page: Page | undefined;
      do {
        page = await (query.next === undefined
          ? this.session.post(sql, signal)
          : this.session.get(query.next, signal));
        query.next = page.next;
        if (pages.neverEnd(page)) throw this.session.repeats();
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

  /** Cancels running queries, and waits until Trino has confirmed it. */
  async close(): Promise<void> {
    this.signal?.removeEventListener('abort', this.interrupt);
    this.closing.abort();
    await Promise.all([...this.running].map((query) => this.cancel(query)));
  }

  /** Cancels a query. Gives the text to add to a message where that failed, else an empty text. */
  private async cancel(query: Running): Promise<string> {
    if (query.next === undefined) return '';
    try {
      await (query.cancelled ??= this.session.cancel(query.next));
      return '';
    } catch (error) {
      return `, but the query may run until Trino notices that its client is gone: ${reasonOf(error)}`;
    }
  }
}
