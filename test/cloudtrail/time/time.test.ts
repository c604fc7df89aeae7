import { describe, expect, test } from 'vitest';
import { formatInstant, normalTime, readInstant } from '../../../src/cloudtrail/time/time.js';

describe('what is a time', () => {
  test.each([
    ['2021-01-24T04:55:45Z', '2021-01-24T04:55:45.000Z'],
    ['2021-01-24t04:55:45z', '2021-01-24T04:55:45.000Z'],
    ['2021-01-24 04:55:45.000', '2021-01-24T04:55:45.000Z'],
    ['2021-01-24T23:59:59.999999999Z', '2021-01-24T23:59:59.999Z'],
    ['2021-01-24T04:55:45.5-03:30', '2021-01-24T08:25:45.500Z'],
    ['2021-01-24T04:55:45+14:00', '2021-01-23T14:55:45.000Z'],
    ['2024-02-29 00:00:00', '2024-02-29T00:00:00.000Z'],
  ])('%s', (text, expected) => {
    const instant = readInstant(text);
    expect(instant === undefined ? undefined : formatInstant(instant)).toBe(expected);
    expect(normalTime(text)).toBe(expected);
  });

  test.each([
    '2021-02-29T00:00:00Z',
    '2021-01-24',
    '2021-W10',
    'epoch',
    'infinity',
    '2021-01-24T24:00:00Z',
    '2021-01-24T23:59:60Z',
    '2021-01-24T04:55:45',
    '2021-01-24 04:55:45Z',
    '2021-01-24T04:55:45Z\n',
    ' 2021-01-24T04:55:45Z',
    '2021-01-24T04:55:45+15:00',
    '0000-01-01T00:00:00Z',
    '',
  ])('%j is none', (text) => {
    expect(readInstant(text)).toBeUndefined();
    expect(normalTime(text)).toBeUndefined();
  });
});
