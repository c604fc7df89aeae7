/** Finds the local files to read below the paths that the user named, and says why other files are not read. */
import { type Dirent, type Stats, lstatSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { codeOf, HuntError, reasonOf } from '../../errors.js';
import { chosenInFolder, type Chosen } from './chosen.js';
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

/** What became of the files that are not read. */
export interface NotRead {
  /** For each of them, the reason. */
  readonly skipped: readonly string[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

/** The files to read, found step by step, and then the others. Call each function once, and take all of its steps. */
export interface Discovered {
  /** Finds some more files at each step, or none, in no order. */
  readonly files: () => Generator<readonly FoundFile[]>;
  /** Counts the files that are not read. Call it when all others are found. */
  readonly countRest: () => Generator<unknown, NotRead>;
}

/** After so many entries of a folder a step ends. */
const STEP = 100;

/**
 * The files below the paths. Throws a HuntError at once for a path that does not exist; folders are listed later. Folders of
 * days outside the filter are listed last, because that can take longer than reading the other files.
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
  return { files: () => walk.files(further), countRest: () => walk.countRest() };
}

/** A folder or a file. */
interface Place {
  readonly path: string;
  /** The path with all links resolved. */
  readonly real: string;
}

/**
 * A file that several paths lead to counts once. Its name is the first of these paths by which it is read: that which the user
 * gave for the file itself, then its own in a folder, then that of a link. So it is known when the file is first reached.
 */
class FolderWalk {
  readonly #filter: PathFilter;
  /** The real paths of the files to read. */
  readonly #toRead = new Set<string>();
  /** By real path: why the file is not read. */
  readonly #skipped = new Map<string, string>();
  /** Files to read that were found in this step. */
  #found: FoundFile[] = [];
  readonly #unreadable: { path: string; reason: string }[] = [];
  /** One reason for each further path that leads to a file that is read. */
  readonly #duplicates: string[] = [];
  /** The folders that the user named. */
  readonly #named: Place[] = [];
  /** By real path: the folders that were reached. */
  readonly #folders = new Set<string>();
  /** Folders to list next, the last one first. */
  readonly #next: Place[] = [];
  /** Folders of days outside the filter. */
  readonly #deferred: Place[] = [];
  /** Followed when all folders are listed. */
  #links: string[] = [];

  constructor(filter: PathFilter) {
    this.#filter = filter;
  }

  /** Looks at a path that the user named. Beside others, an empty folder would not be noticed, so it is named. */
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
      const place = { path, real: realpathSync(path) };
      const skip = outsideDays(path, this.#filter);
      if (stats.isDirectory()) {
        if (isOneOfMany && readdirSync(path).length === 0)
          this.#unreadable.push({ path, reason: 'an empty folder' });
        else this.#named.push(place);
      } else if (skip === undefined) this.#read(place, stats, 'by the user');
      else this.#skip(place.real, skip);
    });
  }

  *files(further: readonly string[]): Generator<readonly FoundFile[]> {
    yield this.#endStep();
    for (const folder of this.#named) {
      this.#folder(folder);
      yield* this.#list(this.#next);
    }
    for (const path of further) {
      this.#attempt(path, () => this.#folder({ path, real: realpathSync(path) }));
      yield* this.#list(this.#next);
    }
    yield* this.#followLinks();
  }

  *countRest(): Generator<unknown, NotRead> {
    // Links in these folders may lead to further ones.
    do {
      yield* this.#list(this.#deferred);
      yield* this.#followLinks();
    } while (this.#deferred.length > 0);
    const skipped = [...this.#skipped.values(), ...this.#duplicates];
    return { skipped, unreadable: this.#unreadable };
  }

  #endStep(): readonly FoundFile[] {
    const found = this.#found;
    this.#found = [];
    return found;
  }

  /** Lists these folders, and those that are added to them meanwhile. */
  *#list(folders: Place[]): Generator<readonly FoundFile[]> {
    for (let next = folders.pop(); next; next = folders.pop()) {
      const folder = next;
      let entries: readonly Dirent[] = [];
      this.#attempt(folder.path, () => {
        entries = readdirSync(folder.path, { withFileTypes: true });
      });
      // An empty folder is a step, too.
      for (let i = 0; i === 0 || i < entries.length; i += STEP) {
        for (const entry of entries.slice(i, i + STEP)) this.#entry(entry, folder);
        yield this.#endStep();
      }
    }
  }

  /** Links of links are followed after them. */
  *#followLinks(): Generator<readonly FoundFile[]> {
    while (this.#links.length > 0) {
      const links = this.#links.toSorted(byCodePoint);
      this.#links = [];
      for (const path of links) {
        this.#attempt(path, () => this.#link(path));
        yield* this.#list(this.#next);
        yield this.#endStep();
      }
    }
  }

  #attempt(path: string, visit: () => void): void {
    try {
      visit();
    } catch (error) {
      // Node replaces what is not UTF-8 in a name by U+FFFD, and then cannot open the file.
      const reason = path.includes('\uFFFD') ? 'a name that is not UTF-8' : fileReason(error);
      this.#unreadable.push({ path, reason });
    }
  }

  #entry(entry: Dirent, folder: Place): void {
    const path = join(folder.path, entry.name);
    const real = join(folder.real, entry.name);
    if (entry.isFile()) this.#attempt(path, () => this.#file({ path, real }));
    else if (entry.isDirectory()) this.#folder({ path, real });
    else if (entry.isSymbolicLink()) this.#links.push(path);
    else this.#skip(real, 'no regular file');
  }

  #link(path: string): void {
    const stats = statSync(path);
    const place = { path, real: realpathSync(path) };
    if (stats.isDirectory()) this.#folder(place);
    else if (stats.isFile()) this.#file(place, stats);
    else this.#skip(place.real, 'no regular file');
  }

  #folder(folder: Place): void {
    if (this.#folders.has(folder.real)) return;
    this.#folders.add(folder.real);
    const isOther = outsideDays(`${folder.path}/`, this.#filter) !== undefined;
    (isOther ? this.#deferred : this.#next).push(folder);
  }

  #file(file: Place, known?: Stats): void {
    const { path, real } = file;
    const skip = reasonToSkip(path, () => (known ?? statSync(path)).size, this.#filter);
    // The size of a file that is not read is not needed, and `stat` takes longer than listing the folder.
    if (skip === undefined) this.#read(file, known ?? statSync(path), chosenInFolder(path));
    else this.#skip(real, skip);
  }

  #read({ path, real }: Place, { size, mtimeMs }: Stats, chosen: Chosen): void {
    if (this.#toRead.has(real)) this.#duplicates.push('reached twice');
    else {
      this.#toRead.add(real);
      this.#skipped.delete(real);
      this.#found.push({ path, size, version: String(mtimeMs), chosen });
    }
  }

  #skip(real: string, reason: string): void {
    if (!this.#toRead.has(real) && !this.#skipped.has(real)) this.#skipped.set(real, reason);
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
  const code = codeOf(error);
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
