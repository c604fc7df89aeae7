/** A hunt over CloudTrail logs, in files, S3 or standard input, for the command. */
import type { Inputs } from '../../integrity/manifest/inputs.js';
import { runLogsHunt } from '../../hunt/logs/hunt.js';
import type { LogsRequest } from '../../hunt/logs/request.js';
import type { CommandContext } from '../context.js';
import { dumpProgressOn } from '../progress/dump-progress.js';
import type { HuntResult, HuntSettings } from './hunt-settings.js';

/** Which logs, and how they are read. */
export interface LogsReading {
  readonly paths: readonly string[];
  /** Skip files whose path names a day outside the window. */
  readonly prune: boolean;
  /** Skip files whose path names an account or a region that no rule asks for. */
  readonly trustPaths: boolean;
  /** Skip records that no rule can match, before they are parsed. */
  readonly prefilter: boolean;
  /** The number of threads. */
  readonly workers: number;
  readonly s3: LogsRequest['s3'];
  /** The number of bytes that one log may unpack to; undefined for the default. */
  readonly maxUnpacked: number | undefined;
  readonly files?: LogsRequest['files'];
  /** Whether, and with which keys, the logs are checked by digests. */
  readonly verify?: LogsRequest['verify'];
}

/** Reads the logs, runs the rules and gives the report. Throws HuntErrors. */
export async function huntLogs(
  reading: LogsReading,
  settings: HuntSettings,
  { stdin, stderr, environment, now, threads, version, signal }: CommandContext,
): Promise<HuntResult> {
  const { selection, calls, follow, late, config, warnings, showsProgress, hashes } = settings;
  let inputs: Inputs | null = null;
  const progress = await dumpProgressOn({ stderr, environment }, showsProgress);
  try {
    const report = await runLogsHunt(
      {
        rules: selection.rules,
        window: selection.window,
        exclusions: selection.exclusions,
        filters: selection.filters,
        calls,
        late,
        now,
        paths: reading.paths,
        prune: reading.prune,
        trustPaths: reading.trustPaths,
        prefilter: reading.prefilter,
        follow,
        workers: reading.workers,
        s3: reading.s3,
        maxUnpacked: reading.maxUnpacked,
        stdin,
        threads,
        signal,
        onInputs:
          hashes === true
            ? (read, isLate) => {
                const { own, late: others } = inputs ?? { own: [], late: [] };
                inputs =
                  isLate === true
                    ? { own, late: [...others, ...read] }
                    : { own: [...own, ...read], late: others };
              }
            : undefined,
        files: reading.files,
        verify: reading.verify,
        onProgress: progress.update,
        onQuery: progress.query,
      },
      {
        version,
        config,
        warnings: [...warnings, ...selection.warnings],
        given: selection.given,
        ruleFiles: selection.ruleFiles,
        run: settings.run,
        subject: settings.subject,
        compared: settings.compared,
        demands: settings.demands,
      },
    );
    return { report, inputs, onWritten: () => undefined };
  } finally {
    progress.stop();
  }
}
