import { describe, expect, test } from 'vitest';
import { readDuration, readWindow } from '../../../../src/cli/options/time/window.js';
import { partitionDays } from '../../../../src/cloudtrail/time/day-span.js';

const now = Date.parse('2026-03-31T12:34:56.789Z');
const iso = (instant: number | undefined): string | undefined =>
  instant === undefined ? undefined : new Date(instant).toISOString();

const since = (text: string) => ({ text, where: '--since' });
const until = (text: string) => ({ text, where: 'hunt.yml: until' });

describe('a time', () => {
  test.each([
    ['12h', '2026-03-31T00:34:56.789Z'],
    ['30d', '2026-03-01T12:34:56.789Z'],
    ['2w', '2026-03-17T12:34:56.789Z'],
    ['2026-02-28', '2026-02-28T00:00:00.000Z'],
    ['2026-02-28T01:00:00+02:00', '2026-02-27T23:00:00.000Z'],
    ['2026-02-28 01:00:00', '2026-02-28T01:00:00.000Z'],
    ['2026-02-28 01:00:00Z', '2026-02-28T01:00:00.000Z'],
    ['2026-02-28 01:00:00.250Z', '2026-02-28T01:00:00.250Z'],
    ['2026-02-28 01:00:00 +02:00', '2026-02-27T23:00:00.000Z'],
    ['2026-02-28T01:00:00.1234567890123Z', '2026-02-28T01:00:00.123Z'],
    ['2026-02-28 01:00Z', '2026-02-28T01:00:00.000Z'],
    ['2026-02-28T01:00', '2026-02-28T01:00:00.000Z'],
    ['2026-02-28T01:00:00', '2026-02-28T01:00:00.000Z'],
  ])('%s', (text, expected) =>
    expect(iso(readWindow(since(text), undefined, now).since)).toBe(expected),
  );

  test.each([
    '30',
    '30m',
    '-1d',
    '1.5d',
    'd',
    '2026-02-30',
    '2026-2-1',
    '2026-02-28T25:00',
    '2026-02-28 01Z',
    'now',
    '',
    '9999999d',
  ])('%j is not', (text) =>
    expect(() => readWindow(since(text), undefined, now)).toThrow('--since'),
  );
});

describe('the window', () => {
  test('since alone ends now, until alone is open, neither is all of time', () => {
    expect(readWindow(since('1h'), undefined, now)).toEqual({ since: now - 3_600_000, until: now });
    expect(readWindow(undefined, until('1h'), now)).toEqual({
      since: undefined,
      until: now - 3_600_000,
    });
    expect(readWindow(undefined, undefined, now)).toEqual({ since: undefined, until: undefined });
  });
  test.each([
    ['2026-02-01', '2026-02-01'],
    ['2027-01-01', undefined],
  ])('%s to %s is empty', (start, end) =>
    expect(() => readWindow(since(start), end === undefined ? undefined : until(end), now)).toThrow(
      `the window is empty: --since ${start} is not before ${end === undefined ? 'now' : `hunt.yml: until ${end}`}`,
    ),
  );
});

test('files are looked at from a day before the window to its end and as long as they may be late', () => {
  const window = readWindow(since('2026-03-01T00:00:00Z'), until('2026-03-02T00:00:00Z'), now);
  const days = partitionDays(window, readDuration({ text: '36h', where: '--late' }));
  expect([iso(days.first), iso(days.last)]).toEqual([
    '2026-02-28T00:00:00.000Z',
    '2026-03-03T00:00:00.000Z',
  ]);
});
