/** The account of many files, whatever the order they were read in, and in whatever thread. */
import { byCodePoint } from '../../cloudtrail/canonical.js';
import type { Window } from '../../cloudtrail/window.js';
import { Coverage, type Covered } from './coverage.js';
import type { Discovery } from '../find/discover.js';
import type { DumpAccount } from '../dump.js';
import type { FileAccount } from './read-file.js';

/** A tally as plain data, to be sent between threads. */
export interface Tallied extends Omit<DumpAccount, 'first' | 'last' | 'coverage'> {
  readonly covered: Covered;
  /** Files that only an engine can read. */
  readonly parquet: readonly string[];
}

export class Tally {
  readonly coverage: Coverage;
  readonly #skipped = new Map<string, number>();
  readonly #skippedRecords = new Map<string, number>();
  readonly #unreadable: { path: string; reason: string }[] = [];
  readonly #parquet = new Set<string>();
  #records = 0;
  #read = 0;
  #repaired = 0;

  constructor(window: Window) {
    this.coverage = new Coverage(window);
  }

  /** Counts what was come upon and is not to be read. */
  discovered({ skipped, unreadable }: Omit<Discovery, 'files'>): void {
    for (const reason of skipped) this.skip(reason);
    for (const { path, reason } of unreadable) this.lose(path, reason);
  }

  /** Counts files that are not read. */
  skip(reason: string, count = 1): void {
    increase(this.#skipped, reason, count);
  }

  /** Names lost evidence. */
  lose(path: string, reason: string): void {
    this.#unreadable.push({ path, reason });
  }

  /** Leaves a file to an engine. */
  leave(path: string): void {
    this.#parquet.add(path);
  }

  /** Whether a file was left to an engine. */
  hasLeft(path: string): boolean {
    return this.#parquet.has(path);
  }

  /** Adds what became of a file; unless it is named, whoever adds it says that something of it was lost. */
  add(path: string, file: FileAccount, isNamed = true): void {
    this.#records += file.records;
    this.#repaired += file.repaired;
    if (file.lost !== undefined && isNamed) this.lose(path, file.lost);
    if (file.isLog) {
      this.#read += 1;
      for (const [reason, count] of file.others) increase(this.#skippedRecords, reason, count);
    } else if (file.lost === undefined) {
      this.skip(mostOf(file.others));
    }
  }

  /** Adds what was counted elsewhere. */
  merge(other: Tallied): void {
    this.#records += other.records;
    this.#read += other.read;
    this.#repaired += other.repairedSurrogates;
    for (const { reason, count } of other.skipped) this.skip(reason, count);
    for (const { reason, count } of other.skippedRecords)
      increase(this.#skippedRecords, reason, count);
    for (const { path, reason } of other.unreadable) this.lose(path, reason);
    for (const path of other.parquet) this.leave(path);
    this.coverage.merge(other.covered);
  }

  /** All of it, in one order whatever the order of counting. */
  tallied(): Tallied {
    return {
      records: this.#records,
      read: this.#read,
      skipped: counts(this.#skipped),
      skippedRecords: counts(this.#skippedRecords),
      unreadable: this.#unreadable.toSorted((a, b) => byCodePoint(a.path, b.path)),
      repairedSurrogates: this.#repaired,
      covered: this.coverage.covered(),
      parquet: [...this.#parquet].toSorted(byCodePoint),
    };
  }

  /** The account that a reading gives. */
  account(): DumpAccount {
    const { covered, parquet: _, ...account } = this.tallied();
    return { ...account, first: covered.first, last: covered.last, coverage: covered.cells };
  }
}

function increase(counter: Map<string, number>, reason: string, by: number): void {
  counter.set(reason, (counter.get(reason) ?? 0) + by);
}

function counts(counter: ReadonlyMap<string, number>) {
  return [...counter]
    .toSorted(([a], [b]) => byCodePoint(a, b))
    .map(([reason, count]) => ({ reason, count }));
}

/** What most of a file's units are. */
function mostOf(others: FileAccount['others']): string {
  const [first] = others.toSorted((a, b) => b[1] - a[1] || byCodePoint(a[0], b[0]));
  return first?.[0] ?? 'other JSON';
}
