/** Other forms of a time: which are read, as which instant, and which have two readings. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { timeText } from '../../../src/cloudtrail/spelling/time-text.js';
import { formatInstant, readInstant } from '../../../src/cloudtrail/time/time.js';

const TIME = '2026-02-01T10:11:12Z';
const SECONDS = Date.parse(TIME) / 1000;

describe('is read', () => {
  test.each([
    [String(SECONDS), TIME],
    [`${SECONDS}.0`, TIME],
    [`${SECONDS}.5`, '2026-02-01T10:11:12.500Z'],
    [`${SECONDS}.1239`, '2026-02-01T10:11:12.123Z'],
    ['1.769940672E9', TIME],
    ['1.769940672123e+12', '2026-02-01T10:11:12.123Z'],
    [`${SECONDS}000`, TIME],
    [`${SECONDS}123`, '2026-02-01T10:11:12.123Z'],
    [`${SECONDS}123999`, '2026-02-01T10:11:12.123Z'],
    [`${SECONDS}123999999`, '2026-02-01T10:11:12.123Z'],
    ['2026-02-01 10:11:12 UTC', TIME],
    ['2026-02-01 10:11:12.000 UTC', TIME],
    ['2026-02-01 10:11:12Z', TIME],
    ['2026-02-01 10:11:12+00:00', TIME],
    ['2026-02-01 10:11:12.123456+00:00', '2026-02-01T10:11:12.123Z'],
    ['2026-02-01 11:11:12 +0100', TIME],
    ['2026-02-01 11:11:12 +01:00', TIME],
    ['2026-02-01 12:11:12+02', TIME],
    ['2026-02-01 10:11:12 +0000 UTC', TIME],
    ['2026-02-01 12:11:12 +0200 CEST', TIME],
    ['2026-02-01T10:11:12+0000', TIME],
    ['2026-02-01T05:41:12-0430', TIME],
    ['2026-02-01T10:11:12', TIME],
    ['2026-02-01T10:11:12.250', '2026-02-01T10:11:12.250Z'],
    ['2026-02-01T10:11:12,250Z', '2026-02-01T10:11:12.250Z'],
    ['2026-02-01 10:11:12,250', '2026-02-01T10:11:12.250Z'],
    ['2026-02-01t10:11:12 z', TIME],
    [' 2026-02-01T10:11:12Z ', TIME],
    ['2026-02-01T10:11:12Z[UTC]', TIME],
    ['2026-02-01T11:11:12+01:00[Europe/Paris]', TIME],
    ['2026-02-01T10:11Z', '2026-02-01T10:11:00Z'],
    ['2026/02/01 10:11:12', TIME],
    ['20260201T101112Z', TIME],
    ['20260201101112', TIME],
    ['Sun, 01 Feb 2026 10:11:12 GMT', TIME],
    ['01 Feb 2026 11:11:12 +0100', TIME],
    ['Sun Feb 01 2026 10:11:12 GMT+0000 (Coordinated Universal Time)', TIME],
    ['Sun Feb  1 10:11:12 UTC 2026', TIME],
    ['01/Feb/2026:10:11:12 +0000', TIME],
    ['/Date(1769940672000)/', TIME],
    ['\\/Date(1769940672123+0100)\\/', '2026-02-01T10:11:12.123Z'],
    ['{"$date":"2026-02-01T10:11:12Z"}', TIME],
    ['{"$date":1769940672000}', TIME],
    ['{"$date":{"$numberLong":"1769940672000"}}', TIME],
    ['{"value":"/Date(1769940672000)/","DisplayHint":2}', TIME],
  ])('%s', (text, expected) => expect(timeText(text)).toBe(expected));
});

describe('has no reading, or two', () => {
  test.each([
    '',
    '0',
    '-1769940672',
    '1769940672 s',
    '42',
    '20260201',
    '99999999999',
    '9'.repeat(400),
    '1e99',
    '02/01/2026 10:11:12',
    '01/02/2026 10:11:12 UTC',
    '2/1/2026 10:11 AM',
    'Feb 1, 2026 @ 10:11:12.000',
    'Feb 1, 2026 10:11:12',
    'Sun Feb  1 10:11:12 2026',
    '2026-02-01',
    '2026-02-30 10:11:12 UTC',
    '2026-13-01 10:11:12 UTC',
    '2026-02-01 24:00:00 UTC',
    '2026-12-31 23:59:60 UTC',
    '0000-01-01 00:00:00 UTC',
    '12026-02-01T10:11:12Z',
    '2026-02-01 10:11:12 CET',
    '2026-02-01 10:11:12 +1500',
    '1000-01-01 00:00:00 +0100',
    '/Date(-1)/',
    '/Date(999999999999999)/',
    '{"$date":null}',
    '{"$date":"02/01/2026"}',
    '["2026-02-01T10:11:12Z"]',
    '{',
    '"',
  ])('%j', (text) => {
    expect(timeText(text)).toBe(text);
    expect(readInstant(text)).toBeUndefined();
  });
});

test('every instant is read alike in every form', () => {
  const instants = fc.integer({ min: Date.UTC(2006, 0), max: Date.UTC(2099, 0) });
  fc.assert(
    fc.property(instants, fc.integer({ min: -13 * 60, max: 14 * 60 }), (instant, offset) => {
      const utc = formatInstant(instant);
      const local = formatInstant(instant + offset * 60_000).slice(0, -1);
      const two = (number: number): string => String(number).padStart(2, '0');
      const sign = offset < 0 ? '-' : '+';
      const minutes = Math.abs(offset);
      const zone = `${sign}${two(Math.floor(minutes / 60))}${two(minutes % 60)}`;
      const forms = [
        String(instant),
        `${instant}000`,
        `${Math.floor(instant / 1000)}.${String(instant % 1000).padStart(3, '0')}`,
        utc.replace('T', ' ').replace('Z', ' UTC'),
        utc.slice(0, -1),
        `${local}${zone}`,
        `${local.replace('T', ' ')} ${zone}`,
        `/Date(${instant})/`,
        JSON.stringify({ $date: instant }),
      ];
      for (const form of forms) expect(readInstant(timeText(form))).toBe(instant);
    }),
  );
});

test('of a text that is no time, only the beginning is kept', () => {
  const text = `2026-01-14T09:30:00Z${' and more'.repeat(1000)}`;
  expect(timeText(text)).toBe(text.slice(0, 1000));
  expect(readInstant(timeText(text))).toBeUndefined();
});
