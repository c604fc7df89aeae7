/** Turns a folder of files into the objects of a bucket. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, sep } from 'node:path';

/** The files below a folder, by their relative paths. */
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
