/** Tables of the data catalog, as GetTableMetadata describes them. */
import type { Column, GetTableMetadataInput, TableMetadata } from '@aws-sdk/client-athena';
import { schemaSql, type Partitioning } from '../../../src/table/ddl.js';
import { AwsError } from './protocol.js';

export interface CatalogTable {
  /** The default is AwsDataCatalog. */
  readonly catalog?: string;
  readonly database: string;
  readonly metadata: TableMetadata;
}

/** The table that AWS documents for CloudTrail logs. Real tables may lack columns, or have more. */
export function documentedTable(
  name: string,
  partitioning: Partitioning = 'none',
  changes: Partial<TableMetadata> = {},
): TableMetadata {
  const ddl = schemaSql({
    table: name,
    partitioning,
    bucket: 's3://example-trail',
    organization: 'o-exampleorgid',
    accounts: ['112233445566'],
    regions: ['us-east-1', 'eu-west-1'],
    firstDay: '2020/01/01',
  });
  const [, columns = ''] = /\(\n([\s\S]*?)\n\)/.exec(ddl) ?? [];
  const [, partitions = ''] = /PARTITIONED BY \(([^)]*)\)/.exec(ddl) ?? [];
  const [, properties = ''] = /TBLPROPERTIES \(\n([\s\S]*?)\n\)/.exec(ddl) ?? [];
  const [, location = ''] = /LOCATION '([^']*)'/.exec(ddl) ?? [];
  return {
    Name: name,
    TableType: 'EXTERNAL_TABLE',
    CreateTime: new Date('2020-01-01T00:00:00Z'),
    Columns: columnsOf(columns.split(',\n')),
    PartitionKeys: columnsOf(partitions.split(', ')),
    Parameters: {
      EXTERNAL: 'TRUE',
      location,
      inputformat: 'com.amazon.emr.cloudtrail.CloudTrailInputFormat',
      outputformat: 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat',
      'serde.serialization.lib': 'org.apache.hive.hcatalog.data.JsonSerDe',
      ...Object.fromEntries(
        [...properties.matchAll(/'([^']*)' = '([^']*)'/g)].map(([, key = '', value]) => [
          key,
          value ?? '',
        ]),
      ),
    },
    ...changes,
  };
}

function columnsOf(texts: readonly string[]): Column[] {
  return texts
    .filter((text) => text !== '')
    .map((text) => {
      const [name = '', ...type] = text.trim().split(' ');
      return { Name: name.replaceAll('`', ''), Type: type.join('') };
    });
}

/** Throws an AwsError where the table does not exist. Names are compared without case. */
export function findTable(
  { CatalogName: catalog, DatabaseName: database, TableName: table }: GetTableMetadataInput,
  tables: readonly CatalogTable[],
): TableMetadata {
  const found = tables.find(
    (known) =>
      isSame(known.catalog ?? 'AwsDataCatalog', catalog) &&
      isSame(known.database, database) &&
      isSame(known.metadata.Name, table),
  );
  if (found !== undefined) return found.metadata;
  throw new AwsError(
    'MetadataException',
    `Entity ${database}.${table} not found (Service: AmazonDataCatalog; Status Code: 400; ` +
      'Error Code: EntityNotFoundException)',
    {},
  );
}

function isSame(name: string | undefined, other: string | undefined): boolean {
  return name?.toLowerCase() === other?.toLowerCase();
}
