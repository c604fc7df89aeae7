/** `hunt verify PATH…`: checks by CloudTrail's own digests that no log is missing, altered or added. */
import type { Window } from '../../cloudtrail/time/window.js';
import { HuntError } from '../../errors.js';
import { writeFiles } from '../../report/write.js';
import { checkTargets } from '../../report/targets.js';
import { safeLine, safeLines } from '../../text/safe-text.js';
import { defineCommand } from '../command.js';
import { noLogsText } from '../errors/no-logs.js';
import { EXIT } from '../exit-code.js';
import { notifier } from '../notify.js';
import { awsSettings } from '../options/target/aws-settings.js';
import { formatFlag, listArgument, switchFlag, textFlag } from '../options/flags/flag.js';
import { CONFIG_FLAGS } from '../options/flags/general-flags.js';
import { READING_FLAGS, REPORT_FLAGS } from '../options/flags/hunt-flags.js';
import { EVENT_FLAGS } from '../options/flags/rule-flags.js';
import { TABLE_FLAGS } from '../options/flags/table-flags.js';
import { KEY_FLAGS } from '../options/flags/verify-flags.js';
import { givenWindow } from '../options/time/given-window.js';
import { configForHunt } from '../options/hunt-yml/config.js';
import { lateOf } from '../options/time/late.js';
import { readOptionalSize } from '../options/size.js';
import { verifyingOf } from '../options/digests/verifying.js';
import { refuseEvidence } from '../reports/outputs.js';
import { printPieces } from '../terminal/print.js';
import { verifyJson } from '../verify/json.js';
import { verifyLogs } from '../verify/read.js';
import { verifyText } from '../verify/text.js';
import { isIntact } from '../verify/verified.js';

const { profile, awsRegion, endpoint } = TABLE_FLAGS.flags;
const { since, until, period } = EVENT_FLAGS.flags;
const { late, jobs, prune, maxUnpacked } = READING_FLAGS.flags;
const { quiet, progress } = REPORT_FLAGS.flags;

export const verifyCommand = defineCommand({
  name: 'verify',
  description:
    "check by CloudTrail's signed digests that no log is missing, altered or added: in a copy, offline, or in S3",
  arguments: {
    paths: listArgument(
      '[path...]',
      'folders, files or archives with logs and digests, or s3://bucket/prefix (default: the paths of hunt.yml)',
    ),
  },
  options: {
    keys: KEY_FLAGS,
    window: { heading: EVENT_FLAGS.heading, flags: { since, until, period } },
    output: {
      // That of --quiet in every command: the help of hunt would get another one.
      heading: REPORT_FLAGS.heading,
      flags: {
        format: formatFlag(['text', 'json'], 'text for people, or json for programs'),
        output: textFlag('-o, --output <file>', 'the file to write the answer to'),
        force: switchFlag('--force', 'overwrite a file that exists'),
        quiet,
        progress,
      },
    },
    reading: { heading: READING_FLAGS.heading, flags: { late, jobs, prune, maxUnpacked } },
    aws: { heading: TABLE_FLAGS.heading, flags: { profile, awsRegion, endpoint } },
    general: CONFIG_FLAGS,
  },
  async run({ arguments: { paths: named }, options }, context) {
    const { aws, keys, output, reading, window } = options;
    const notify = notifier(context, output.quiet);
    const { config, warnings } = configForHunt(options.general.config, named);
    for (const { message } of warnings) notify(safeLine(`hunt: ${message}`));
    const paths = named.length > 0 ? named : (config?.paths ?? []);
    if (paths.length === 0) throw new HuntError('USAGE', noLogsText('hunt verify ./logs'));
    const file = output.output;
    const files = file === undefined ? [] : [{ path: file }];
    checkTargets(
      files.map(({ path }) => path),
      output.force,
    );
    refuseEvidence({ files }, paths);
    const s3 = awsSettings(aws, config?.athena, context.environment);
    const answer = await verifyLogs(
      {
        paths,
        s3,
        window: openEnded(givenWindow(window, config, context.now), {
          written: window.since ?? config?.since,
          isEndGiven: [window.until, window.period, config?.until].some((end) => end !== undefined),
        }),
        late: lateOf(reading.late, config),
        prune: reading.prune,
        jobs: reading.jobs,
        maxUnpacked: readOptionalSize(reading.maxUnpacked, '--max-unpacked'),
        verifying: verifyingOf({ options: keys, config, paths, s3, notify }),
        showsProgress: output.progress && !output.quiet,
      },
      context,
    );
    const text = output.format === 'json' ? verifyJson(answer) : safeLines(verifyText(answer));
    if (file === undefined) await printPieces([text], context);
    else
      await writeFiles([{ path: file, chunks: [text] }], {
        force: output.force,
        signal: context.signal,
      });
    return isIntact(answer) ? EXIT.complete : EXIT.incomplete;
  },
});

/**
 * `--since 2026-03-01` alone is the beginning of a copy that ends when it was made: hours without a digest up to now say nothing.
 * `--since 7d` means up to now.
 */
function openEnded(
  given: Window,
  { written, isEndGiven }: { readonly written: string | undefined; readonly isEndGiven: boolean },
): Window {
  const isUpToNow = isEndGiven || written === undefined || /^\d+[a-z]$/i.test(written);
  return isUpToNow ? given : { ...given, until: undefined };
}
