/** The journal of a hunt elsewhere, on disk: with it a hunt that broke off goes on, and pays nothing twice. */
import { createHash, randomUUID } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import type { Window } from '../../cloudtrail/window.js';
import { DAY } from '../../cloudtrail/window.js';
import type { Attempt, Journal } from '../../engine/athena/journal.js';
import { HuntError, reasonOf } from '../../errors.js';

/** What a resumed hunt must take over, lest it ask something else. */
export interface Asked {
  readonly window: Window;
  readonly late: number;
  /** When the hunt began, in milliseconds since 1970 UTC. */
  readonly now: number;
}

/** Athena forgets an execution after 45 days. */
const KEPT = 45 * DAY;

export class FileJournal implements Journal {
  readonly runId: string;
  readonly asked: Asked;
  private readonly path: string | undefined;
  private readonly attempts: Map<string, Attempt>;

  private constructor(
    runId: string,
    asked: Asked,
    path: string | undefined,
    attempts: Map<string, Attempt>,
  ) {
    this.runId = runId;
    this.asked = asked;
    this.path = path;
    this.attempts = attempts;
  }

  /**
   * A new journal in a folder, for a hunt that `identity` tells from others. Where the folder cannot be written, `warn` is
   * told why, and the hunt cannot be resumed.
   */
  static create(
    folder: string,
    identity: string,
    asked: Asked,
    warn: (reason: string) => void,
  ): FileJournal {
    const runId = randomUUID();
    const path = join(folder, `${prefixOf(identity)}${runId}.jsonl`);
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      forgetOld(folder, asked.now);
      writeFileSync(path, `${JSON.stringify({ runId, ...asked })}\n`, { mode: 0o600, flag: 'wx' });
    } catch (error) {
      warn(reasonOf(error));
      return new FileJournal(runId, asked, undefined, new Map());
    }
    return new FileJournal(runId, asked, path, new Map());
  }

  /** The newest journal of a hunt that broke off. Throws a HuntError where there is none. */
  static resume(folder: string, identity: string): FileJournal {
    const [path] = journalsIn(folder)
      .filter(({ name }) => name.startsWith(prefixOf(identity)))
      .toSorted((a, b) => b.changed - a.changed)
      .map(({ name }) => join(folder, name));
    if (path === undefined)
      throw new HuntError(
        'USAGE',
        `--resume: no hunt of this table with these rules and values broke off (none is in ${folder})`,
      );
    const [head = {}, ...notes] = readFileSync(path, 'utf8').split('\n').flatMap(parsed);
    const { runId, window, late, now } = head as { runId: string } & Asked;
    const attempts = new Map(
      (notes as readonly (Attempt & { part: string })[]).map(({ part, number, id }) => [
        part,
        { number, id },
      ]),
    );
    return new FileJournal(runId, { window, late, now }, path, attempts);
  }

  attempt(part: string): Attempt | undefined {
    return this.attempts.get(part);
  }

  note(part: string, attempt: Attempt): void {
    this.attempts.set(part, attempt);
    if (this.path !== undefined)
      appendFileSync(this.path, `${JSON.stringify({ part, ...attempt })}\n`);
  }

  /** Whether there is something to resume. */
  get kept(): boolean {
    return this.path !== undefined && this.attempts.size > 0;
  }

  /** The hunt is done: there is nothing to resume. */
  remove(): void {
    if (this.path !== undefined) rmSync(this.path, { force: true });
  }
}

function prefixOf(identity: string): string {
  return `${createHash('sha256').update(identity).digest('hex').slice(0, 16)}-`;
}

/** A line; the last may be half of one, where the process was killed. */
function parsed(line: string): readonly unknown[] {
  try {
    return [JSON.parse(line) as unknown];
  } catch {
    return [];
  }
}

function journalsIn(
  folder: string,
): readonly { readonly name: string; readonly changed: number }[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => ({ name, changed: statSync(join(folder, name)).mtimeMs }));
  } catch {
    return [];
  }
}

function forgetOld(folder: string, now: number): void {
  for (const { name, changed } of journalsIn(folder))
    if (changed < now - KEPT) rmSync(join(folder, name), { force: true });
}
