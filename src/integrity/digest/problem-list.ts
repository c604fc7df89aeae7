/** Problems in order: a list of bounded length, and how many more there are. A hostile digest may name a million log files. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { DigestProblem } from '../../report/completeness/digest-check.js';

export class ProblemList {
  readonly #most: number;
  #listed: DigestProblem[] = [];
  #count = 0;

  constructor(most: number) {
    this.#most = most;
  }

  add(problem: DigestProblem): void {
    this.#count++;
    this.#listed.push(problem);
    if (this.#listed.length >= 4 * this.#most) this.#listed = [...this.listed];
  }

  get listed(): readonly DigestProblem[] {
    return this.#listed.toSorted(byKindAndPath).slice(0, this.#most);
  }

  get more(): number {
    return Math.max(0, this.#count - this.#most);
  }
}

function byKindAndPath(a: DigestProblem, b: DigestProblem): number {
  return (
    byCodePoint(a.kind, b.kind) ||
    byCodePoint(a.path ?? '', b.path ?? '') ||
    byCodePoint(a.since ?? '', b.since ?? '') ||
    byCodePoint(a.message, b.message)
  );
}
