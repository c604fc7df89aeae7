/** How far a hunt over local dumps is: one line on stderr, on a terminal only. */
import type { DumpProgress } from '../../dump/dump.js';
import { paceOf, withSample, type Sample } from './pace.js';
import { queryText, readingText } from './progress-text.js';
import type { World } from '../world.js';

export interface Progress {
  readonly update: (progress: DumpProgress) => void;
  /** All is read, and the query runs. */
  readonly query: () => void;
  readonly stop: () => void;
}

const SILENT: Progress = {
  update: () => undefined,
  query: () => undefined,
  stop: () => undefined,
};

/** The line, or one that shows nothing off a terminal or where it is not wanted. `clock` gives milliseconds. */
export async function progressOn(
  { stderr, environment }: Pick<World, 'stderr' | 'environment'>,
  wanted: boolean,
  clock: () => number = () => performance.now(),
): Promise<Progress> {
  if (!wanted || stderr.isTTY !== true || environment['TERM'] === 'dumb') return SILENT;
  const { SingleBar } = await import('cli-progress');
  let samples: readonly Sample[] = [];
  let last: DumpProgress = { bytes: 0, totalBytes: undefined, records: 0 };
  let isQuery = false;
  const text = (width: number): string =>
    isQuery
      ? queryText(last, width)
      : readingText(last, paceOf(samples, { ...last, at: clock() }), width);
  const line = new SingleBar({
    stream: stderr,
    // A column stays free: some terminals wrap when the last one is written.
    format: (_options, { maxWidth }) => text(maxWidth - 1),
    // Nothing of the terminal is changed that a second interruption could leave so.
    hideCursor: false,
    linewrap: true,
    gracefulExit: false,
    clearOnComplete: true,
  });
  line.start(1, 0);
  return {
    update(progress) {
      last = progress;
      samples = withSample(samples, { ...progress, at: clock() });
      line.update({});
    },
    query() {
      isQuery = true;
      line.update({});
    },
    stop: () => line.stop(),
  };
}
