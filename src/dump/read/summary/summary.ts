/** Builds the summary of a reading: files are added in any order and from any thread. */
import { byCodePoint } from '../../../cloudtrail/canonical.js';
import type { Window } from '../../../cloudtrail/time/window.js';
import { EvidenceBuilder, type LogEvidence } from '../../digest/evidence.js';
import type { DumpSummary, FileReading, InputFile } from '../../dump.js';
import type { NotRead } from '../../find/discover.js';
import { KeyIndex, type FileKeys } from '../key-index.js';
import { cellsOf } from './coverage-cells.js';
import { CoverageCounter, type CoverageCounts } from './coverage-counter.js';
import type { FileSummary } from './file-summary.js';
import { Losses } from './losses.js';

/** The summary of some of the files, as plain data, which threads send. */
export interface PartialSummary extends Omit<
  DumpSummary,
  'first' | 'last' | 'coverage' | 'uncounted' | 'kinds'
> {
  readonly counts: CoverageCounts;
  /** Files that only an engine can read, sorted by path. */
  readonly parquet: readonly string[];
  readonly keys: readonly FileKeys[];
  readonly readings: readonly FileReading[];
  readonly evidence: LogEvidence;
  readonly names: readonly string[];
}

export class SummaryBuilder {
  readonly coverage: CoverageCounter;
  readonly keys = new KeyIndex();
  readonly evidence = new EvidenceBuilder();
  readonly #skipped = new Map<string, number>();
  readonly #skippedRecords = new Map<string, number>();
  readonly #losses = new Losses();
  readonly #parquet = new Set<string>();
  #records = 0;
  #read = 0;
  readonly #cutOff: string[] = [];
  readonly #missing = new Set<string>();
  readonly #inputs: InputFile[] = [];
  readonly #readings: FileReading[] = [];
  readonly #names: string[] = [];
  #lossCount = 0;
  #repaired = 0;
  #unreadableFields = 0;
  #late = 0;

  constructor(window: Window) {
    this.coverage = new CoverageCounter(window);
  }

  /** Adds the files that were found and are not read. */
  addNotRead({ skipped, unreadable }: NotRead): void {
    for (const reason of skipped) this.skip(reason);
    for (const { path, reason } of unreadable) this.lose(path, reason);
  }

  /** Adds files without evidence, and files that are not read. */
  skip(reason: string, count = 1): void {
    increase(this.#skipped, reason, count);
  }

  /** Adds lost evidence. */
  lose(path: string, reason: string): void {
    this.#lossCount += 1;
    this.#losses.add({ path, reason });
  }

  /** How many losses were added one by one. Merged ones are not included. */
  get lossCount(): number {
    return this.#lossCount;
  }

  /** The files that were noted. */
  get readings(): readonly FileReading[] {
    return this.#readings;
  }

  /** Notes what became of a file. */
  note(reading: FileReading): void {
    this.#readings.push(reading);
  }

  /** The paths that were noted. */
  get names(): readonly string[] {
    return this.#names;
  }

  /** Notes paths of files that there are. */
  noteNames(paths: readonly string[]): void {
    for (const path of paths) this.#names.push(path);
  }

  /** Leaves a Parquet file to an engine. */
  deferParquet(path: string): void {
    this.#parquet.add(path);
  }

  /** Adds fields of events that a file cannot have. */
  addMissing(fields: readonly string[]): void {
    for (const field of fields) this.#missing.add(field);
  }

  /** Adds a file that was hashed. */
  addInput(file: InputFile): void {
    this.#inputs.push(file);
  }

  /** Counts a file whose events were delivered late. */
  addLate(): void {
    this.#late += 1;
  }

  isDeferred(path: string): boolean {
    return this.#parquet.has(path);
  }

  /** Adds a file. With `isNamed` false, the caller reports itself that something of the file was lost. */
  add(path: string, file: FileSummary, isNamed = true): void {
    this.#records += file.records;
    this.#repaired += file.repaired;
    this.#unreadableFields += file.unreadableFields;
    if (file.lost !== undefined && isNamed) this.lose(path, file.lost);
    if (file.isCutOff) this.#cutOff.push(path);
    if (file.isLog) {
      this.#read += 1;
      for (const [reason, count] of file.others) increase(this.#skippedRecords, reason, count);
    } else if (file.lost === undefined) {
      this.skip(mostFrequent(file.others));
    }
  }

  /** Adds the summary of another thread. */
  merge(other: PartialSummary): void {
    this.#records += other.records;
    this.#read += other.read;
    this.#repaired += other.repairedSurrogates;
    this.#unreadableFields += other.unreadableFields;
    this.#late += other.late;
    for (const { reason, count } of other.skipped) this.skip(reason, count);
    for (const { reason, count } of other.skippedRecords)
      increase(this.#skippedRecords, reason, count);
    for (const { path, reason } of other.unreadable) this.lose(path, reason);
    this.#losses.addUnlisted(other.unlisted);
    this.#cutOff.push(...other.cutOff);
    this.addMissing(other.missing);
    for (const input of other.inputs) this.addInput(input);
    for (const path of other.parquet) this.deferParquet(path);
    for (const reading of other.readings) this.note(reading);
    this.noteNames(other.names);
    this.coverage.merge(other.counts);
    for (const [path, hashes] of other.keys) this.keys.add(path, hashes);
    this.evidence.merge(other.evidence);
  }

  /** Sorted, so that the result does not depend on the order in which files were added. */
  partial(): PartialSummary {
    return {
      records: this.#records,
      read: this.#read,
      skipped: counts(this.#skipped),
      skippedRecords: counts(this.#skippedRecords),
      unreadable: this.#losses.listed(),
      unlisted: this.#losses.unlisted,
      repairedSurrogates: this.#repaired,
      cutOff: this.#cutOff.toSorted(byCodePoint),
      late: this.#late,
      unreadableFields: this.#unreadableFields,
      missing: [...this.#missing].toSorted(byCodePoint),
      inputs: this.#inputs,
      counts: this.coverage.counts(),
      parquet: [...this.#parquet].toSorted(byCodePoint),
      keys: this.keys.files(),
      readings: this.#readings,
      evidence: this.evidence.evidence(),
      names: this.#names,
    };
  }

  summary(): DumpSummary {
    const {
      counts: coverage,
      parquet: _,
      keys: __,
      readings: ___,
      evidence: ____,
      names: _____,
      ...rest
    } = this.partial();
    const { blocks, others, first, last, kinds } = coverage;
    const uncounted = { records: others.records, inWindow: others.windowRecords };
    return { ...rest, first, last, coverage: cellsOf(blocks), uncounted, kinds };
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

/** The most frequent kind of a file's values; of several with the same number, the first in order. */
function mostFrequent(others: FileSummary['others']): string {
  const [first] = others.toSorted((a, b) => b[1] - a[1] || byCodePoint(a[0], b[0]));
  return first?.[0] ?? 'other JSON';
}
