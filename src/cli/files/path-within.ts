/** Whether one path lies inside another, after symbolic links are followed. */
import { realpathSync } from 'node:fs';
import { isAbsolute, relative, sep } from 'node:path';

/** Whether a path is a folder or lies inside it. Throws if either of them does not exist. */
export function isWithin(path: string, folder: string): boolean {
  const route = relative(realpathSync(folder), realpathSync(path));
  return route !== '..' && !route.startsWith(`..${sep}`) && !isAbsolute(route);
}
