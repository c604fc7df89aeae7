/**
 * The files of journals. A file has one JSON object in each line: first the head, then an attempt, or a process that has
 * resumed the hunt. The last line may be torn where the process was killed.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { isObject, parseJson, type JsonObject } from '../../../cloudtrail/json.js';
import { DAY, type Window } from '../../../cloudtrail/time/window.js';
import type { Attempt, EarlierExecution } from '../../../engine/athena/journal.js';
import { isProcessAlive } from '../../../process-alive.js';

/** What a resumed hunt takes from the first run, so that its statements are the same. */
export interface HuntBounds {
  readonly window: Window;
  /** How long after an event its file may still arrive, in milliseconds. */
  readonly late: number;
  /** When the hunt began, in milliseconds since 1970. */
  readonly now: number;
}

export interface JournalHead {
  readonly runId: string;
  readonly bounds: HuntBounds;
}

/** The process that runs a hunt. */
interface Owner {
  readonly pid: number;
  readonly host: string;
}

export interface JournalFile {
  readonly path: string;
  readonly head: JournalHead;
  /** The last process that used it. */
  readonly owner: Owner | undefined;
  /** The newest attempt at each part. */
  readonly attempts: Map<string, Attempt>;
  /** The executions of all attempts. */
  readonly executions: readonly EarlierExecution[];
  /** Whether the last line is incomplete. */
  readonly isTorn: boolean;
}

export const THIS_PROCESS: Owner = { pid: process.pid, host: hostname() };

/** Athena keeps the history of an execution for 45 days. */
const RETENTION = 45 * DAY;

/** The name of the file, without its folder: journals of the same hunt begin alike. */
export function journalName(identity: string, runId: string): string {
  return `${prefixOf(identity)}${runId}.jsonl`;
}

/** The paths of all journals of a hunt, the newest first. */
export function journalsOf(folder: string, identity: string): readonly string[] {
  return journalsIn(folder)
    .filter(({ name }) => name.startsWith(prefixOf(identity)))
    .toSorted((a, b) => b.changed - a.changed)
    .map(({ name }) => join(folder, name));
}

/** Reads a journal; undefined if the file cannot be read or has no complete head. */
export function readJournal(path: string): JournalFile | undefined {
  const text = textOf(path);
  const [first, ...notes] = text
    .split('\n')
    .map(parsed)
    .filter((line) => line !== undefined);
  const head = first && readHead(first);
  if (first === undefined || head === undefined) return undefined;
  const attempts = notes.flatMap(readAttempt);
  const executions = attempts.flatMap(([part, { id }]) => (id === undefined ? [] : { id, part }));
  return {
    path,
    head,
    owner: [first, ...notes].flatMap((line) => readOwner(line) ?? []).at(-1),
    attempts: new Map(attempts),
    executions,
    isTorn: !text.endsWith('\n'),
  };
}

/** Whether another process on this machine is using the journal. */
export function isRunning(owner: Owner | undefined): boolean {
  if (owner === undefined || owner.host !== THIS_PROCESS.host) return false;
  return owner.pid !== THIS_PROCESS.pid && isProcessAlive(owner.pid);
}

/** Deletes journals whose executions Athena no longer knows. `now` is in milliseconds since 1970. */
export function deleteOldJournals(folder: string, now: number): void {
  for (const { name, changed } of journalsIn(folder)) {
    if (changed >= now - RETENTION) continue;
    try {
      rmSync(join(folder, name), { force: true });
    } catch {
      // An old journal that cannot be deleted does no harm.
    }
  }
}

function readHead({ runId, window, late, now }: JsonObject): JournalHead | undefined {
  if (typeof runId !== 'string' || !isObject(window)) return undefined;
  if (typeof late !== 'number' || typeof now !== 'number') return undefined;
  const { since, until } = window;
  return {
    runId,
    bounds: {
      window: {
        since: typeof since === 'number' ? since : undefined,
        until: typeof until === 'number' ? until : undefined,
      },
      late,
      now,
    },
  };
}

function readOwner({ pid, host }: JsonObject): Owner | undefined {
  return typeof pid === 'number' && typeof host === 'string' ? { pid, host } : undefined;
}

/** In a list, so that `flatMap` keeps the pair. */
function readAttempt({ part, number, id }: JsonObject): readonly (readonly [string, Attempt])[] {
  if (typeof part !== 'string' || typeof number !== 'number') return [];
  return [[part, { number, id: typeof id === 'string' ? id : undefined }]];
}

/** The object in a line; undefined if the line is torn. */
function parsed(line: string): JsonObject | undefined {
  try {
    const value = parseJson(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
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

interface ListedFile {
  readonly name: string;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

function journalsIn(folder: string): readonly ListedFile[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => ({ name, changed: statSync(join(folder, name)).mtimeMs }));
  } catch {
    return [];
  }
}
