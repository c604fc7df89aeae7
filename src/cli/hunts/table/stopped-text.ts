/** Says which queries an interrupted hunt started, and what they read. */
import type { Execution } from '../../../engine/engine.js';
import { bytesText } from '../../../text/bytes-text.js';

/** One line for the user; undefined if no query was started or nothing was read. `isBilled`: the engine bills what was read. */
export function stoppedText(
  executions: readonly Execution[],
  isBilled: boolean,
): string | undefined {
  const stopped = executions.filter(({ state }) => state === 'stopped').length;
  const running = executions.filter(({ state }) => state === 'running').map(({ id }) => id);
  const bytes = executions.reduce(
    (total, execution) => total + (execution.state === 'failed' ? 0 : execution.bytes),
    0,
  );
  if (stopped + running.length + bytes === 0) return undefined;
  return [
    `${stopped} ${stopped === 1 ? 'query was' : 'queries were'} stopped`,
    ...(running.length === 0 ? [] : [`these may still run: ${running.join(', ')}`]),
    `the queries of this hunt read at least ${bytesText(bytes)}${isBilled ? ', which AWS bills' : ''}`,
  ].join('; ');
}
