/**
 * Sorts more items than fit in memory (an external merge sort). When the items in memory exceed a limit, they are sorted
 * and written to a temporary file. Such a sorted piece is a run. Reading merges the runs. Memory never holds more than one.
 */
import { SpillFile } from './spill-file.js';

export interface Sorted<T> extends Iterable<T> {
  readonly length: number;
}

type Compare<T> = (a: T, b: T) => number;

/** Items must be plain data that survives JSON unchanged. */
export class ExternalSort<T> {
  readonly #compare: Compare<T>;
  readonly #maxInMemory: number;
  #inMemory: T[] = [];
  #sizeInMemory = 0;
  #length = 0;
  #file: SpillFile | undefined;
  readonly #runs: Iterable<T>[] = [];

  /** `maxInMemory` is in the unit of the sizes passed to `add`. */
  constructor(compare: Compare<T>, maxInMemory: number) {
    this.#compare = compare;
    this.#maxInMemory = maxInMemory;
  }

  /** Throws a HuntError if the temporary file cannot be written. */
  add(item: T, size: number): void {
    this.#inMemory.push(item);
    this.#sizeInMemory += size;
    this.#length++;
    if (this.#sizeInMemory > this.#maxInMemory) this.#spill();
  }

  /** The items added so far, in order. It can be iterated any number of times. */
  sorted(): Sorted<T> {
    const sources = [...this.#runs, this.#inMemory.toSorted(this.#compare)];
    const compare = this.#compare;
    return { length: this.#length, [Symbol.iterator]: () => merge(sources, compare) };
  }

  /** Frees the disk space. What was sorted cannot be read afterwards. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  #spill(): void {
    const file = (this.#file ??= new SpillFile());
    const run = file.appendLines(jsonLines(this.#inMemory.toSorted(this.#compare)));
    this.#runs.push({ [Symbol.iterator]: () => parsedLines<T>(file.lines(run)) });
    this.#inMemory = [];
    this.#sizeInMemory = 0;
  }
}

function* jsonLines(items: Iterable<unknown>): Generator<string> {
  for (const item of items) yield JSON.stringify(item);
}

function* parsedLines<T>(lines: Iterable<string>): Generator<T> {
  for (const line of lines) yield JSON.parse(line) as T;
}

/** Merges sorted sources. `heads` holds the next item of each source, sorted; the first of them is the next result. */
function* merge<T>(sources: readonly Iterable<T>[], compare: Compare<T>): Generator<T> {
  const heads: MergeHead<T>[] = sources
    .flatMap((source) => advanced(source[Symbol.iterator]()))
    .toSorted((a, b) => compare(a.item, b.item));
  for (let head = heads.shift(); head !== undefined; head = heads.shift()) {
    yield head.item;
    for (const next of advanced(head.rest)) {
      const after = heads.findIndex(({ item }) => compare(item, next.item) >= 0);
      heads.splice(after === -1 ? heads.length : after, 0, next);
    }
  }
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
