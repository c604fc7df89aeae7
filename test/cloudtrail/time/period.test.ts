import { describe, expect, it } from 'vitest';
import {
  lastPeriod,
  periodAt,
  periodNamed,
  periodsOver,
} from '../../../src/cloudtrail/time/period.js';

const at = (text: string): number => Date.parse(text);

describe('a period', () => {
  it.each([
    ['day', '2026-10-08T23:59:59.999Z', '2026-10-08', '2026-10-08', '2026-10-09'],
    ['week', '2026-10-08T12:00:00Z', '2026-W41', '2026-10-05', '2026-10-12'],
    ['week', '2026-10-05T00:00:00Z', '2026-W41', '2026-10-05', '2026-10-12'],
    ['month', '2026-10-31T23:59:59Z', '2026-10', '2026-10-01', '2026-11-01'],
    ['month', '2024-02-29T00:00:00Z', '2024-02', '2024-02-01', '2024-03-01'],
    ['month', '2026-12-31T00:00:00Z', '2026-12', '2026-12-01', '2027-01-01'],
    // The year of a week may be another one than that of its days.
    ['week', '2027-01-03T23:59:59Z', '2026-W53', '2026-12-28', '2027-01-04'],
    ['week', '2025-12-29T00:00:00Z', '2026-W01', '2025-12-29', '2026-01-05'],
    ['week', '2021-01-01T00:00:00Z', '2020-W53', '2020-12-28', '2021-01-04'],
  ] as const)('%s at %s is %s', (kind, instant, name, since, until) => {
    const period = { kind, name, since: at(since), until: at(until) };
    expect(periodAt(kind, at(instant))).toEqual(period);
    expect(periodNamed(name)).toEqual(period);
  });

  it.each([
    '',
    'day',
    '2026',
    '2026-13',
    '2026-02-30',
    '2026-W00',
    '2025-W53',
    '2026-W54',
    '2026-w41',
    '2026-10-08 ',
  ])('%j names none', (name) => expect(periodNamed(name)).toBeUndefined());

  it('is over at its end, and not a moment before', () => {
    expect(lastPeriod('day', at('2026-10-09T00:00:00Z')).name).toBe('2026-10-08');
    expect(lastPeriod('day', at('2026-10-08T23:59:59.999Z')).name).toBe('2026-10-07');
    expect(lastPeriod('week', at('2026-10-12T00:00:00Z')).name).toBe('2026-W41');
    expect(lastPeriod('month', at('2026-03-31T12:00:00Z')).name).toBe('2026-02');
  });
});

it('gives each period that is over once, oldest first', () => {
  const names = (kind: 'day' | 'week' | 'month', first: string, now: string) =>
    periodsOver(kind, at(first), at(now)).map(({ name }) => name);
  expect(names('day', '2026-02-27', '2026-03-02T10:00Z')).toEqual([
    '2026-02-27',
    '2026-02-28',
    '2026-03-01',
  ]);
  expect(names('month', '2025-11-15', '2026-02-01')).toEqual(['2025-11', '2025-12', '2026-01']);
  expect(names('week', '2026-12-21', '2027-01-11')).toEqual(['2026-W52', '2026-W53', '2027-W01']);
  expect(names('day', '2026-03-02', '2026-03-02T10:00Z')).toEqual([]);
});
