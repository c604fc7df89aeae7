/** What was lost is named as far as there is room, and the rest is counted; the same is named, whatever came first. */
import { expect, test } from 'vitest';
import { Losses, type Loss } from '../../../../src/dump/read/summary/losses.js';

const lossesOf = (losses: Iterable<Loss>): Losses => {
  const all = new Losses();
  for (const loss of losses) all.add(loss);
  return all;
};

const MANY = 45_000;
const loss = (index: number): Loss => ({
  path: `${String(index).padStart(6, '0')}.json`,
  reason: 'empty',
});

test('names the first 10,000 by path, in any order and from any number of threads', () => {
  const inOrder = Array.from({ length: MANY }, (_, index) => loss(index));
  const mixed = Array.from({ length: MANY }, (_, index) => loss((index * 7) % MANY));
  const threads = [mixed.slice(0, 30_000), mixed.slice(30_000)].map(lossesOf);
  const merged = new Losses();
  for (const thread of threads) {
    for (const one of thread.listed()) merged.add(one);
    merged.addUnlisted(thread.unlisted);
  }
  for (const losses of [lossesOf(inOrder), lossesOf(mixed), merged]) {
    expect(losses.listed()).toEqual(inOrder.slice(0, 10_000));
    expect(losses.unlisted).toBe(MANY - 10_000);
  }
});

test('cuts a long path in its middle, and keeps two paths apart', () => {
  const long = (middle: string): string =>
    `start/${'x'.repeat(9000)}${middle}${'y'.repeat(9000)}/end.json`;
  const listed = lossesOf(
    [1, 2].map((one) => ({ path: long(String(one)), reason: 'z'.repeat(1e6) })),
  ).listed();
  for (const { path, reason } of listed) {
    expect(path).toMatch(
      /^start\/x+ … \(18016 characters, SHA-256 [0-9a-f]{64}\) … y+\/end\.json$/,
    );
    expect(path.length + reason.length).toBeLessThan(4096);
  }
  expect(new Set(listed.map(({ path }) => path)).size).toBe(2);
});
