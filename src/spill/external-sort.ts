/**
 * Sorts more items than fit in memory (an external merge sort). When the items in memory exceed a limit, they are sorted
 * and written to a temporary file. Such a sorted piece is a run. Reading merges the runs. Memory never holds more than one.
 * Items of one thing become one item, whether they are in one run or in several.
 */
import { SpillSpace } from './spill-space.js';

export interface Order<T> {
  readonly compare: (a: T, b: T) => number;
  /**
   * What two neighbours become together, or undefined if they are of different things. It sorts where the first of them does.
   * Joining must give the same in any grouping, because a run has joined its own items already.
   */
  readonly join?: (a: T, b: T) => T | undefined;
}

/** Items must be plain data that survives JSON unchanged. */
export class ExternalSort<T> {
  readonly #order: Order<T>;
  readonly #space: SpillSpace;
  #inMemory: T[] = [];
  #held = 0;
  readonly #runs: Iterable<T>[] = [];

  /** The items share the memory and the file of `space` with its other holders. */
  constructor(order: Order<T>, space: SpillSpace) {
    this.#order = order;
    this.#space = space;
    space.addHolder(this);
  }

  /** The size of the items in memory, in the unit of the sizes passed to `add`. */
  get held(): number {
    return this.#held;
  }

  /** Throws a HuntError if the temporary file cannot be written. */
  add(item: T, size: number): void {
    this.#inMemory.push(item);
    this.#held += size;
    this.#space.grow(size);
  }

  /** The items added so far, in order and joined. It can be iterated any number of times. */
  sorted(): Iterable<T> {
    const order = this.#order;
    if (this.#runs.length === 0) return [...joined(this.#inMemory.toSorted(order.compare), order)];
    const sources = [...this.#runs, this.#inMemory.toSorted(order.compare)];
    return { [Symbol.iterator]: () => joined(merge(sources, order.compare), order) };
  }

  spill(): void {
    const file = this.#space.file();
    const sorted = this.#inMemory.toSorted(this.#order.compare);
    const run = file.appendLines(jsonLines(joined(sorted, this.#order)));
    this.#runs.push({ [Symbol.iterator]: () => parsedLines<T>(file.lines(run)) });
    this.#inMemory = [];
    this.#held = 0;
  }
}

function* joined<T>(items: Iterable<T>, { join }: Order<T>): Generator<T> {
  let before: T | undefined;
  for (const item of items) {
    const both = before === undefined ? item : join?.(before, item);
    if (before !== undefined && both === undefined) yield before;
    before = both ?? item;
  }
  if (before !== undefined) yield before;
}

function* jsonLines(items: Iterable<unknown>): Generator<string> {
  for (const item of items) yield JSON.stringify(item);
}

function* parsedLines<T>(lines: Iterable<string>): Generator<T> {
  for (const line of lines) yield JSON.parse(line) as T;
}

/** Merges sorted sources. `heads` holds the next item of each source, sorted; the first of them is the next result. */
function* merge<T>(sources: readonly Iterable<T>[], compare: Order<T>['compare']): Generator<T> {
  const heads: MergeHead<T>[] = sources
    .flatMap((source) => advanced(source[Symbol.iterator]()))
    .toSorted((a, b) => compare(a.item, b.item));
  for (let head = heads.shift(); head !== undefined; head = heads.shift()) {
    yield head.item;
    for (const next of advanced(head.rest)) {
      heads.splice(placeOf(next.item, heads, compare), 0, next);
    }
  }
}

/** The index of the first head that does not sort before the item. */
function placeOf<T>(item: T, heads: readonly MergeHead<T>[], compare: Order<T>['compare']): number {
  let from = 0;
  let to = heads.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    const head = heads[middle];
    if (head !== undefined && compare(head.item, item) < 0) from = middle + 1;
    else to = middle;
  }
  return from;
}

interface MergeHead<T> {
  readonly item: T;
  readonly rest: Iterator<T>;
}

/** A list of one head, or an empty list when the source has ended. */
function advanced<T>(rest: Iterator<T>): readonly MergeHead<T>[] {
  const next = rest.next();
  return next.done === true ? [] : [{ item: next.value, rest }];
}
