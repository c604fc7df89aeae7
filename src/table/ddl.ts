/**
 * The table that AWS documents for CloudTrail logs, as DDL for Athena.
 * Source: https://docs.aws.amazon.com/athena/latest/ug/create-cloudtrail-table.html and its neighbouring pages.
 */
import { COLUMNS, type Column, type ColumnType } from '../cloudtrail/field/columns.js';
import { literal } from '../sql/literal.js';

export const PARTITIONINGS = ['none', 'manual', 'projection', 'organization'] as const;
export type Partitioning = (typeof PARTITIONINGS)[number];

export interface SchemaOptions {
  readonly table: string;
  readonly partitioning: Partitioning;
  /** The S3 location that holds the folder `AWSLogs/`: `s3://bucket/prefix`. */
  readonly bucket: string;
  /** The ID of the organization, `o-…`. Used for the trail of an organization only. */
  readonly organization: string;
  readonly accounts: readonly string[];
  readonly regions: readonly string[];
  /** The first day of the logs, `YYYY/MM/DD`. */
  readonly firstDay: string;
}

/** The CREATE TABLE statement. */
export function schemaSql(options: SchemaOptions): string {
  const partitions = partitionColumns(options.partitioning);
  const properties = [['classification', 'cloudtrail'], ...projection(options)];
  return [
    `CREATE EXTERNAL TABLE ${options.table} (`,
    COLUMNS.map(({ column, type }) => `  ${column} ${hiveType(type)}`).join(',\n'),
    ')',
    ...(partitions.length === 0 ? [] : [`PARTITIONED BY (${partitions.join(', ')})`]),
    "ROW FORMAT SERDE 'org.apache.hive.hcatalog.data.JsonSerDe'",
    "STORED AS INPUTFORMAT 'com.amazon.emr.cloudtrail.CloudTrailInputFormat'",
    "OUTPUTFORMAT 'org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat'",
    `LOCATION ${literal(location(options))}`,
    'TBLPROPERTIES (',
    properties
      .map(([name = '', value = '']) => `  ${literal(name)} = ${literal(value)}`)
      .join(',\n'),
    ');',
    '',
  ].join('\n');
}

function hiveType(type: ColumnType): string {
  switch (type.kind) {
    case 'text':
    case 'json':
      return 'string';
    case 'map':
      return 'map<string, string>';
    case 'list':
      return `array<${hiveType(type.of)}>`;
    case 'struct':
      return `struct<${type.members.map(hiveMember).join(', ')}>`;
    default:
      return type satisfies never;
  }
}

function hiveMember({ column, type }: Column): string {
  return `${column}: ${hiveType(type)}`;
}

function partitionColumns(partitioning: Partitioning): readonly string[] {
  switch (partitioning) {
    case 'none':
      return [];
    case 'manual':
      return ['region string', 'year string', 'month string', 'day string'];
    case 'projection':
      return ['`region` string', '`timestamp` string'];
    case 'organization':
      return ['`account` string', '`region` string', '`timestamp` string'];
    default:
      return partitioning satisfies never;
  }
}

function location({ partitioning, bucket, organization, accounts }: SchemaOptions): string {
  const logs = `${bucket.replace(/\/+$/, '')}/AWSLogs`;
  if (partitioning === 'organization') return `${logs}/${organization}/`;
  return `${logs}/${accounts[0] ?? ''}/CloudTrail/`;
}

function projection(options: SchemaOptions): readonly (readonly [string, string])[] {
  const { partitioning, accounts, regions, firstDay } = options;
  if (partitioning === 'none' || partitioning === 'manual') return [];
  const list = (key: string, values: readonly string[]): readonly (readonly [string, string])[] => [
    [`projection.${key}.type`, 'enum'],
    [`projection.${key}.values`, values.join(',')],
  ];
  const isOrganization = partitioning === 'organization';
  const path = isOrganization
    ? '${account}/CloudTrail/${region}/${timestamp}'
    : '${region}/${timestamp}';
  return [
    ['projection.enabled', 'true'],
    ...(isOrganization ? list('account', accounts) : []),
    ...list('region', regions),
    ['projection.timestamp.type', 'date'],
    ['projection.timestamp.format', 'yyyy/MM/dd'],
    ['projection.timestamp.range', `${firstDay},NOW`],
    ['projection.timestamp.interval', '1'],
    ['projection.timestamp.interval.unit', 'DAYS'],
    ['storage.location.template', `${location(options)}${path}`],
  ];
}
