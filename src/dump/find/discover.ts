/** Finds the local files to read below the paths that the user named, and says why other files are not read. */
import { type Dirent, type Stats, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { HuntError, reasonOf } from '../../errors.js';
import { chosenInFolder, strongerChoice, type Chosen } from './chosen.js';
import { outsideDays, reasonToSkip, type PathFilter } from './path-filter.js';

export interface FoundFile {
  /** The user's path and the way from there, with forward slashes. */
  readonly path: string;
  readonly size: number;
  /** The time of its last change, or the ETag of an object: another text for another content. */
  readonly version: string;
  readonly chosen: Chosen;
}

/** The sum of the files' sizes in bytes. */
export function totalSize(files: readonly FoundFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

export interface Discovery {
  /** Sorted by path. */
  readonly files: readonly FoundFile[];
  /** For each file that is not read, the reason. */
  readonly skipped: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** The files to read, and a way to count the others later. */
export interface Discovered extends Pick<Discovery, 'files'> {
  /** Counts the files that are not read: lists one folder of another day at each step. Call it once. */
  readonly countRest: () => Generator<void, Omit<Discovery, 'files'>>;
}

interface ReachedFile extends FoundFile {
  /** Why the file is not read; undefined if it is. */
  readonly skip: string | undefined;
}

/**
 * The files below the paths. Folders of days outside the filter are not listed yet, because that can take longer than
 * reading the other files. Throws a HuntError for a path that does not exist.
 */
export function discover(
  paths: readonly string[],
  filter: PathFilter,
  /** Folders that exist, and that the user did not name. */
  further: readonly string[] = [],
): Discovered {
  const walk = new FolderWalk(filter);
  // Sorted, so that the result does not depend on the order in which the user gave the paths.
  const sorted = [...new Set(paths)].toSorted(byCodePoint);
  for (const path of sorted) walk.named(path, sorted.length > 1);
  for (const path of further) walk.further(path);
  walk.followLinks();
  return {
    files: [...walk.found.values()]
      .filter(({ skip }) => skip === undefined)
      .map(({ path, size, version, chosen }) => ({ path, size, version, chosen }))
      .toSorted((a, b) => byCodePoint(a.path, b.path)),
    *countRest() {
      yield* walk.listDeferred();
      const skipped = [...walk.found.values()].flatMap(({ skip }) => skip ?? []);
      return { skipped: [...skipped, ...walk.duplicates], unreadable: walk.unreadable };
    },
  };
}

interface FileEntry {
  readonly path: string;
  /** The path with all links resolved. */
  readonly real: string;
  readonly stats: () => Stats;
  /** Whether the user named the file itself. */
  readonly isNamed: boolean;
}

class FolderWalk {
  /** By real path, so that a file reached twice counts once. */
  readonly found = new Map<string, ReachedFile>();
  readonly unreadable: { path: string; reason: string }[] = [];
  /** One reason for each further path that leads to a file that is read. */
  readonly duplicates: string[] = [];
  readonly #filter: PathFilter;
  readonly #folders = new Set<string>();
  /** Folders of days outside the filter. */
  readonly #deferred: { readonly path: string; readonly real: string }[] = [];
  /** Followed last, so that a file is named by its own path and not by that of a link to it. */
  #links: string[] = [];

  constructor(filter: PathFilter) {
    this.#filter = filter;
  }

  /** Walks a path that the user named. Beside others, an empty folder would not be noticed, so it is named. */
  named(given: string, isOneOfMany: boolean): void {
    if (given === '')
      throw new HuntError('PATH', 'a path is empty: name a folder or a file of CloudTrail logs');
    const path = given.replace(/(?<=.)[/]+$/, '');
    if (!exists(path === '' ? '.' : path, given))
      throw new HuntError(
        'PATH',
        `no such file or folder: ${given}; name a folder or a file of CloudTrail logs, or - for standard input`,
      );
    this.#attempt(path, () => {
      const stats = statSync(path);
      if (!stats.isDirectory())
        this.#file({ path, real: realpathSync(path), stats: () => stats, isNamed: true });
      else if (isOneOfMany && readdirSync(path).length === 0)
        this.unreadable.push({ path, reason: 'an empty folder' });
      else this.#folder(path, realpathSync(path));
    });
  }

  further(path: string): void {
    this.#attempt(path, () => this.#folder(path, realpathSync(path)));
  }

  followLinks(): void {
    while (this.#links.length > 0) {
      const links = this.#links.toSorted(byCodePoint);
      this.#links = [];
      for (const path of links)
        this.#attempt(path, () => {
          const stats = statSync(path);
          if (stats.isDirectory()) this.#folder(path, realpathSync(path));
          else if (stats.isFile())
            this.#file({ path, real: realpathSync(path), stats: () => stats, isNamed: false });
          else this.#notRegular(path, realpathSync(path));
        });
    }
  }

  /** Lists the deferred folders, one at each step. */
  *listDeferred(): Generator<void> {
    // Links in these folders may lead to further ones.
    do {
      for (let next = this.#deferred.pop(); next; next = this.#deferred.pop()) {
        const { path, real } = next;
        this.#attempt(path, () => this.#list(path, real));
        yield;
      }
      this.followLinks();
    } while (this.#deferred.length > 0);
  }

  #attempt(path: string, visit: () => void): void {
    try {
      visit();
    } catch (error) {
      // Node replaces what is not UTF-8 in a name by U+FFFD, and then cannot open the file.
      const reason = path.includes('\uFFFD') ? 'a name that is not UTF-8' : fileReason(error);
      this.unreadable.push({ path, reason });
    }
  }

  #folder(path: string, real: string): void {
    if (this.#folders.has(real)) return;
    this.#folders.add(real);
    if (outsideDays(`${path}/`, this.#filter) === undefined) this.#list(path, real);
    else this.#deferred.push({ path, real });
  }

  #list(path: string, real: string): void {
    const entries = readdirSync(path, { withFileTypes: true });
    for (const entry of entries) {
      const child = join(path, entry.name);
      this.#attempt(child, () => this.#entry(entry, child, join(real, entry.name)));
    }
  }

  #entry(entry: Dirent, path: string, real: string): void {
    if (entry.isDirectory()) this.#folder(path, real);
    else if (entry.isFile())
      this.#file({ path, real, stats: () => statSync(path), isNamed: false });
    else if (entry.isSymbolicLink()) this.#links.push(path);
    else this.#notRegular(path, real);
  }

  #notRegular(path: string, real: string): void {
    const skip = 'no regular file';
    this.#add({ path, size: 0, version: '', chosen: 'by its content', skip }, real);
  }

  #file({ path, real, stats, isNamed }: FileEntry): void {
    const skip = isNamed
      ? outsideDays(path, this.#filter)
      : reasonToSkip(path, () => stats().size, this.#filter);
    const chosen = isNamed ? 'by the user' : chosenInFolder(path);
    // The size of a file that is not read is not needed, and `stat` takes longer than listing the folder.
    const { size, mtimeMs } = skip === undefined ? stats() : { size: 0, mtimeMs: 0 };
    this.#add({ path, size, version: String(mtimeMs), chosen, skip }, real);
  }

  /** If several paths lead to one file, prefers the paths that are read, and of these the first in order. */
  #add(file: ReachedFile, real: string): void {
    const { path, skip } = file;
    const known = this.found.get(real);
    if (known && known.skip === undefined && skip === undefined)
      this.duplicates.push('reached twice');
    if (known === undefined) this.found.set(real, file);
    else {
      const isBetter =
        (skip === undefined && known.skip !== undefined) ||
        ((skip === undefined) === (known.skip === undefined) && byCodePoint(path, known.path) < 0);
      const chosen = strongerChoice(known.chosen, file.chosen);
      this.found.set(real, { ...(isBetter ? file : known), chosen });
    }
  }
}

/** Whether the path exists. A broken link does. */
function exists(path: string, given: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (cause) {
    throw new HuntError('PATH', `cannot look at ${given}: ${fileReason(cause)}`, { cause });
  }
}

function join(folder: string, name: string): string {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}

/** Why a call to the file system failed, in plain words. */
export function fileReason(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  switch (code) {
    case 'EACCES':
    case 'EPERM':
      return 'permission denied';
    case 'ENOENT':
      return 'broken link';
    case 'ELOOP':
      return 'link that leads to itself';
    case 'ENOTDIR':
      return 'a file stands where a folder should';
    case 'ENAMETOOLONG':
      return 'the name is too long';
    case 'ERR_INVALID_ARG_VALUE':
      return 'no such name is possible';
    default:
      return reasonOf(error);
  }
}
