/** One line that shows how far a hunt over logs is, on standard error and on a terminal only. */
import type { DumpProgress } from '../../dump/dump.js';
import type { CommandContext } from '../context.js';
import { paceOf, withSample, type Sample } from './pace.js';
import { queryText, readingText } from './progress-text.js';

export interface ProgressLine {
  readonly update: (progress: DumpProgress) => void;
  /** All logs are read, and the query starts. */
  readonly query: () => void;
  readonly stop: () => void;
}

const SILENT: ProgressLine = {
  update: () => undefined,
  query: () => undefined,
  stop: () => undefined,
};

/** The line. It shows nothing if `stderr` is not a terminal or if the user does not want it. */
export async function dumpProgressOn(
  { stderr, environment }: Pick<CommandContext, 'stderr' | 'environment'>,
  wanted: boolean,
): Promise<ProgressLine> {
  if (!wanted || stderr.isTTY !== true || environment['TERM'] === 'dumb') return SILENT;
  const { SingleBar } = await import('cli-progress');
  let samples: readonly Sample[] = [];
  let last: DumpProgress = { bytes: 0, totalBytes: undefined, records: 0 };
  let isQuery = false;
  const text = (width: number): string =>
    isQuery
      ? queryText(last, width)
      : readingText(
          last,
          paceOf(samples, { at: performance.now(), bytes: last.bytes, records: last.records }),
          width,
        );
  const line = new SingleBar({
    stream: stderr,
    // The last column stays free: some terminals wrap the line when it is written.
    format: (_options, { maxWidth }) => text(maxWidth - 1),
    // The line does not change any setting of the terminal, because a second Ctrl-C would leave the setting changed.
    hideCursor: false,
    linewrap: true,
    gracefulExit: false,
    clearOnComplete: true,
  });
  line.start(1, 0);
  return {
    update(progress) {
      last = progress;
      const { bytes, records } = progress;
      samples = withSample(samples, { at: performance.now(), bytes, records });
      line.update({});
    },
    query() {
      isQuery = true;
      line.update({});
    },
    stop: () => line.stop(),
  };
}
