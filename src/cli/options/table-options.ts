/** The options of a hunt over a table elsewhere. */
import { Option } from 'commander';
import { countUpTo } from '../command.js';

export interface RemoteOptions {
  /** True where hunt.yml names the table. */
  readonly athena?: string | true;
  readonly trino?: string | true;
  readonly workgroup?: string;
  readonly results?: string;
  readonly profile?: string;
  readonly awsRegion?: string;
  readonly endpoint?: string;
  readonly maxScan?: string;
  readonly parallel: number;
  readonly price?: string;
  readonly dryRun?: boolean;
  readonly resume?: boolean;
}

/** Which table, and with whose rights. */
export const TABLE_OPTIONS: readonly Option[] = [
  new Option(
    '--athena [table]',
    'a table in Athena: [catalog.]database.table, or that of hunt.yml',
  ),
  new Option(
    '--trino [url]',
    'a table in Trino: https://[user@]host:port/catalog/schema/table; TRINO_PASSWORD or TRINO_TOKEN',
  ),
  new Option('--workgroup <name>', "Athena's workgroup (default: primary)"),
  new Option('--results <uri>', 'where Athena puts results, if the workgroup does not say: s3://…'),
  new Option('--profile <name>', 'the AWS profile'),
  new Option('--aws-region <name>', 'the region of Athena or S3 (default: as AWS tools have it)'),
  new Option('--endpoint <url>', "the address of Athena or S3, if it is not AWS's own"),
];

/** How it is run. */
export const RUN_OPTIONS: readonly Option[] = [
  new Option('--max-scan <amount>', 'stop everything beyond so many bytes: 500GB, 2TB'),
  new Option('--parallel <n>', 'queries at once').argParser(countUpTo(20)).default(4),
  new Option(
    '--price <dollars>',
    'what a terabyte read by Athena costs, for the estimate (default: 5)',
  ),
  new Option('--dry-run', 'print the queries and the partitions they touch, and run nothing'),
  new Option('--resume', 'go on with the hunt that broke off; its window is taken over'),
];
