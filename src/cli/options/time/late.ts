/** How long after an event its file may still arrive. */
import { DAY } from '../../../cloudtrail/time/window.js';
import type { Config } from '../hunt-yml/config.js';
import { readDuration } from './window.js';
import { writtenTime } from '../written-settings.js';

/** `--late`, or else the configuration, or else a day; in milliseconds. Throws a HuntError if it is no duration. */
export function lateOf(option: string | undefined, config: Config | undefined): number {
  const written = writtenTime('late', option, config);
  return written === undefined ? DAY : readDuration(written);
}
