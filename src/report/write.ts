/** Files that appear whole or not at all: written beside their place under another name, then renamed. */
import { randomUUID } from 'node:crypto';
import { accessSync, constants, lstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { link, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { HuntError, reasonOf } from '../errors.js';
import { safeLine } from './safe-text.js';

export interface OutputFile {
  readonly path: string;
  readonly text: string;
}

/** Throws a HuntError where a file could not be written, or stands there already and may not be overwritten. */
export function checkTargets(paths: readonly string[], force: boolean): void {
  const seen = new Set<string>();
  for (const path of paths) {
    if (seen.has(resolve(path))) throw refuse(path, 'it is named twice');
    seen.add(resolve(path));
    checkFolder(path);
    const found = look(() => lstatSync(path));
    // A link is followed only to see whether a folder is at its end.
    if (look(() => statSync(path))?.isDirectory()) throw refuse(path, 'it is a folder');
    if (found && !force) throw refuse(path, 'it exists already; --force overwrites it');
  }
}

/** Writes all files, or none: whatever fails, or interrupts, leaves no temporary file behind. */
export async function writeFiles(
  files: readonly OutputFile[],
  options: { readonly force: boolean; readonly signal?: AbortSignal | undefined },
): Promise<void> {
  const { force, signal } = options;
  checkTargets(
    files.map(({ path }) => path),
    force,
  );
  const steps = files.map((file) => {
    const target = destination(file.path);
    return { ...file, target, temporary: join(dirname(target), `.hunt-${randomUUID()}.tmp`) };
  });
  try {
    for (const { path, text, temporary } of steps)
      await attempt(path, signal, () =>
        writeFile(temporary, text, { flag: 'wx', flush: true, ...(signal && { signal }) }),
      );
    for (const { path, target, temporary } of steps)
      await attempt(path, signal, () => publish(temporary, target, force));
  } finally {
    await Promise.all(steps.map(({ temporary }) => rm(temporary, { force: true })));
  }
}

/** Where a link leads, so that it stays a link; else the path itself. */
function destination(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
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
  const stats = look(() => statSync(folder));
  if (!stats) throw refuse(path, `there is no folder ${safeLine(folder)}`);
  if (!stats.isDirectory()) throw refuse(path, `${safeLine(folder)} is no folder`);
  try {
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw refuse(path, `no permission to write in ${safeLine(folder)}`, error);
  }
}

function look(at: () => Stats): Stats | undefined {
  try {
    return at();
  } catch {
    return undefined;
  }
}

function refuse(path: string, reason: string, cause?: unknown): HuntError {
  return new HuntError('OUTPUT', `cannot write ${safeLine(path)}: ${safeLine(reason)}`, { cause });
}

function codeOf(error: unknown): unknown {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}
