/** The two readings of logs by a scheduled run, and what each leaves in its memory of files. */
import { DAY, midnight } from '../../cloudtrail/time/window.js';
import type { FoundFile } from '../../dump/find/discover.js';
import { dayOf } from '../../dump/find/names.js';
import { HuntError } from '../../errors.js';
import type { FoundLog } from '../../history/file-memory.js';
import type { ScheduledRun } from '../../history/scheduled-run.js';
import { lateReading } from '../late-reading.js';
import type { LogsRequest, RunFiles } from './request.js';

/** The request for the period, and the one for late events. Throws a HuntError where the logs cannot be read twice. */
export function requestsOfRun(
  request: LogsRequest,
  run: ScheduledRun,
): { readonly period: LogsRequest; readonly late: LogsRequest | undefined } {
  if (request.paths.includes('-'))
    throw new HuntError('USAGE', 'a scheduled report cannot read standard input: name files or S3');
  const reading = lateReading(run, request.late);
  const { onInputs } = request;
  const { files } = run;
  return {
    period: {
      ...request,
      files: {
        onRead: (readings) => {
          for (const one of readings) files.addRead({ ...one, ...foundLog(one.file) });
        },
      },
    },
    late: reading && {
      ...request,
      ...reading,
      calls: false,
      // What earlier runs have read is not read again, so that it would be missing.
      verify: undefined,
      verifyFindings: request.verify,
      onInputs: onInputs && ((inputs) => onInputs(inputs, true)),
      files: lateFiles(run),
    },
  };
}

function lateFiles({ files }: ScheduledRun): RunFiles {
  const known: FoundLog[] = [];
  return {
    isKnown: (file) => {
      const log = foundLog(file);
      if (!files.isKnown(log)) return false;
      known.push(log);
      return true;
    },
    onRead: (readings) => {
      for (const one of readings) files.addLateRead({ ...one, ...foundLog(one.file) });
    },
    mayIssue: ({ keys, since, until }) => {
      if (keys.size === 0 || since === undefined || until === undefined) return [];
      return known.flatMap(({ path, day }) =>
        day === undefined || (day >= midnight(since) - DAY && day <= until + DAY) ? path : [],
      );
    },
  };
}

function foundLog({ path, size, version }: FoundFile): FoundLog {
  return { path, size, version, day: dayOf(path) };
}
