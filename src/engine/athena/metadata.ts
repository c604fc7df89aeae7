/** The description of a table in Athena's catalog: columns, partition keys, table properties. */
import type { AthenaClient, Column } from '@aws-sdk/client-athena';
import type { NamedType, TableDescription } from '../../table/description.js';
import { callAthena } from './client/call.js';
import { storageOf } from '../../table/storage.js';
import type { AthenaTableName } from './name.js';

export interface DescribeOptions {
  readonly workgroup: string;
  readonly signal?: AbortSignal | undefined;
}

/** Throws the SDK's errors. */
export async function describeAthenaTable(
  client: AthenaClient,
  { catalog, database, table }: AthenaTableName,
  { workgroup, signal }: DescribeOptions,
): Promise<TableDescription> {
  const { GetTableMetadataCommand } = await import('@aws-sdk/client-athena');
  const command = new GetTableMetadataCommand({
    CatalogName: catalog,
    DatabaseName: database,
    TableName: table,
    WorkGroup: workgroup,
  });
  const { TableMetadata: metadata } = await callAthena(
    client,
    (options) => client.send(command, options),
    { signal },
  );
  const properties = new Map(Object.entries(metadata?.Parameters ?? {}));
  return {
    columns: (metadata?.Columns ?? []).map(toNamedType),
    partitionKeys: (metadata?.PartitionKeys ?? []).map(toNamedType),
    properties,
    storage: storageOf(properties),
  };
}

function toNamedType({ Name: name, Type: type }: Column): NamedType {
  return { name: name ?? '', type: type ?? 'string' };
}
