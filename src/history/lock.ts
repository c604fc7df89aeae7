/**
 * Lets one process at a time work on the history of a report. The lock is a file that names its process. A killed process leaves
 * it behind, and the next one takes it over. It does so at once if it can see that the process is dead. A process in another
 * container cannot be seen: then the lock is taken over if its file has not been touched for a while.
 */
import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { isObject, parseJson } from '../cloudtrail/json.js';
import { codeOf, HuntError, reasonOf } from '../errors.js';
import { isProcessAlive } from '../process-alive.js';
import { writeDurably } from './durable-file.js';

/** How often the owner touches the file, and how long after the last touch it counts as dead; in milliseconds. */
const TOUCH = 30_000;
const DEAD = 15 * 60_000;
/** A file that names no process is being written, which takes an instant, or its writer was killed. */
const UNWRITTEN = 10_000;

interface Owner {
  readonly pid: number;
  readonly host: string;
  readonly token: string;
}

/** The locks that this process holds. */
const held = new Set<string>();

export class Lock {
  readonly #path: string;
  readonly #token = randomUUID();
  readonly #timer: NodeJS.Timeout;

  /** Throws a HuntError if another process holds the lock. `path` is in a folder that exists. */
  constructor(path: string) {
    this.#path = path;
    const owner: Owner = { pid: process.pid, host: hostname(), token: this.#token };
    if (!created(path, owner)) takeOver(path, owner);
    held.add(this.#token);
    this.#timer = setInterval(() => this.#touch(), TOUCH).unref();
  }

  /** Throws a HuntError if another process has taken the lock: it thought that this one is dead. */
  check(): void {
    if (ownerOf(this.#path)?.token !== this.#token)
      throw new HuntError(
        'OUTPUT',
        `another run has taken over ${this.#path}, because this one did not move for ${DEAD / 60_000} minutes. It continues; nothing is lost`,
      );
  }

  release(): void {
    clearInterval(this.#timer);
    held.delete(this.#token);
    if (ownerOf(this.#path)?.token === this.#token) rmSync(this.#path, { force: true });
  }

  #touch(): void {
    try {
      const now = new Date();
      if (ownerOf(this.#path)?.token === this.#token) utimesSync(this.#path, now, now);
    } catch {
      // `check` says so if the lock is lost.
    }
  }
}

/** False if the file exists. A process that is killed meanwhile leaves a file that names it, or none. */
function created(path: string, owner: Owner): boolean {
  const temporary = `${path}.${owner.token}.tmp`;
  const text = JSON.stringify(owner);
  try {
    writeFileSync(temporary, text, { mode: 0o600 });
    try {
      linkSync(temporary, path);
    } catch (error) {
      if (codeOf(error) === 'EEXIST') return false;
      // Not every file system has links.
      writeFileSync(path, text, { mode: 0o600, flag: 'wx' });
    }
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw new HuntError('OUTPUT', `cannot write ${path}: ${reasonOf(error)}`, { cause: error });
  } finally {
    rmSync(temporary, { force: true });
  }
}

/** Two processes may find the same dead lock, so that taking it over needs a lock of its own, which is held for an instant. */
function takeOver(path: string, owner: Owner): void {
  refuseLiving(path);
  const over = `${path}.takeover`;
  if (!isHeld(over)) rmSync(over, { force: true });
  if (!created(over, owner)) refuse(path, undefined);
  try {
    refuseLiving(path);
    writeDurably(path, JSON.stringify(owner));
  } finally {
    rmSync(over, { force: true });
  }
}

function refuseLiving(path: string): void {
  if (isHeld(path)) refuse(path, ownerOf(path));
}

function isHeld(path: string): boolean {
  const owner = ownerOf(path);
  return owner === undefined ? !isOlder(path, UNWRITTEN) : isAlive(owner, path);
}

function refuse(path: string, owner: Owner | undefined): never {
  const who = owner === undefined ? 'another process' : `process ${owner.pid} on ${owner.host}`;
  throw new HuntError(
    'OUTPUT',
    `${who} is making this report: wait until it ends. If no hunt runs there, delete ${path}`,
  );
}

/** A file without an owner is being written, or was when its process was killed. */
function ownerOf(path: string): Owner | undefined {
  try {
    const value = parseJson(readFileSync(path, 'utf8'));
    if (!isObject(value)) return undefined;
    const { pid, host, token } = value;
    const isOwner = Number.isSafeInteger(pid) && typeof pid === 'number' && pid > 0;
    if (!isOwner || typeof host !== 'string' || typeof token !== 'string') return undefined;
    return { pid, host, token };
  } catch {
    return undefined;
  }
}

function isAlive({ pid, host, token }: Owner, path: string): boolean {
  if (held.has(token)) return true;
  if (isOlder(path, DEAD)) return false;
  // A number may be given to another process: to this one, where a container starts again.
  if (host !== hostname()) return true;
  return pid !== process.pid && isProcessAlive(pid);
}

/** A file that is gone is as old as any. */
function isOlder(path: string, age: number): boolean {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined || Date.now() - stats.mtimeMs > age;
}
