/** `hunt schema`: the table that Athena needs. */
import { Option } from 'commander';
import { HuntError } from '../errors.js';
import { DOCUMENTED_TABLE } from '../sql/table.js';
import { PARTITIONINGS, schemaSql, type Partitioning } from '../sql/schema.js';
import { repeatable, type CliCommand } from './command.js';

interface SchemaCliOptions {
  readonly partitioning: Partitioning;
  readonly table: string;
  readonly bucket: string;
  readonly organization: string;
  readonly account?: readonly string[];
  readonly region?: readonly string[];
  readonly firstDay: string;
}

export const schemaCommand: CliCommand = {
  name: 'schema',
  description: "prints AWS's documented CloudTrail table as DDL for Athena",
  arguments: [],
  options: [
    new Option('--partitioning <kind>', 'how days and regions become partitions')
      .choices(PARTITIONINGS)
      .default('projection'),
    new Option('--table <name>', "the table's name").default(DOCUMENTED_TABLE.name),
    new Option('--bucket <uri>', 'the bucket, and the prefix before AWSLogs/').default(
      's3://amzn-s3-demo-bucket',
    ),
    new Option('--organization <id>', 'the organisation of the trail').default('o-exampleorgid'),
    repeatable('--account <id>', 'an account of the logs'),
    repeatable('--region <name>', 'a region of the logs'),
    new Option('--first-day <date>', 'the first day of the logs').default('2020/01/01'),
  ],
  run: async (_args, given, world) => {
    const options = given as unknown as SchemaCliOptions;
    if (!/^[A-Za-z_][\w.]*$/.test(options.table))
      throw new HuntError('USAGE', `--table ${options.table}: letters, digits, _ and dots only`);
    if (!/^\d{4}\/\d{2}\/\d{2}$/.test(options.firstDay))
      throw new HuntError('USAGE', `--first-day ${options.firstDay}: write YYYY/MM/DD`);
    const { account = ['111122223333'], region = ['us-east-1'] } = options;
    world.stdout.write(schemaSql({ ...options, accounts: account, regions: region }));
    return 0;
  },
};
