import type { PlanRequest } from '../table/plan/plan.js';
import type { Check } from './checks.js';

/** What the doctor of every engine needs besides the table. */
export interface DoctorRequest {
  /** The same as that of a hunt with the same options. */
  readonly planRequest: PlanRequest;
  /** Athena's price in US dollars for a terabyte. */
  readonly price: number;
}

/** The checks of a hunt of one table, and the connection that they use. */
export interface Doctor {
  /** In the order of a hunt. A check may need what an earlier check found. */
  readonly checks: readonly Check[];
  /** Closes the connection. Each check stops what it has started. */
  close(): void;
}
