/** A hunt over a table in Athena or Trino, for the command. A hunt over logs does not load this file. */
import { safeLines } from '../../../text/safe-text.js';
import type { CommandContext } from '../../context.js';
import { readPrice } from '../../options/target/price.js';
import { readOptionalSize } from '../../options/size.js';
import type { QueryRunOptions } from '../../options/flags/table-flags.js';
import type { TableTarget } from '../../options/target/target.js';
import type { Written } from '../../options/written.js';
import { tableProgressOn } from '../../progress/table-progress.js';
import { huntAthena } from './athena-hunt.js';
import type { HuntResult, HuntSettings } from '../hunt-settings.js';
import type { TableHuntSettings } from './table-hunt-settings.js';
import { huntTrino } from './trino-hunt.js';

export interface TableHuntCommand {
  readonly target: TableTarget;
  readonly settings: HuntSettings;
  readonly run: QueryRunOptions;
  /** Read only partitions of accounts and regions that the rules ask for. */
  readonly trustPaths: boolean;
  /** `--since` and `--until`, or the ones in the configuration, as the user wrote them: `30d`; or the name of a period. */
  readonly windowWords: readonly string[];
  /** Athena's price in US dollars for a terabyte. */
  readonly price: Written | undefined;
  /** Check the bucket below the table. */
  readonly bucketChecks: TableHuntSettings['bucketChecks'];
}

/** Runs the rules on the engine and gives the report; undefined for a dry run, which it prints. Throws HuntErrors. */
export async function huntTable(
  { target, settings, run, trustPaths, windowWords, price, bucketChecks }: TableHuntCommand,
  context: CommandContext,
): Promise<HuntResult | undefined> {
  const { rules, window, exclusions, filters } = settings.selection;
  const { late, calls } = settings;
  const progress = tableProgressOn(context.stderr, settings.showsProgress && !run.dryRun);
  const hunt: TableHuntSettings = {
    settings,
    run,
    planRequest: {
      rules,
      window,
      exclusions,
      filters,
      calls,
      trustPaths,
      late,
      now: context.now,
    },
    windowWords: [...windowWords, String(late)],
    maxScan: readOptionalSize(run.maxScan, '--max-scan'),
    price: readPrice(price),
    bucketChecks,
    say: (line) => context.stderr.write(`${safeLines(line)}\n`),
    progress,
  };
  try {
    return target.kind === 'athena'
      ? await huntAthena(target.athena, hunt, context)
      : await huntTrino(target, hunt, context);
  } finally {
    progress.stop();
  }
}
