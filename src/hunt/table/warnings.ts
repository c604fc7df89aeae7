/** What a reader must know of a hunt elsewhere before trusting a number. */
import { HOUR } from '../../cloudtrail/window.js';
import { sliceName } from '../../table/partitions/slice.js';
import type { Warning } from '../../report/report.js';
import { given, recordWarnings, warn } from '../assemble/warnings.js';
import type { CountedLogs } from '../../answer/record-counts.js';
import type { TablePlan } from './plan/plan.js';

/** Warnings about the logs as a whole. `uncertain` events may be counted twice. */
export function tableWarnings(
  { query, layout, notes, whole }: TablePlan,
  logs: CountedLogs,
  uncertain: number,
  now: number,
): readonly Warning[] {
  const { since, until } = query.window;
  const bounded = layout.days !== undefined && (since !== undefined || until !== undefined);
  return [
    ...recordWarnings(logs, query.window),
    ...notes.map((note) => warn('PARTITIONS_NOT_UNDERSTOOD', note)),
    ...given(
      bounded &&
        warn(
          'LATE_DELIVERY',
          `only partitions of ${sliceName(whole)} were read; CloudTrail may deliver an event again up to 30 days later: --late 30d looks there too`,
        ),
      until !== undefined &&
        until > now - HOUR &&
        warn(
          'WINDOW_STILL_FILLING',
          'events of the last hour may still be on their way: a schedule should look back over more than its own interval',
        ),
      uncertain > 0 &&
        warn(
          'REPEATS_UNCERTAIN',
          `up to ${uncertain} events of the funnel may be counted twice: they came days after they happened, and there were too many others to compare. The findings are exact.`,
        ),
    ),
  ];
}
