/** The threads that read logs. They take as long to start as all else before the reading: they may be begun beforehand. */
import { Worker } from 'node:worker_threads';
import { PACKAGE } from '../../package-files.js';

export class Threads {
  readonly #idle: Worker[] = [];

  /** Begins so many threads, which wait for work, and keep nothing alive. */
  begin(count: number): void {
    while (this.#idle.length < count) {
      const thread = start();
      thread.unref();
      // One that dies before it is taken is not given to anyone: the next one tells why.
      const forget = (): void => {
        const place = this.#idle.indexOf(thread);
        if (place >= 0) this.#idle.splice(place, 1);
      };
      thread.on('error', forget).on('exit', forget);
      this.#idle.push(thread);
    }
  }

  /** A thread: one that was begun, or a new one. Whoever takes it ends it. */
  take(): Worker {
    const thread = this.#idle.shift() ?? start();
    thread.ref();
    return thread;
  }

  /** Ends those that nobody took. */
  close(): void {
    for (const thread of this.#idle.splice(0)) void thread.terminate();
  }
}

function start(): Worker {
  return new Worker(new URL('dist/worker.js', PACKAGE), {
    // What a log leaves behind is collected together with the next ones; much more would only take memory.
    resourceLimits: { maxYoungGenerationSizeMb: 24 },
  });
}
