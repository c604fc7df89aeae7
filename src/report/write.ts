/**
 * Writes report files so that each appears complete or not at all, even if the process is killed: each is written under a
 * temporary name in the same folder and then renamed.
 */
import { accessSync, constants, lstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { temporaryIn } from './temporary.js';
import { HuntError, reasonOf } from '../errors.js';
import type { Pieces } from './formats.js';
import { safeLine } from '../text/safe-text.js';

export interface OutputFile {
  readonly path: string;
  /** Each chunk is made when the chunk before it is written, so a large report needs little memory. */
  readonly chunks: Pieces;
}

/** Whether files that exist may be overwritten: all, none, or those of which it says so. */
export type Force = boolean | ((path: string) => boolean);

/** A file that must not be overwritten is in the place of another. */
export class FileInTheWay extends HuntError {
  /** As the caller named it. */
  readonly path: string;

  constructor(path: string, cause?: unknown) {
    super('OUTPUT', `cannot write ${safeLine(path)}: it exists already; --force overwrites it`, {
      cause,
    });
    this.path = path;
  }
}

/** Throws a HuntError if a file cannot be written, or exists and must not be overwritten. */
export function checkTargets(paths: readonly string[], force: Force): void {
  const seen = new Set<string>();
  for (const path of paths) {
    checkFolder(path);
    const target = destination(path);
    if (seen.has(target)) throw refuse(path, 'it is named twice');
    seen.add(target);
    const found = statsAt(path, lstatSync);
    // A link is judged by its target. A link without a target exists too.
    const end = statsAt(path, statSync);
    if (end?.isDirectory()) throw refuse(path, 'it is a folder');
    if (end && !end.isFile()) throw refuse(path, 'it is not a regular file');
    if (found && !isForced(force, path)) throw new FileInTheWay(path);
  }
}

/**
 * Writes all files or none, and leaves no temporary file. One exception: a file that `force` replaced stays replaced when a
 * later file fails. Throws a HuntError, also when interrupted.
 */
export async function writeFiles(
  files: readonly OutputFile[],
  options: { readonly force: Force; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const { force, signal } = options;
  checkTargets(
    files.map(({ path }) => path),
    force,
  );
  const steps = files.map(toStep);
  try {
    for (const { path, chunks, temporary, mode } of steps) {
      const how = { flag: 'wx', flush: true, ...(mode !== undefined && { mode }) };
      await attempt(path, signal, () =>
        writeFile(temporary, chunks, signal ? { ...how, signal } : how),
      );
    }
    if (signal?.aborted) throw new HuntError('INTERRUPTED', 'interrupted');
    await publishAll(steps, force);
  } finally {
    await Promise.allSettled(steps.map(({ temporary }) => rm(temporary, { force: true })));
  }
}

interface Step {
  readonly path: string;
  readonly chunks: Pieces;
  /** The path to write to: for a link, the path of its target. */
  readonly target: string;
  readonly temporary: string;
  /** Permissions of the file that is replaced, so that a private report stays private. Undefined for a new file. */
  readonly mode: number | undefined;
}

function toStep({ path, chunks }: OutputFile): Step {
  const target = destination(path);
  const temporary = temporaryIn(dirname(target));
  const old = statsAt(path, statSync);
  return { path, chunks, target, temporary, mode: old && old.mode & 0o777 };
}

/** Gives all files their names, or no new file its name. It cannot be interrupted, but takes almost no time. */
async function publishAll(steps: readonly Step[], force: Force): Promise<void> {
  const created: string[] = [];
  try {
    for (const { path, target, temporary, mode } of steps) {
      await attempt(path, undefined, () => publish(temporary, target, isForced(force, path)));
      if (mode === undefined) created.push(target);
    }
  } catch (error) {
    await Promise.allSettled(created.map((target) => rm(target, { force: true })));
    throw error;
  }
}

/** The path of a link's target, so that the link stays; for other paths the path itself, with links in its folder resolved. */
function destination(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return join(realpathSync(dirname(path)), basename(path));
  }
}

/** Without `force`, makes a hard link: unlike a rename, it never replaces a file that was made since the check. */
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
    if (codeOf(error) === 'EEXIST') throw new FileInTheWay(path, error);
    throw refuse(path, reasonOf(error), error);
  }
}

function isForced(force: Force, path: string): boolean {
  return typeof force === 'boolean' ? force : force(path);
}

function checkFolder(path: string): void {
  const folder = dirname(path);
  const stats = statsAt(folder, statSync);
  if (!stats) throw refuse(path, `there is no folder ${safeLine(folder)}`);
  if (!stats.isDirectory()) throw refuse(path, `${safeLine(folder)} is not a folder`);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw refuse(path, `no permission to write in ${safeLine(folder)}`, error);
  }
}

/** What exists at a path; undefined if nothing does. Throws a HuntError if it cannot tell: a name too long, no permission. */
function statsAt(path: string, stat: (path: string) => Stats): Stats | undefined {
  try {
    return stat(path);
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
