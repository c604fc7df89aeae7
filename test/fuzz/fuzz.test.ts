/** A share of `npm run fuzz` that always reads the same mutants. */
import { describe, expect, test } from 'vitest';
import { aboutNames, WaysReader } from '../support/read-ways.js';
import { WANTED } from './logs.js';
import { differenceOf, mutantOf } from './mutant.js';

const RUNS = 300;

describe.each([
  ['any time', { since: undefined, until: undefined }, 0],
  ['a window', { since: Date.parse('2026-01-14T10:00:00Z'), until: undefined }, 1_000_000],
])('a damaged log, for %s,', (_when, window, seed) => {
  test('gives the same by the quick pass, by the splitter, parsed, and in pieces', async () => {
    const reader = new WaysReader(aboutNames(WANTED), window);
    for (let run = seed; run < seed + RUNS; run++) {
      const mutant = mutantOf(run, []);
      const difference = await differenceOf(mutant, reader, run);
      expect(difference?.actual, `seed ${run}: ${difference?.way}`).toBe(difference?.expected);
    }
  });
});
