/** Finds the files that a reading reads. The first of them may be read while the last are not found yet. */
import { setImmediate } from 'node:timers/promises';
import type { FoundFile, NotRead } from '../find/discover.js';
import { isS3 } from '../s3/uri.js';
import { Supply } from '../threads/supply.js';
import { refuseAborted } from './aborted.js';
import type { ProgressMeter } from './progress.js';
import type { ReadingJob } from './reading-job.js';

/** With fewer bytes to read, starting threads costs more than they save. */
const WORTH_THREADS = 8 * 1024 * 1024;
/** Fetching an S3 object costs at least as much as reading this many bytes. */
const OBJECT_COST = 64 * 1024;

/** Why a file is skipped that `isKnown` knows. */
const READ_BEFORE = 'read by an earlier run';

/** After so many milliseconds of listing, the threads and other work get their turn. */
const TURN = 10;

export class Listing {
  /** The files to read that are found, in no order. */
  readonly files: FoundFile[] = [];
  /** The same files, for threads. */
  readonly supply = new Supply();
  readonly #job: ReadingJob;
  readonly #meter: ProgressMeter;
  readonly #steps: AsyncGenerator<readonly FoundFile[]>;
  #cost = 0;

  constructor(job: ReadingJob, meter: ProgressMeter) {
    this.#job = job;
    this.#meter = meter;
    this.#steps = inTurns(job.discovered.files(), job.signal);
  }

  /** How many threads are worth starting for the files that are found. */
  get threads(): number {
    const { workers } = this.#job.request;
    return Math.min(workers, this.files.length, Math.ceil(this.#cost / WORTH_THREADS));
  }

  /** Adds files that are found, unless an earlier run has read them. */
  add(found: readonly FoundFile[]): void {
    const { request, summary } = this.#job;
    const { isKnown } = request;
    summary.noteNames(found.map(({ path }) => path));
    const files = isKnown === undefined ? found : found.filter((file) => !isKnown(file));
    if (files.length < found.length) summary.skip(READ_BEFORE, found.length - files.length);
    for (const file of files) {
      this.files.push(file);
      this.#cost += isS3(file.path) ? Math.max(file.size, OBJECT_COST) : file.size;
    }
    this.supply.add(files);
  }

  /** Lists local folders until this holds, or all files are found. */
  async until(isEnough: () => boolean): Promise<void> {
    while (!this.supply.isComplete && !isEnough()) {
      const step = await this.#steps.next();
      if (step.done !== true) this.add(step.value);
      else {
        this.#meter.expect(this.files);
        this.supply.complete();
      }
    }
  }

  /** Finds all files, and then counts those that are not read. */
  async toEnd(): Promise<void> {
    const { discovered, signal, summary } = this.#job;
    await this.until(() => false);
    const steps = inTurns<unknown, NotRead>(discovered.countRest(), signal);
    let step = await steps.next();
    while (step.done !== true) step = await steps.next();
    summary.addNotRead(step.value);
  }
}

/** The same steps. Other work gets its turn in between. Throws a HuntError if interrupted. */
async function* inTurns<T, R>(steps: Generator<T, R>, signal: AbortSignal): AsyncGenerator<T, R> {
  let end = performance.now() + TURN;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done === true) return step.value;
    yield step.value;
    if (performance.now() < end) continue;
    await setImmediate();
    refuseAborted(signal);
    end = performance.now() + TURN;
  }
}
