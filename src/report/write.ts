/**
 * Writes report files so that each appears complete or not at all, even if the process is killed: each is written under a
 * temporary name in the same folder and then renamed.
 */
import { statSync } from 'node:fs';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { temporaryIn } from './temporary.js';
import { codeOf, HuntError, reasonOf } from '../errors.js';
import type { Pieces } from './formats.js';
import {
  checkTargets,
  destination,
  FileInTheWay,
  isForced,
  refuse,
  statsAt,
  type Force,
} from './targets.js';

export interface OutputFile {
  readonly path: string;
  /** Each chunk is made when the chunk before it is written, so a large report needs little memory. */
  readonly chunks: Pieces;
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
