/** Scheduled runs over tables, which remember no files: they ask for the whole lookback, and leave out what was told. */
import { expect, test } from 'vitest';
import type { JsonObject } from '../../../src/cloudtrail/json.js';
import { toRecord } from '../../../src/cloudtrail/record.js';
import { DAY } from '../../../src/cloudtrail/time/window.js';
import {
  FIRST,
  huntTable as huntAthena,
  startTables,
  useHunting,
} from '../../support/athena/hunting.js';
import { openedGroup } from '../../support/hunt-events.js';
import { nextDay } from '../../support/next-day.js';
import { emptyFolder } from '../../support/run-hunt.js';
import { describeWithTrino } from '../../support/trino.js';
import { huntTable } from './hunt-table.js';

useHunting();

test('Athena: late events are told once, and each statement has a name of its own', async () => {
  const server = await startTables();
  const history = { folder: emptyFolder() };
  const first = FIRST + 4 * DAY;
  const next = (hides: number) =>
    nextDay({
      history,
      first,
      hunt: async (run) => {
        const { since, until } = run.period;
        const report = await huntAthena(server, { ask: { window: { since, until } }, run });
        // What is left out is as if it had come later.
        return { ...report, findings: [...report.findings].slice(hides) };
      },
    });
  const before = await next(2);
  expect(before.run?.alreadyReported).toBe(0);
  expect(before.findings).toHaveLength(4);
  const { run, findings, source, sections } = await next(0);
  expect(run?.alreadyReported).toBe(4);
  expect(findings.map(({ eventTime }) => eventTime?.slice(0, 10))).toEqual(
    ['2026-01-05', '2026-01-06'].flatMap((day) => [
      day,
      ...(day.endsWith('5') ? [day] : Array(5).fill(day)),
    ]),
  );
  expect(sections[0]?.funnel.at(-1)?.events).toBe(6);
  const parts = source.execution?.queries.map(({ part }) => part) ?? [];
  expect(new Set(parts).size).toBe(parts.length);
  expect(parts.some((part) => part.startsWith('late events '))).toBe(true);
  expect((await next(0)).run?.alreadyReported).toBe(12);
}, 60_000);

await describeWithTrino('a scheduled run on Trino', (trino) => {
  test('tells what came late once', async () => {
    const event = (id: string, day: number) =>
      toRecord(
        openedGroup({
          eventID: id,
          eventTime: new Date(FIRST + day * DAY).toISOString(),
        }) as JsonObject,
        `s3://example-trail/${id}.json.gz`,
      );
    const history = { folder: emptyFolder() };
    const next = async (...events: readonly ReturnType<typeof event>[]) => {
      await trino.createEvents('late_events', events);
      const { findings, run } = await nextDay({
        history,
        first: FIRST,
        hunt: (made) => {
          const { since, until } = made.period;
          return huntTable(trino, 'late_events', { window: { since, until }, run: made });
        },
      });
      return { ids: findings.map(({ eventID }) => eventID), known: run?.alreadyReported };
    };
    const day = [event('a', 0), event('b', 1), event('c', 2)];
    expect(await next(...day)).toEqual({ ids: ['a'], known: 0 });
    const late = [...day, event('d', 0), event('d', 0)];
    expect(await next(...late)).toEqual({ ids: ['d', 'b'], known: 1 });
    expect(await next(...late)).toEqual({ ids: ['c'], known: 3 });
  });
});
