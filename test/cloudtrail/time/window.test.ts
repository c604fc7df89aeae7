/** The window is half-open: it has its beginning, and not its end. */
import { expect, test } from 'vitest';
import { contains, midnight } from '../../../src/cloudtrail/time/window.js';

test.each([
  { window: { since: 10, until: 20 }, inside: [10, 19], outside: [9, 20, undefined] },
  { window: { since: 10, until: undefined }, inside: [10, 1e15], outside: [9, undefined] },
  { window: { since: undefined, until: 20 }, inside: [-1, 19], outside: [20, undefined] },
  { window: { since: undefined, until: undefined }, inside: [-1, 20, undefined], outside: [] },
])('$window', ({ window, inside, outside }) => {
  for (const instant of inside) expect(contains(window, instant)).toBe(true);
  for (const instant of outside) expect(contains(window, instant)).toBe(false);
});

test('a day begins at its midnight, before 1970 too', () => {
  const day = Date.parse('2026-01-31T00:00:00Z');
  expect([midnight(day), midnight(day + 1), midnight(day - 1)]).toEqual([
    day,
    day,
    Date.parse('2026-01-30T00:00:00Z'),
  ]);
  expect(midnight(-1)).toBe(Date.parse('1969-12-31T00:00:00Z'));
});
