/** The executions of one hunt, each in the state in which it was last seen. */
import { HuntError } from '../errors.js';
import { bytesText } from '../text/bytes-text.js';
import type { Execution, ExecutionProgress } from './engine.js';

/** An execution, and whether it is still waiting to start. */
type SeenExecution = Execution & { readonly queued: boolean };

export class Executions {
  readonly #seen = new Map<string, SeenExecution>();

  /** Adds an execution, or replaces what was known of it. */
  see(execution: SeenExecution): void {
    this.#seen.set(execution.id, execution);
  }

  /** Sets the final state of an execution, where it is known. */
  end(id: string, state: Execution['state']): void {
    const execution = this.#seen.get(id);
    if (execution !== undefined) this.see({ ...execution, state });
  }

  /** All executions, in the order in which they were first seen. */
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

  /** Throws a HuntError if all executions together have read more than `maxScan` bytes. */
  check(maxScan: number | undefined): void {
    const bytes = this.#bytes();
    if (maxScan === undefined || bytes <= maxScan) return;
    const words = [bytes, maxScan].map(bytesText);
    // Rounded, they may be the same.
    const exact = [bytes, maxScan].map((each) => `${each.toLocaleString('en-US')} bytes`);
    const [read, allowed] = words[0] === words[1] ? exact : words;
    throw new HuntError(
      'ENGINE',
      `stopped: the queries of this hunt have read ${read}, and --max-scan allows ${allowed}. A shorter window reads less.`,
    );
  }

  #bytes(): number {
    return this.list().reduce((total, { bytes }) => total + bytes, 0);
  }
}
