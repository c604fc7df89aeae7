/** The last run of a report, for commands that only read: takes no lock, and makes no folder. */
import { join } from 'node:path';
import { checkpointIn } from './history-folder.js';

export interface LastRun {
  readonly number: number;
  /** The name of its period. */
  readonly period: string;
  /** When its period ends, in milliseconds since 1970 UTC. */
  readonly until: number;
  /** SHA-256 of its manifest; null if it has none. */
  readonly manifest: string | null;
}

/** Undefined before the first run. Throws a HuntError if the checkpoint cannot be read. */
export function lastRun(folder: string, report: string): LastRun | undefined {
  const checkpoint = checkpointIn(join(folder, report), report);
  if (checkpoint === undefined) return undefined;
  const { runs, period, until, manifest } = checkpoint;
  return { number: runs, period, until, manifest };
}
