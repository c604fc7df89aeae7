/** What every command that hunts does before its hunt: it settles what is read and written. */
import { dayName } from '../../cloudtrail/time/day-span.js';
import type { Warning } from '../../report/report.js';
import { HuntError } from '../../errors.js';
import type { CommandContext } from '../context.js';
import { notifier, type Notify } from '../notify.js';
import { configForHunt, type Config } from '../options/hunt-yml/config.js';
import { givenPeriod } from '../options/time/given-window.js';
import type { EventOptions } from '../options/flags/rule-flags.js';
import type { PlaceholderValues } from '../options/report/output-names.js';
import type { GroupValues } from '../options/flags/flag.js';
import type { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import type { REPORT_FLAGS } from '../options/flags/hunt-flags.js';
import type { TableOptions } from '../options/flags/table-flags.js';
import { targetOf, type Target } from '../options/target/target.js';
import { pathsWithVerify } from '../options/digests/verifying.js';
import type { VerifyOptions } from '../options/flags/verify-flags.js';
import { readTemplate } from '../options/report/template.js';
import { planOutputs, refuseEvidence, type Outputs } from '../reports/outputs.js';

export interface PreparationRequest {
  /** Of the command line. */
  readonly paths: readonly string[];
  readonly options: {
    readonly report: GroupValues<typeof REPORT_FLAGS>;
    readonly table: TableOptions;
    readonly general: GroupValues<typeof CONFIG_FLAGS>;
    readonly events: Pick<EventOptions, 'period'>;
    readonly verify?: VerifyOptions | undefined;
  };
  /** The error where neither the command line nor the configuration says what to hunt. */
  readonly nothingToHunt: string;
}

export interface Preparation {
  readonly config: Config | undefined;
  /** Warnings that are known before the hunt starts. */
  readonly warnings: readonly Warning[];
  readonly target: Target;
  readonly outputs: Outputs;
  readonly notify: Notify;
}

/** Throws a HuntError where nothing is to be hunted, or where a report could not be written. */
export async function prepareHunt(
  { paths, options, nothingToHunt }: PreparationRequest,
  { stderr, environment, now }: Pick<CommandContext, 'stderr' | 'environment' | 'now'>,
): Promise<Preparation> {
  const notify = notifier({ stderr }, options.report.quiet);
  const verify = options.verify?.verify;
  const given = typeof verify === 'string' ? [...paths, verify] : paths;
  const { config, warnings } = configForHunt(options.general.config, given);
  if (config !== undefined && !config.isNamed) notify(`hunt: using ${config.path}`);
  const target = targetOf({
    paths: pathsWithVerify(paths, { verify, table: options.table }, config),
    options: options.table,
    config,
    environment,
  });
  const logs = target.kind === 'logs' ? target.paths : [];
  if (target.kind === 'logs' && logs.length === 0) throw new HuntError('USAGE', nothingToHunt);
  const { format, output, force } = options.report;
  const template = await readTemplate(options.report.template);
  const outputs = planOutputs(
    { format, template, output, force },
    config,
    placeholderValues(options.events, now),
  );
  refuseEvidence(outputs, logs);
  return { config, warnings, target, outputs, notify };
}

/** What the placeholders in names of files stand for. */
export function placeholderValues(
  { period }: Pick<EventOptions, 'period'>,
  now: number,
): PlaceholderValues {
  return {
    period: givenPeriod(period, now)?.name ?? { missing: 'needs --period, such as --period day' },
    date: dayName(now),
    report: { missing: 'is for the reports of hunt.yml, which hunt report NAME makes' },
  };
}
