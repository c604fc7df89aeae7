/** `hunt who TEXT… [PATH…]`: everything that somebody did, by name, key or address, and with the keys that they issued. */
import { CALLERS_RULE } from '../../hunt/who/callers.js';
import { before, widened, type LookBack } from '../../hunt/who/earlier.js';
import { isNobody, nobodyWarning } from '../../hunt/who/near-names.js';
import {
  questionAbout,
  questionAboutKeys,
  type Ask,
  type Question,
} from '../../hunt/who/question.js';
import { followKeys } from '../../hunt/who/rounds.js';
import type { Report, Warning } from '../../report/report.js';
import { bind } from '../../rule/bind.js';
import { whoRule } from '../../rule/catalog/built-in.js';
import { counted } from '../../text/counted.js';
import { defineCommand } from '../command.js';
import { noLogsText } from '../errors/no-logs.js';
import { EXIT } from '../exit-code.js';
import type { HuntSettings } from '../hunts/hunt-settings.js';
import { prepareHunt } from '../hunts/prepare-hunt.js';
import { runOn } from '../hunts/run-on.js';
import { listArgument, negatedFlag, switchFlag } from '../options/flags/flag.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { READING_FLAGS, REPORT_FLAGS } from '../options/flags/hunt-flags.js';
import { EVENT_FLAGS } from '../options/flags/rule-flags.js';
import { QUERY_RUN_FLAGS, TABLE_FLAGS } from '../options/flags/table-flags.js';
import { configUsed } from '../options/hunt-yml/config.js';
import { ownSelection } from '../options/rules/own-selection.js';
import { lateOf } from '../options/time/late.js';
import { readOptionalSize } from '../options/size.js';
import { whoAndLogs } from '../options/arguments/who-and-logs.js';

const { since, until, period, account, region } = EVENT_FLAGS.flags;
const { maxScan, parallel, price, dryRun } = QUERY_RUN_FLAGS.flags;

export const whoCommand = defineCommand({
  name: 'who',
  description:
    'everything that somebody did: a name or a part of one, an access key, an address or a network; and what was done with the keys that they issued and the roles that they assumed',
  arguments: {
    given: listArgument(
      '<text...|path...>',
      'whom: one or more names (of a user, role, session or person), keys or addresses; then the logs, as for hunt (default: those of hunt.yml)',
    ),
  },
  options: {
    who: {
      heading: 'Whom:',
      flags: {
        follow: switchFlag('--follow', 'follow the keys that they issued (this is the default)'),
        isFollowing: negatedFlag(
          '--no-follow',
          'do not follow the keys that they issued: roles that they assumed, sessions and users for whom they made keys',
        ),
      },
    },
    events: { heading: EVENT_FLAGS.heading, flags: { since, until, period, account, region } },
    report: REPORT_FLAGS,
    reading: READING_FLAGS,
    table: TABLE_FLAGS,
    run: { heading: QUERY_RUN_FLAGS.heading, flags: { maxScan, parallel, price, dryRun } },
    general: CONFIG_FLAGS,
  },
  async run({ arguments: { given }, options }, context) {
    const { indicators, paths } = whoAndLogs(given);
    const preparation = await prepareHunt({ paths, options, nothingToHunt: NO_LOGS }, context);
    const { config, warnings, target, notify } = preparation;
    const { events, report, reading } = options;
    const own = ownSelection([], { events, config, now: context.now });
    const settingsFor = (
      { rules, filters, counted: among }: Question,
      known: Ask['known'] = [],
    ): HuntSettings => ({
      selection: {
        ...own,
        rules: rules.map((rule) => bind(rule, new Map())),
        filters: [...filters, ...own.filters],
      },
      // Reads are in numbers only. The keys say whether one that was issued was used.
      calls: { among: [...among, ...own.filters] },
      // A table is asked for what they issued, and that says who is behind their sessions: each question costs.
      follow: options.who.isFollowing && { known },
      late: lateOf(reading.late, config),
      config: configUsed(config),
      warnings,
      showsProgress: report.progress && !report.quiet,
      subject: { kind: 'who', text: indicators.map(({ text }) => text).join(', ') },
    });
    const huntBy = (settings: HuntSettings, spent: number) => {
      // What all readings may scan together.
      const most = readOptionalSize(options.run.maxScan, '--max-scan');
      const left = most === undefined ? undefined : String(Math.max(1, most - spent));
      const run = { ...options.run, maxScan: left, resume: undefined };
      return runOn(target, { options: { ...options, run }, config, settings }, context);
    };
    const isTable = target.kind !== 'logs';
    const lookBack: LookBack = (followed, spent) => {
      const question = questionAboutKeys(indicators, followed);
      const { selection, ...settings } = settingsFor(question);
      notify(
        isTable
          ? 'hunt: asking for keys that were issued in the 36 hours before the window'
          : 'hunt: looking for keys that were issued before the window or elsewhere',
      );
      const wider = isTable
        ? { ...selection, window: before(own.window) }
        : { ...selection, window: widened(own.window), filters: question.filters, given: [] };
      return huntBy({ ...settings, selection: wider, calls: false, follow: false }, spent);
    };
    const main = whoRule();
    // Standard input can be read once, and asking a table again for a hint would cost money.
    const isReadAgain = target.kind === 'logs' && !target.paths.includes('-');
    const [isWindowed, isFiltered] = [own.window.since !== undefined, own.filters.length > 0];
    const isLimited = isWindowed || isFiltered;
    // A table is only asked for the time before: all else would cost as much as the hunt.
    const mayLookBack = isTable ? isWindowed : isReadAgain && isLimited;
    const looksBack = options.who.isFollowing && mayLookBack;
    const result = await followKeys({
      indicators,
      isFollowing: options.who.isFollowing,
      missed: missedBy({ isLimited, looksBack, looksElsewhere: !isTable || !isFiltered }),
      readOnce:
        target.kind === 'logs' && !isReadAgain
          ? 'standard input can be read only once. Save it as a file'
          : undefined,
      isDear: isTable,
      hunt: (ask, spent) =>
        huntBy(settingsFor(questionAbout(indicators, ask, main), ask.known), spent),
      lookBack: looksBack ? lookBack : undefined,
      onRound: (keys, round) =>
        notify(
          keys === 0
            ? `hunt: reading the logs again for what instances read (reading ${round})`
            : `hunt: ${counted(keys, 'key or session', 'keys and sessions')} to follow; reading the logs again for what was done with ${keys === 1 ? 'it' : 'them'} (reading ${round})`,
        ),
    });
    // A dry run has no report.
    if (result === undefined) return EXIT.complete;
    const everybody =
      isReadAgain && isNobody(result.report)
        ? await huntBy(settingsFor({ rules: [CALLERS_RULE], filters: [], counted: [] }), 0)
        : undefined;
    const complete =
      everybody === undefined
        ? result.report
        : withWarning(result.report, nobodyWarning(indicators, everybody.report));
    const { finishHunt } = await import('../hunts/finish-hunt.js');
    const code = await finishHunt(complete, { options, preparation }, context);
    result.onWritten();
    return code;
  },
});

function missedBy(
  how: Readonly<Record<'isLimited' | 'looksBack' | 'looksElsewhere', boolean>>,
): 'before or elsewhere' | 'elsewhere' | undefined {
  if (!how.looksBack) return how.isLimited ? 'before or elsewhere' : undefined;
  return how.looksElsewhere ? undefined : 'elsewhere';
}

function withWarning(report: Report, warning: Warning): Report {
  return { ...report, warnings: [...report.warnings, warning] };
}

const NO_LOGS = noLogsText('hunt who ann ./logs, or --athena or --trino with a table');
