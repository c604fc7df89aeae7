/** Whether reports can be written where they are to go: a hunt checks it before it begins. */
import { accessSync, constants, lstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { codeOf, HuntError, reasonOf } from '../errors.js';
import { safeLine } from '../text/safe-text.js';

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

/** The path of a link's target, so that the link stays; for other paths the path itself, with links in its folder resolved. */
export function destination(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return join(realpathSync(dirname(path)), basename(path));
  }
}

/** Whether a file with this path may be overwritten. */
export function isForced(force: Force, path: string): boolean {
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
export function statsAt(path: string, stat: (path: string) => Stats): Stats | undefined {
  try {
    return stat(path);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw refuse(path, reasonOf(error), error);
  }
}

/** An error with the code OUTPUT that names the path; both texts are made harmless. */
export function refuse(path: string, reason: string, cause?: unknown): HuntError {
  return new HuntError('OUTPUT', `cannot write ${safeLine(path)}: ${safeLine(reason)}`, { cause });
}
