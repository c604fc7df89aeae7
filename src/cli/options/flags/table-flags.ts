/** The options of a hunt over a table in Athena or Trino. */
import {
  countFlag,
  optionalTextFlag,
  switchFlag,
  textFlag,
  withDefault,
  type FlagGroup,
  type GroupValues,
} from './flag.js';

const MAX_PARALLEL = 20;
const DEFAULT_PARALLEL = 4;

/** Which table, and with whose permissions. S3 uses the AWS options too. */
export const TABLE_FLAGS = {
  heading: 'Tables and AWS access:',
  flags: {
    athena: optionalTextFlag(
      '--athena [table]',
      'the table in Athena: [catalog.]database.table (default: the one in hunt.yml)',
    ),
    trino: optionalTextFlag(
      '--trino [url]',
      'the table in Trino: https://[user@]host:port/catalog/schema/table (default: the one in hunt.yml); the password comes from TRINO_PASSWORD, a token from TRINO_TOKEN',
    ),
    workgroup: textFlag('--workgroup <name>', "Athena's workgroup (default: primary)"),
    results: textFlag(
      '--results <uri>',
      'where Athena writes its results: s3://bucket/prefix (default: where the workgroup says)',
    ),
    profile: textFlag('--profile <name>', 'the AWS profile'),
    awsRegion: textFlag(
      '--aws-region <name>',
      'the AWS region of Athena or S3 (default: the one of the AWS environment)',
    ),
    endpoint: textFlag('--endpoint <url>', 'the address of Athena or S3, if it is not an AWS one'),
  },
} as const satisfies FlagGroup;

/** How the queries run. */
export const QUERY_RUN_FLAGS = {
  heading: 'Queries in Athena and Trino:',
  flags: {
    maxScan: textFlag(
      '--max-scan <size>',
      'the most that all queries may read together, such as 500GB or 2TB; above it they are stopped, and there is no report',
    ),
    parallel: withDefault(
      countFlag('--parallel <n>', 'the number of queries that run at once', MAX_PARALLEL),
      DEFAULT_PARALLEL,
    ),
    price: textFlag(
      '--price <dollars>',
      'the price of a terabyte that Athena reads, for the estimated cost (default: 5)',
    ),
    dryRun: switchFlag(
      '--dry-run',
      'print the queries and the partitions that they would read, and do not read the table',
    ),
    resume: switchFlag(
      '--resume',
      'continue an interrupted hunt in Athena, with the window of that hunt: add it to the same command',
    ),
  },
} as const satisfies FlagGroup;

export type TableOptions = GroupValues<typeof TABLE_FLAGS>;
export interface QueryRunOptions extends Omit<GroupValues<typeof QUERY_RUN_FLAGS>, 'resume'> {
  /** Undefined in a command that has no `--resume`. */
  readonly resume: boolean | undefined;
}
