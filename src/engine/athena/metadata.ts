/** What Athena knows of a table: columns, partition keys, projection. */
import type { AthenaClient } from '@aws-sdk/client-athena';
import type { NamedType, TableDescription } from '../../table/description.js';
import type { AthenaTableName } from './name.js';

/** The table's description. Throws the SDK's errors. */
export async function describeAthenaTable(
  client: AthenaClient,
  { catalog, database, table }: AthenaTableName,
  workgroup: string,
  signal?: AbortSignal,
): Promise<TableDescription> {
  const { GetTableMetadataCommand } = await import('@aws-sdk/client-athena');
  const { TableMetadata: known } = await client.send(
    new GetTableMetadataCommand({
      CatalogName: catalog,
      DatabaseName: database,
      TableName: table,
      WorkGroup: workgroup,
    }),
    signal ? { abortSignal: signal } : {},
  );
  return {
    columns: (known?.Columns ?? []).map(named),
    partitionKeys: (known?.PartitionKeys ?? []).map(named),
    properties: new Map(Object.entries(known?.Parameters ?? {})),
  };
}

function named(column: { Name?: string | undefined; Type?: string | undefined }): NamedType {
  return { name: column.Name ?? '', type: column.Type ?? 'string' };
}
