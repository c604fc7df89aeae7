/** The checks of a hunt in Trino. */
import type { PlanRequest } from '../table/plan/plan.js';
import { openTrino, type TrinoTarget } from '../table/trino.js';
import { tableChecks } from './checks.js';
import type { Doctor } from './doctor.js';

/** The doctor for a table in Trino. Throws a HuntError if the table cannot be described. */
export async function trinoDoctor(target: TrinoTarget, planRequest: PlanRequest): Promise<Doctor> {
  const { table, engine } = await openTrino(target);
  const checks = tableChecks({
    tableOf: () => table,
    planRequest,
    engine,
    permissions: {
      explain: 'SELECT on the table',
      partitions: 'SELECT on the table of partitions',
      read: 'SELECT on the table; Trino itself must be able to read the files',
    },
  });
  return { checks, close: () => engine.close() };
}
