/** `hunt init [PATH…]`: proposes a configuration from logs: accounts, and whose changes are not by hand. */
import { HuntError } from '../../errors.js';
import { initRules } from '../../hunt/init/facts/rules.js';
import { defineCommand } from '../command.js';
import { noLogsText } from '../errors/no-logs.js';
import { EXIT } from '../exit-code.js';
import type { HuntSettings } from '../hunts/hunt-settings.js';
import { runOn } from '../hunts/run-on.js';
import { checkConfig } from '../init/check.js';
import { checkNew, refuseAmong } from '../init/new-file.js';
import { proposeConfig } from '../init/propose.js';
import { notifier } from '../notify.js';
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
import { CONFIG_FILE, configForHunt, configUsed } from '../options/hunt-yml/config.js';
import { ownSelection } from '../options/rules/own-selection.js';
import { lateOf } from '../options/time/late.js';
import { targetOf } from '../options/target/target.js';

const { since, until, period, account, region } = EVENT_FLAGS.flags;
const { maxScan, parallel, price, dryRun, resume } = QUERY_RUN_FLAGS.flags;
const { quiet, progress, allowEmpty } = REPORT_FLAGS.flags;

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
    const { environment, now } = context;
    const isPrinted = init.check || init.stdout || init.output === '-';
    const file = isPrinted ? undefined : (init.output ?? CONFIG_FILE);
    if (file !== undefined) await checkNew(file);
    const { config, warnings } = configForHunt(general.config, paths);
    if (init.check && config === undefined) throw new HuntError('USAGE', NO_CONFIG);
    const target = targetOf({ paths, options: options.table, config, environment });
    const logs = target.kind === 'logs' ? target.paths : [];
    if (target.kind === 'logs' && logs.length === 0)
      throw new HuntError('USAGE', init.check ? noLogsText(CHECK_LOGS) : NO_LOGS);
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
    const found = {
      result,
      allowsEmpty: reporting.allowEmpty,
      notify: notifier(context, reporting.quiet),
    };
    if (init.check && config !== undefined) return checkConfig(found, config, context);
    return proposeConfig(
      found,
      {
        file,
        minDays: init.minDays,
        names: config?.accounts ?? new Map<string, string>(),
        target,
        table: options.table,
        selection,
      },
      context,
    );
  },
});

const NO_CONFIG = `there is no hunt.yml to check

  hunt init ./logs                        propose one
  hunt init --check --config FILE ./logs  check another file
`;

const CHECK_LOGS = 'hunt init --check ./logs, or --athena or --trino with a table';

/** Not to say in hunt.yml where the logs are: it is made here. */
const NO_LOGS = `no logs are named: hunt init ./logs, or --athena or --trino with a table
`;
