/** Opens a table in Athena for a hunt. */
import type { AthenaClient } from '@aws-sdk/client-athena';
import {
  FIRST_CALLS,
  openAthenaClient,
  type AwsSettings,
} from '../../engine/athena/client/client.js';
import { AthenaEngine } from '../../engine/athena/engine.js';
import { awsError } from '../../engine/athena/client/error.js';
import { ATHENA_BYTES } from '../../engine/athena/limits.js';
import { describeAthenaTable } from '../../engine/athena/metadata.js';
import { fromName, readAthenaName, type AthenaTableName } from '../../engine/athena/name.js';
import type { AthenaSettings } from '../../engine/athena/client/settings.js';
import { readWorkgroup, resultsOf, type Workgroup } from '../../engine/athena/workgroup.js';
import type { ColumnNames } from '../../table/columns/find-column.js';
import type { TableDescription } from '../../table/description.js';
import type { PartitionHints, PartitionRoles } from '../../table/partitions/roles.js';
import type { HuntedTable } from './plan/hunted-table.js';

export interface AthenaTarget {
  /** `[catalog.]database.table` */
  readonly table: string;
  readonly workgroup: string;
  /** Where Athena writes results: `s3://bucket/prefix`. Undefined if the workgroup decides. */
  readonly output: string | undefined;
  readonly columns: ColumnNames;
  readonly roles: PartitionRoles;
  readonly named?: PartitionHints['named'];
  readonly aws: AwsSettings;
}

export interface OpenAthena {
  readonly table: HuntedTable;
  readonly name: AthenaTableName;
  readonly client: AthenaClient;
  readonly workgroup: Workgroup;
  /**
   * Opens an engine, to be closed before the client is destroyed. Throws a HuntError if no location for results is set.
   */
  engine(
    settings: Pick<AthenaSettings, 'journal' | 'maxScan' | 'signal' | 'onProgress' | 'wait'>,
  ): AthenaEngine;
}

/** Describes the table and the workgroup. Throws a HuntError if that fails. The caller destroys the client. */
export async function openAthena(target: AthenaTarget, signal?: AbortSignal): Promise<OpenAthena> {
  const { aws, workgroup: groupName } = target;
  const name = readAthenaName(target.table);
  const describer = await openAthenaClient(aws, FIRST_CALLS);
  const client = await openAthenaClient(aws);
  try {
    const [workgroup, description] = await Promise.all([
      readWorkgroup(describer, groupName, signal).catch((error: unknown) => {
        throw awsError(error, `describe the workgroup ${groupName}`);
      }),
      describeAthenaTable(describer, name, { workgroup: groupName, signal }).catch(
        (error: unknown) => {
          throw awsError(error, `describe the table ${target.table}`);
        },
      ),
    ]);
    return {
      name,
      client,
      workgroup,
      table: athenaTable(target, name, description),
      engine: ({ journal, maxScan, signal: stop, onProgress, wait }) =>
        new AthenaEngine(client, {
          table: name,
          workgroup: groupName,
          results: resultsOf(workgroup, target.output),
          journal,
          maxScan,
          signal: stop,
          onProgress,
          wait,
        }),
    };
  } catch (error) {
    client.destroy();
    throw error;
  } finally {
    describer.destroy();
  }
}

/** The table as a hunt sees it. */
export function athenaTable(
  { table, columns, roles, named }: Pick<AthenaTarget, 'table' | 'columns' | 'roles' | 'named'>,
  name: AthenaTableName,
  description: TableDescription,
): HuntedTable {
  return {
    engine: 'athena',
    name: table,
    from: fromName(name),
    partitionsFrom: fromName(name, '$partitions'),
    filesFrom: fromName(name, '$files'),
    source: '"$path"',
    description,
    columns,
    roles,
    named,
    longestStatement: ATHENA_BYTES,
  };
}
