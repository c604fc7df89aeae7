/** Files that appear whole or not at all: written beside their place under another name, then renamed. */
import { randomUUID } from 'node:crypto';
import { accessSync, constants, lstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { HuntError, reasonOf } from '../errors.js';
import { safeLine } from '../text/safe-text.js';

export interface OutputFile {
  readonly path: string;
  /** In chunks, of which none is made before the one ahead of it is written. */
  readonly text: Iterable<string>;
}

/** Throws a HuntError where a file could not be written, or stands there already and may not be overwritten. */
export function checkTargets(paths: readonly string[], force: boolean): void {
  const seen = new Set<string>();
  for (const path of paths) {
    checkFolder(path);
    const target = destination(path);
    if (seen.has(target)) throw refuse(path, 'it is named twice');
    seen.add(target);
    const found = look(path, lstatSync);
    // A link is followed only to see what is at its end.
    const end = look(path, statSync);
    if (end?.isDirectory()) throw refuse(path, 'it is a folder');
    if (end && !end.isFile()) throw refuse(path, 'it is no regular file');
    if (found && !force) throw refuse(path, 'it exists already; --force overwrites it');
  }
}

/** Writes all files, or none, and leaves no temporary file. (What force replaced before a later file failed stays so.) */
export async function writeFiles(
  files: readonly OutputFile[],
  options: { readonly force: boolean; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const { force, signal } = options;
  checkTargets(
    files.map(({ path }) => path),
    force,
  );
  const steps = files.map(toStep);
  try {
    for (const { path, text, temporary, mode } of steps) {
      const how = { flag: 'wx', flush: true, ...(mode !== undefined && { mode }) };
      await attempt(path, signal, () =>
        writeFile(temporary, text, signal ? { ...how, signal } : how),
      );
    }
    if (signal?.aborted) throw new HuntError('INTERRUPTED', 'interrupted');
    await publishAll(steps, force);
  } finally {
    await Promise.allSettled(steps.map(({ temporary }) => rm(temporary, { force: true })));
  }
}

interface Step extends OutputFile {
  readonly target: string;
  readonly temporary: string;
  /** Of the file that stands there already: a report kept from others stays so. */
  readonly mode: number | undefined;
}

function toStep(file: OutputFile): Step {
  const target = destination(file.path);
  const temporary = join(dirname(target), `.hunt-${randomUUID()}.tmp`);
  const old = look(file.path, statSync);
  return { ...file, target, temporary, mode: old && old.mode & 0o777 };
}

/** Gives all files their names. An interruption waits: it came before the first, or comes after the last. */
async function publishAll(steps: readonly Step[], force: boolean): Promise<void> {
  const created: string[] = [];
  try {
    for (const { path, target, temporary, mode } of steps) {
      await attempt(path, undefined, () => publish(temporary, target, force));
      if (mode === undefined) created.push(target);
    }
  } catch (error) {
    await Promise.allSettled(created.map((target) => rm(target, { force: true })));
    throw error;
  }
}

/** Where a link leads, so that it stays a link; else the path itself, in the folder where it really is. */
function destination(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return join(realpathSync(dirname(path)), basename(path));
  }
}

/** Unlike a rename, a hard link never replaces a file that came into being since the check. */
async function publish(temporary: string, target: string, force: boolean): Promise<void> {
  if (force) return rename(temporary, target);
  try {
    await link(temporary, target);
  } catch (error) {
    if (codeOf(error) === 'EEXIST') throw error;
    // Some file systems have no hard links.
    await rename(temporary, target);
  }
}

async function attempt(
  path: string,
  signal: AbortSignal | undefined,
  step: () => Promise<void>,
): Promise<void> {
  if (signal?.aborted) throw new HuntError('INTERRUPTED', 'interrupted');
  try {
    await step();
  } catch (error) {
    if (signal?.aborted) throw new HuntError('INTERRUPTED', 'interrupted', { cause: error });
    const came = codeOf(error) === 'EEXIST';
    throw refuse(path, came ? 'it exists already; --force overwrites it' : reasonOf(error), error);
  }
}

function checkFolder(path: string): void {
  const folder = dirname(path);
  const stats = look(folder, statSync);
  if (!stats) throw refuse(path, `there is no folder ${safeLine(folder)}`);
  if (!stats.isDirectory()) throw refuse(path, `${safeLine(folder)} is no folder`);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw refuse(path, `no permission to write in ${safeLine(folder)}`, error);
  }
}

/** What stands at a path, if anything. Throws a HuntError where that cannot be told: a name too long, no rights. */
function look(path: string, at: (path: string) => Stats): Stats | undefined {
  try {
    return at(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw refuse(path, reasonOf(error), error);
  }
}

function refuse(path: string, reason: string, cause?: unknown): HuntError {
  return new HuntError('OUTPUT', `cannot write ${safeLine(path)}: ${safeLine(reason)}`, { cause });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
