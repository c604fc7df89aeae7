/**
 * The journal of a hunt in Athena, on disk. A hunt that was interrupted or killed can be resumed from it, and then does not
 * pay again for queries that have run.
 */
import { randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Attempt, EarlierExecution, Journal } from '../../../engine/athena/journal.js';
import { HuntError, reasonOf } from '../../../errors.js';
import {
  deleteOldJournals,
  isRunning,
  journalName,
  journalsOf,
  readJournal,
  THIS_PROCESS,
  type HuntBounds,
  type JournalHead,
} from './journal-file.js';

export interface JournalOptions {
  readonly folder: string;
  /** The same text for the same hunt: see `planIdentity`. */
  readonly identity: string;
  /** Called once where the journal cannot be written. The hunt goes on, but cannot be resumed. */
  readonly warn: (reason: string) => void;
}

interface JournalState {
  readonly head: JournalHead;
  readonly path: string;
  readonly attempts: Map<string, Attempt>;
  readonly earlier: readonly EarlierExecution[];
  readonly warn: (reason: string) => void;
  /** The text to write before the first note. */
  readonly preamble: string;
}

export class FileJournal implements Journal {
  readonly runId: string;
  readonly bounds: HuntBounds;
  readonly earlier: readonly EarlierExecution[];
  private readonly path: string;
  private readonly attempts: Map<string, Attempt>;
  private readonly warn: (reason: string) => void;
  /** The text to write before the next note; undefined once writing has failed. */
  private preamble: string | undefined;

  private constructor({ head, path, attempts, earlier, warn, preamble }: JournalState) {
    this.runId = head.runId;
    this.bounds = head.bounds;
    this.path = path;
    this.attempts = attempts;
    this.earlier = earlier;
    this.warn = warn;
    this.preamble = preamble;
  }

  /** A new journal for a hunt of these bounds. Its file is created with the first note. */
  static create({ folder, identity, warn }: JournalOptions, bounds: HuntBounds): FileJournal {
    deleteOldJournals(folder, bounds.now);
    const head = { runId: randomUUID(), bounds };
    const line = JSON.stringify({ runId: head.runId, ...bounds, ...THIS_PROCESS });
    return new FileJournal({
      head,
      path: join(folder, journalName(identity, head.runId)),
      attempts: new Map(),
      earlier: [],
      warn,
      preamble: `${line}\n`,
    });
  }

  /** The newest journal of the same hunt that no process is using. Throws a HuntError if there is none. */
  static resume({ folder, identity, warn }: JournalOptions): FileJournal {
    const found = journalsOf(folder, identity).flatMap((path) => readJournal(path) ?? []);
    const newest = found.find(({ owner }) => !isRunning(owner));
    if (newest === undefined) {
      const running =
        found[0] &&
        `that hunt is still running, as process ${found[0].owner?.pid}: wait until it ends, or start a new hunt without --resume`;
      const none = `there is no interrupted hunt of this table with the same rules, parameters, filters, --since, --until and --late (no journal in ${folder})`;
      throw new HuntError('USAGE', `--resume: ${running ?? none}`);
    }
    const { path, head, attempts, executions, isTorn } = newest;
    // Without the line break, the next line would be lost together with the torn one.
    const preamble = `${isTorn ? '\n' : ''}${JSON.stringify(THIS_PROCESS)}\n`;
    return new FileJournal({ head, path, attempts, earlier: executions, warn, preamble });
  }

  attempt(part: string): Attempt | undefined {
    return this.attempts.get(part);
  }

  note(part: string, attempt: Attempt): void {
    this.attempts.set(part, attempt);
    if (this.preamble === undefined) return;
    try {
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
      const line = JSON.stringify({ part, number: attempt.number, id: attempt.id });
      appendFileSync(this.path, `${this.preamble}${line}\n`, { mode: 0o600 });
      this.preamble = '';
    } catch (error) {
      this.preamble = undefined;
      this.warn(reasonOf(error));
    }
  }

  /** Whether `resume` would find queries of this hunt. */
  get canResume(): boolean {
    const hasStarted = [...this.attempts.values()].some(({ id }) => id !== undefined);
    return this.preamble !== undefined && hasStarted;
  }

  /** Deletes the file: the hunt is complete. */
  remove(): void {
    rmSync(this.path, { force: true });
  }
}
