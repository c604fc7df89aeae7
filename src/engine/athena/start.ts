/** Starts executions so that one which was started is always known, and one which was not can be given up. */
import { createHash } from 'node:crypto';
import type { AthenaClient } from '@aws-sdk/client-athena';
import { HuntError } from '../../errors.js';
import type { AthenaSettings } from './settings.js';

type StartSettings = Pick<AthenaSettings, 'table' | 'workgroup' | 'results' | 'journal' | 'signal'>;

/**
 * The ID of the execution that this attempt at a part has started, now or before. Throws the SDK's errors, and a HuntError
 * where the hunt was interrupted before anything was started.
 */
export async function startExecution(
  client: AthenaClient,
  { table, workgroup, results, journal, signal }: StartSettings,
  sql: string,
  part: string,
  number: number,
): Promise<string> {
  const { StartQueryExecutionCommand } = await import('@aws-sdk/client-athena');
  const command = new StartQueryExecutionCommand({
    QueryString: sql,
    ClientRequestToken: token(journal.runId, part, number),
    QueryExecutionContext: { Catalog: table.catalog, Database: table.database },
    WorkGroup: workgroup,
    ResultConfiguration: results,
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
  });
  // Not to be aborted on the way: an execution whose ID nobody knows would run on. But once refused, it need not be asked again.
  let perhapsStarted = false;
  command.middlewareStack.add(
    (next) => async (args) => {
      if (signal?.aborted && !perhapsStarted) throw new HuntError('INTERRUPTED', 'interrupted');
      try {
        return await next(args);
      } catch (error) {
        perhapsStarted ||= !isRefusal(error);
        throw error;
      }
    },
    { step: 'finalizeRequest', name: 'giveUpWhenInterrupted' },
  );
  const { QueryExecutionId: id } = await client.send(command);
  if (!id) throw new HuntError('ENGINE', 'cannot start a query: Athena gave it no ID');
  return id;
}

/** Whether an answer says that nothing was done; no answer at all, or the server's failure, does not. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
}

/** The same for the same attempt only: a retry on the way is no second execution, and no other run gets its answer. */
function token(runId: string, part: string, number: number): string {
  return createHash('sha256').update(`${runId}\0${part}\0${number}`).digest('hex');
}
