import type { Check } from './checks.js';

/** The checks of a hunt of one table, and the connection that they use. */
export interface Doctor {
  /** In the order of a hunt. A check may need what an earlier check found. */
  readonly checks: readonly Check[];
  /** Closes the connection, and stops what still runs. */
  close(): Promise<void>;
}
