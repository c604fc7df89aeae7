/** The checks of a hunt in Athena, with the rights that AWS must have given. */
import type { AthenaClient } from '@aws-sdk/client-athena';
import { awsError, openAthenaClient } from '../../engine/athena/client.js';
import { AthenaEngine } from '../../engine/athena/engine.js';
import type { Journal } from '../../engine/athena/journal.js';
import { describeAthenaTable } from '../../engine/athena/metadata.js';
import { readAthenaName } from '../../engine/athena/name.js';
import { readWorkgroup, resultsOf, type Workgroup } from '../../engine/athena/workgroup.js';
import { HuntError } from '../../errors.js';
import { athenaTable, type AthenaTarget } from '../table/athena.js';
import { count, tableChecks, type Check } from './checks.js';
import type { PlanRequest, HuntedTable } from '../table/plan.js';

export interface Doctor {
  /** In the order of a hunt; each may need what those before found. */
  readonly checks: readonly Check[];
  close(): Promise<void>;
}

/** The doctor for a table. `runId` is random. Throws a HuntError where there is nobody to ask. */
export async function athenaDoctor(
  target: AthenaTarget,
  ask: PlanRequest,
  runId: string,
  signal: AbortSignal,
): Promise<Doctor> {
  const name = readAthenaName(target.table);
  const client = await openAthenaClient(target.aws);
  const workgroup = await readWorkgroup(client, target.workgroup).catch((error: unknown) => {
    throw awsError(error, `look at the workgroup ${target.workgroup}`);
  });
  const engine = new AthenaEngine(client, {
    table: name,
    workgroup: target.workgroup,
    results: resultsOf(workgroup, target.output),
    journal: withoutJournal(runId),
    maxScan: undefined,
    signal,
  });
  let table: HuntedTable | undefined;
  const tableOf = (): HuntedTable => {
    if (table !== undefined) return table;
    throw new HuntError('ENGINE', 'the table could not be looked at');
  };
  const checks: readonly Check[] = [
    {
      name: 'look at the workgroup',
      permissions: 'athena:GetWorkGroup',
      run: async () => workgroupText(workgroup),
    },
    {
      name: 'run a query',
      permissions:
        'athena:StartQueryExecution, athena:GetQueryExecution, athena:GetQueryResults; ' +
        's3:GetBucketLocation, s3:ListBucket, s3:GetObject and s3:PutObject on the results',
      run: async () => {
        await count(engine, 'SELECT 1 AS one', 'any');
        return 'it started, ended and gave its result';
      },
    },
    {
      name: 'look at the table',
      permissions: 'athena:GetTableMetadata, glue:GetDatabase, glue:GetTable',
      run: async () => {
        const description = await describeAthenaTable(client, name, target.workgroup).catch(
          (error: unknown) => {
            throw awsError(error, `look at the table ${target.table}`);
          },
        );
        table = athenaTable(target, name, description);
        return `${description.columns.length} columns, ${description.partitionKeys.length} partition keys`;
      },
    },
    ...tableChecks(tableOf, ask, engine, {
      explain: 'glue:GetTable, glue:GetPartitions',
      partitions: 'glue:GetPartitions',
      read: 's3:ListBucket and s3:GetObject on the logs; kms:Decrypt where they are encrypted',
    }),
    {
      name: 'stop a query',
      permissions: 'athena:StopQueryExecution',
      run: () => stopEnded(client, engine),
    },
  ];
  return { checks, close: () => engine.close() };
}

/** Nothing that a doctor runs is worth resuming. */
function withoutJournal(runId: string): Journal {
  return { runId, attempt: () => undefined, note: () => undefined };
}

function workgroupText({ name, known }: Workgroup): string {
  if (known === undefined)
    throw new HuntError(
      'ENGINE',
      `${name} may not be looked at, so where it has results go is not known`,
    );
  const own = known.Configuration;
  const place = own?.ResultConfiguration?.OutputLocation ?? 'no place of its own';
  const isManaged = own?.ManagedQueryResultsConfiguration?.Enabled === true;
  const limit = own?.BytesScannedCutoffPerQuery;
  return [
    `${name}: ${own?.EngineVersion?.EffectiveEngineVersion ?? 'the engine is not told'}`,
    isManaged ? 'Athena keeps the results itself' : `results in ${place}`,
    ...(own?.EnforceWorkGroupConfiguration === true ? ['enforced'] : []),
    ...(limit === undefined ? [] : [`a query may read ${limit} bytes`]),
  ].join(', ');
}

/** Stopping what has ended stops nothing, but takes the right. */
async function stopEnded(client: AthenaClient, engine: AthenaEngine): Promise<string> {
  const { StopQueryExecutionCommand } = await import('@aws-sdk/client-athena');
  const ended = engine.executions().at(-1);
  if (ended === undefined) throw new HuntError('ENGINE', 'no query was started');
  try {
    await client.send(new StopQueryExecutionCommand({ QueryExecutionId: ended.id }));
  } catch (error) {
    const isOver = error instanceof Error && error.name === 'InvalidRequestException';
    if (!isOver) throw awsError(error, 'stop a query');
  }
  return 'it would be stopped';
}
