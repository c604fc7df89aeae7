/** Makes the next run of a daily report in a test, as `hunt report` does. */
import { periodAt } from '../../src/cloudtrail/time/period.js';
import { openHistory, type HistoryRequest } from '../../src/history/history.js';
import type { ScheduledRun } from '../../src/history/scheduled-run.js';
import type { Finding } from '../../src/report/finding.js';
import type { Report } from '../../src/report/report.js';

export interface NextDay<R> {
  readonly history: Pick<HistoryRequest, 'folder'> & Partial<HistoryRequest>;
  /** When the first period begins. */
  readonly first: number;
  readonly settings?: string;
  readonly hunt: (run: ScheduledRun) => Promise<R>;
}

/** What a run needs of a report. */
export type RunReport = Pick<Report, 'files' | 'run'> & { readonly findings: readonly Finding[] };

/** The report of the next day, and the run that made it. */
export async function nextDay<R extends RunReport>({
  history: request,
  first,
  settings = 'a',
  hunt,
}: NextDay<R>): Promise<R & { readonly done: ScheduledRun }> {
  const history = openHistory({
    report: 'daily',
    lookback: 31 * 86_400_000,
    version: '1.0.0',
    ...request,
  });
  try {
    const period = periodAt('day', history.until ?? first);
    const done = history.begin({ period, settings, files: [] });
    const report = await hunt(done);
    done.commit({ report, manifest: null, exceptions: [], message: null });
    return { ...report, done };
  } finally {
    history.close();
  }
}
