/** What an engine elsewhere has run so far, by ID, as it was last seen. */
import { HuntError } from '../errors.js';
import type { Execution, ExecutionProgress } from './engine.js';

/** An execution, and whether it is yet to begin. */
type Seen = Execution & { readonly queued: boolean };

export class Executions {
  readonly #seen = new Map<string, Seen>();

  see(execution: Seen): void {
    this.#seen.set(execution.id, execution);
  }

  /** An execution is over, as the one who watched it says. */
  end(id: string, state: Execution['state']): void {
    const execution = this.#seen.get(id);
    if (execution !== undefined) this.see({ ...execution, state });
  }

  /** All of them, in the order in which they were first seen. */
  list(): readonly Execution[] {
    return [...this.#seen.values()].map(({ queued: _queued, ...execution }) => execution);
  }

  progress(): ExecutionProgress {
    const running = [...this.#seen.values()].filter(({ state }) => state === 'running');
    return {
      bytes: this.#bytes(),
      queued: running.filter(({ queued }) => queued).length,
      running: running.filter(({ queued }) => !queued).length,
    };
  }

  /** Throws a HuntError where they have read more than they may, all together. */
  check(maxScan: number | undefined): void {
    const bytes = this.#bytes();
    if (maxScan !== undefined && bytes > maxScan)
      throw new HuntError(
        'ENGINE',
        `stopped: ${bytes.toLocaleString('en-US')} bytes were read, and --max-scan allows ${maxScan.toLocaleString('en-US')}. A shorter window reads less.`,
      );
  }

  #bytes(): number {
    return this.list().reduce((total, { bytes }) => total + bytes, 0);
  }
}
