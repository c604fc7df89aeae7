/** `hunt schema`: the DDL of a table for Athena, or how hunt reads the columns and partitions of a table that exists. */
import { HuntError } from '../../errors.js';
import { openAthena } from '../../hunt/table/athena.js';
import { tableSummary } from '../../hunt/table/plan/summary.js';
import { withRegisteredValues } from '../../hunt/table/plan/registered-values.js';
import { openTrino } from '../../hunt/table/trino.js';
import { DOCUMENTED_TABLE } from '../../sql/statement/table.js';
import { PARTITIONINGS, schemaSql, type Partitioning } from '../../table/ddl.js';
import { defineCommand } from '../command.js';
import type { CommandContext } from '../context.js';
import { EXIT } from '../exit-code.js';
import { readConfig } from '../options/hunt-yml/config.js';
import {
  choiceFlag,
  listFlag,
  textFlag,
  withDefault,
  type FlagGroup,
  type GroupValues,
} from '../options/flags/flag.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { TABLE_FLAGS } from '../options/flags/table-flags.js';
import { targetOf, type Target } from '../options/target/target.js';
import { trinoSettings } from '../options/target/trino-settings.js';

const DDL_FLAGS = {
  heading: 'DDL for Athena:',
  flags: {
    partitioning: withDefault<Partitioning>(
      choiceFlag(
        '--partitioning <kind>',
        `how accounts, regions and days become partitions: ${PARTITIONINGS.join(', ')}`,
        PARTITIONINGS,
      ),
      'projection',
    ),
    table: withDefault(textFlag('--table <name>', 'the name of the table'), DOCUMENTED_TABLE.name),
    bucket: withDefault(
      textFlag('--bucket <uri>', 'the S3 location of the folder AWSLogs/'),
      's3://amzn-s3-demo-bucket',
    ),
    organization: withDefault(
      textFlag('--organization <id>', 'the organization of the trail'),
      'o-exampleorgid',
    ),
    account: listFlag('--account <id>', 'an account in the logs'),
    region: listFlag('--region <name>', 'a region in the logs'),
    firstDay: withDefault(
      textFlag('--first-day <date>', 'the first day of the logs'),
      '2020/01/01',
    ),
  },
} as const satisfies FlagGroup;

const EXAMPLE_ACCOUNT = '111122223333';
const EXAMPLE_REGION = 'us-east-1';

export const schemaCommand = defineCommand({
  name: 'schema',
  description:
    "print AWS's documented CloudTrail table as DDL for Athena; with --athena or --trino, how hunt reads that table",
  arguments: {},
  options: { ddl: DDL_FLAGS, table: TABLE_FLAGS, general: CONFIG_FLAGS },
  async run({ options }, context) {
    if (options.table.athena === undefined && options.table.trino === undefined) {
      context.stdout.write(ddlOf(options.ddl));
      return EXIT.complete;
    }
    const target = targetOf({
      paths: [],
      options: options.table,
      config: readConfig(options.general.config),
      environment: context.environment,
    });
    context.stdout.write(await describeTable(target, context));
    return EXIT.complete;
  },
});

function ddlOf(options: GroupValues<typeof DDL_FLAGS>): string {
  const { table, firstDay, account, region } = options;
  if (!/^[A-Za-z_][\w.]*$/.test(table))
    throw new HuntError('USAGE', `--table ${table}: use only letters, digits, _ and dots`);
  if (!/^\d{4}\/\d{2}\/\d{2}$/.test(firstDay))
    throw new HuntError('USAGE', `--first-day ${firstDay}: write YYYY/MM/DD`);
  return schemaSql({
    table,
    partitioning: options.partitioning,
    bucket: options.bucket,
    organization: options.organization,
    accounts: account.length === 0 ? [EXAMPLE_ACCOUNT] : account,
    regions: region.length === 0 ? [EXAMPLE_REGION] : region,
    firstDay,
  });
}

async function describeTable(target: Target, context: CommandContext): Promise<string> {
  const { environment, signal, now } = context;
  switch (target.kind) {
    case 'athena': {
      const { table, client } = await openAthena(target.athena, signal);
      client.destroy();
      return tableSummary(table, now);
    }
    case 'trino': {
      const settings = trinoSettings(target, environment, { signal });
      const { table, engine } = await openTrino(settings);
      try {
        return tableSummary(await withRegisteredValues(table, engine), now);
      } finally {
        await engine.close();
      }
    }
    case 'logs':
      return '';
    default:
      return target satisfies never;
  }
}
