/**
 * The parts of the process that a command may use. `main.ts` passes them in, so that a test can run a command with its own
 * streams, time and environment.
 */
import type { Readable, Writable } from 'node:stream';
import type { Threads } from '../dump/threads/threads.js';

export interface CommandContext {
  /** The arguments of the command line. */
  readonly argv: readonly string[];
  /** Opened only where it is read: opening it takes a while. */
  readonly stdin: () => Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  /** The environment variables. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** When the command began, in milliseconds since 1970 UTC. */
  readonly now: number;
  /** The version of hunt. */
  readonly version: string;
  /** Aborted by SIGINT and SIGTERM. */
  readonly signal: AbortSignal;
  /** Threads that read logs; some may have started already. A hunt starts its own where there are none. */
  readonly threads?: Threads | undefined;
}
