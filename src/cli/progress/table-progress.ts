/** A progress bar for a hunt over a table, on standard error and on a terminal only. */
import { Presets, SingleBar } from 'cli-progress';
import type { ExecutionProgress } from '../../engine/engine.js';
import { bytesText } from '../../text/bytes-text.js';
import type { CommandContext } from '../context.js';

export interface TableProgress {
  /** `done` of `total` parts of the hunt have given their rows. */
  readonly part: (done: number, total: number) => void;
  readonly update: (progress: ExecutionProgress) => void;
  readonly stop: () => void;
}

const SILENT: TableProgress = {
  part: () => undefined,
  update: () => undefined,
  stop: () => undefined,
};

/** The bar. It shows nothing if `stderr` is not a terminal or if the user does not want it. */
export function tableProgressOn(stderr: CommandContext['stderr'], wanted: boolean): TableProgress {
  if (!wanted || stderr.isTTY !== true) return SILENT;
  const bar = new SingleBar(
    {
      stream: stderr,
      format:
        'hunting {bar} {value}/{total} parts | {read} read | {running} running, {queued} queued',
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  let shown = { read: bytesText(0), running: 0, queued: 0 };
  bar.start(1, 0, shown);
  return {
    part(done, total) {
      bar.setTotal(total);
      bar.update(done, shown);
    },
    update({ bytes, running, queued }) {
      shown = { read: bytesText(bytes), running, queued };
      bar.update(shown);
    },
    stop: () => bar.stop(),
  };
}
