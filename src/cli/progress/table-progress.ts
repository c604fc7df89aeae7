/** A progress bar for a hunt elsewhere, on stderr, on a terminal only. */
import { Presets, SingleBar } from 'cli-progress';
import type { ExecutionProgress } from '../../engine/engine.js';
import { bytesText } from '../../text/bytes-text.js';
import type { World } from '../world.js';

export interface RemoteBar {
  part(done: number, total: number): void;
  update(progress: ExecutionProgress): void;
  stop(): void;
}

const SILENT: RemoteBar = {
  part: () => undefined,
  update: () => undefined,
  stop: () => undefined,
};

/** The bar, or one that shows nothing off a terminal or where it is not wanted. */
export function remoteProgressOn(stderr: World['stderr'], wanted: boolean): RemoteBar {
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
