/** What a command may see of the world: passed in from main, so that commands can be run anywhere. */
import type { Readable, Writable } from 'node:stream';
import type { Threads } from '../dump/threads/threads.js';

export interface World {
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  readonly version: string;
  readonly signal: AbortSignal;
  /** Threads for reading logs, some of which may have been begun. */
  readonly threads?: Threads | undefined;
}

/** Exit codes: see the README. */
export const EXIT = {
  complete: 0,
  findings: 1,
  failure: 2,
  evidenceLost: 3,
  interrupted: 130,
} as const;
