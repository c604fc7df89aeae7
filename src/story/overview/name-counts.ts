/** Counts findings by name. A log may have any number of names, so those with few findings may be forgotten. */
import { formatInstant } from '../../cloudtrail/time/time.js';
import { nameKey, type Named } from '../../report/counted-by.js';
import type { Breakdown, BreakdownBy, BreakdownRow } from '../../report/overview.js';
import { inNameOrder, withAccountIfNeeded } from './names.js';

const MOST_ROWS = 200;
/** Names that stay when there are twice as many. */
const REMEMBERED = 10_000;

/** What is counted of a finding. */
export interface Mark {
  readonly isExposed: boolean;
  readonly isFailed: boolean;
  /** NaN without a readable time. */
  readonly instant: number;
}

interface Count extends Named {
  findings: number;
  exposed: number;
  failed: number;
  /** Infinity while no finding has a time. */
  first: number;
  last: number;
}

export class NameCounts {
  readonly #remembered: number;
  #counts = new Map<string, Count>();
  #forgottenNames = 0;
  #forgottenFindings = 0;

  constructor(remembered = REMEMBERED) {
    this.#remembered = remembered;
  }

  add(named: Named, { isExposed, isFailed, instant }: Mark): void {
    const count = this.#countOf(named);
    count.findings += 1;
    if (isExposed) count.exposed += 1;
    if (isFailed) count.failed += 1;
    if (instant < count.first) count.first = instant;
    if (instant > count.last) count.last = instant;
  }

  breakdown(by: BreakdownBy): Breakdown {
    const counts = withAccountIfNeeded([...this.#counts.values()]).toSorted(inOrder);
    const more = counts.slice(MOST_ROWS);
    return {
      by,
      rows: counts.slice(0, MOST_ROWS).map(rowOf),
      moreNames: more.length + this.#forgottenNames,
      moreFindings: more.reduce((sum, { findings }) => sum + findings, this.#forgottenFindings),
    };
  }

  #countOf(named: Named): Count {
    const key = nameKey(named);
    const known = this.#counts.get(key);
    if (known !== undefined) return known;
    if (this.#counts.size >= 2 * this.#remembered) this.#forget();
    const { name, account } = named;
    const none = { findings: 0, exposed: 0, failed: 0, first: Infinity, last: -Infinity };
    const count: Count = { name, account, ...none };
    this.#counts.set(key, count);
    return count;
  }

  #forget(): void {
    const counts = [...this.#counts].toSorted(([, a], [, b]) => inOrder(a, b));
    for (const [, { findings }] of counts.slice(this.#remembered)) {
      this.#forgottenNames += 1;
      this.#forgottenFindings += findings;
    }
    this.#counts = new Map(counts.slice(0, this.#remembered));
  }
}

/** Those with the most findings first. */
function inOrder(a: Count, b: Count): number {
  return b.findings - a.findings || inNameOrder(a, b);
}

function rowOf({ name, account, findings, exposed, failed, first, last }: Count): BreakdownRow {
  const [from, until] = first <= last ? [formatInstant(first), formatInstant(last)] : [null, null];
  return { name, account, findings, exposed, failed, first: from, last: until };
}
