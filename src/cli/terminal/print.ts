/** Prints reports on standard output, as wide and as colourful as it is. */
import { setImmediate } from 'node:timers/promises';
import { HuntError } from '../../errors.js';
import type { Pieces } from '../../report/formats.js';
import type { CommandContext } from '../context.js';
import { wantsColor } from './color.js';
import { showsUnicode } from './unicode.js';

/** In columns, where no terminal has another width. */
export const DEFAULT_WIDTH = 160;

/** The width and the colours of standard output. */
export function terminalOptions({
  stdout,
  environment,
}: Pick<CommandContext, 'stdout' | 'environment'>) {
  const isTerminal = stdout.isTTY === true;
  return {
    width: (isTerminal ? stdout.columns : undefined) || DEFAULT_WIDTH,
    color: wantsColor(stdout, environment),
    isUnicode: !isTerminal || showsUnicode(environment),
  };
}

/** Prints the chunks one after another, each when the stream has room. Throws a HuntError if interrupted. */
export async function printPieces(
  chunks: Pieces,
  { stdout, signal }: Pick<CommandContext, 'stdout' | 'signal'>,
): Promise<void> {
  for await (const chunk of chunks) {
    if (signal.aborted) throw new HuntError('INTERRUPTED', 'interrupted');
    await new Promise<void>((resolve, reject) => {
      stdout.write(chunk, (error) => (error ? reject(error) : resolve()));
    });
    // A pipe is written synchronously. Without this pause, the signal handler would never run.
    await setImmediate();
  }
}
