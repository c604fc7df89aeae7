/** `hunt init [PATH…]`: proposes a configuration from logs: accounts, and whose changes are not by hand. */
import { HuntError } from '../../errors.js';
import { initPlan, proposalsOf, type InitPlan } from '../../hunt/init/plan.js';
import { initRules } from '../../hunt/init/facts/rules.js';
import type { Report } from '../../report/report.js';
import { counted } from '../../text/counted.js';
import { inShell } from '../../text/in-shell.js';
import { safeLine, safeLines } from '../../text/safe-text.js';
import { concerns, reasonsForThree } from '../reports/concerns.js';
import { defineCommand } from '../command.js';
import type { CommandContext } from '../context.js';
import { EXIT } from '../exit-code.js';
import { exitCodeOf } from '../reports/report-exit-code.js';
import type { HuntSettings } from '../hunts/hunt-settings.js';
import { runOn } from '../hunts/run-on.js';
import { checked, checkLines, worthALook } from '../init/check-screen.js';
import { configText } from '../init/config-text.js';
import { checkNew, refuseAmong, writeNew } from '../init/new-file.js';
import { initLines } from '../init/screen.js';
import { accessFlags, whereLines } from '../init/where.js';
import { notifier, type Notify } from '../notify.js';
import {
  countFlag,
  listArgument,
  switchFlag,
  textFlag,
  withDefault,
} from '../options/flags/flag.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { READING_FLAGS, REPORT_FLAGS } from '../options/flags/hunt-flags.js';
import { EVENT_FLAGS } from '../options/flags/rule-flags.js';
import { QUERY_RUN_FLAGS, TABLE_FLAGS } from '../options/flags/table-flags.js';
import { configForHunt, configUsed } from '../options/hunt-yml/config.js';
import { ownSelection } from '../options/rules/own-selection.js';
import { lateOf } from '../options/time/late.js';
import { targetOf } from '../options/target/target.js';
import { printPieces } from '../terminal/print.js';

const { since, until, period, account, region } = EVENT_FLAGS.flags;
const { maxScan, parallel, price, dryRun, resume } = QUERY_RUN_FLAGS.flags;
const { quiet, progress, allowEmpty } = REPORT_FLAGS.flags;

const DEFAULT_FILE = 'hunt.yml';
const DEFAULT_DAYS = 7;
const MOST_DAYS = 366;

export const initCommand = defineCommand({
  name: 'init',
  description:
    'propose a hunt.yml from logs: accounts with changes, and which changes are not by hand; what is not safe becomes a question in the file',
  arguments: {
    paths: listArgument('[path...]', 'the logs, as for hunt (default: those of hunt.yml)'),
  },
  options: {
    init: {
      heading: 'Configuration:',
      flags: {
        minDays: withDefault(
          countFlag(
            '--min-days <n>',
            'propose to allow only what was seen on so many days, and for so long',
            MOST_DAYS,
          ),
          DEFAULT_DAYS,
        ),
        output: textFlag(
          '-o, --output <file>',
          'the file to write (default: hunt.yml); - prints it. A file that exists is never overwritten',
        ),
        check: switchFlag(
          '--check',
          'compare hunt.yml with the logs: allowances that match nothing, who is new, allowed roles that do more; exit with 1 if something deserves a look',
        ),
        stdout: switchFlag('--stdout', 'print the configuration, and write no file'),
      },
    },
    report: { heading: REPORT_FLAGS.heading, flags: { quiet, progress, allowEmpty } },
    events: { heading: EVENT_FLAGS.heading, flags: { since, until, period, account, region } },
    reading: READING_FLAGS,
    table: TABLE_FLAGS,
    run: { heading: QUERY_RUN_FLAGS.heading, flags: { maxScan, parallel, price, dryRun, resume } },
    general: CONFIG_FLAGS,
  },
  async run({ arguments: { paths }, options }, context) {
    const { init, events, reading, general, report: reporting } = options;
    const { environment, now, stdout, stderr } = context;
    const isPrinted = init.check || init.stdout || init.output === '-';
    const file = isPrinted ? undefined : (init.output ?? DEFAULT_FILE);
    if (file !== undefined) await checkNew(file);
    const { config, warnings } = configForHunt(general.config, paths);
    if (init.check && config === undefined) throw new HuntError('USAGE', NO_CONFIG);
    const target = targetOf({ paths, options: options.table, config, environment });
    const logs = target.kind === 'logs' ? target.paths : [];
    if (target.kind === 'logs' && logs.length === 0) throw new HuntError('USAGE', NO_LOGS);
    if (file !== undefined) refuseAmong(file, logs);
    const selection = ownSelection(initRules(), { events, config, now });
    const settings: HuntSettings = {
      selection,
      calls: false,
      late: lateOf(reading.late, config),
      config: configUsed(config),
      warnings,
      showsProgress: reporting.progress && !reporting.quiet,
    };
    const result = await runOn(target, { options, config, settings }, context);
    // A dry run has no report.
    if (result === undefined) return EXIT.complete;
    // The rules are hunt's own: what is to be said about them says nothing about the logs.
    const report: Report = { ...result.report, sections: [] };
    const notify = notifier(context, reporting.quiet);
    if (init.check && config !== undefined) {
      const comparison = checked(result.report, config, now);
      await printPieces(linesOf(checkLines(comparison, config.path)), context);
      result.onWritten();
      const code = tellCode(report, reporting.allowEmpty, { notify, stderr });
      return code === EXIT.complete && worthALook(comparison) > 0 ? EXIT.findings : code;
    }
    const names = config?.accounts ?? new Map<string, string>();
    const plan = initPlan(result.report, init.minDays);
    const shown = linesOf(initLines(plan, names));
    const written = file ?? DEFAULT_FILE;
    const isWhole = reasonsForThree(report, reporting.allowEmpty).length === 0;
    const text = configText({
      plan,
      where: whereLines(target, written),
      names,
      limits: selection.given.map(({ option, values }) => `${option} ${values.join(',')}`),
      isWhole,
    });
    if (file === undefined) {
      for (const line of shown) notify(line.trimEnd());
      await printPieces([text], context);
    } else {
      const isEmpty = plan.tallied.changes.count === 0;
      // First: whoever reads what is printed may stop before its end.
      if (!isEmpty) await writeNew(file, text, context.signal);
      await printPieces(shown, { stdout, signal: context.signal });
      notify(
        isEmpty
          ? 'hunt: no change in these logs: nothing to propose, and no file written'
          : writtenText(file, plan, accessFlags(target, options.table)),
      );
    }
    result.onWritten();
    return tellCode(report, reporting.allowEmpty, { notify, stderr });
  },
});

/** Names in the lines come from logs. */
function* linesOf(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${safeLine(line)}\n`;
}

/** What was written, and what to do next. */
function writtenText(file: string, { decisions }: InitPlan, flags: readonly string[]): string {
  const active = proposalsOf(decisions.values(), 'allow').length;
  const asked = proposalsOf(decisions.values(), 'ask').length;
  const counts = `${counted(active, 'entry', 'entries')} of allow, ${counted(asked, 'question')}`;
  const next = asked === 0 ? 'Read it' : 'Read it, answer the questions';
  const config = file === DEFAULT_FILE ? [] : [`--config ${inShell(file)}`];
  const command = safeLine(['hunt', ...config, ...flags].join(' '));
  return `hunt: wrote ${safeLine(file)}: ${counts}. ${next}, then: ${command}`;
}

interface Telling extends Pick<CommandContext, 'stderr'> {
  readonly notify: Notify;
}

/** Says what is wrong with the logs, and gives the exit code. */
function tellCode(report: Report, allowsEmpty: boolean, { notify, stderr }: Telling): number {
  for (const line of concerns(report, allowsEmpty)) notify(line);
  for (const line of reasonsForThree(report, allowsEmpty)) stderr.write(`${safeLines(line)}\n`);
  return exitCodeOf(report, { failOnFindings: false, allowEmpty: allowsEmpty });
}

const NO_CONFIG = `there is no hunt.yml to check

  hunt init ./logs                        propose one
  hunt init --check --config FILE ./logs  check another file
`;

const NO_LOGS = `no logs are named: hunt init ./logs, or --athena or --trino with a table
`;
