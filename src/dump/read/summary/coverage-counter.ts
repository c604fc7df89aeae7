/** Counts records by AWS account, region and hour, and finds the earliest and the latest time of all records. */
import { byCodePoint } from '../../../cloudtrail/canonical.js';
import { accountText } from '../../../cloudtrail/spelling/account.js';
import { timeText } from '../../../cloudtrail/spelling/time-text.js';
import { readInstant } from '../../../cloudtrail/time.js';
import { contains, HOUR, type Window } from '../../../cloudtrail/window.js';
import type { CoverageCell } from '../../dump.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** The counts as plain data, which threads send. Times are in milliseconds since 1970 UTC. */
export interface CoverageCounts {
  /** Records inside the window. */
  readonly cells: readonly CoverageCell[];
  /** The earliest and the latest time of all records, inside or outside the window. */
  readonly first: number | undefined;
  readonly last: number | undefined;
}

export class CoverageCounter {
  #records = 0;
  #first: number | undefined;
  #last: number | undefined;
  #latestTime: string | undefined;
  #latestInstant: number | undefined;
  readonly #window: Window;
  readonly #cells = new Map<string, Mutable<CoverageCell>>();

  constructor(window: Window) {
    this.#window = window;
  }

  /** How many records were added, inside or outside the window. Merged counts are not included. */
  get records(): number {
    return this.#records;
  }

  /** Adds a record. */
  add(account: string | null, region: string | null, time: string | null): void {
    this.#records += 1;
    const instant = this.#instantOf(time);
    if (instant !== undefined) this.#widen(instant, instant);
    if (!contains(this.#window, instant)) return;
    const hour = instant === undefined ? undefined : Math.floor(instant / HOUR) * HOUR;
    this.#count({ account, region, hour, first: instant, last: instant, records: 1 });
  }

  /** Adds records that were counted together; all of them are inside the window, or none is. */
  addGroup(cell: CoverageCell & { first: number; last: number }, inWindow: boolean): void {
    this.#records += cell.records;
    this.#widen(cell.first, cell.last);
    if (inWindow) this.#count(cell);
  }

  /** Adds the counts of another thread. */
  merge({ cells, first, last }: CoverageCounts): void {
    if (first !== undefined && last !== undefined) this.#widen(first, last);
    for (const cell of cells) this.#count(cell);
  }

  /** Sorted, so that the result does not depend on the order in which records were added. */
  counts(): CoverageCounts {
    const cells = [...this.#cells]
      .toSorted(([a], [b]) => byCodePoint(a, b))
      .map(([, cell]) => cell);
    return { cells, first: this.#first, last: this.#last };
  }

  /** Consecutive records of a log often have the same time, so the latest one is cached. */
  #instantOf(time: string | null): number | undefined {
    if (time === null) return undefined;
    if (time !== this.#latestTime) {
      this.#latestTime = time;
      this.#latestInstant = readInstant(time) ?? readInstant(timeText(time));
    }
    return this.#latestInstant;
  }

  #widen(first: number, last: number): void {
    this.#first = Math.min(this.#first ?? first, first);
    this.#last = Math.max(this.#last ?? last, last);
  }

  #count(cell: CoverageCell): void {
    const account = accountText(cell.account);
    const key = `${cell.hour}\0${account}\0${cell.region}`;
    const known = this.#cells.get(key);
    if (known === undefined) {
      this.#cells.set(key, { ...cell, account });
      return;
    }
    known.records += cell.records;
    if (cell.first !== undefined) known.first = Math.min(known.first ?? cell.first, cell.first);
    if (cell.last !== undefined) known.last = Math.max(known.last ?? cell.last, cell.last);
  }
}
