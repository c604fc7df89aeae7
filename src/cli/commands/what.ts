/** `hunt what RESOURCE [PATH…]`: everything that happened to one resource, and how it stands at the end of the logs. */
import { listed } from '../../change/sentence.js';
import { followIds } from '../../hunt/what/follow.js';
import { bind } from '../../rule/bind.js';
import { whatRule } from '../../rule/catalog/built-in.js';
import { resourceCondition, type NamedResource } from '../../rule/resource/named-resource.js';
import { safeLine } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import { noLogsText } from '../errors/no-logs.js';
import { EXIT } from '../exit-code.js';
import type { HuntSettings } from '../hunts/hunt-settings.js';
import { prepareHunt } from '../hunts/prepare-hunt.js';
import { runOn } from '../hunts/run-on.js';
import { listArgument, requiredArgument } from '../options/flags/flag.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { READING_FLAGS, REPORT_FLAGS } from '../options/flags/hunt-flags.js';
import { EVENT_FLAGS } from '../options/flags/rule-flags.js';
import { QUERY_RUN_FLAGS, TABLE_FLAGS } from '../options/flags/table-flags.js';
import { configUsed } from '../options/hunt-yml/config.js';
import { ownSelection } from '../options/rules/own-selection.js';
import { lateOf } from '../options/time/late.js';
import { whatAndLogs } from '../options/arguments/what-and-logs.js';

const { since, until, period, account, region } = EVENT_FLAGS.flags;

export const whatCommand = defineCommand({
  name: 'what',
  description:
    'everything that happened to one resource, by rule or not: made, changed, opened, closed, deleted, refused; and how it stands at the end of the logs',
  arguments: {
    resource: requiredArgument('<resource>', 'an ID, a name or an ARN'),
    logs: listArgument('[path...]', 'the logs, as for hunt (default: those of hunt.yml)'),
  },
  options: {
    events: { heading: EVENT_FLAGS.heading, flags: { since, until, period, account, region } },
    report: REPORT_FLAGS,
    reading: READING_FLAGS,
    table: TABLE_FLAGS,
    run: QUERY_RUN_FLAGS,
    general: CONFIG_FLAGS,
  },
  async run({ arguments: { resource: named, logs }, options }, context) {
    const { resource, paths } = whatAndLogs([named, ...logs]);
    const preparation = await prepareHunt({ paths, options, nothingToHunt: NO_LOGS }, context);
    const { config, warnings, target, notify } = preparation;
    const { events, report, reading } = options;
    const own = ownSelection([bind(whatRule(), new Map())], { events, config, now: context.now });
    const settingsFor = (asked: NamedResource): HuntSettings => ({
      selection: { ...own, filters: [resourceCondition(asked), ...own.filters] },
      // Reads are in summary.
      calls: true,
      late: lateOf(reading.late, config),
      config: configUsed(config),
      warnings,
      showsProgress: report.progress && !report.quiet,
      subject: { kind: 'what', text: resource.text },
    });
    const result = await followIds({
      resource,
      // Athena would send a second bill, and standard input can be read only once.
      mayFollow: target.kind === 'trino' || (target.kind === 'logs' && !target.paths.includes('-')),
      hunt: (asked) => runOn(target, { options, config, settings: settingsFor(asked) }, context),
      onFollow: (ids) =>
        notify(safeLine(`hunt: reading again for calls that name only ${listed(ids, ', ', 3)}`)),
    });
    // A dry run has no report.
    if (result === undefined) return EXIT.complete;
    const { finishHunt } = await import('../hunts/finish-hunt.js');
    const code = await finishHunt(result.report, { options, preparation }, context);
    result.onWritten();
    return code;
  },
});

const NO_LOGS = noLogsText('hunt what sg-0a1b2c3d ./logs, or --athena or --trino with a table');
