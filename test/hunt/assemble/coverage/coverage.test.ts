/** Which hours, accounts and regions the logs cover: a reader trusts a zero because of it. */
import { describe, expect, test } from 'vitest';
import type { LogCoverage } from '../../../../src/report/coverage.js';
import { ruleWith } from '../../../support/rules.js';
import { huntEvents, openedGroup, type HuntEventsOptions } from '../../../support/hunt-events.js';
import { folderOf } from '../../../support/read-dump.js';

const at = (text: string): number => Date.parse(`2026-01-14T${text}Z`);
const shown = (text: string): string => `2026-01-14T${text}.000Z`;
const gap = (since: string, until: string) => ({ since: shown(since), until: shown(until) });

interface Logs {
  readonly times: readonly string[];
  readonly since?: string;
  readonly until?: string;
}

const eventsAt = (times: readonly string[]) =>
  times.map((time, n) => openedGroup({ eventID: `${n}`, eventTime: `2026-01-14T${time}Z` }));

async function hoursOf({ times, since, until }: Logs): Promise<LogCoverage['hours']> {
  const window = { since: since && at(since), until: until && at(until) };
  const { coverage } = await huntEvents(eventsAt(times), {
    window: { since: window.since || undefined, until: window.until || undefined },
  });
  return coverage.hours;
}

describe('hours', () => {
  test('are those of the window, its first and last among them', async () => {
    const times = ['01:30:00', '02:00:00', '02:59:59.999', '04:00:00'];
    expect(await hoursOf({ times, since: '00:00:00', until: '06:00:00' })).toEqual({
      covered: 3,
      empty: 3,
      gaps: [gap('00:00:00', '01:00:00'), gap('03:00:00', '04:00:00'), gap('05:00:00', '06:00:00')],
    });
  });

  test('of a window that has a part of them are counted whole', async () => {
    const times = ['01:30:00'];
    expect(await hoursOf({ times, since: '00:59:59', until: '03:00:01' })).toEqual({
      covered: 1,
      empty: 3,
      gaps: [gap('02:00:00', '04:00:00'), gap('00:00:00', '01:00:00')],
    });
  });

  test('without a window are those from the first event to the last', async () => {
    expect(await hoursOf({ times: ['05:59:59', '01:00:00', '03:10:00'] })).toEqual({
      covered: 3,
      empty: 2,
      gaps: [gap('02:00:00', '03:00:00'), gap('04:00:00', '05:00:00')],
    });
    expect(await hoursOf({ times: ['05:00:00'] })).toEqual({ covered: 1, empty: 0, gaps: [] });
    expect(await hoursOf({ times: [] })).toEqual({ covered: 0, empty: 0, gaps: [] });
  });

  test('with one bound are those from there, or until there', async () => {
    const times = ['02:30:00', '03:30:00'];
    expect(await hoursOf({ times, since: '01:00:00' })).toEqual({
      covered: 2,
      empty: 1,
      gaps: [gap('01:00:00', '02:00:00')],
    });
    expect(await hoursOf({ times, until: '05:00:00' })).toEqual({
      covered: 2,
      empty: 1,
      gaps: [gap('04:00:00', '05:00:00')],
    });
  });

  test('of a window without a record are all empty', async () => {
    expect(await hoursOf({ times: ['09:00:00'], since: '01:00:00', until: '04:00:00' })).toEqual({
      covered: 0,
      empty: 3,
      gaps: [gap('01:00:00', '04:00:00')],
    });
  });

  test('have all their gaps named, the longest first, then the earliest', async () => {
    const even = Array.from({ length: 12 }, (_, n) => `${String(2 * n).padStart(2, '0')}:00:00`);
    const times = even.filter((time) => time !== '20:00:00');
    const { covered, empty, gaps } = await hoursOf({ times });
    expect({ covered, empty }).toEqual({ covered: 11, empty: 12 });
    expect(gaps).toHaveLength(10);
    expect(gaps[0]).toEqual(gap('19:00:00', '22:00:00'));
    expect(gaps[1]).toEqual(gap('01:00:00', '02:00:00'));
    expect(gaps[9]).toEqual(gap('17:00:00', '18:00:00'));
  });

  test('are listed up to 50,000 gaps: then the shortest are left out', async () => {
    const begin = Date.parse('2000-01-01T00:00:00Z');
    const hours = Array.from({ length: 30_000 }, (_, n) => (n < 1000 ? 3 * n : 2000 + 2 * n));
    const events = hours.map((hour) => ({
      eventVersion: '1.08',
      eventName: 'A',
      eventSource: 'a.amazonaws.com',
      eventTime: new Date(begin + hour * 3_600_000).toISOString(),
      recipientAccountId: '112233445566',
      awsRegion: 'eu-west-1',
    }));
    const { coverage } = await huntEvents(events);
    expect(coverage.shortestGap).toBe(2);
    expect(coverage.hours).toMatchObject({ covered: 30_000 });
    expect(coverage.hours.gaps).toHaveLength(1000);
  });
});

/** Neither the first nor the last event of an hour is the first or the last that is read. */
const EVENTS = [
  ['04:10:00', '222222222222', 'us-east-1'],
  ['01:00:00', '111111111111', 'eu-west-1'],
  ['01:59:59', '111111111111', 'us-east-1'],
  ['03:00:00', '111111111111', 'eu-west-1'],
  ['04:00:00', '222222222222', 'us-east-1'],
  ['04:50:00', '222222222222', 'us-east-1'],
  ['04:30:00', '222222222222', 'us-east-1'],
  ['04:59:59', null, null],
] as const;

describe.each([
  ['parsed one by one', { prefilter: false }],
  ['counted by the quick pass', { prefilter: true }],
])('accounts and regions of records %s', (_how, options) => {
  // No record has its name: the quick pass counts them all.
  const rules = [ruleWith('  - { KeyPath: eventName, Condition: Equals, Value: NoSuchEvent }')];
  const events = EVENTS.map(([time, recipientAccountId, awsRegion], n) =>
    openedGroup({
      eventID: `${n}`,
      eventTime: `2026-01-14T${time}Z`,
      recipientAccountId,
      awsRegion,
    }),
  );

  const coverageOf = async (
    records: readonly unknown[],
    window: HuntEventsOptions['window'] = { since: undefined, until: undefined },
  ): Promise<LogCoverage> => {
    const paths = [folderOf({ 'a.json': JSON.stringify({ Records: records }) })];
    return (await huntEvents([], { paths, rules, window, ...options })).coverage;
  };

  test('have their events, and when the first and the last of them happened', async () => {
    const coverage = await coverageOf(events);
    expect(coverage).toMatchObject({
      first: shown('01:00:00'),
      last: shown('04:59:59'),
      accounts: [
        {
          name: '111111111111',
          events: 3,
          first: shown('01:00:00'),
          last: shown('03:00:00'),
          hours: {
            covered: 2,
            empty: 2,
            gaps: [gap('02:00:00', '03:00:00'), gap('04:00:00', '05:00:00')],
          },
          regions: [
            {
              name: 'eu-west-1',
              events: 2,
              first: shown('01:00:00'),
              last: shown('03:00:00'),
              hours: { covered: 2, empty: 2 },
            },
            {
              name: 'us-east-1',
              events: 1,
              first: shown('01:59:59'),
              last: shown('01:59:59'),
              hours: { covered: 1, empty: 3, gaps: [gap('02:00:00', '05:00:00')] },
            },
          ],
        },
        { name: '222222222222', events: 4, first: shown('04:00:00'), last: shown('04:50:00') },
        { name: null, events: 1, first: shown('04:59:59'), last: shown('04:59:59') },
      ],
      regions: [
        { name: 'eu-west-1', events: 2, first: shown('01:00:00'), last: shown('03:00:00') },
        { name: 'us-east-1', events: 5, first: shown('01:59:59'), last: shown('04:50:00') },
        { name: null, events: 1 },
      ],
    });
  });

  test('are those of the window, which holds its start and not its end', async () => {
    const window = { since: at('01:59:59'), until: at('04:10:00') };
    const coverage = await coverageOf(events, window);
    expect(coverage).toMatchObject({
      // Of all records, to tell a window beside the logs.
      first: shown('01:00:00'),
      last: shown('04:59:59'),
      accounts: [
        { name: '111111111111', events: 2, first: shown('01:59:59'), last: shown('03:00:00') },
        { name: '222222222222', events: 1, first: shown('04:00:00'), last: shown('04:00:00') },
      ],
      hours: { covered: 3, empty: 1 },
    });
  });

  test('without a readable time count, and no hour is theirs', async () => {
    const coverage = await coverageOf([openedGroup({ eventTime: 'never' })]);
    expect(coverage).toMatchObject({
      first: null,
      last: null,
      accounts: [{ name: '112233445566', events: 1, first: null, last: null }],
      hours: { covered: 0, empty: 0, gaps: [] },
    });
  });
});
