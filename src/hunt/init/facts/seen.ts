/** When and how often something was seen, and names with their counts. Both are bounded: a hostile log has any number of names. */
import { DAY } from '../../../cloudtrail/time/window.js';

/** Who was seen on more days was seen for long enough. */
const MOST_DAYS = 400;
/** Of a name that is counted, in UTF-16 units. */
const LONGEST = 128;

/** Counts, with the first and the last instant and the number of days. */
export class Seen {
  #count = 0;
  #first: string | null = null;
  #last: string | null = null;
  readonly #days = new Set<string>();

  /** `time` is an instant as findings have it; null if it is not known. */
  add(time: string | null): void {
    this.#count += 1;
    if (time === null) return;
    if (this.#first === null || time < this.#first) this.#first = time;
    if (this.#last === null || time > this.#last) this.#last = time;
    if (this.#days.size < MOST_DAYS) this.#days.add(time.slice(0, 10));
  }

  get count(): number {
    return this.#count;
  }

  get first(): string | null {
    return this.#first;
  }

  get last(): string | null {
    return this.#last;
  }

  /** The days on which it was seen. */
  get days(): ReadonlySet<string> {
    return this.#days;
  }
}

/** Whole days between two instants, both of which may be unknown. */
export function daysBetween(first: string | null, last: string | null): number {
  return first === null || last === null
    ? 0
    : Math.floor((Date.parse(last) - Date.parse(first)) / DAY);
}

/** Only how often. */
export class Count {
  count = 0;
}

/** Values by name, of which only so many are kept. */
export class Names<V> {
  readonly #values = new Map<string, V>();
  readonly #most: number;
  #isFull = false;

  constructor(most: number) {
    this.#most = most;
  }

  /** The value of a name, which is made if it is new; undefined where there are too many names. */
  of(name: string, make: () => V): V | undefined {
    const known = this.#values.get(name);
    if (known !== undefined) return known;
    if (this.#values.size >= this.#most) {
      this.#isFull = true;
      return undefined;
    }
    const value = make();
    this.#values.set(name, value);
    return value;
  }

  /** Whether there are more names than were kept. */
  get isFull(): boolean {
    return this.#isFull;
  }

  get size(): number {
    return this.#values.size;
  }

  entries(): readonly (readonly [string, V])[] {
    return [...this.#values];
  }
}

const newCount = (): Count => new Count();
export const newSeen = (): Seen => new Seen();

/** Counts a name, in at most 128 UTF-16 units. */
export function countIn(counts: Names<Count>, name: string): void {
  const own = counts.of(name.slice(0, LONGEST), newCount);
  if (own !== undefined) own.count += 1;
}

/** Names and how often each was seen, the most frequent first. */
export function mostFirst(
  names: Names<{ readonly count: number }>,
): readonly (readonly [string, number])[] {
  return names
    .entries()
    .map(([name, { count }]) => [name, count] as const)
    .toSorted((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

/** `console 3, unknown 2`. */
export function countsText(names: Names<{ readonly count: number }> | undefined): string {
  const counts = names === undefined ? [] : mostFirst(names);
  return counts.map(([name, count]) => `${name} ${count}`).join(', ');
}
