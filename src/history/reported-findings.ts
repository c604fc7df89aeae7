/** Which findings earlier runs have reported. The lists are read for the first late finding: most runs have none. */
import type { EventFields } from '../report/finding.js';
import { identityOf } from '../report/identity.js';
import type { HashList } from './hash-list.js';

/** The findings that one run reported. */
export interface ReportedList {
  /** When the period of the run ends, in milliseconds since 1970 UTC: no finding in the list is as late. */
  readonly until: number;
  readonly list: HashList;
}

export class ReportedFindings {
  readonly #read: () => readonly ReportedList[];
  #lists: readonly (ReportedList & { readonly seen: Bits })[] | undefined;

  /** Of runs in their order. `read` may throw a HuntError. */
  constructor(read: () => readonly ReportedList[]) {
    this.#read = read;
  }

  /** Whether an earlier run reported the finding of this event. */
  has(event: EventFields): boolean {
    this.#lists ??= this.#read().map((list) => ({ ...list, seen: new Bits(list.list.length) }));
    const instant = event.eventTime === null ? -Infinity : Date.parse(event.eventTime);
    const identity = identityOf(event);
    for (const { until, list, seen } of this.#lists) {
      // Nobody reported an event before it happened. The first list of those that are left mostly has it.
      if (until <= instant) continue;
      const place = list.placeOf(identity);
      if (place === undefined) continue;
      seen.add(place);
      return true;
    }
    return false;
  }

  /** How many different findings `has` was true for. */
  get count(): number {
    return (this.#lists ?? []).reduce((sum, { seen }) => sum + seen.count, 0);
  }
}

/** A set of small numbers in an eighth of a byte each. */
class Bits {
  readonly #bytes: Uint8Array;
  #count = 0;

  constructor(length: number) {
    this.#bytes = new Uint8Array(Math.ceil(length / 8));
  }

  /** How many were added, each once. */
  get count(): number {
    return this.#count;
  }

  add(number: number): void {
    const before = this.#bytes[number >>> 3] ?? 0;
    const after = before | (1 << (number & 7));
    if (after !== before) this.#count += 1;
    this.#bytes[number >>> 3] = after;
  }
}
