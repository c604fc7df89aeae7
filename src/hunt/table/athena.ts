/** A table in Athena, ready to be hunted. */
import type { AthenaClient } from '@aws-sdk/client-athena';
import {
  awsError,
  FIRST_ATTEMPTS,
  openAthenaClient,
  type AwsSettings,
} from '../../engine/athena/client.js';
import { AthenaEngine } from '../../engine/athena/engine.js';
import { ATHENA_BYTES } from '../../engine/athena/limits.js';
import { describeAthenaTable } from '../../engine/athena/metadata.js';
import { fromName, readAthenaName, type AthenaTableName } from '../../engine/athena/name.js';
import type { AthenaSettings } from '../../engine/athena/settings.js';
import { readWorkgroup, resultsOf, type Workgroup } from '../../engine/athena/workgroup.js';
import type { PartitionRoles } from '../../table/partitions/recognise.js';
import type { ColumnNames } from '../../table/columns/fit.js';
import type { HuntedTable } from './plan.js';

export interface AthenaTarget {
  /** `[catalog.]database.table` */
  readonly table: string;
  readonly workgroup: string;
  /** Where results go: `s3://bucket/prefix`. */
  readonly output: string | undefined;
  readonly columns: ColumnNames;
  readonly roles: PartitionRoles;
  readonly aws: AwsSettings;
}

export interface OpenAthena {
  readonly table: HuntedTable;
  readonly name: AthenaTableName;
  readonly client: AthenaClient;
  readonly workgroup: Workgroup;
  /** The engine, which destroys the client when it is closed. Throws a HuntError where nobody says where results go. */
  engine(
    settings: Pick<AthenaSettings, 'journal' | 'maxScan' | 'signal' | 'onProgress' | 'wait'>,
  ): AthenaEngine;
}

/** Looks at the table and the workgroup. Throws a HuntError where that cannot be done. */
export async function openAthena(target: AthenaTarget, signal?: AbortSignal): Promise<OpenAthena> {
  const name = readAthenaName(target.table);
  const looking = await openAthenaClient(target.aws, FIRST_ATTEMPTS);
  const client = await openAthenaClient(target.aws);
  try {
    const [workgroup, description] = await Promise.all([
      readWorkgroup(looking, target.workgroup, signal).catch((error: unknown) => {
        throw awsError(error, `look at the workgroup ${target.workgroup}`);
      }),
      describeAthenaTable(looking, name, target.workgroup, signal).catch((error: unknown) => {
        throw awsError(error, `look at the table ${target.table}`);
      }),
    ]);
    return {
      name,
      client,
      workgroup,
      table: athenaTable(target, name, description),
      engine: (settings) =>
        new AthenaEngine(client, {
          ...settings,
          table: name,
          workgroup: target.workgroup,
          results: resultsOf(workgroup, target.output),
        }),
    };
  } catch (error) {
    client.destroy();
    throw error;
  } finally {
    looking.destroy();
  }
}

/** A table as a hunt needs it. */
export function athenaTable(
  { table, columns, roles }: Pick<AthenaTarget, 'table' | 'columns' | 'roles'>,
  name: AthenaTableName,
  description: HuntedTable['description'],
): HuntedTable {
  return {
    engine: 'athena',
    name: table,
    from: fromName(name),
    partitionsFrom: fromName(name, '$partitions'),
    source: '"$path"',
    description,
    columns,
    roles,
    longest: ATHENA_BYTES,
  };
}
