/** The hunt on whose findings proposals are tried too: over the logs or the table of the command line. */
import type { Report } from '../../report/report.js';
import type { CommandContext } from '../context.js';
import { runOn } from '../hunts/run-on.js';
import { configUsed, type Config } from '../options/hunt-yml/config.js';
import type { TuneOptions } from '../options/flags/tune-flags.js';
import { lateOf } from '../options/time/late.js';
import { select } from '../options/rules/selection.js';
import { targetOf } from '../options/target/target.js';
import { NO_LIMITS } from '../schedule/plan.js';

export interface OtherHunt {
  readonly report: Report;
  readonly place: string;
}

/** The hunt over the logs or the table of the command line; undefined where it names none. */
export async function huntOf(
  {
    report,
    logs,
    options,
    config,
  }: {
    readonly report: Report;
    readonly logs: readonly string[];
    readonly options: TuneOptions;
    readonly config: Config | undefined;
  },
  context: CommandContext,
): Promise<OtherHunt | undefined> {
  const { environment, now } = context;
  const { athena, trino } = options.table;
  if (logs.length === 0 && athena === undefined && trino === undefined) return undefined;
  const target = targetOf({ paths: logs, options: options.table, config, environment });
  const isChosen = options.rules.rule.length > 0 || options.rules.rules.length > 0;
  const ids = report.sections.map((section) => section.rule.id);
  const selection = await select({
    rules: { ...options.rules, rule: isChosen ? options.rules.rule : ids, exclusions: true },
    events: { ...NO_LIMITS, ...options.events },
    // All that is there, unless the command line says when.
    config: config && { ...config, since: undefined, until: undefined },
    now,
  });
  const settings = {
    selection,
    calls: false,
    late: lateOf(options.reading.late, config),
    config: configUsed(config),
    warnings: [],
    showsProgress: true,
  };
  const run = { ...options.run, dryRun: false, resume: undefined };
  const result = await runOn(target, { options: { ...options, run }, config, settings }, context);
  result?.onWritten();
  return (
    result && { report: result.report, place: logs.length > 0 ? logs.join(', ') : 'the table' }
  );
}
