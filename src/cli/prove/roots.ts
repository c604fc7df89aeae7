/** The paths of a manifest's inputs, and where the same files are now: logs may have been copied since. */
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

  /** Where a file of the list lies now. */
  here(path: string): string {
    return moved(path, this.#recorded, this.#now);
  }

  /** The path in the list of a file that lies here. */
  recorded(path: string): string {
    return moved(path, this.#now, this.#recorded);
  }
}

/** Of several roots around a file, the one nearest to it counts. */
function moved(path: string, from: readonly string[], to: readonly string[]): string {
  let best = -1;
  for (const [index, root] of from.entries())
    if (isBelow(path, root) && root.length > (from[best]?.length ?? -1)) best = index;
  const root = from[best];
  return root === undefined ? path : `${to[best]}${path.slice(root.length)}`;
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}

function trimmed(path: string): string {
  return path.replace(/(?<=.)\/+$/, '');
}
