/** Warnings about the hunt of a table: why its numbers may be incomplete. */
import { COLUMNS } from '../../cloudtrail/field/columns.js';
import { HOUR } from '../../cloudtrail/time/window.js';
import type { Warning } from '../../report/report.js';
import { applicable, recordWarnings } from '../assemble/warnings/warnings.js';
import { warn } from '../../report/warn.js';
import type { CountedLogs } from '../../answer/record-counts.js';
import { NO_ROWS_HINT } from './coverage/empty-days.js';
import type { TablePlan } from './plan/plan.js';
import { firstFew } from '../../text/first-few.js';

interface TableFacts {
  readonly plan: TablePlan;
  readonly logs: CountedLogs;
  /** How many events may be counted twice. */
  readonly uncertain: number;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const MOST_NAMED = 20;

/** Warnings about the logs as a whole, and not about a rule. */
export function tableWarnings({ plan, logs, uncertain, now }: TableFacts): readonly Warning[] {
  const { query, notes } = plan;
  const { until } = query.window;
  return [
    ...recordWarnings(logs, noRecords(logs)),
    ...notes.map((note) => warn('PARTITIONS_NOT_UNDERSTOOD', note)),
    ...applicable(
      logs.odd.count > 0 && warn('FIELDS_UNREADABLE', oddText(plan, logs.odd)),
      logs.records === 0 && namedAccounts(plan),
      until !== undefined &&
        until > now - HOUR &&
        warn(
          'WINDOW_STILL_FILLING',
          'files with events of the last hour may not have arrived yet: a scheduled hunt should cover more time than its interval',
        ),
      uncertain > 0 &&
        warn(
          'REPEATS_UNCERTAIN',
          `up to ${uncertain} events of the funnel may be counted twice: they arrived days after they happened, and there were too many other events to compare them with. The findings are exact.`,
        ),
    ),
  ];
}

function noRecords({ notEvents, unreadable }: CountedLogs): Warning {
  const rows = [
    ...notEvents.map(({ reason, count }) => `${count} ${reason}`),
    ...(unreadable > 0 ? [`${unreadable} of which nothing can be read`] : []),
  ];
  const gave =
    rows.length === 0
      ? `no row where the hunt looked. ${NO_ROWS_HINT}`
      : `only other rows (${rows.join(', ')})`;
  return warn('NO_RECORDS', `no CloudTrail record was read: the table gave ${gave}`);
}

/** An injected key gives no rows for other accounts, so the accounts of a rule may be the reason that there are none. */
function namedAccounts({ layout: { account }, whole: { accounts } }: TablePlan): Warning | false {
  if (account?.values.kind !== 'injected' || accounts === undefined) return false;
  return warn(
    'NO_RECORDS',
    `partition key "${account.column}" is injected, so only the accounts ${firstFew(accounts, MOST_NAMED)} could be read; ` +
      'if others are yours, name them: in the parameters of the rule (--set), or with --account',
  );
}

function oddText({ relation }: TablePlan, { count, example }: CountedLogs['odd']): string {
  const names = COLUMNS.filter(({ column }) => relation.odd.some(({ name }) => name === column));
  const events = count === 1 ? 'event' : 'events';
  const file = example === undefined ? '' : `, one of them in ${example}`;
  return (
    `${count} ${events} that a rule may match with ${names.map(({ name }) => name).join(' or ')} ` +
    `in no form that hunt can read: a test of the field may miss them${file}`
  );
}
