/** Whether a stream gets colours: one place decides it for all that is printed. */
import type { CommandContext } from '../context.js';

/**
 * A terminal gets them, unless `NO_COLOR` is set or it is `dumb`. `FORCE_COLOR` gives them to a pipe too, and `FORCE_COLOR=0`
 * to nothing. `NO_COLOR` wins.
 * Source: https://no-color.org/ and https://force-color.org/
 */
export function wantsColor(
  stream: { readonly isTTY?: boolean },
  environment: CommandContext['environment'],
): boolean {
  const force = environment['FORCE_COLOR'];
  if (environment['NO_COLOR'] || force === '0' || force === 'false') return false;
  if (force) return true;
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}
