/** `hunt report [NAME]`: makes a report of `hunt.yml` for each period that is over and not yet reported. */
import { minuteText } from '../../cloudtrail/time/time.js';
import { periodAt } from '../../cloudtrail/time/period.js';
import { HuntError } from '../../errors.js';
import { openHistory, type History } from '../../history/history.js';
import { lastRun } from '../../history/last-run.js';
import { defineCommand } from '../command.js';
import type { CommandContext } from '../context.js';
import { EXIT } from '../exit-code.js';
import { manifestPlanOf, type ManifestPlan } from '../hunts/manifest/plan.js';
import { notifier } from '../notify.js';
import { awsSettings } from '../options/target/aws-settings.js';
import { readConfig, type Config } from '../options/hunt-yml/config.js';
import { scheduledRecipients } from '../notices/recipients.js';
import { sendDueNotices } from '../schedule/due-notices.js';
import { optionalArgument, textFlag, type OptionValues } from '../options/flags/flag.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import {
  MANIFEST_FLAGS,
  READING_FLAGS,
  REPORT_FLAGS,
  TELL_FLAGS,
} from '../options/flags/hunt-flags.js';
import { VERIFY_AS_CONFIGURED } from '../options/flags/verify-flags.js';
import { QUERY_RUN_FLAGS, TABLE_FLAGS } from '../options/flags/table-flags.js';
import { reportNamed, type ScheduledReport } from '../options/hunt-yml/reports.js';
import { targetOf, type Target } from '../options/target/target.js';
import { duePeriods, nextDue, readFirst, readNow } from '../schedule/due-periods.js';
import { periodsText, reportList } from '../schedule/list.js';
import { worseCode } from '../schedule/run-code.js';
import { runPeriod } from '../schedule/run.js';
import type { Schedule } from '../schedule/schedule.js';

const { format, sort, force, allowEmpty, quiet, progress } = REPORT_FLAGS.flags;
const { sign } = MANIFEST_FLAGS.flags;
const { maxScan, parallel, price } = QUERY_RUN_FLAGS.flags;

const FLAGS = {
  schedule: {
    heading: 'Schedule:',
    flags: {
      first: textFlag(
        '--first <day>',
        'the first day of a new schedule: 2026-10-01 (default: the last period that is over)',
      ),
      now: textFlag(
        '--now <time>',
        'take this for the present time: 2026-10-09T02:00:00Z (for tests, and to make old reports)',
      ),
    },
  },
  report: {
    heading: REPORT_FLAGS.heading,
    flags: { format, sort, force, allowEmpty, quiet, progress },
  },
  manifest: { heading: MANIFEST_FLAGS.heading, flags: { sign } },
  tell: TELL_FLAGS,
  reading: READING_FLAGS,
  table: TABLE_FLAGS,
  run: { heading: QUERY_RUN_FLAGS.heading, flags: { maxScan, parallel, price } },
  general: CONFIG_FLAGS,
};

type ReportOptions = OptionValues<typeof FLAGS>;

export const reportCommand = defineCommand({
  name: 'report',
  description:
    'make a report of hunt.yml for each day, week or month that is over and not yet reported; without a name, list the reports and what is due',
  arguments: {
    name: optionalArgument('[name]', 'a report of hunt.yml'),
  },
  options: FLAGS,
  async run({ arguments: { name }, options }, given) {
    const context = { ...given, now: readNow(options.schedule.now, given.now) };
    const config = configOf(options.general.config);
    if (name !== undefined)
      return runReport(reportNamed(name, config), { config, options }, context);
    if (config.reports.length === 0) reportNamed('', config);
    for (const line of reportList(
      config.reports.map((report) => entryOf(report, config)),
      context.now,
    ))
      context.stdout.write(`${line}\n`);
    return EXIT.complete;
  },
});

function configOf(named: string | undefined): Config {
  const config = readConfig(named);
  if (config !== undefined) return config;
  throw new HuntError(
    'USAGE',
    'hunt report needs a hunt.yml with reports, here or named by --config; see docs/schedules.md',
  );
}

function entryOf(report: ScheduledReport, config: Config) {
  try {
    return { report, last: lastRun(config.history.folder, report.name) };
  } catch (error) {
    if (error instanceof HuntError) return { report, last: error.message };
    throw error;
  }
}

interface Given {
  readonly config: Config;
  readonly options: ReportOptions;
}

/** Runs every period that is due, oldest first. Gives the worst exit code. A run that fails ends the others. */
async function runReport(
  report: ScheduledReport,
  { config, options }: Given,
  context: CommandContext,
): Promise<number> {
  const aws = awsSettings(options.table, config.athena, context.environment);
  const manifest = await manifestPlanOf(
    { manifest: true, sign: options.manifest.sign },
    aws,
    context,
  );
  const schedule = scheduleOf(
    report,
    { config, options, manifest: manifest ?? { key: undefined } },
    context,
  );
  const { notify } = schedule;
  const first = readFirst(options.schedule.first);
  const history = openHistory({
    ...config.history,
    report: report.name,
    version: context.version,
  });
  try {
    await sendDueNotices(history, schedule, context);
    sayFirst(history, first, schedule);
    const beginning = { until: history.until, first };
    const due = duePeriods(report.period, beginning, context.now);
    if (history.until !== undefined && history.until > context.now)
      // With --quiet too: else nothing would say for how long there are no reports.
      context.stderr.write(
        `hunt: ${report.name}: run ${history.runs} reported up to ${minuteText(history.until)}, and it is ${minuteText(context.now)} now: one of these clocks is wrong. Nothing is reported until then\n`,
      );
    else if (due.length === 0) {
      const next = minuteText(nextDue(report.period, beginning, context.now));
      notify(`hunt: ${report.name}: nothing is due before ${next}`);
    } else if (due.length > 1) notify(`hunt: ${report.name}: ${periodsText(due)} are due`);
    let code: number = EXIT.complete;
    for (const period of due) {
      if (context.signal.aborted) throw new HuntError('INTERRUPTED', 'interrupted');
      code = worseCode(code, await runPeriod(schedule, { history, period }, context));
    }
    return code;
  } finally {
    history.close();
  }
}

function scheduleOf(
  report: ScheduledReport,
  { config, options, manifest }: Given & { readonly manifest: ManifestPlan },
  context: CommandContext,
): Schedule {
  const { environment } = context;
  const { report: given, reading, table, run } = options;
  const notify = notifier(context, given.quiet);
  if (!config.isNamed) notify(`hunt: using ${config.path}`);
  return {
    report,
    config,
    target: repeatable(targetOf({ paths: [], options: table, config, environment }), config),
    options: {
      reading,
      table,
      run: { ...run, dryRun: false, resume: undefined },
      verify: VERIFY_AS_CONFIGURED,
    },
    writing: {
      format: given.format,
      sort: given.sort,
      force: given.force,
      allowEmpty: given.allowEmpty,
      showsProgress: given.progress && !given.quiet,
    },
    manifest,
    recipients: scheduledRecipients(options.tell, config, context),
    hasNow: options.schedule.now !== undefined,
    notify,
  };
}

/** Logs that can be read again in each run. */
function repeatable(target: Target, { path }: Config): Target {
  if (target.kind !== 'logs') return target;
  if (target.paths.includes('-'))
    throw new HuntError(
      'USAGE',
      `${path}: a scheduled report cannot read standard input: name files, folders, a bucket or a table`,
    );
  if (target.paths.length === 0)
    throw new HuntError(
      'USAGE',
      `${path} does not say where the logs are: add paths: [./logs], or a table`,
    );
  return target;
}

/** `--first` may stay in a cron line. It is worth a word only where it asks for another beginning than there was. */
function sayFirst(
  history: History,
  first: number | undefined,
  { report, notify }: Pick<Schedule, 'report' | 'notify'>,
): void {
  if (first === undefined || history.first === undefined) return;
  const [asked, was] = [first, history.first].map(
    (instant) => periodAt(report.period, instant).name,
  );
  if (asked !== was)
    notify(
      `hunt: ${report.name}: --first ${asked} is for a new schedule, and this one began with ${was}`,
    );
}
