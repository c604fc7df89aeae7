import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { firstUseOf } from '../../src/change/actor/first-use.js';
import { periodAt, type PeriodKind } from '../../src/cloudtrail/time/period.js';
import { DAY } from '../../src/cloudtrail/time/window.js';
import { openHistory, type History, type HistoryRequest } from '../../src/history/history.js';
import type { Outcome } from '../../src/history/scheduled-run.js';
import type { Finding } from '../../src/report/finding.js';
import { finding } from '../support/report-sample.js';

const START = Date.parse('2026-10-01T00:00:00Z');

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hunt-history-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function open(more: Partial<HistoryRequest> = {}): History {
  return openHistory({ folder, report: 'daily', lookback: 31 * DAY, version: '1.0.0', ...more });
}

function opened<T>(use: (history: History) => T, more: Partial<HistoryRequest> = {}): T {
  const history = open(more);
  try {
    return use(history);
  } finally {
    history.close();
  }
}

function day(number: number, kind: PeriodKind = 'day') {
  return periodAt(kind, START + number * DAY);
}

function event(eventID: string | null, eventTime = '2026-10-01T12:00:00.000Z'): Finding {
  return finding({ eventID, eventTime });
}

function outcome(findings: readonly Finding[], more: Partial<Outcome> = {}): Outcome {
  const files = { read: 1, skipped: [], skippedRecords: [], unreadable: [], repairedSurrogates: 0 };
  return { report: { findings, files }, manifest: null, exceptions: [], message: null, ...more };
}

/** Runs a period as the schedule does. */
function run(number: number, findings: readonly Finding[], more: Partial<HistoryRequest> = {}) {
  return opened((history) => {
    const started = history.begin({ period: day(number), settings: 'a', files: [] });
    const told = findings.map((one) => started.isReported(one));
    started.commit(outcome(findings.filter((_, index) => told[index] === false)));
    return told;
  }, more);
}

describe('the history of a report', () => {
  it('tells which findings an earlier run has told', () => {
    expect(run(0, [event('a'), event(null)])).toEqual([false, false]);
    const again = { ...event('a'), userAgent: 'delivered again' };
    expect(
      run(1, [again, event('b'), event(null), event('a', '2026-10-01T12:00:01.000Z')]),
    ).toEqual([true, false, true, false]);
    expect(run(2, [event('b')])).toEqual([true]);
  });

  it('counts the runs, and begins where the last period ended', () => {
    opened((history) => {
      expect([history.runs, history.until]).toEqual([0, undefined]);
      const first = history.begin({ period: day(0), settings: 'a', files: [] });
      expect(first.toRun()).toMatchObject({ number: 1, previous: null, lookback: null });
      first.commit(outcome([], { manifest: 'a'.repeat(64), exceptions: ['EX-1'] }));
    });
    opened((history) => {
      expect([history.runs, history.until]).toEqual([1, START + DAY]);
      expect(history.exceptions).toEqual(['EX-1']);
      expect(() => history.begin({ period: day(2), settings: 'a', files: [] })).toThrow(
        'the period 2026-10-03 is not the next one of the report "daily": that begins at 2026-10-02T00:00:00.000Z',
      );
      expect(() => history.begin({ period: day(1, 'week'), settings: 'a', files: [] })).toThrow(
        'give a report for each week another name',
      );
      const second = history.begin({ period: day(1), settings: 'a', files: [] });
      expect(second.previousManifest).toBe('a'.repeat(64));
      expect(second.toRun()).toEqual({
        report: 'daily',
        number: 2,
        period: {
          name: '2026-10-02',
          kind: 'day',
          since: '2026-10-02T00:00:00.000Z',
          until: '2026-10-03T00:00:00.000Z',
        },
        previous: { number: 1, period: '2026-10-01' },
        lookback: '2026-10-01T00:00:00.000Z',
        alreadyReported: 0,
      });
    });
  });

  it('remembers who did what, until the settings change or the memory is damaged', () => {
    const at = (number: number): string => new Date(START + (number + 0.5) * DAY).toISOString();
    for (let number = 0; number < 2; number++) run(number, [event(`${number}`, at(number))]);
    const { actor = '', tool = '' } = firstUseOf(event('a'), event('a')) ?? {};
    const seenWith = (settings: string): unknown =>
      opened((history) => {
        const { seen } = history.begin({ period: day(2), settings, files: [] });
        const known = seen?.actor(actor);
        const has = known?.has('tool', tool ?? '');
        return seen && [seen.since, known?.onSeveralDays, has, seen.actor('x')];
      });
    expect(seenWith('a')).toEqual([START, true, true, undefined]);
    expect(seenWith('b')).toBeUndefined();
    writeFileSync(join(folder, 'daily/seen-2.bin'), 'x');
    expect(seenWith('a')).toBeUndefined();
  });

  it('looks back as far as it remembers, also where the lookback becomes longer', () => {
    const short = { lookback: 2 * DAY };
    for (let number = 0; number < 6; number++) run(number, [event(`${number}`)], short);
    const sinceOf = (more: Partial<HistoryRequest>): unknown =>
      opened((history) => {
        const { lateWindow } = history.begin({ period: day(6), settings: 'a', files: [] });
        return lateWindow;
      }, more);
    expect(sinceOf(short)).toEqual({ since: START + 4 * DAY, until: START + 6 * DAY });
    expect(sinceOf({ lookback: 31 * DAY })).toEqual({
      since: START + 4 * DAY,
      until: START + 6 * DAY,
    });
    expect(sinceOf({ lookback: DAY })).toEqual({ since: START + 5 * DAY, until: START + 6 * DAY });
    // What is older is forgotten.
    expect(readdirSync(join(folder, 'daily')).toSorted()).toEqual([
      'checkpoint.json',
      'files-6.bin',
      'pending.json',
      'reported-5.bin',
      'reported-6.bin',
      'seen-6.bin',
    ]);
  });

  it('lets the next run overwrite what a killed one left, and nothing else', () => {
    const files = ['/reports/2026-10-01/changes.csv'];
    opened((history) => history.begin({ period: day(0), settings: 'a', files }));
    const other = ['/reports/2026-10-01/other.csv'];
    opened((history) => history.begin({ period: day(0), settings: 'a', files: other }));
    opened((history) => {
      expect([...files, ...other, '/else'].map((path) => history.mayReplace(path))).toEqual([
        true,
        true,
        false,
      ]);
      const again = history.begin({ period: day(0), settings: 'a', files: [] });
      again.commit(outcome([]));
      expect(history.mayReplace(files[0] ?? '')).toBe(false);
    });
  });

  it('knows who is to be notified, until somebody was', () => {
    opened((history) => {
      const started = history.begin({ period: day(0), settings: 'a', files: [] });
      started.commit(outcome([], { message: { new: 3 } }));
    });
    const due = [{ run: 1, period: '2026-10-01', message: { new: 3 } }];
    opened((history) => {
      expect(history.due).toEqual(due);
      history.begin({ period: day(1), settings: 'a', files: [] }).commit(outcome([]));
      expect(history.due).toEqual(due);
      history.notified(1);
    });
    opened((history) => expect(history.due).toEqual([]));
  });

  it('tells lost evidence of earlier periods once', () => {
    const unreadable = [{ path: 'a.gz', reason: 'not gzip' }];
    const files = { ...outcome([]).report.files, unreadable };
    opened((history) => {
      const first = history.begin({ period: day(0), settings: 'a', files: [] });
      first.commit({ ...outcome([]), report: { findings: [], files } });
      const met = (number: number, reason: string): boolean => {
        const next = history.begin({ period: day(number), settings: 'a', files: [] });
        const isReported = next.isLossReported('a.gz', reason);
        next.commit(outcome([]));
        return isReported;
      };
      expect(met(1, 'not gzip')).toBe(true);
      expect(met(2, 'not gzip')).toBe(true);
      expect(met(3, 'cut short')).toBe(false);
      expect(met(4, 'not gzip')).toBe(false);
    });
  });

  it('loses and doubles nothing where it is killed at any step', () => {
    const tellsOnce = (step: number): readonly string[] => {
      rmSync(join(folder, 'daily'), { recursive: true, force: true });
      let left = step;
      const onStep = (): void => {
        if (left-- === 0) throw new Error('killed');
      };
      const reports = new Map<number, readonly string[]>();
      // Each day has one finding, and brings that of the day before again.
      while (opened(({ runs }) => runs) < 3)
        try {
          opened(
            (history) => {
              const number = history.runs;
              const started = history.begin({ period: day(number), settings: 'a', files: [] });
              const findings = [`${number - 1}`, `${number}`].map((id) => event(id));
              const told = findings.filter((one) => !started.isReported(one));
              reports.set(
                number,
                told.map(({ eventID }) => eventID ?? ''),
              );
              started.commit(outcome(told));
            },
            { onStep },
          );
        } catch (error) {
          expect(error).toMatchObject({ message: 'killed' });
        }
      return [...reports.values()].flat();
    };
    for (let step = 0; step < 17; step++) expect(tellsOnce(step)).toEqual(['-1', '0', '1', '2']);
  });

  it('is one process at a time', () => {
    opened(() => {
      expect(() => open()).toThrow(/process \d+ on .* is making this report: wait until it ends/);
      opened((other) => expect(other.runs).toBe(0), { report: 'monthly' });
    });
    const lock = join(folder, 'daily', 'lock');
    // A process that is dead, this process's number before the container started again, and one that was killed as it wrote.
    for (const pid of [2 ** 22 + 1, process.pid]) {
      writeFileSync(lock, JSON.stringify({ pid, host: hostname(), token: 'x' }));
      opened((history) => expect(history.runs).toBe(0));
    }
    writeFileSync(lock, '');
    expect(() => open()).toThrow('another process is making this report');
    utimesSync(lock, 0, 0);
    opened((history) => expect(history.runs).toBe(0));
    // A process elsewhere cannot be seen, unless it has not moved for long.
    writeFileSync(lock, JSON.stringify({ pid: 1, host: 'elsewhere', token: 'x' }));
    expect(() => open()).toThrow('process 1 on elsewhere is making this report');
    utimesSync(lock, 0, 0);
    opened((history) => {
      writeFileSync(lock, JSON.stringify({ pid: 1, host: 'elsewhere', token: 'y' }));
      expect(() => history.begin({ period: day(0), settings: 'a', files: [] })).toThrow(
        'another run has taken over',
      );
    });
  });

  it('refuses a damaged or foreign checkpoint, and says what to do', () => {
    run(0, [event('a')]);
    const path = join(folder, 'daily', 'checkpoint.json');
    const text = readFileSync(path, 'utf8');
    const problems = [
      ['', 'it is empty'],
      [text.slice(0, 100), 'it is not JSON'],
      ['[]', 'it is not a checkpoint'],
      [text.replace('checkpoint/1', 'checkpoint/2'), 'another version of hunt wrote it'],
      [text.replace('"daily"', '"other"'), 'it is the checkpoint of another report'],
      [text.replace('reported-1.bin', '../../x'), 'its name is damaged'],
      [text.replace('"runs": 1', '"runs": -1'), 'its runs is damaged'],
      [text.replace(/"until": "2026/g, '"until": "1926'), 'its until is damaged'],
      [text.replace('"due": []', '"due": {}'), 'its due is damaged'],
    ] as const;
    for (const [damaged, problem] of problems) {
      writeFileSync(path, damaged);
      expect(() => open()).toThrow(`cannot use ${path}: ${problem}`);
      expect(() => open()).toThrow('Put the folder back from a backup; or delete');
    }
    writeFileSync(path, text);
    writeFileSync(join(folder, 'daily', 'reported-1.bin'), 'x'.repeat(16));
    expect(() => run(1, [event('a')])).toThrow('it is not the file that the checkpoint names');
  });
});
