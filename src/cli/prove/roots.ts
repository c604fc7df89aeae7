/** The paths of a manifest's inputs, and where the same files are now: logs may have been copied since. */
import { isAbsolute } from 'node:path';
import { HuntError } from '../../errors.js';
import { counted } from '../../text/counted.js';
import { safeLine } from '../../text/safe-text.js';

export class Roots {
  readonly #recorded: readonly string[];
  readonly #now: readonly string[];

  /** Throws a HuntError if there are not as many paths as the hunt had. */
  constructor(recorded: readonly string[], now: readonly string[]) {
    if (recorded.length !== now.length)
      throw new HuntError(
        'USAGE',
        `the hunt read ${counted(recorded.length, 'path')}, so name as many, in the same order: ${safeLine(recorded.join(' '))}`,
      );
    this.#recorded = recorded.map(trimmed);
    this.#now = now.map(trimmed);
  }

  /** Where a file of the list lies now; undefined for a path that leads elsewhere, as a forged list may name it. */
  here(path: string): string | undefined {
    const root = nearest(path, this.#recorded);
    const rest = root === undefined ? path : path.slice((this.#recorded[root] ?? '').length);
    const leadsElsewhere =
      rest.split(/[\\/]/).includes('..') || (root === undefined && isAbsolute(path));
    return leadsElsewhere ? undefined : moved(path, this.#recorded, this.#now);
  }

  /** The path in the list of a file that lies here. */
  recorded(path: string): string {
    return moved(path, this.#now, this.#recorded);
  }
}

function moved(path: string, from: readonly string[], to: readonly string[]): string {
  const root = nearest(path, from);
  return root === undefined ? path : `${to[root]}${path.slice((from[root] ?? '').length)}`;
}

/** Of several roots around a file, the one nearest to it counts. */
function nearest(path: string, roots: readonly string[]): number | undefined {
  let best: number | undefined;
  for (const [index, root] of roots.entries())
    if (isBelow(path, root) && (best === undefined || root.length > (roots[best] ?? '').length))
      best = index;
  return best;
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

function trimmed(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}
