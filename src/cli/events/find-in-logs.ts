/** Finds events by their IDs in logs, for commands: with progress, and with a word about what could not be read. */
import { availableParallelism } from 'node:os';
import type { Window } from '../../cloudtrail/time/window.js';
import { findEvents, type FoundEvents } from '../../hunt/find-events.js';
import type { DumpRequest } from '../../dump/dump.js';
import { counted } from '../../text/counted.js';
import { safeLine } from '../../text/safe-text.js';
import type { CommandContext } from '../context.js';
import { EXIT } from '../exit-code.js';
import { dumpProgressOn } from '../progress/dump-progress.js';

const MOST_NAMED = 20;

export interface EventSearch {
  readonly paths: readonly string[];
  readonly ids: readonly string[];
  readonly window: Window;
  readonly late: number;
  readonly s3: DumpRequest['s3'];
}

/** Finds the events. Throws HuntErrors. */
export async function findInLogs(
  search: EventSearch,
  { stdin, stderr, environment, threads, signal }: CommandContext,
): Promise<FoundEvents> {
  const progress = await dumpProgressOn({ stderr, environment }, true);
  try {
    const workers = availableParallelism();
    const onProgress = progress.update;
    return await findEvents({ ...search, stdin, workers, threads, signal, onProgress });
  } finally {
    progress.stop();
  }
}

/** Says on stderr which events were not found, and what could not be read. */
export function saySearch(
  { missing, summary }: FoundEvents,
  { stderr }: Pick<CommandContext, 'stderr'>,
): void {
  const { records, read, unreadable, unlisted } = summary;
  for (const id of missing)
    stderr.write(
      `hunt: event ${safeLine(id)} is not among the ${counted(records, 'record')} of ${counted(read, 'log file')}\n`,
    );
  for (const { path, reason } of unreadable.slice(0, MOST_NAMED))
    stderr.write(`hunt: could not read ${safeLine(path)}: ${safeLine(reason)}\n`);
  const more = Math.max(0, unreadable.length - MOST_NAMED) + unlisted;
  if (more > 0) stderr.write(`hunt: could not read ${more} more files or records\n`);
}

/** As in a hunt, 3 where evidence was lost or nothing was read; else 2 where an event was not found. */
export function searchExitCode(
  { missing, summary }: FoundEvents,
  { stderr }: Pick<CommandContext, 'stderr'>,
): number {
  const isLost = summary.unreadable.length > 0;
  if (!isLost && summary.records > 0) return missing.length > 0 ? EXIT.failure : EXIT.complete;
  const why = isLost ? 'evidence was lost' : 'no CloudTrail record was read';
  stderr.write(`hunt: exit code 3: ${why}, so an event may be missing\n`);
  return EXIT.incomplete;
}
