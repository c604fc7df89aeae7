/** Starts the threads that read logs. Starting one takes as long as everything else before the reading, so it can be done early. */
import { Worker } from 'node:worker_threads';
import { PACKAGE } from '../../package-files.js';

export class Threads {
  readonly #idle: Worker[] = [];

  /** Starts threads until this many are idle. Idle threads do not keep the process alive. */
  begin(count: number): void {
    while (this.#idle.length < count) {
      const thread = start();
      thread.unref();
      // An idle thread that dies is dropped. If the cause persists, the next thread dies while it is used, and reports it.
      const drop = (): void => {
        const index = this.#idle.indexOf(thread);
        if (index >= 0) this.#idle.splice(index, 1);
      };
      thread.on('error', drop).on('exit', drop);
      this.#idle.push(thread);
    }
  }

  /** An idle thread, or a new one. The caller terminates it. */
  take(): Worker {
    const thread = this.#idle.shift() ?? start();
    thread.ref();
    return thread;
  }

  /** Terminates the idle threads. */
  close(): void {
    for (const thread of this.#idle.splice(0)) void thread.terminate();
  }
}

function start(): Worker {
  return new Worker(new URL('dist/worker.js', PACKAGE), {
    // 24 MB hold the garbage of several logs, which is collected together. More would only take memory.
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
  });
}
