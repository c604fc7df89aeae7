/** `hunt schema`: the table that Athena needs. */
import { Option } from 'commander';
import { HuntError } from '../../errors.js';
import { DOCUMENTED_TABLE } from '../../sql/statement/table.js';
import { PARTITIONINGS, schemaSql, type Partitioning } from '../../table/ddl.js';
import { openAthena } from '../../hunt/table/athena.js';
import { openTrino } from '../../hunt/table/trino.js';
import { tableSummary } from '../../hunt/table/summary.js';
import { repeatable, type CliCommand } from '../command.js';
import { readConfig } from '../options/config.js';
import { TABLE_OPTIONS, type RemoteOptions } from '../options/table-options.js';
import { targetOf, trinoTargetOf } from '../options/target.js';
import type { World } from '../world.js';

interface SchemaCliOptions extends RemoteOptions {
  readonly config?: string;
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
  description:
    "prints AWS's documented CloudTrail table as DDL for Athena, or what is understood of a table",
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
    ...TABLE_OPTIONS,
    new Option('--config <file>', 'the configuration (default: hunt.yml, where there is one)'),
  ],
  run: async (_args, given, world) => {
    const options = given as unknown as SchemaCliOptions;
    if (options.athena !== undefined || options.trino !== undefined) {
      world.stdout.write(await understood(options, world));
      return 0;
    }
    if (!/^[A-Za-z_][\w.]*$/.test(options.table))
      throw new HuntError('USAGE', `--table ${options.table}: letters, digits, _ and dots only`);
    if (!/^\d{4}\/\d{2}\/\d{2}$/.test(options.firstDay))
      throw new HuntError('USAGE', `--first-day ${options.firstDay}: write YYYY/MM/DD`);
    const { account = ['111122223333'], region = ['us-east-1'] } = options;
    world.stdout.write(schemaSql({ ...options, accounts: account, regions: region }));
    return 0;
  },
};

/** What a hunt would make of a table elsewhere. */
async function understood(options: SchemaCliOptions, world: World): Promise<string> {
  const target = targetOf([], options, readConfig(options.config), world.environment);
  switch (target.kind) {
    case 'athena': {
      const { table, client } = await openAthena(target.athena);
      client.destroy();
      return tableSummary(table, world.now);
    }
    case 'trino': {
      const { table, engine } = await openTrino(trinoTargetOf(target, world, world.signal));
      await engine.close();
      return tableSummary(table, world.now);
    }
    case 'local':
      return '';
    default:
      return target satisfies never;
  }
}
