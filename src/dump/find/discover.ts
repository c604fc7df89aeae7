/** From the paths a person named to the files to open, and an account of those that are not opened. */
import { type Dirent, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { HuntError, reasonOf } from '../../errors.js';
import { outsideDays, reasonToSkip, type Needed } from './prune.js';

export interface FoundFile {
  /** As the person's path leads to it, with forward slashes. */
  readonly path: string;
  readonly size: number;
}

/** How many bytes files have together. */
export function bytesIn(files: readonly FoundFile[]): number {
  return files.reduce((sum, { size }) => sum + size, 0);
}

export interface Discovery {
  /** Sorted by path. */
  readonly files: readonly FoundFile[];
  /** Why files were not opened, once each. */
  readonly skipped: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** What there is to open, and the way to an account of the rest. */
export interface Discovered extends Pick<Discovery, 'files'> {
  /** Lists the folders in which nothing is to be opened, one at a step, and then gives the account. Call it once. */
  readonly rest: () => Generator<void, Omit<Discovery, 'files'>>;
}

/** A file that was reached; where `skip` is undefined, it is to be opened. */
interface Candidate extends FoundFile {
  readonly skip: string | undefined;
}

/**
 * The files below the paths. Of the folders of days that are not needed it is not looked yet how much is in them: that
 * can take longer than reading the others. Throws a HuntError for a named path that is not there.
 */
export function discover(paths: readonly string[], needed: Needed): Discovered {
  const walk = new Walk(needed);
  // In one order, so that it does not matter in which the paths were given.
  for (const path of [...new Set(paths)].toSorted(byCodePoint)) walk.named(path);
  walk.followLinks();
  return {
    files: [...walk.found.values()]
      .filter(({ skip }) => skip === undefined)
      .map(({ path, size }) => ({ path, size }))
      .toSorted((a, b) => byCodePoint(a.path, b.path)),
    *rest() {
      yield* walk.rest();
      const skipped = [...walk.found.values()].flatMap(({ skip }) => skip ?? []);
      return { skipped: [...skipped, ...walk.again], unreadable: walk.unreadable };
    },
  };
}

class Walk {
  /** By real path, so that a file reached twice counts once. */
  readonly found = new Map<string, Candidate>();
  readonly unreadable: { path: string; reason: string }[] = [];
  /** A reason for each further way to a file that is opened. */
  readonly again: string[] = [];
  readonly #needed: Needed;
  readonly #folders = new Set<string>();
  /** Folders of days that are not needed: whatever is in them is of their day. */
  readonly #later: { readonly path: string; readonly real: string }[] = [];
  /** Links are followed last: what a folder holds itself keeps its own name. */
  #links: string[] = [];

  constructor(needed: Needed) {
    this.#needed = needed;
  }

  /** A path that the person named. */
  named(given: string): void {
    if (given === '')
      throw new HuntError('PATH', 'a path is empty: name a folder or a file of CloudTrail logs');
    const path = given.replace(/(?<=.)[/]+$/, '');
    if (!isThere(path === '' ? '.' : path, given))
      throw new HuntError(
        'PATH',
        `no such file or folder: ${given}; name a folder or a file of CloudTrail logs, or - for standard input`,
      );
    this.#attempt(path, () => {
      const stats = statSync(path);
      if (stats.isDirectory()) this.#folder(path, realpathSync(path));
      else this.#file(path, realpathSync(path), () => stats.size, true);
    });
  }

  followLinks(): void {
    while (this.#links.length > 0) {
      const links = this.#links.toSorted(byCodePoint);
      this.#links = [];
      for (const path of links)
        this.#attempt(path, () => {
          const stats = statSync(path);
          if (stats.isDirectory()) this.#folder(path, realpathSync(path));
          else if (stats.isFile()) this.#file(path, realpathSync(path), () => stats.size, false);
          else this.#add(path, realpathSync(path), 0, 'no regular file');
        });
    }
  }

  /** Lists what was put off, a folder at a step. */
  *rest(): Generator<void> {
    // Links in them may lead to more of them.
    do {
      for (let next = this.#later.pop(); next; next = this.#later.pop()) {
        const { path, real } = next;
        this.#attempt(path, () => this.#list(path, real));
        yield;
      }
      this.followLinks();
    } while (this.#later.length > 0);
  }

  #attempt(path: string, visit: () => void): void {
    try {
      visit();
    } catch (error) {
      // Node gives such a name with U+FFFD in it, and then cannot find it.
      const reason = path.includes('\uFFFD') ? 'a name that is not UTF-8' : fileReason(error);
      this.unreadable.push({ path, reason });
    }
  }

  #folder(path: string, real: string): void {
    if (this.#folders.has(real)) return;
    this.#folders.add(real);
    if (outsideDays(`${path}/`, this.#needed) === undefined) this.#list(path, real);
    else this.#later.push({ path, real });
  }

  #list(path: string, real: string): void {
    const entries = readdirSync(path, { withFileTypes: true });
    for (const entry of entries) {
      const child = under(path, entry.name);
      this.#attempt(child, () => this.#entry(entry, child, under(real, entry.name)));
    }
  }

  #entry(entry: Dirent, path: string, real: string): void {
    if (entry.isDirectory()) this.#folder(path, real);
    else if (entry.isFile()) this.#file(path, real, () => statSync(path).size, false);
    else if (entry.isSymbolicLink()) this.#links.push(path);
    else this.#add(path, real, 0, 'no regular file');
  }

  #file(path: string, real: string, size: () => number, isNamed: boolean): void {
    const skip = isNamed ? outsideDays(path, this.#needed) : reasonToSkip(path, size, this.#needed);
    // Of a file that is not opened nobody asks how large it is: looking takes longer than listing.
    this.#add(path, real, skip === undefined ? size() : 0, skip);
  }

  /** Of several ways to a file counts one that opens it; among those the first by name. */
  #add(path: string, real: string, size: number, skip: string | undefined): void {
    const known = this.found.get(real);
    if (known && known.skip === undefined && skip === undefined) this.again.push('reached twice');
    const isBetter =
      known === undefined ||
      (skip === undefined && known.skip !== undefined) ||
      ((skip === undefined) === (known.skip === undefined) && byCodePoint(path, known.path) < 0);
    if (isBetter) this.found.set(real, { path, size, skip });
  }
}

/** Whether there is anything at a path, be it a link to nowhere. */
function isThere(path: string, given: string): boolean {
  try {
    return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
  } catch (cause) {
    throw new HuntError('PATH', `cannot look at ${given}: ${fileReason(cause)}`, { cause });
  }
}

function under(folder: string, name: string): string {
  return folder.endsWith('/') ? `${folder}${name}` : `${folder}/${name}`;
}

/** Why a file system call failed, in a person's words. */
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
