/**
 * Which files may be read. Whoever wrote a manifest may have named any file in it. Without a limit, a forged manifest could make
 * `hunt prove` read files that it should not read.
 */
import { realpathSync, statSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';

export type Place = 'here' | 'missing' | 'outside' | 'no file';

export class Places {
  readonly #folders: readonly string[];

  /** Files in these folders, and below, may be read. Throws what the file system throws if one is not there. */
  constructor(folders: readonly string[]) {
    this.#folders = folders.map((folder) => realpathSync(folder));
  }

  /** Whether a file may be read. Symbolic links are followed: one may lead out of the folders. */
  file(path: string): Place {
    return this.#place(path, (real) => (statSync(real).isFile() ? 'here' : 'no file'));
  }

  /** The same for a file or a folder. */
  any(path: string): Place {
    return this.#place(path, () => 'here');
  }

  #place(path: string, look: (real: string) => Place): Place {
    try {
      const real = realpathSync(path);
      return this.#folders.some((folder) => isBelow(real, folder)) ? look(real) : 'outside';
    } catch {
      // Whether a file outside is there is not to be told either.
      return isWritten(path) ? 'missing' : 'outside';
    }
  }
}

/** Whether the path, as it is written, does not lead out of the current folder. */
function isWritten(path: string): boolean {
  return !isAbsolute(path) && !path.split(/[\\/]/).includes('..');
}

function isBelow(path: string, folder: string): boolean {
  const route = relative(folder, path);
  return route !== '..' && !route.startsWith(`..${sep}`) && !isAbsolute(route);
}
