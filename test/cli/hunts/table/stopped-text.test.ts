/** What an interrupted hunt in Athena says about its queries. */
import { expect, test } from 'vitest';
import { stoppedText } from '../../../../src/cli/hunts/table/stopped-text.js';
import type { Execution } from '../../../../src/engine/engine.js';

function execution(id: string, state: Execution['state'], bytes: number): Execution {
  return { id, part: id, state, bytes, milliseconds: 0 };
}

test('nothing where no query was started', () => expect(stoppedText([], true)).toBeUndefined());

test('names queries that may still run, and counts what is billed', () => {
  const executions = [
    execution('a', 'stopped', 1e9),
    execution('b', 'running', 5e8),
    execution('c', 'succeeded', 5e8),
    execution('d', 'failed', 9e9),
  ];
  expect(stoppedText(executions, true)).toBe(
    '1 query was stopped; these may still run: b; the queries of this hunt read at least 2.0 GB, which AWS bills',
  );
});
