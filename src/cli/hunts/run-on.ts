/** Runs a hunt on its target, logs or a table, for every command that hunts. */
import { availableParallelism } from 'node:os';
import type { Notify } from '../notify.js';
import { HuntError } from '../../errors.js';
import type { CommandContext } from '../context.js';
import { awsSettings } from '../options/target/aws-settings.js';
import type { Config } from '../options/hunt-yml/config.js';
import type { GroupValues } from '../options/flags/flag.js';
import type { READING_FLAGS } from '../options/flags/hunt-flags.js';
import type { EventOptions } from '../options/flags/rule-flags.js';
import type { QueryRunOptions, TableOptions } from '../options/flags/table-flags.js';
import { givenPeriod } from '../options/time/given-window.js';
import { readOptionalSize } from '../options/size.js';
import type { Target } from '../options/target/target.js';
import { writtenPrice } from '../options/written-settings.js';
import { demandsOf, checkingDigests } from '../options/digests/demands.js';
import { bucketOf, isVerifying, verifyingOf } from '../options/digests/verifying.js';
import type { VerifyOptions } from '../options/flags/verify-flags.js';
import type { HuntResult, HuntSettings } from './hunt-settings.js';
import { huntLogs } from './logs-hunt.js';

export interface RunOptions {
  readonly events: Pick<EventOptions, 'since' | 'until' | 'period'>;
  readonly reading: GroupValues<typeof READING_FLAGS>;
  readonly table: TableOptions;
  readonly run: QueryRunOptions;
  /** Missing where a command checks nothing by digests. */
  readonly verify?: VerifyOptions | undefined;
}

export interface HuntRun {
  readonly options: RunOptions;
  readonly config: Config | undefined;
  readonly settings: HuntSettings;
  readonly notify?: Notify | undefined;
}

/** The report; undefined for a dry run, which is printed. Throws HuntErrors. */
export async function runOn(
  target: Target,
  { options, config: given, settings: asked, notify = () => undefined }: HuntRun,
  context: CommandContext,
): Promise<HuntResult | undefined> {
  const { reading, table, events, run } = options;
  const config = given && (reading.expect ? checkingDigests(given) : given);
  const s3 = awsSettings(table, config?.athena, context.environment);
  const workers = reading.jobs ?? availableParallelism();
  const verify = isVerifying(options.verify, config) ? options.verify : undefined;
  const demands = demandsOf(config, {
    isExpecting: reading.expect,
    isVerifying: verify !== undefined,
  });
  const settings: HuntSettings = { ...asked, demands };
  switch (target.kind) {
    case 'logs': {
      const { paths } = target;
      refuseQueryOptions(run);
      return huntLogs(
        {
          paths,
          prune: reading.prune,
          trustPaths: reading.trustPaths,
          prefilter: reading.prefilter,
          workers,
          s3,
          maxUnpacked: readOptionalSize(reading.maxUnpacked, '--max-unpacked'),
          verify: verify && verifyingOf({ options: verify, config, paths, s3, notify }),
        },
        settings,
        context,
      );
    }
    case 'athena':
    case 'trino': {
      refuseReadingOptions(reading);
      const paths = verify && [bucketOf(verify, config)];
      const { window } = settings.selection;
      const { late } = settings;
      const { stdin, threads, signal } = context;
      // Loaded only here: a hunt over logs starts sooner without it.
      const { huntTable } = await import('./table/table-hunt.js');
      const verifying =
        verify && paths && verifyingOf({ options: verify, config, paths, s3, notify });
      return huntTable(
        {
          target,
          settings,
          run,
          trustPaths: reading.trustPaths,
          windowWords: windowWords(events, config, context.now),
          price: writtenPrice(run.price, config),
          bucketChecks: paths &&
            verifying && {
              window: async () => {
                const { verifyAlone } = await import('../../hunt/verify.js');
                const { now } = context;
                return verifyAlone(
                  { paths, window, late, s3, workers, stdin, threads, now, signal },
                  verifying,
                );
              },
              lateFiles: async (sources) => {
                const { checkLateFiles } = await import('../../hunt/late-files.js');
                const read = { paths, s3, workers, stdin, threads, signal };
                return (await checkLateFiles(sources, read, verifying)).files;
              },
            },
        },
        context,
      );
    }
    default:
      return target satisfies never;
  }
}

/** The window as the user wrote it. The last day is another one tomorrow, and then a hunt is not resumed. */
function windowWords(
  { since, until, period: named }: RunOptions['events'],
  config: Config | undefined,
  now: number,
): readonly string[] {
  const period = givenPeriod(named, now);
  if (period !== undefined) return [period.name];
  return [since ?? config?.since, until ?? config?.until].map(String);
}

/** `--dry-run` and `--resume` are errors in a hunt over logs: it has no queries to print or to continue. */
function refuseQueryOptions({ dryRun, resume }: QueryRunOptions): void {
  const given = { '--dry-run': dryRun, '--resume': resume === true };
  refuse(given, 'for a table: give --athena or --trino, not logs');
}

/** The engine of a table reads the logs itself, and only partitions of the window. */
function refuseReadingOptions(reading: RunOptions['reading']): void {
  const given = {
    '--jobs': reading.jobs !== undefined,
    '--no-prune': !reading.prune,
    '--no-prefilter': !reading.prefilter,
    '--max-unpacked': reading.maxUnpacked !== undefined,
  };
  refuse(given, 'for logs, and without meaning for a table in Athena or Trino');
}

/** Throws a HuntError that names all options that are given and should not be. */
function refuse(given: Readonly<Record<string, boolean>>, purpose: string): void {
  const names = Object.keys(given).filter((name) => given[name]);
  if (names.length === 0) return;
  const verb = names.length === 1 ? 'is' : 'are';
  throw new HuntError('USAGE', `${names.join(', ')} ${verb} ${purpose}`);
}
