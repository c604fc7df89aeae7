/** The files of a history in their folder: read with validation, written so that a crash leaves the old one or the new one. */
import { hash } from 'node:crypto';
import { readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HuntError, reasonOf } from '../errors.js';
import { checkpointText, readCheckpoint, type Checkpoint, type DataFile } from './checkpoint.js';
import { makeFolder, writeDurably } from './durable-file.js';
import { Lock } from './lock.js';
import { pendingText, readPending, type Pending } from './pending.js';
import { HashList, NumberedHashList } from './hash-list.js';

const CHECKPOINT = 'checkpoint.json';
const PENDING = 'pending.json';
/** Hashes alone could begin as a packed file does, and then be lost evidence where the folder lies among logs. */
const HEAD = Buffer.from('hunt-history/1\n');
/** Files that a killed process may leave. */
const ABANDONED = /^(?:(?:reported|files|seen)-\d+\.bin(?:\.tmp)?|lock\.[0-9a-f-]{36}\.tmp)$/;

export interface FolderRequest {
  readonly path: string;
  /** The name of the report. */
  readonly report: string;
  /** Called before each step that changes a file, with its name. */
  readonly onStep?: ((step: string) => void) | undefined;
}

/** Holds the lock until it is closed. */
export class HistoryFolder {
  readonly #request: FolderRequest;
  readonly #lock: Lock;

  /** Throws a HuntError if another process holds the lock. */
  constructor(request: FolderRequest) {
    this.#request = request;
    try {
      makeFolder(request.path);
    } catch (cause) {
      throw new HuntError('OUTPUT', `cannot make ${request.path}: ${reasonOf(cause)}`, { cause });
    }
    this.#lock = new Lock(this.#path('lock'));
  }

  close(): void {
    this.#lock.release();
  }

  /** Undefined before the first run. Throws a HuntError if it is damaged. */
  checkpoint(): Checkpoint | undefined {
    return checkpointIn(this.#request.path, this.#request.report);
  }

  damaged(name: string, problem: string): HuntError {
    return damaged(this.#request.path, name, problem);
  }

  writeCheckpoint(checkpoint: Checkpoint): void {
    this.#write(CHECKPOINT, checkpointText(checkpoint));
  }

  pending(): Pending | undefined {
    return readPending(this.#path(PENDING));
  }

  writePending(pending: Pending): void {
    this.#write(PENDING, pendingText(pending));
  }

  /** The list in a file; as a text, what is wrong with the file. */
  readList(file: DataFile): HashList | string {
    return this.#read(file, (bytes) => HashList.fromBytes(bytes));
  }

  /** The same of a list with numbers. */
  readNumberedList(file: DataFile): NumberedHashList | string {
    return this.#read(file, (bytes) => NumberedHashList.fromBytes(bytes));
  }

  #read<L>(file: DataFile, fromBytes: (bytes: Buffer) => L | undefined): L | string {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#path(file.name));
    } catch (error) {
      return `it cannot be read: ${reasonOf(error)}`;
    }
    if (bytes.length !== file.bytes || sha256(bytes) !== file.sha256)
      return 'it is not the file that the checkpoint names';
    return fromBytes(bytes.subarray(HEAD.length)) ?? 'it is damaged';
  }

  writeData(name: string, list: Buffer): DataFile {
    const bytes = Buffer.concat([HEAD, list]);
    this.#write(name, bytes);
    return { name, bytes: bytes.length, sha256: sha256(bytes) };
  }

  /** Removes what the checkpoint does not name. What stays because of an error does no harm. */
  tidy({ reported, files, seen }: Checkpoint): void {
    this.#request.onStep?.('tidy');
    const named = new Set(
      [...reported, files, ...(seen === null ? [] : [seen])].map(({ name }) => name),
    );
    try {
      rmSync(this.#path(PENDING), { force: true });
      for (const name of readdirSync(this.#request.path))
        if (ABANDONED.test(name) && !named.has(name)) rmSync(this.#path(name), { force: true });
    } catch {
      // The next run tries again.
    }
  }

  #write(name: string, content: string | Uint8Array): void {
    this.#request.onStep?.(name);
    this.#lock.check();
    const path = this.#path(name);
    try {
      writeDurably(path, content);
    } catch (cause) {
      throw new HuntError('OUTPUT', `cannot write ${path}: ${reasonOf(cause)}`, { cause });
    }
  }

  #path(name: string): string {
    return join(this.#request.path, name);
  }
}

function sha256(bytes: Buffer): string {
  return hash('sha256', bytes);
}

/** The checkpoint in the folder of a report; undefined before the first run. Throws a HuntError if it is damaged. */
export function checkpointIn(folder: string, report: string): Checkpoint | undefined {
  const path = join(folder, CHECKPOINT);
  let text: string;
  try {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined;
    text = readFileSync(path, 'utf8');
  } catch (cause) {
    throw new HuntError('OUTPUT', `cannot read ${path}: ${reasonOf(cause)}`, { cause });
  }
  const checkpoint = readCheckpoint(text, report);
  if (typeof checkpoint === 'string') throw damaged(folder, CHECKPOINT, checkpoint);
  return checkpoint;
}

function damaged(folder: string, name: string, problem: string): HuntError {
  return new HuntError(
    'OUTPUT',
    `cannot use ${join(folder, name)}: ${problem}. Without it, changes would be reported twice or never. Put the folder back from a backup; or delete ${folder}, and begin again with --first`,
  );
}
