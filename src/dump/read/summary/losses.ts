/** Lost evidence: a list of bounded length, and the number of what it leaves out. */
import { byCodePoint } from '../../../cloudtrail/canonical.js';
import { cut } from '../../../text/cut.js';

export interface Loss {
  readonly path: string;
  readonly reason: string;
}

const MOST_LISTED = 10_000;
/** In UTF-16 units. No file system has longer paths. */
const LONGEST_PATH = 4096;
const LONGEST_REASON = 1024;

/** Lists the first losses in the order of their paths, so that the list does not depend on the order in which they came. */
export class Losses {
  #listed: Loss[] = [];
  #unlisted = 0;

  add({ path, reason }: Loss): void {
    this.#listed.push({ path: cut(path, LONGEST_PATH), reason: cut(reason, LONGEST_REASON) });
    if (this.#listed.length >= 2 * MOST_LISTED) this.#shorten();
  }

  /** Adds losses that another list left out. */
  addUnlisted(count: number): void {
    this.#unlisted += count;
  }

  /** How many are lost and not listed. */
  get unlisted(): number {
    return this.#unlisted + Math.max(0, this.#listed.length - MOST_LISTED);
  }

  listed(): readonly Loss[] {
    return this.#listed.toSorted(inOrder).slice(0, MOST_LISTED);
  }

  #shorten(): void {
    this.#unlisted = this.unlisted;
    this.#listed = [...this.listed()];
  }
}

function inOrder(a: Loss, b: Loss): number {
  return byCodePoint(a.path, b.path) || byCodePoint(a.reason, b.reason);
}
