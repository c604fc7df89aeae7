/** The journal of a hunt elsewhere, on disk: with it a hunt that broke off goes on, and pays nothing twice. */
import { createHash, randomUUID } from 'node:crypto';
import { appendFileSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import type { Window } from '../../cloudtrail/window.js';
import { DAY } from '../../cloudtrail/window.js';
import type { Attempt, Journal } from '../../engine/athena/journal.js';
import { HuntError, reasonOf } from '../../errors.js';

/** What a resumed hunt must take over, lest it ask something else. */
export interface HuntBounds {
  readonly window: Window;
  readonly late: number;
  /** When the hunt began, in milliseconds since 1970 UTC. */
  readonly now: number;
}

/** Whose run it is. */
interface Owner {
  readonly pid: number;
  readonly host: string;
}

/** Athena forgets an execution after 45 days. */
const RETENTION = 45 * DAY;

export class FileJournal implements Journal {
  readonly runId: string;
  readonly bounds: HuntBounds;
  private readonly path: string;
  private readonly attempts: Map<string, Attempt>;
  private readonly warn: (reason: string) => void;
  /** What stands before the next note; undefined where nothing can be written. */
  private before: string | undefined;

  private constructor(
    { runId, ...bounds }: Head,
    path: string,
    attempts: Map<string, Attempt>,
    warn: (reason: string) => void,
    before: string,
  ) {
    this.runId = runId;
    this.bounds = bounds;
    this.path = path;
    this.attempts = attempts;
    this.warn = warn;
    this.before = before;
  }

  /**
   * A new journal in a folder, for a hunt that `identity` tells from others; there is no file before the first note. Where
   * none can be written, `warn` is told why, and the hunt cannot be resumed.
   */
  static create(
    folder: string,
    identity: string,
    bounds: HuntBounds,
    warn: (reason: string) => void,
  ): FileJournal {
    const head = { runId: randomUUID(), ...bounds, ...OWNER };
    const path = join(folder, `${prefixOf(identity)}${head.runId}.jsonl`);
    forgetOld(folder, bounds.now);
    return new FileJournal(head, path, new Map(), warn, `${JSON.stringify(head)}\n`);
  }

  /** The newest journal of a hunt that broke off. Throws a HuntError where there is none. */
  static resume(folder: string, identity: string, warn: (reason: string) => void): FileJournal {
    const found = journalsIn(folder)
      .filter(({ name }) => name.startsWith(prefixOf(identity)))
      .toSorted((a, b) => b.changed - a.changed)
      .flatMap(({ name }) => readJournal(join(folder, name)));
    const newest = found.find(({ owner }) => !isRunning(owner));
    if (newest === undefined) {
      const running = found[0] && ` that hunt still runs, as process ${found[0].owner?.pid}`;
      const none = ` no hunt of this table with these rules, values and bounds broke off (none is in ${folder})`;
      throw new HuntError('USAGE', `--resume:${running ?? none}`);
    }
    const { path, head, attempts, torn } = newest;
    // What follows half a line would be lost with it.
    const before = `${torn ? '\n' : ''}${JSON.stringify(OWNER)}\n`;
    return new FileJournal(head, path, attempts, warn, before);
  }

  attempt(part: string): Attempt | undefined {
    return this.attempts.get(part);
  }

  note(part: string, attempt: Attempt): void {
    this.attempts.set(part, attempt);
    if (this.before === undefined) return;
    try {
      mkdirSync(dirname(this.path), { recursive: true, mode: 0o700 });
      const line = `${this.before}${JSON.stringify({ part, ...attempt })}\n`;
      appendFileSync(this.path, line, { mode: 0o600 });
      this.before = '';
    } catch (error) {
      this.before = undefined;
      this.warn(reasonOf(error));
    }
  }

  /** Whether there is something to resume. */
  get canResume(): boolean {
    const started = [...this.attempts.values()].some(({ id }) => id !== undefined);
    return this.before !== undefined && started;
  }

  /** The hunt is done: there is nothing to resume. */
  remove(): void {
    rmSync(this.path, { force: true });
  }
}

type Head = HuntBounds & { readonly runId: string };

interface Found {
  readonly path: string;
  readonly head: Head;
  readonly owner: Owner | undefined;
  readonly attempts: Map<string, Attempt>;
  /** Whether the last line is not whole. */
  readonly torn: boolean;
}

/** What a journal says, or nothing where it is none. */
function readJournal(path: string): readonly Found[] {
  const text = textOf(path);
  const [head, ...notes] = text.split('\n').flatMap(parsed);
  const { runId, window, late, now } = (head ?? {}) as Partial<Head>;
  if (runId === undefined || window === undefined || late === undefined || now === undefined)
    return [];
  const attempts = new Map(
    (notes as readonly (Attempt & { part?: string })[]).flatMap(({ part, number, id }) =>
      part === undefined ? [] : [[part, { number, id }] as const],
    ),
  );
  const owners = [head, ...notes].filter((line) => 'pid' in (line as object));
  return [
    {
      path,
      head: { runId, window, late, now },
      owner: owners.at(-1) as Owner | undefined,
      attempts,
      torn: !text.endsWith('\n'),
    },
  ];
}

const OWNER: Owner = { pid: process.pid, host: hostname() };

/** Whether another process on this machine goes on with it. */
function isRunning(owner: Owner | undefined): boolean {
  if (owner === undefined || owner.host !== OWNER.host || owner.pid === OWNER.pid) return false;
  try {
    return process.kill(owner.pid, 0);
  } catch (error) {
    return (error as { readonly code?: unknown } | null)?.code === 'EPERM';
  }
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function prefixOf(identity: string): string {
  return `${createHash('sha256').update(identity).digest('hex').slice(0, 16)}-`;
}

/** A line; the last may be half of one, where the process was killed. */
function parsed(line: string): readonly unknown[] {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null ? [value] : [];
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
  for (const { name, changed } of journalsIn(folder)) {
    if (changed >= now - RETENTION) continue;
    try {
      rmSync(join(folder, name), { force: true });
    } catch {
      // It harms nobody.
    }
  }
}
