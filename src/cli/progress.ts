/** A progress bar on stderr, on a terminal only. */
import type { DumpProgress } from '../dump/dump.js';
import type { World } from './world.js';

export interface Progress {
  update(progress: DumpProgress): void;
  stop(): void;
}

const SILENT: Progress = { update: () => undefined, stop: () => undefined };

/** The bar, or one that shows nothing off a terminal or where it is not wanted. */
export async function progressOn(stderr: World['stderr'], wanted: boolean): Promise<Progress> {
  if (!wanted || stderr.isTTY !== true) return SILENT;
  const { Presets, SingleBar } = await import('cli-progress');
  const bar = new SingleBar(
    {
      stream: stderr,
      format:
        'reading {bar} {percentage}% | {files}/{totalFiles} files | {read}/{size} MB | {eta_formatted} left',
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  let started = false;
  return {
    update({ files, totalFiles, bytes, totalBytes }) {
      const shown = { files, totalFiles, read: megabytes(bytes), size: megabytes(totalBytes) };
      if (!started) bar.start(Math.max(totalBytes, 1), bytes, shown);
      else bar.update(bytes, shown);
      started = true;
    },
    stop() {
      if (started) bar.stop();
    },
  };
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(1);
}
