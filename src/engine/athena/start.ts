/**
 * Starts query executions. hunt must learn the ID of every execution that was started, because an execution costs money until
 * it is stopped. If Athena refuses to start one, the hunt ends.
 */
import { createHash } from 'node:crypto';
import type { AthenaClient } from '@aws-sdk/client-athena';
import { HuntError } from '../../errors.js';
import { callAthena } from './client/call.js';
import type { AthenaSettings } from './client/settings.js';

type StartSettings = Pick<AthenaSettings, 'table' | 'workgroup' | 'results' | 'journal' | 'signal'>;

/** One attempt to run the statement of a part. */
export interface StartAttempt {
  readonly sql: string;
  readonly part: string;
  /** Counts the attempts at this part. */
  readonly number: number;
}

/**
 * The ID of the execution of this attempt: a new one, or the one that the same attempt has started before. Throws the
 * SDK's errors, and a HuntError INTERRUPTED if the hunt was interrupted before an execution was started.
 */
export async function startExecution(
  client: AthenaClient,
  { table, workgroup, results, journal, signal }: StartSettings,
  attempt: StartAttempt,
): Promise<string> {
  const { StartQueryExecutionCommand } = await import('@aws-sdk/client-athena');
  const command = new StartQueryExecutionCommand({
    QueryString: attempt.sql,
    ClientRequestToken: tokenOf(journal.runId, attempt),
    QueryExecutionContext: { Catalog: table.catalog, Database: table.database },
    WorkGroup: workgroup,
    ResultConfiguration: results,
    ResultReuseConfiguration: { ResultReuseByAgeConfiguration: { Enabled: false } },
  });
  // A request on its way is never aborted: an execution whose ID is not known could not be stopped.
  let mayHaveStarted = false;
  command.middlewareStack.add(
    (next) => async (args) => {
      if (signal?.aborted && !mayHaveStarted) throw new HuntError('INTERRUPTED', 'interrupted');
      try {
        return await next(args);
      } catch (error) {
        mayHaveStarted ||= !isRefusal(error);
        throw error;
      }
    },
    { step: 'finalizeRequest', name: 'giveUpWhenInterrupted' },
  );
  const { QueryExecutionId: id } = await callAthena(client, () => client.send(command), {
    signal,
    mayStop: () => !mayHaveStarted,
  });
  if (!id) throw new HuntError('ENGINE', 'cannot start a query: Athena gave it no ID');
  return id;
}

/** Whether Athena answered that it started nothing. After no answer or a server error, it may have. */
function isRefusal(error: unknown): boolean {
  return error instanceof Error && '$fault' in error && error.$fault === 'client';
}

/**
 * The token by which Athena recognises a repeated request: equal for the same attempt of the same run, so that a retry
 * starts no second execution, and different for all others.
 */
function tokenOf(runId: string, { part, number }: StartAttempt): string {
  return createHash('sha256').update(`${runId}\0${part}\0${number}`).digest('hex');
}
