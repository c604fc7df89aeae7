/** The checks of a hunt in Trino. */
import { addressOf, contact } from '../../engine/contact.js';
import { TrinoEngine } from '../../engine/trino/engine.js';
import { pause } from '../../engine/pause.js';
import { readTrinoServer } from '../../engine/trino/server.js';
import { TrinoTableEngine } from '../../engine/trino/table-engine.js';
import { describeTrino, type TrinoTarget } from '../table/trino.js';
import { LIMITS, type Check } from './checks.js';
import type { Doctor, DoctorRequest } from './doctor.js';
import { allRows, tableChecks, withEngine } from './table-checks.js';

const REACH = 'reach Trino';
const QUERY = 'run a query';

/** Trino answers a request at once or after a second, however long the query takes. */
const FIRST_ANSWER = { silence: LIMITS.asking.most, total: LIMITS.asking.most, wait: pause };

/** The doctor for a table in Trino. Throws a HuntError if the address is not one of a table. */
export function trinoDoctor(
  target: TrinoTarget,
  { planRequest }: Pick<DoctorRequest, 'planRequest'>,
): Doctor {
  const server = readTrinoServer(target.url, target.environment);
  const open = (signal: AbortSignal): TrinoTableEngine =>
    new TrinoTableEngine(new TrinoEngine(server, signal, FIRST_ANSWER), {
      maxScan: undefined,
      signal,
      onProgress: () => undefined,
    });
  const checks: readonly Check[] = [
    {
      name: REACH,
      after: [],
      limit: LIMITS.asking,
      run: async (signal) => {
        await contact(addressOf(new URL(server.url)), signal);
        return { status: 'ok', message: `${server.url} accepts connections` };
      },
    },
    {
      name: QUERY,
      permissions: 'a user who may run queries: TRINO_USER, and TRINO_PASSWORD or TRINO_TOKEN',
      after: [REACH],
      limit: LIMITS.firstQuery,
      run: (signal) =>
        withEngine(open(signal), async (engine) => {
          await allRows(engine, 'SELECT 1 AS one', 'any');
          return { status: 'ok', message: `user "${server.user}" may run queries` };
        }),
    },
    ...tableChecks({
      describe: {
        permissions: 'SHOW and SELECT on the table',
        after: [QUERY],
        limit: LIMITS.querying,
        table: async (signal) => {
          const engine = new TrinoEngine(server, signal, FIRST_ANSWER);
          try {
            return await describeTrino(engine, server, target);
          } finally {
            await engine.close();
          }
        },
      },
      planRequest,
      open,
      query: QUERY,
      price: undefined,
      permissions: {
        explain: 'SELECT on the table',
        partitions: 'SELECT on the table of partitions',
        read: 'SELECT on the table; Trino itself must be able to read the files',
      },
    }),
  ];
  return { checks, close: () => undefined };
}
