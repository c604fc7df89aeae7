/** What commands say beside their results. */
import { safeLines } from '../text/safe-text.js';
import type { CommandContext } from './context.js';

/** Prints a line on stderr, unless the user wants quiet. */
export type Notify = (line: string) => void;

/** Writes lines to standard error, or nothing if `quiet`. */
export function notifier({ stderr }: Pick<CommandContext, 'stderr'>, quiet: boolean): Notify {
  return (line) => {
    if (!quiet) stderr.write(`${safeLines(line)}\n`);
  };
}
