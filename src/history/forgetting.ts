/** When a run cannot use what earlier runs remember: it would find something else in the same files. */
import type { Warning } from '../report/report.js';
import { warn } from '../report/warn.js';
import type { Checkpoint } from './checkpoint.js';

/** Undefined if it can. */
export function reasonToForget(
  before: Checkpoint,
  now: Pick<Checkpoint, 'settings' | 'version'>,
): string | undefined {
  if (before.settings !== now.settings)
    return 'the rules, their parameters or their exclusions are not those of the run before';
  return before.version === now.version
    ? undefined
    : `version ${before.version} of hunt made the run before`;
}

/** The warning, with the reason why what was remembered cannot be used. */
export function readAgain(reason: string): Warning {
  return warn(
    'FILES_READ_AGAIN',
    `the search for late events reads the files of the whole lookback again: ${reason}`,
  );
}
