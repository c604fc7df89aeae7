/** The calls of a hunt to Athena: no more than needed, with results where the workgroup puts them. */
import type { WorkGroup } from '@aws-sdk/client-athena';
import { describe, expect, test } from 'vitest';
import { DAY } from '../../../src/cloudtrail/time/window.js';
import type { PendingState } from '../../support/athena/execution.js';
import { accessDenied } from '../../support/athena/faults.js';
import {
  dayText,
  FIRST,
  found,
  GIGABYTE,
  huntTable,
  startTables,
  useHunting,
} from '../../support/athena/hunting.js';
import type { AthenaServer } from '../../support/athena/server.js';
import { endless } from '../../support/athena/session.js';

useHunting();

const inputsOf = (server: AthenaServer, operation: string) =>
  server.calls.filter((call) => call.operation === operation).map(({ input }) => input);

describe('a hunt of thirty days', () => {
  const ask = { window: { since: FIRST, until: FIRST + 30 * DAY }, late: DAY };

  test('makes no call that it does not need', async () => {
    // The first hunt fills the server's cache of results.
    await huntTable(await startTables(), { ask });
    const server = await startTables({ states: () => ['QUEUED', 'RUNNING'] });
    await huntTable(server, { ask });
    const counts = new Map<string, number>();
    for (const { operation } of server.calls)
      counts.set(operation, (counts.get(operation) ?? 0) + 1);
    expect(Object.fromEntries(counts)).toEqual({
      GetWorkGroup: 1,
      GetTableMetadata: 1,
      StartQueryExecution: 4,
      // Queued, running, succeeded.
      GetQueryExecution: 3 * 4,
      GetQueryResults: 4,
    });
  });

  test('reads each day in one part, and the window in every part', async () => {
    const server = await startTables();
    await huntTable(server, { ask });
    const parts = inputsOf(server, 'StartQueryExecution').map(({ QueryString: sql }) =>
      String(sql),
    );
    const spans = parts
      .map((sql) => {
        const [, first = '', end = ''] =
          /"timestamp" >= '([0-9/]+)' AND "timestamp" < '([0-9/]+)'/.exec(sql) ?? [];
        return { first, end };
      })
      .toSorted((a, b) => (a.first < b.first ? -1 : 1));
    const slashed = (instant: number) => dayText(instant).replaceAll('-', '/');
    expect(spans[0]?.first).toBe(slashed(FIRST - DAY));
    expect(spans.at(-1)?.end).toBe(slashed(FIRST + 32 * DAY));
    expect(spans.slice(1).map(({ first }) => first)).toEqual(
      spans.slice(0, -1).map(({ end }) => end),
    );
    for (const sql of parts) {
      expect(sql).toContain("TIMESTAMP '2026-01-01 00:00:00.000 UTC'");
      expect(sql).toContain("TIMESTAMP '2026-01-31 00:00:00.000 UTC'");
    }
  });

  test('never asks for an old answer', async () => {
    const server = await startTables();
    await huntTable(server, { ask });
    for (const input of inputsOf(server, 'StartQueryExecution'))
      expect(input['ResultReuseConfiguration']).toEqual({
        ResultReuseByAgeConfiguration: { Enabled: false },
      });
  });

  test('runs no more queries at once than it may', async () => {
    let most = 0;
    const server = await startTables({
      states: () => ['RUNNING', 'RUNNING', 'RUNNING'],
      faults: () => {
        const running = server.executions.filter(
          ({ Status: status }) => status?.State === 'QUEUED' || status?.State === 'RUNNING',
        );
        most = Math.max(most, running.length);
        return undefined;
      },
    });
    await huntTable(server, { ask, atOnce: 2 });
    expect(most).toBe(2);
  });
});

test('looks after half a second, and ever more seldom, at least every five seconds', async () => {
  const ask = { window: { since: FIRST, until: FIRST + DAY } };
  // The first hunt fills the server's cache of results.
  await huntTable(await startTables(), { ask });
  const waits: number[] = [];
  const server = await startTables({
    states: () => Array.from({ length: 9 }, (_, n): PendingState => (n % 2 ? 'RUNNING' : 'QUEUED')),
  });
  await huntTable(server, {
    ask,
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
  });
  expect(waits.slice(0, 3)).toEqual([500, 750, 1125]);
  expect(waits.slice(3).every((wait, index) => wait >= (waits[index + 2] ?? 0))).toBe(true);
  expect(waits.slice(-3)).toEqual([5000, 5000, 5000]);
  expect(waits).toHaveLength(10);
});

describe('results go', () => {
  const sentWith = async (Configuration: WorkGroup['Configuration'], output?: string) => {
    const server = await startTables({ workGroups: [{ Name: 'primary', Configuration }] });
    const report = await huntTable(server, { target: { output } });
    expect(report.sections[0]?.findingCount).toBe(48);
    const [sent, ...others] = inputsOf(server, 'StartQueryExecution').map(
      ({ ResultConfiguration: results }) => results,
    );
    for (const other of others) expect(other).toEqual(sent);
    return sent;
  };
  const ResultConfiguration = { OutputLocation: 's3://groups/own/' };

  test('nowhere, where the workgroup keeps them', async () => {
    const managed = { ManagedQueryResultsConfiguration: { Enabled: true } };
    expect(await sentWith(managed)).toBeUndefined();
    expect(await sentWith(managed, 's3://mine/hunt/')).toBeUndefined();
  });

  test('where the workgroup says, if it insists', async () => {
    const enforced = { EnforceWorkGroupConfiguration: true, ResultConfiguration };
    expect(await sentWith(enforced, 's3://mine/hunt/')).toBeUndefined();
  });

  test('where the person says, if the workgroup does not insist', async () => {
    const sent = { OutputLocation: 's3://mine/hunt/' };
    expect(await sentWith({ ResultConfiguration }, 's3://mine/hunt/')).toEqual(sent);
    expect(await sentWith({}, 's3://mine/hunt/')).toEqual(sent);
    expect(await sentWith({ ResultConfiguration })).toBeUndefined();
  });

  test('somewhere, or nothing is run', async () => {
    const server = await startTables({ workGroups: [{ Name: 'primary', Configuration: {} }] });
    await expect(huntTable(server)).rejects.toThrow(/--results s3:/);
    expect(server.executions).toEqual([]);
  });

  test('where Athena decides, if the workgroup may not be described', async () => {
    const server = await startTables({
      faults: ({ operation }) =>
        operation === 'GetWorkGroup' ? accessDenied('athena:GetWorkGroup') : undefined,
    });
    expect((await huntTable(server)).sections[0]?.findingCount).toBe(48);
  });
});

describe('a limit on the bytes read', () => {
  test('stops everything that runs once it is passed, and says so', async () => {
    const server = await startTables();
    const error = await huntTable(server, { maxScan: GIGABYTE, atOnce: 1 }).catch(String);
    expect(error).toMatch(/--max-scan/);
    expect(error).toContain('have read 2.0 GB, and --max-scan allows 1.0 GB');
    expect(server.executions).toHaveLength(2);
  });

  test('leaves nothing running, and starts nothing more', async () => {
    const server = await startTables({
      execute: endless,
      states: () => ['RUNNING'],
      faults: ({ operation, count }) =>
        operation === 'StartQueryExecution' && count === 1
          ? {
              kind: 'outcome',
              failure: { state: 'CANCELLED', reason: 'a limit', bytesScanned: 5 * GIGABYTE },
            }
          : undefined,
    });
    const ask = { window: { since: FIRST, until: FIRST + 100 * DAY } };
    await expect(huntTable(server, { ask, maxScan: GIGABYTE })).rejects.toThrow('--max-scan');
    const states = server.executions.map(({ Status: status }) => status?.State);
    expect(states).toEqual(states.map(() => 'CANCELLED'));
    expect(states.length).toBeLessThanOrEqual(4);
  });

  test('that is not reached changes nothing', async () => {
    const server = await startTables();
    const report = await huntTable(server, { maxScan: 2 * GIGABYTE });
    expect(found(report)).toEqual(found(await huntTable(server)));
  });
});
