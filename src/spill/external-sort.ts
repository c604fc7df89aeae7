/**
 * Sorts more than fits in memory: whenever too much waits, it is written, sorted, to the end of a temporary file, and
 * reading merges these runs. So memory holds one run, however many there are.
 */
import { SpillFile } from './spill-file.js';

export interface Sorted<T> extends Iterable<T> {
  readonly length: number;
}

type Compare<T> = (a: T, b: T) => number;

/** For plain data, which JSON gives back as it was. */
export class ExternalSort<T> {
  readonly #compare: Compare<T>;
  readonly #most: number;
  #waiting: T[] = [];
  #waitingSize = 0;
  #length = 0;
  #file: SpillFile | undefined;
  readonly #runs: Iterable<T>[] = [];

  /** `most` is how much may wait in memory, in the unit of the sizes that are added. */
  constructor(compare: Compare<T>, most: number) {
    this.#compare = compare;
    this.#most = most;
  }

  /** Takes an item in. Throws a HuntError where the temporary file cannot be written. */
  add(item: T, size: number): void {
    this.#waiting.push(item);
    this.#waitingSize += size;
    this.#length++;
    if (this.#waitingSize > this.#most) this.#spill();
  }

  /** What was added until now, in order, to be walked as often as needed. */
  sorted(): Sorted<T> {
    const sources = [...this.#runs, this.#waiting.toSorted(this.#compare)];
    const compare = this.#compare;
    return { length: this.#length, [Symbol.iterator]: () => merge(sources, compare) };
  }

  /** Gives the temporary file's space back; what is in it cannot be walked any more. */
  close(): void {
    this.#file?.close();
    this.#file = undefined;
  }

  #spill(): void {
    const file = (this.#file ??= new SpillFile());
    const run = file.write(jsonLines(this.#waiting.toSorted(this.#compare)));
    this.#runs.push({ [Symbol.iterator]: () => parsedLines<T>(file.read(run)) });
    this.#waiting = [];
    this.#waitingSize = 0;
  }
}

function* jsonLines(items: Iterable<unknown>): Generator<string> {
  for (const item of items) yield JSON.stringify(item);
}

function* parsedLines<T>(lines: Iterable<string>): Generator<T> {
  for (const line of lines) yield JSON.parse(line) as T;
}

/** The items of sorted sources in one order: of the sources' next items, themselves kept sorted, always the first. */
function* merge<T>(sources: readonly Iterable<T>[], compare: Compare<T>): Generator<T> {
  const heads: Head<T>[] = sources
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

interface Head<T> {
  readonly item: T;
  readonly rest: Iterator<T>;
}

/** The next item and what follows it; nothing at the end. */
function advanced<T>(rest: Iterator<T>): readonly Head<T>[] {
  const next = rest.next();
  return next.done === true ? [] : [{ item: next.value, rest }];
}
