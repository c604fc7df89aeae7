/** Reads files one after the other in the calling thread, with progress and interruption. */
import { setImmediate } from 'node:timers/promises';
import type { Readable } from 'node:stream';
import { HuntError } from '../../errors.js';
import type { DumpRequest } from '../dump.js';
import type { FoundFile } from '../find/discover.js';
import { FileOpener } from '../open/file-opener.js';
import { countingBytes, hasPieces, type ReaderProgress } from './progress.js';
import type { ReadSettings } from './read-settings.js';
import type { SourceReader } from './read-source.js';
import type { SummaryBuilder } from './summary/summary.js';
import { judged, nothing } from './verdict.js';

export interface ThisThread {
  readonly reader: SourceReader;
  readonly settings: ReadSettings;
  readonly summary: SummaryBuilder;
  readonly progress: ReaderProgress;
  readonly signal: AbortSignal;
}

/** Reads the files. Throws a HuntError if interrupted. */
export async function readFiles(files: readonly FoundFile[], here: ThisThread): Promise<void> {
  const { reader, settings, summary, progress, signal } = here;
  const opener = new FileOpener(settings.small, settings.s3, signal);
  try {
    for await (const { file, bytes, signature } of opener.open(files)) {
      // Reading a small file is synchronous: let signals and timers run in between.
      await setImmediate();
      refuseAborted(signal);
      const pieces = hasPieces(file, settings.small) ? countingBytes(bytes, progress.read) : bytes;
      await reader.file(file, pieces, signature);
      refuseAborted(signal);
      if (!summary.isDeferred(file.path)) progress.done([file]);
    }
  } finally {
    await opener.close();
  }
}

/** Reads the Parquet files that were left to an engine. Throws a HuntError if interrupted. */
export async function readParquet(
  files: readonly FoundFile[],
  parquet: DumpRequest['parquet'],
  { reader, summary, progress, signal }: ThisThread,
): Promise<void> {
  for (const file of files) {
    const { path } = file;
    refuseAborted(signal);
    const content = await parquet?.(path);
    switch (content?.kind) {
      case undefined:
        summary.lose(path, 'Parquet, which only an engine reads');
        break;
      case 'text':
        summary.addMissing(content.missing);
        await reader.text(file, content.text, content.lost);
        break;
      case 'other':
        summary.add(path, judged(nothing(content.reason), file.chosen));
        break;
      case 'lost':
        summary.lose(path, content.reason);
        break;
      default:
        content satisfies never;
    }
    progress.done([file]);
  }
  refuseAborted(signal);
}

/** Reads standard input. Throws a HuntError if interrupted. */
export async function readStdin(stdin: Readable, here: ThisThread): Promise<void> {
  const { reader, progress, signal } = here;
  await reader.stream('-', countingBytes(bytesOf(stdin, signal), progress.read));
  progress.done([]);
  refuseAborted(signal);
}

async function* bytesOf(stdin: Readable, signal: AbortSignal): AsyncGenerator<Buffer> {
  const stop = (): unknown => stdin.destroy();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const piece of stdin) yield Buffer.from(piece as Buffer);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

/** Throws a HuntError if the signal is aborted. */
export function refuseAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new HuntError('INTERRUPTED', 'interrupted');
}
