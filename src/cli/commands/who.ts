/** `hunt who TEXT… [PATH…]`: everything that somebody did, by name, key or address, and with the keys that they issued. */
import { isNobody, nobodyWarning } from '../../hunt/who/near-names.js';
import { whoPlan } from '../../hunt/who/plan.js';
import { followKeys } from '../../hunt/who/rounds.js';
import type { Report, Warning } from '../../report/report.js';
import { counted } from '../../text/counted.js';
import { defineCommand } from '../command.js';
import { noLogsText } from '../errors/no-logs.js';
import { EXIT } from '../exit-code.js';
import { prepareHunt } from '../hunts/prepare-hunt.js';
import { listArgument, negatedFlag, requiredArgument, switchFlag } from '../options/flags/flag.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { READING_FLAGS, REPORT_FLAGS } from '../options/flags/hunt-flags.js';
import { EVENT_FLAGS } from '../options/flags/rule-flags.js';
import { QUERY_RUN_FLAGS, TABLE_FLAGS } from '../options/flags/table-flags.js';
import { ownSelection } from '../options/rules/own-selection.js';
import type { Target } from '../options/target/target.js';
import { whoAndLogs } from '../options/arguments/who-and-logs.js';
import { whoHunts } from '../who/hunts.js';

const { since, until, period, account, region } = EVENT_FLAGS.flags;
const { maxScan, parallel, price, dryRun } = QUERY_RUN_FLAGS.flags;

export const whoCommand = defineCommand({
  name: 'who',
  description:
    'everything that somebody did: a name or a part of one, an access key, an address or a network; and what was done with the keys that they issued and the roles that they assumed',
  arguments: {
    whom: requiredArgument(
      '<whom>',
      'a name of a user, role, session or person, or a part of one; an access key; an address or a network',
    ),
    others: listArgument(
      '[whom|path...]',
      'more of them, each of which is looked for; then the logs, as for hunt (default: those of hunt.yml)',
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
  async run({ arguments: { whom, others }, options }, context) {
    const { indicators, paths, warnings } = whoAndLogs([whom, ...others]);
    const prepared = await prepareHunt({ paths, options, nothingToHunt: NO_LOGS }, context);
    const preparation = { ...prepared, warnings: [...prepared.warnings, ...warnings] };
    const { config, target, notify } = preparation;
    // The report says it at the end of a hunt that may be long.
    for (const { message } of warnings) notify(`hunt: ${message}`);
    const own = ownSelection([], { events: options.events, config, now: context.now });
    const plan = whoPlan({
      source: sourceOf(target),
      window: own.window,
      isFiltered: own.filters.length > 0,
      isFollowing: options.who.isFollowing,
    });
    const hunts = whoHunts({ indicators, options, preparation, own }, context);
    const result = await followKeys({
      indicators,
      plan,
      hunt: hunts.about,
      lookBack: plan.looksBack ? hunts.lookBack : undefined,
      onRound: (keys, round) => notify(roundText(keys, round)),
    });
    // A dry run has no report.
    if (result === undefined) return EXIT.complete;
    const everybody =
      plan.mayAskForAll && isNobody(result.report) ? await hunts.everybody() : undefined;
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

function sourceOf(target: Target): 'files' | 'standard input' | 'table' {
  if (target.kind !== 'logs') return 'table';
  return target.paths.includes('-') ? 'standard input' : 'files';
}

function roundText(keys: number, round: number): string {
  return keys === 0
    ? `hunt: reading the logs again for the other calls of instances (reading ${round})`
    : `hunt: ${counted(keys, 'key or session', 'keys and sessions')} to follow; reading the logs again for what was done with ${keys === 1 ? 'it' : 'them'} (reading ${round})`;
}

function withWarning(report: Report, warning: Warning): Report {
  return { ...report, warnings: [...report.warnings, warning] };
}

const NO_LOGS = noLogsText('hunt who ann ./logs, or --athena or --trino with a table');
