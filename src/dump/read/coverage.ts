/** Counts of records by account, region and hour, and the span of time of all of them. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import { readInstant } from '../../cloudtrail/time.js';
import { contains, HOUR, type Window } from '../../cloudtrail/window.js';
import type { CoverageCell } from '../dump.js';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/** Counts as plain data, to be sent between threads. */
export interface Covered {
  readonly cells: readonly CoverageCell[];
  /** The span of all records, in the window or not. */
  readonly first: number | undefined;
  readonly last: number | undefined;
}

export class Coverage {
  /** How many records were counted one by one or in groups, in the window or not. */
  counted = 0;
  private first: number | undefined;
  private last: number | undefined;
  private latest: string | undefined;
  private latestInstant: number | undefined;
  private readonly window: Window;
  private readonly byKey = new Map<string, Mutable<CoverageCell>>();

  constructor(window: Window) {
    this.window = window;
  }

  /** Counts one record; outside the window it only widens the span. */
  add(account: string | null, region: string | null, time: string | null): void {
    this.counted += 1;
    const instant = this.instantOf(time);
    if (instant !== undefined) this.widen(instant, instant);
    if (!contains(this.window, instant)) return;
    const hour = instant === undefined ? undefined : Math.floor(instant / HOUR) * HOUR;
    this.count({ account, region, hour, first: instant, last: instant, records: 1 });
  }

  /** Adds records that were counted together; outside the window they only widen the span. */
  addGroup(cell: CoverageCell & { first: number; last: number }, inWindow: boolean): void {
    this.counted += cell.records;
    this.widen(cell.first, cell.last);
    if (inWindow) this.count(cell);
  }

  /** Adds what was counted elsewhere. */
  merge({ cells, first, last }: Covered): void {
    if (first !== undefined && last !== undefined) this.widen(first, last);
    for (const cell of cells) this.count(cell);
  }

  /** The counts, in one order whatever the order of counting. */
  covered(): Covered {
    const cells = [...this.byKey].toSorted(([a], [b]) => byCodePoint(a, b)).map(([, cell]) => cell);
    return { cells, first: this.first, last: this.last };
  }

  /** Neighbours in a log share their time more often than not. */
  private instantOf(time: string | null): number | undefined {
    if (time === null) return undefined;
    if (time !== this.latest) {
      this.latest = time;
      this.latestInstant = readInstant(time);
    }
    return this.latestInstant;
  }

  private widen(first: number, last: number): void {
    this.first = Math.min(this.first ?? first, first);
    this.last = Math.max(this.last ?? last, last);
  }

  private count(cell: CoverageCell): void {
    const key = `${cell.hour}\0${cell.account}\0${cell.region}`;
    const known = this.byKey.get(key);
    if (known === undefined) {
      this.byKey.set(key, { ...cell });
      return;
    }
    known.records += cell.records;
    if (cell.first !== undefined) known.first = Math.min(known.first ?? cell.first, cell.first);
    if (cell.last !== undefined) known.last = Math.max(known.last ?? cell.last, cell.last);
  }
}
