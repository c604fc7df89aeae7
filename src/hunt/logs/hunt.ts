/** Hunts local logs: begins to read them, and loads what makes the report while threads read. */
import { setImmediate } from 'node:timers/promises';
import { buildQuery } from '../../query/build.js';
import type { Query } from '../../query/query.js';
import { LOGS_WATCHES, WATCHES } from '../../query/watches.js';
import type { Report } from '../../report/report.js';
import { leaveFew } from '../../rule/filters.js';
import type { HuntContext } from '../hunt.js';
import { beginReading } from './reading.js';
import type { LogsRequest } from './request.js';
import { requestsOfRun } from './run-files.js';

/** Throws a HuntError if no report can be made. */
export async function runLogsHunt(request: LogsRequest, context: HuntContext): Promise<Report> {
  const { run, given = [] } = context;
  const { period, late } =
    run === undefined ? { period: request, late: undefined } : requestsOfRun(request, run);
  const countsAtOnce =
    run === undefined &&
    (request.calls ?? false) === false &&
    request.trustPaths !== true &&
    leaveFew(given);
  const query = queryOf(countsAtOnce ? { ...period, calls: true } : period, LOGS_WATCHES);
  const reading = beginReading(period, query);
  // The threads get their first files before this thread is busy with loading.
  await setImmediate();
  const { reportOf } = await import('./answer.js');
  return reportOf(
    // The search for late events looks at what earlier runs have seen.
    { reading, countsAtOnce, late: late && { request: late, query: queryOf(late, WATCHES) } },
    context,
  );
}

function queryOf(
  { rules, window, exclusions, filters, calls }: LogsRequest,
  watches?: Query['watches'],
): Query {
  return buildQuery(rules, window, { exclusions, filters, calls, watches });
}
