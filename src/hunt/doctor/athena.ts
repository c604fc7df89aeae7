/** The checks of a hunt in Athena, with the IAM permissions that each step needs. */
import type { AthenaClient } from '@aws-sdk/client-athena';
import { isUnknownCall } from '../../engine/athena/client/answer.js';
import { callAthena } from '../../engine/athena/client/call.js';
import { openAthenaClient, type CallLimits } from '../../engine/athena/client/client.js';
import { awsError } from '../../engine/athena/client/error.js';
import { AthenaEngine } from '../../engine/athena/engine.js';
import type { Journal } from '../../engine/athena/journal.js';
import { listDatabases, listTables } from '../../engine/athena/listing.js';
import { describeAthenaTable } from '../../engine/athena/metadata.js';
import { readAthenaName, type AthenaTableName } from '../../engine/athena/name.js';
import { resultsOf, type Workgroup } from '../../engine/athena/workgroup.js';
import { HuntError } from '../../errors.js';
import { nearestOf } from '../../text/did-you-mean.js';
import { athenaTable, type AthenaTarget } from '../table/athena.js';
import { connectionChecks, SIGN_IN, WORKGROUP } from './athena-connection.js';
import { LIMITS, type Check, type Found } from './checks.js';
import type { Doctor, DoctorRequest } from './doctor.js';
import { allRows, tableChecks, withEngine } from './table-checks.js';

const QUERY = 'run a query';

/** The person waits for each check, which has a limit of its own. */
const CALLS: CallLimits = { attempts: 3, timeout: LIMITS.querying.most };

export interface AthenaDoctorRequest extends DoctorRequest {
  readonly target: AthenaTarget;
  /** Random, so that Athena starts each query anew. */
  readonly runId: string;
}

/** The doctor for a table in Athena. Throws a HuntError if the name is not one of a table. */
export async function athenaDoctor(request: AthenaDoctorRequest): Promise<Doctor> {
  const { target, planRequest, price, runId } = request;
  const name = readAthenaName(target.table);
  const client = await openAthenaClient(target.aws, CALLS);
  let workgroup: Workgroup = { name: target.workgroup, known: undefined, refusal: undefined };
  /** An execution that has ended. */
  let ended: string | undefined;
  const open = (signal: AbortSignal): AthenaEngine =>
    new AthenaEngine(client, {
      table: name,
      workgroup: target.workgroup,
      results: resultsOf(workgroup, target.output),
      journal: emptyJournal(runId),
      maxScan: undefined,
      signal,
    });
  const checks: readonly Check[] = [
    ...connectionChecks({
      client,
      aws: target.aws,
      workgroup: target.workgroup,
      output: target.output,
      onWorkgroup: (found) => {
        workgroup = found;
      },
    }),
    {
      name: QUERY,
      permissions:
        'athena:StartQueryExecution, athena:GetQueryExecution, athena:GetQueryResults; ' +
        's3:GetBucketLocation, s3:ListBucket, s3:GetObject and s3:PutObject on the results',
      after: [WORKGROUP],
      limit: LIMITS.querying,
      run: (signal) =>
        withEngine(open(signal), async (engine) => {
          await allRows(engine, 'SELECT 1 AS one', 'any');
          ended = engine.executions().at(-1)?.id;
          return { status: 'ok', message: 'the query started, ended and gave its result' };
        }),
    },
    ...tableChecks({
      describe: {
        permissions: 'athena:GetTableMetadata, glue:GetDatabase, glue:GetTable',
        after: [SIGN_IN],
        limit: LIMITS.asking,
        table: async (signal) => {
          const options = { workgroup: target.workgroup, signal };
          const description = await describeAthenaTable(client, name, options).catch(
            async (error: unknown) => {
              const { message, cause } = awsError(error, `describe the table ${target.table}`);
              const near = isNotFound(message) ? await nearestName(client, name, signal) : '';
              throw new HuntError('ENGINE', `${message}${near}`, { cause });
            },
          );
          return athenaTable(target, name, description);
        },
      },
      planRequest,
      open,
      query: QUERY,
      price,
      permissions: {
        explain: 'glue:GetTable, glue:GetPartitions',
        partitions: 'glue:GetPartitions',
        read: 's3:ListBucket and s3:GetObject on the logs; kms:Decrypt if they are encrypted',
      },
    }),
    {
      name: 'stop a query',
      permissions: 'athena:StopQueryExecution',
      after: [QUERY],
      limit: LIMITS.asking,
      run: async (signal) => {
        if (ended === undefined) throw new HuntError('ENGINE', 'no query was started');
        return stopEnded(client, ended, signal);
      },
    },
  ];
  return { checks, close: () => client.destroy() };
}

/** A journal that keeps nothing: the queries of `hunt doctor` are never resumed. */
function emptyJournal(runId: string): Journal {
  return { runId, earlier: [], attempt: () => undefined, note: () => undefined };
}

function isNotFound(message: string): boolean {
  return /not found|does not exist|EntityNotFound|MetadataException/i.test(message);
}

/** Says whether the database or the table is unknown, with the nearest name; empty where neither can be listed. */
async function nearestName(
  client: AthenaClient,
  name: AthenaTableName,
  signal: AbortSignal,
): Promise<string> {
  const missing = (what: string, near: string | undefined): string =>
    `. There is no ${what}${near === undefined ? '' : `; did you mean "${near}"?`}`;
  const isNamed = (names: readonly string[], wanted: string): boolean =>
    names.some((each) => each.toLowerCase() === wanted.toLowerCase());
  const databases = await listDatabases(client, name, signal);
  if (databases.length > 0 && !isNamed(databases, name.database))
    return missing(
      `database ${name.database} in ${name.catalog}`,
      nearestOf(name.database, databases),
    );
  const tables = await listTables(client, name, signal);
  if (tables.length > 0 && !isNamed(tables, name.table))
    return missing(`table ${name.table} in ${name.database}`, nearestOf(name.table, tables));
  return '';
}

/** Stops a query that has ended: this changes nothing, but needs the permission. */
async function stopEnded(client: AthenaClient, id: string, signal: AbortSignal): Promise<Found> {
  const { StopQueryExecutionCommand } = await import('@aws-sdk/client-athena');
  try {
    await callAthena(
      client,
      (call) => client.send(new StopQueryExecutionCommand({ QueryExecutionId: id }), call),
      { signal },
    );
  } catch (error) {
    // Athena refuses to stop a query that is over, but only after it has checked the permission.
    const isOver = error instanceof Error && error.name === 'InvalidRequestException';
    const refused = awsError(error, 'stop a query');
    if (isUnknownCall(error))
      return {
        status: 'note',
        message: `${refused.message}. Ctrl-C and --max-scan leave queries running`,
      };
    if (!isOver) throw refused;
  }
  return { status: 'ok', message: 'queries can be stopped' };
}
