/** The files in a folder that may have rules. */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { HuntError } from '../../errors.js';

/** The YAML files in a folder and below, by path. Throws a HuntError if there is no such folder. */
export function ruleFilesIn(folder: string): readonly string[] {
  if (kindOf(folder) !== 'folder') throw new HuntError('RULE', `--rules ${folder}: no such folder`);
  return filesIn(folder, new Set());
}

/** `seen` has the real paths of folders: a link may lead back to one of them. */
function filesIn(folder: string, seen: Set<string>): readonly string[] {
  const real = realpathSync(folder);
  if (seen.has(real)) return [];
  seen.add(real);
  return readdirSync(folder)
    .toSorted()
    .map((name) => join(folder, name))
    .flatMap((path) => {
      const kind = kindOf(path);
      if (kind === 'folder') return filesIn(path, seen);
      return kind !== 'neither' && /\.ya?ml$/i.test(path) ? [path] : [];
    });
}

/** A link that leads nowhere, or in a circle, counts as a file: it is reported when it is read. To read a pipe could take for ever. */
function kindOf(path: string): 'file' | 'folder' | 'neither' {
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return 'folder';
    return stats.isFile() ? 'file' : 'neither';
  } catch {
    return 'file';
  }
}
