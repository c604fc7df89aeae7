/** The checks of hunt doctor are bounded, stop what they start, and do not blame a check for the failure of another. */
import { expect, test } from 'vitest';
import {
  runChecks,
  type Check,
  type CheckResult,
  type Found,
} from '../../../src/hunt/doctor/checks.js';

const GOOD: Found = { status: 'ok', message: 'good' };

function check(name: string, more: Partial<Check> = {}): Check {
  return {
    name,
    after: [],
    limit: { slow: 60_000, most: 60_000 },
    run: () => Promise.resolve(GOOD),
    ...more,
  };
}

/** A step that ends only when it is stopped. */
function untilStopped(onStop: () => void): Check['run'] {
  return (signal) =>
    new Promise((_resolve, reject) => {
      signal.addEventListener('abort', () => {
        onStop();
        reject(new Error('aborted'));
      });
    });
}

async function resultsOf(
  checks: readonly Check[],
  signal = new AbortController().signal,
): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for await (const result of runChecks(checks, { signal, onSlow: () => undefined }))
    results.push(result);
  return results;
}

test('a check is skipped where one that it needs failed or was skipped, and the others run', async () => {
  const results = await resultsOf([
    check('first', { run: () => Promise.reject(new Error('broken')) }),
    check('second', { after: ['first'] }),
    check('third', { after: ['second'] }),
    check('fourth'),
  ]);
  expect(results.map(({ status, message }) => [status, message])).toEqual([
    ['failed', 'broken'],
    ['skipped', 'needs: first'],
    ['skipped', 'needs: second'],
    ['ok', 'good'],
  ]);
});

test('a check that takes too long is stopped, and the next one runs', async () => {
  let stopped = 0;
  const limit = { slow: 1, most: 5 };
  const results = await resultsOf([
    check('endless', { limit, run: untilStopped(() => stopped++) }),
    check('next'),
  ]);
  expect(stopped).toBe(1);
  expect(results.map(({ status }) => status)).toEqual(['no answer', 'ok']);
  expect(results[0]?.message).toBe('took longer than 0.005 s (stopped)');
});

test('an interruption stops the check, and no other is begun', async () => {
  const abort = new AbortController();
  let stopped = 0;
  let begun = 0;
  const running = resultsOf(
    [
      check('endless', { run: untilStopped(() => stopped++) }),
      check('next', {
        run: () => {
          begun++;
          return Promise.resolve(GOOD);
        },
      }),
    ],
    abort.signal,
  );
  abort.abort();
  await expect(running).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect([stopped, begun]).toEqual([1, 0]);
});

test('permissions are named only where one may be missing', async () => {
  const failing = (message: string): Check =>
    check(message, { permissions: 'a right', run: () => Promise.reject(new Error(message)) });
  const results = await resultsOf([failing('Access Denied'), failing('no such table')]);
  expect(results.map(({ needs }) => needs)).toEqual(['a right', undefined]);
});
