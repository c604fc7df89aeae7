/** The checks of a hunt in Athena, with the IAM permissions that each step needs. */
import type { AthenaClient } from '@aws-sdk/client-athena';
import { callAthena } from '../../engine/athena/client/call.js';
import { openAthenaClient } from '../../engine/athena/client/client.js';
import { AthenaEngine } from '../../engine/athena/engine.js';
import { awsError } from '../../engine/athena/client/error.js';
import type { Journal } from '../../engine/athena/journal.js';
import { describeAthenaTable } from '../../engine/athena/metadata.js';
import { readAthenaName } from '../../engine/athena/name.js';
import { readWorkgroup, resultsOf, type Workgroup } from '../../engine/athena/workgroup.js';
import { HuntError } from '../../errors.js';
import { athenaTable, type AthenaTarget } from '../table/athena.js';
import type { HuntedTable } from '../table/plan/hunted-table.js';
import type { PlanRequest } from '../table/plan/plan.js';
import { countRows, tableChecks, type Check } from './checks.js';
import type { Doctor } from './doctor.js';

export interface AthenaDoctorRequest {
  readonly target: AthenaTarget;
  readonly planRequest: PlanRequest;
  /** Random, so that Athena starts each query anew. */
  readonly runId: string;
  readonly signal: AbortSignal;
}

/** The doctor for a table in Athena. Throws a HuntError if Athena cannot be reached. */
export async function athenaDoctor(request: AthenaDoctorRequest): Promise<Doctor> {
  const { target, planRequest, runId, signal } = request;
  const name = readAthenaName(target.table);
  const client = await openAthenaClient(target.aws);
  const workgroup = await readWorkgroup(client, target.workgroup, signal).catch(
    (error: unknown) => {
      throw awsError(error, `describe the workgroup ${target.workgroup}`);
    },
  );
  const engine = new AthenaEngine(client, {
    table: name,
    workgroup: target.workgroup,
    results: resultsOf(workgroup, target.output),
    journal: emptyJournal(runId),
    maxScan: undefined,
    signal,
  });
  let described: HuntedTable | undefined;
  const describe: Check = {
    name: 'describe the table',
    permissions: 'athena:GetTableMetadata, glue:GetDatabase, glue:GetTable',
    run: async () => {
      const description = await describeAthenaTable(client, name, {
        workgroup: target.workgroup,
        signal,
      }).catch((error: unknown) => {
        throw awsError(error, `describe the table ${target.table}`);
      });
      described = athenaTable(target, name, description);
      return `${description.columns.length} columns, ${description.partitionKeys.length} partition keys`;
    },
  };
  const checks = [
    {
      name: 'describe the workgroup',
      permissions: 'athena:GetWorkGroup',
      run: async () => workgroupText(workgroup),
    },
    {
      name: 'run a query',
      permissions:
        'athena:StartQueryExecution, athena:GetQueryExecution, athena:GetQueryResults; ' +
        's3:GetBucketLocation, s3:ListBucket, s3:GetObject and s3:PutObject on the results',
      run: async () => {
        await countRows(engine, 'SELECT 1 AS one', 'any');
        return 'the query started, ended and gave its result';
      },
    },
    describe,
    ...tableChecks({
      tableOf: () => {
        if (described !== undefined) return described;
        throw new HuntError('ENGINE', 'the table could not be described');
      },
      planRequest,
      engine,
      permissions: {
        explain: 'glue:GetTable, glue:GetPartitions',
        partitions: 'glue:GetPartitions',
        read: 's3:ListBucket and s3:GetObject on the logs; kms:Decrypt if they are encrypted',
      },
    }),
    {
      name: 'stop a query',
      permissions: 'athena:StopQueryExecution',
      run: () => stopEnded(client, engine, signal),
    },
  ];
  return { checks, close: () => engine.close() };
}

/** A journal that records nothing: the queries of a doctor are never resumed. */
function emptyJournal(runId: string): Journal {
  return { runId, attempt: () => undefined, note: () => undefined };
}

function workgroupText({ name, known }: Workgroup): string {
  if (known === undefined)
    throw new HuntError(
      'ENGINE',
      `${name} cannot be described, so it is not known where it writes results`,
    );
  const settings = known.Configuration;
  const isManaged = settings?.ManagedQueryResultsConfiguration?.Enabled === true;
  const location = settings?.ResultConfiguration?.OutputLocation;
  const limit = settings?.BytesScannedCutoffPerQuery;
  const results = location === undefined ? 'no results location' : `results in ${location}`;
  return [
    `${name}: ${settings?.EngineVersion?.EffectiveEngineVersion ?? 'engine version not known'}`,
    isManaged ? 'Athena manages the results' : results,
    ...(settings?.EnforceWorkGroupConfiguration === true ? ['enforced'] : []),
    ...(limit === undefined ? [] : [`a query may read ${limit} bytes`]),
  ].join(', ');
}

/** Stops a query that has ended: this changes nothing, but needs the permission. */
async function stopEnded(
  client: AthenaClient,
  engine: AthenaEngine,
  signal: AbortSignal,
): Promise<string> {
  const { StopQueryExecutionCommand } = await import('@aws-sdk/client-athena');
  const ended = engine.executions().at(-1);
  if (ended === undefined) throw new HuntError('ENGINE', 'no query was started');
  try {
    await callAthena(
      client,
      (call) => client.send(new StopQueryExecutionCommand({ QueryExecutionId: ended.id }), call),
      { signal },
    );
  } catch (error) {
    // Athena refuses to stop a query that is over, but only after it has checked the permission.
    const isOver = error instanceof Error && error.name === 'InvalidRequestException';
    if (!isOver) throw awsError(error, 'stop a query');
  }
  return 'queries can be stopped';
}
