/** `hunt [PATH…]`: a hunt over logs, or over a table in Athena or Trino. */
import { availableParallelism } from 'node:os';
import { HuntError } from '../../errors.js';
import type { Warning } from '../../report/report.js';
import { orderedReport } from '../../findings/ordered.js';
import { DEFAULT_RULE } from '../../rule/catalog/built-in.js';
import { defineCommand } from '../command.js';
import type { CommandContext } from '../context.js';
import { EXIT, exitCodeOf } from '../exit-code.js';
import type { HuntResult, HuntSettings } from '../hunts/hunt-settings.js';
import { huntLogs } from '../hunts/logs-hunt.js';
import { awsSettings } from '../options/aws-settings.js';
import { configForHunt, type Config } from '../options/config.js';
import { listArgument, type OptionValues } from '../options/flags/flag.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { READING_FLAGS, REPORT_FLAGS } from '../options/flags/hunt-flags.js';
import { EVENT_FLAGS, RULE_FLAGS } from '../options/flags/rule-flags.js';
import { lateOf } from '../options/late.js';
import { select } from '../options/selection.js';
import { readOptionalSize } from '../options/size.js';
import { QUERY_RUN_FLAGS, TABLE_FLAGS } from '../options/flags/table-flags.js';
import { targetOf, type Target } from '../options/target.js';
import { writtenPrice } from '../options/written.js';
import { refusalText, refusedText } from '../refusals.js';
import { deliver, planOutputs, refuseEvidence } from '../outputs.js';

const FLAGS = {
  rules: RULE_FLAGS,
  events: EVENT_FLAGS,
  report: REPORT_FLAGS,
  reading: READING_FLAGS,
  table: TABLE_FLAGS,
  run: QUERY_RUN_FLAGS,
  general: CONFIG_FLAGS,
};

type HuntOptions = OptionValues<typeof FLAGS>;

export const huntCommand = defineCommand({
  name: 'hunt',
  description: 'Who changed this by hand, and when? Hunts CloudTrail history with detection rules.',
  arguments: {
    paths: listArgument(
      '[path...]',
      'folders or files of CloudTrail logs, s3://bucket/prefix, or - for standard input',
    ),
  },
  options: FLAGS,
  async run({ arguments: { paths }, options }, context) {
    const notify = (line: string): void => {
      if (!options.report.quiet) context.stderr.write(`${line}\n`);
    };
    const { config, warnings } = configForHunt(options.general.config, paths);
    if (config !== undefined && !config.isNamed) notify(`hunt: using ${config.path}`);
    const { environment } = context;
    const target = targetOf({ paths, options: options.table, config, environment });
    const logs = target.kind === 'logs' ? target.paths : [];
    if (target.kind === 'logs' && logs.length === 0) throw new HuntError('USAGE', NOTHING_TO_HUNT);
    const outputs = planOutputs(options.report, config);
    refuseEvidence(outputs, logs);
    const settings = await settingsOf({ options, config, warnings }, context.now);
    const { refused } = settings.selection.ruleFiles;
    if (refused.length > 0) notify(`hunt: ${refusedText(refused.length)}:`);
    for (const line of refusalText(refused)) notify(line);
    const result = await runOn(target, { options, config, settings }, context);
    // A dry run has no report.
    if (result === undefined) return EXIT.complete;
    const { failOnFindings, allowEmpty } = options.report;
    const report = orderedReport(result.report, options.report.sort);
    await deliver({ report, outputs, notify, allowEmpty, context });
    result.onDelivered();
    return exitCodeOf(report, { failOnFindings, allowEmpty });
  },
});

const NOTHING_TO_HUNT = `nothing to hunt: name a folder or a file of CloudTrail logs, or - for standard input

  hunt ./logs                    hunt a folder of logs with the rule ${DEFAULT_RULE}
  hunt ./logs --since 30d        only the last thirty days
  hunt --help                    all options

Or say in hunt.yml what "hunt" without a path does:

  paths: [./logs]
  parameters:
    PROD_ACCOUNT_IDS: ["123456789012"]
`;

/** The settings of the command line, completed by those of the configuration. */
interface Inputs {
  readonly options: HuntOptions;
  readonly config: Config | undefined;
  readonly warnings: readonly Warning[];
}

async function settingsOf(
  { options, config, warnings }: Inputs,
  now: number,
): Promise<HuntSettings> {
  return {
    selection: await select({ rules: options.rules, events: options.events, config, now }),
    late: lateOf(options.reading.late, config),
    config: config ? { path: config.path, sha256: config.sha256 } : null,
    warnings,
    showsProgress: options.report.progress && !options.report.quiet,
  };
}

interface Run extends Pick<Inputs, 'options' | 'config'> {
  readonly settings: HuntSettings;
}

/** `--dry-run` and `--resume` are errors in a hunt over logs: it has no queries to print or to continue. */
function refuseQueryOptions({ dryRun, resume }: HuntOptions['run']): void {
  const given = { '--dry-run': dryRun, '--resume': resume };
  refuse(given, 'for a table: give --athena or --trino, not logs');
}

/** The engine of a table reads the logs itself, and only partitions of the window. */
function refuseReadingOptions(reading: HuntOptions['reading']): void {
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

async function runOn(
  target: Target,
  { options, config, settings }: Run,
  context: CommandContext,
): Promise<HuntResult | undefined> {
  const { reading, table, events, run } = options;
  switch (target.kind) {
    case 'logs':
      refuseQueryOptions(run);
      return huntLogs(
        {
          paths: target.paths,
          prune: reading.prune,
          trustPaths: reading.trustPaths,
          prefilter: reading.prefilter,
          workers: reading.jobs ?? availableParallelism(),
          s3: awsSettings(table, config?.athena, context.environment),
          maxUnpacked: readOptionalSize(reading.maxUnpacked, '--max-unpacked'),
        },
        settings,
        context,
      );
    case 'athena':
    case 'trino': {
      refuseReadingOptions(reading);
      // Loaded only here: a hunt over logs starts sooner without it.
      const { huntTable } = await import('../hunts/table-hunt.js');
      return huntTable(
        {
          target,
          settings,
          run,
          trustPaths: reading.trustPaths,
          since: events.since ?? config?.since,
          until: events.until ?? config?.until,
          price: writtenPrice(run.price, config),
        },
        context,
      );
    }
    default:
      return target satisfies never;
  }
}
