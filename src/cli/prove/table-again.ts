/**
 * Repeats the hunt of a manifest over a table. The user names the table, because queries cost time and money, and because the
 * manifest may be hostile: it must not choose which server gets a password.
 */
import { HuntError } from '../../errors.js';
import type { Manifest } from '../../integrity/manifest/manifest.js';
import { check, type Check } from '../../integrity/prove/check.js';
import { checkFindings, checkLateFindings } from '../../integrity/prove/findings.js';
import type { CommandContext } from '../context.js';
import { runOn } from '../hunts/run-on.js';
import type { Config } from '../options/hunt-yml/config.js';
import type { QueryRunOptions, TableOptions } from '../options/flags/table-flags.js';
import { targetOf, type Target } from '../options/target/target.js';
import { findingsOf, lateHunt } from './again.js';
import type { RecordedHunt } from './recorded.js';

export interface TableOptionsNow {
  readonly table: TableOptions;
  readonly run: Pick<QueryRunOptions, 'maxScan' | 'parallel' | 'price'>;
}

/** Throws HuntErrors. */
export async function tableAgain(
  { manifest, recorded }: { readonly manifest: Manifest; readonly recorded: RecordedHunt },
  options: TableOptionsNow,
  context: CommandContext,
): Promise<readonly Check[]> {
  const target = tableOf(options.table, recorded.config, context);
  const again = async (hunt: RecordedHunt) => {
    const result = await runOn(
      target,
      {
        options: {
          events: { since: undefined, until: undefined, period: undefined },
          reading: hunt.reading,
          table: options.table,
          run: { ...options.run, dryRun: false, resume: undefined },
        },
        config: undefined,
        settings: hunt.settings,
      },
      context,
    );
    if (result === undefined) throw new HuntError('ENGINE', 'the hunt has no report');
    result.onWritten();
    return findingsOf(result.report);
  };
  const mayGrow = manifest.run !== null;
  const late = lateHunt(recorded, manifest);
  return [
    checkFindings(manifest.findings, await again(recorded), mayGrow),
    ...(late === undefined
      ? []
      : [
          checkLateFindings(late.findings, await again(late.hunt), {
            known: late.known,
            mayGrow,
          }),
        ]),
  ];
}

/** What a manifest of a hunt over a table says where no table is named. */
export function tableNotAsked({ source }: Manifest): Check {
  const table = source.table ?? 'a table';
  return check('hunted again', 'unknown', {
    text: `${table} was hunted, and queries cost time and money: --athena TABLE or --trino URL asks again`,
  });
}

function tableOf(
  table: TableOptions,
  config: Config | undefined,
  { environment }: Pick<CommandContext, 'environment'>,
): Target {
  if (table.athena === true || table.trino === true)
    throw new HuntError(
      'USAGE',
      'name the table: --athena database.table, or --trino https://host:port/catalog/schema/table',
    );
  return targetOf({ paths: [], options: table, config: config && explained(config), environment });
}

/** What the configuration says of the columns and partitions of a table, without where the table is. */
function explained({ athena, trino }: Config): Pick<Config, 'paths' | 'athena' | 'trino'> {
  return {
    paths: [],
    athena: athena && {
      table: undefined,
      workgroup: undefined,
      region: undefined,
      profile: undefined,
      output: undefined,
      price: undefined,
      columns: athena.columns,
      partitions: athena.partitions,
    },
    trino: trino && { url: undefined, columns: trino.columns, partitions: trino.partitions },
  };
}
