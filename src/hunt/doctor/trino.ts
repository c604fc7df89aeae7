/** The checks of a hunt in Trino. */
import { tableChecks } from './checks.js';
import type { Doctor } from './athena.js';
import type { PlanRequest } from '../table/plan.js';
import { openTrino, type TrinoTarget } from '../table/trino.js';

/** The doctor for a table. Throws a HuntError where it cannot be looked at. */
export async function trinoDoctor(target: TrinoTarget, ask: PlanRequest): Promise<Doctor> {
  const { table, engine } = await openTrino(target);
  const checks = tableChecks(() => table, ask, engine, {
    explain: 'SELECT on the table',
    partitions: 'SELECT on the table of partitions',
    read: 'SELECT on the table, and for Trino its files',
  });
  return { checks, close: () => engine.close() };
}
