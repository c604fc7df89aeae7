/** How much work something is, compared with a smaller piece of the same: a clock tells only how busy the machine is. */
import { expect } from 'vitest';

/** Milliseconds of CPU time that this process and its threads take meanwhile. */
async function cpuOf(work: () => unknown): Promise<number> {
  const before = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

/** A busy machine makes some work dearer, and never less dear: the least of this many tries counts. */
const TRIES = 5;

/**
 * Expects work on `times` as much to take about `times` the CPU time, and not its square. `work` is given how many times
 * the least amount it is to do; that should take some milliseconds at least.
 */
export async function expectLinear(
  work: (amount: number) => unknown,
  times: number,
): Promise<void> {
  // The first time, code is compiled.
  await work(1);
  const few = Math.max(await cpuOf(() => work(1)), await cpuOf(() => work(1)), 5);
  const most = 4 * times * few;
  let least = Infinity;
  for (let tries = 0; tries < TRIES && least >= most; tries++)
    least = Math.min(least, await cpuOf(() => work(times)));
  expect(least).toBeLessThan(most);
}
