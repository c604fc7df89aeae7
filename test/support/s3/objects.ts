/** Folders of files as the objects of a bucket. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The files below a folder, by the way to them. */
export function objectsIn(folder: string): Record<string, Buffer> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) => {
        const path = join(entry.parentPath, entry.name);
        return [path.slice(folder.length + 1).replaceAll(sep, '/'), readFileSync(path)];
      }),
  );
}
