/** What `hunt report` without a name prints: each report of `hunt.yml`, its last run, and what is due. */
import { minuteText } from '../../cloudtrail/time/time.js';
import type { Period } from '../../cloudtrail/time/period.js';
import type { LastRun } from '../../history/last-run.js';
import { safeLine } from '../../text/safe-text.js';
import { columnsOf } from '../terminal/columns.js';
import type { ScheduledReport } from '../options/hunt-yml/reports.js';
import { duePeriods, nextDue } from './due-periods.js';

interface Entry {
  readonly report: ScheduledReport;
  /** Undefined before the first run. A text says why it cannot be read. */
  readonly last: LastRun | undefined | string;
}

/** Lines of text in columns, with a heading. */
export function reportList(entries: readonly Entry[], now: number): readonly string[] {
  const rows = [
    ['REPORT', 'PERIOD', 'LAST RUN', 'DUE'],
    ...entries.map(({ report, last }) => [
      report.name,
      report.period,
      lastText(last),
      dueText(report, last, now),
    ]),
  ];
  return columnsOf(rows);
}

function lastText(last: Entry['last']): string {
  if (last === undefined) return 'none';
  return typeof last === 'string' ? 'unknown' : safeLine(`run ${last.number}, ${last.period}`);
}

function dueText({ period: kind }: ScheduledReport, last: Entry['last'], now: number): string {
  if (typeof last === 'string') return safeLine(last);
  const beginning = { until: last?.until, first: undefined };
  const due = duePeriods(kind, beginning, now);
  if (due.length === 0) return `nothing until ${minuteText(nextDue(kind, beginning, now))}`;
  const text = periodsText(due);
  return last === undefined ? `${text}, or those from --first on` : text;
}

/** `2026-10-08`; `3 days, 2026-10-06 to 2026-10-08`. */
export function periodsText(periods: readonly Period[]): string {
  const [first, last] = [periods[0], periods.at(-1)];
  if (first === undefined || last === undefined) return 'nothing';
  if (first === last) return first.name;
  return `${periods.length} ${first.kind}s, ${first.name} to ${last.name}`;
}
