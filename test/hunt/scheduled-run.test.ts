/** The hunts of scheduled runs, over a folder of logs that fills as a bucket does: with files that come late, twice or damaged. */
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DAY } from '../../src/cloudtrail/time/window.js';
import type { Run } from '../../src/report/run.js';
import { huntText, openedGroup, type ListedReport } from '../support/hunt-events.js';
import { nextDay as nextRun } from '../support/next-day.js';

const START = Date.parse('2026-01-01');

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'hunt-run-'));
  mkdirSync(join(root, 'logs'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** An event of a day, from 0. */
function event(id: string, day: number, more: Readonly<Record<string, unknown>> = {}) {
  const eventTime = new Date(START + day * DAY + DAY / 2).toISOString();
  return openedGroup({ eventID: id, eventTime, ...more });
}

/** The path of a log that CloudTrail delivers on a day. */
function delivered(day: number, name: string): string {
  const [date = ''] = new Date(START + day * DAY).toISOString().split('T');
  return `AWSLogs/112233445566/CloudTrail/eu-west-1/${date.replaceAll('-', '/')}/${name}.json`;
}

function put(path: string, events: readonly unknown[]): void {
  const file = join(root, 'logs', path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify({ Records: events }));
}

interface Made {
  readonly report: ListedReport;
  readonly run: Run;
  readonly ids: readonly unknown[];
  /** How many files the search for late events did not read. */
  readonly skipped: number;
}

/** The report of the next day. */
async function nextDay(settings = 'a', lookback = 31 * DAY): Promise<Made> {
  const report = await nextRun({
    history: { folder: join(root, 'history'), lookback },
    first: START,
    settings,
    hunt: (run) => {
      const { since, until } = run.period;
      return huntText('', { paths: [join(root, 'logs')], window: { since, until }, run });
    },
  });
  if (report.run === null) throw new Error('a report without a run');
  const ids = report.findings.map(({ eventID }) => eventID);
  return { report, run: report.run, ids, skipped: report.done.files.skipped };
}

function lossesOf({ report }: Made): readonly string[] {
  return report.files.unreadable.map(({ path, reason }) => `${path.split('/').at(-1)}: ${reason}`);
}

describe('a scheduled run', () => {
  test('tells what came late, before the findings of its period, and counts what it knows', async () => {
    put(delivered(0, 'a'), [event('a', 0)]);
    put(delivered(1, 'b'), [event('b', 1)]);
    expect((await nextDay()).ids).toEqual(['a']);
    // An event of the first day, in a file of today and again elsewhere; and what the first run told, in another folder.
    put(delivered(1, 'late'), [event('b2', 1), event('c', 0)]);
    put('copy/late', [event('c', 0, { userAgent: 'sent again' })]);
    put('copy/a', [event('a', 0)]);
    const { ids, run, report } = await nextDay();
    expect(ids).toEqual(['c', 'b', 'b2']);
    expect(run).toMatchObject({
      number: 2,
      alreadyReported: 1,
      lookback: '2026-01-01T00:00:00.000Z',
    });
    expect(report.sections[0]?.findingCount).toBe(3);
    // The funnel is that of the period.
    expect(report.sections[0]?.funnel.at(-1)?.events).toBe(2);
    const third = await nextDay();
    expect(third.ids).toEqual([]);
    // It has opened no file again.
    expect([third.run.alreadyReported, third.skipped]).toEqual([0, 5]);
  });

  test('reads again what it could not read before, and tells its loss once', async () => {
    put(delivered(0, 'good'), [event('a', 0)]);
    put(delivered(0, 'bad'), [event('b', 0)]);
    const bad = join(root, 'logs', delivered(0, 'bad'));
    const whole = JSON.stringify({ Records: [event('b', 0), event('c', 0)] });
    // Its size and its time stay: only the memory of the loss tells that it is to be read again.
    const write = (text: string): void => {
      writeFileSync(bad, text.padEnd(whole.length));
      utimesSync(bad, 1000, 1000);
    };
    write(whole.slice(0, -40));
    const first = await nextDay();
    expect(lossesOf(first)).toHaveLength(1);
    // The hunt of the next day still opens it, because a file may be stored under the day before its events.
    expect(lossesOf(await nextDay())).toHaveLength(1);
    put(delivered(2, 'new'), [event('d', 2)]);
    expect(lossesOf(await nextDay())).toEqual([]);
    write(whole);
    const { ids } = await nextDay();
    expect([...first.ids, ...ids].toSorted()).toEqual(['a', 'b', 'c']);
  });

  test('reads a file again when it changes, and every file when the settings do', async () => {
    const path = 'grows.ndjson';
    put(path, []);
    const grow = (text: string): void => appendFileSync(join(root, 'logs', path), `\n${text}`);
    grow(JSON.stringify(event('a', 0)));
    expect((await nextDay()).ids).toEqual(['a']);
    grow(JSON.stringify(event('b', 0)));
    expect(await nextDay()).toMatchObject({ ids: ['b'], run: { alreadyReported: 1 } });
    expect(await nextDay()).toMatchObject({ ids: [], run: { alreadyReported: 0 } });
    const changed = await nextDay('b');
    expect(changed).toMatchObject({ ids: [], run: { alreadyReported: 2 } });
    expect(changed.report.warnings.map(({ code }) => code)).toContain('FILES_READ_AGAIN');
  });

  test('tells no change that is older than its lookback, or than its first period', async () => {
    put('old', [event('before', -1)]);
    expect((await nextDay('a', 2 * DAY)).ids).toEqual([]);
    await nextDay('a', 2 * DAY);
    await nextDay('a', 2 * DAY);
    put('older', [event('0', 0), event('1', 1), event('2', 2)]);
    expect(await nextDay('a', 2 * DAY)).toMatchObject({
      ids: ['1', '2'],
      run: { lookback: '2026-01-02T00:00:00.000Z' },
    });
  });

  test('tells each change once, however its files come', async () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 48271) % 2147483647;
      return seed % below;
    };
    const days = 5;
    const due = new Map<number, (() => void)[]>();
    const wanted: string[] = [];
    const later = (day: number, bring: () => void): void =>
      void due.set(day, [...(due.get(day) ?? []), bring]);
    for (let number = 0; number < 40; number++) {
      const day = random(days);
      // Some have no ID of their own. A repeat of these in the same run would be another finding.
      const isNamed = number % 5 > 0;
      const id = isNamed ? {} : { eventID: undefined, requestID: `${number}` };
      const one = event(`${number}`, day, id);
      wanted.push(String(number));
      for (let copy = 0; copy <= (isNamed ? random(3) : 0); copy++) {
        const arrival = Math.min(days + 1, day + ([0, 0, 1, 3][random(4)] ?? 0));
        const path = [delivered(arrival, `${number}-${copy}`), `flat/${number}-${copy}`][random(2)];
        later(arrival, () => put(path ?? '', [one]));
      }
    }
    const told: string[] = [];
    for (let day = 0; day < days + 2; day++) {
      for (const bring of due.get(day) ?? []) bring();
      const { report } = await nextDay();
      told.push(...report.findings.map(({ eventID, requestID }) => eventID ?? String(requestID)));
    }
    expect(told.toSorted()).toEqual(wanted.toSorted());
  });
});
