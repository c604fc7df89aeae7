/** After any single fault in calls to Athena, the report is the same as without a fault. */
import { beforeAll, describe, expect, test } from 'vitest';
import { DAY } from '../../../src/cloudtrail/time/window.js';
import type { Report } from '../../../src/report/report.js';
import type { PendingState } from '../../support/athena/execution.js';
import {
  html,
  INTERNAL_ERROR,
  INTERNAL_ERROR_AFTER,
  queryFails,
  RESET_AFTER,
  RESET_BEFORE,
  SLOW_DOWN,
  THROTTLED,
  TOO_MANY_QUERIES,
  torn,
  type Fault,
  type FaultCall,
} from '../../support/athena/faults.js';
import {
  FIRST,
  found,
  huntTable,
  newJournal,
  started,
  startTables,
  useHunting,
} from '../../support/athena/hunting.js';
import type { AthenaServer } from '../../support/athena/server.js';

useHunting();

/** An execution may go back to the queue. */
const states = (): readonly PendingState[] => ['QUEUED', 'RUNNING', 'QUEUED', 'RUNNING'];

let undisturbed: Report;
let parts: readonly string[];
beforeAll(async () => {
  const server = await startTables({ states });
  undisturbed = await huntTable(server);
  parts = started(server).toSorted();
});

test('the undisturbed hunt finds something, in several parts', () => {
  expect(undisturbed.sections[0]?.findingCount).toBe(48);
  expect(undisturbed.sections[0]?.exclusions).not.toEqual([]);
  expect(undisturbed.sections[0]?.funnel.map(({ events }) => events)).toEqual([
    96, 72, 72, 72, 72, 48, 48,
  ]);
  expect(undisturbed.files.unreadable).toEqual([]);
  expect(parts.length).toBeGreaterThan(1);
});

const FAULTS: readonly (readonly [string, Fault])[] = [
  ['is throttled', THROTTLED],
  ['is one query too many', TOO_MANY_QUERIES],
  ['fails inside', INTERNAL_ERROR],
  ['is to slow down', SLOW_DOWN],
  ['breaks before it arrives', RESET_BEFORE],
  ['breaks after it took effect', RESET_AFTER],
  ['fails after it took effect', INTERNAL_ERROR_AFTER],
  ['is answered by a proxy with HTML', html(200)],
  ['is answered by a proxy with an error in HTML', html(502)],
  ['is answered with JSON that ends too early', torn(false)],
  ['is answered with JSON that is cut off', torn(true)],
];

const MOMENTS: readonly (readonly [string, string | undefined])[] = [
  ['GetWorkGroup', undefined],
  ['GetTableMetadata', undefined],
  ['StartQueryExecution', undefined],
  ['GetQueryExecution', 'QUEUED'],
  ['GetQueryExecution', 'RUNNING'],
  ['GetQueryResults', 'SUCCEEDED'],
];

/** A hunt with faults. `struck` counts the faults, so that a test can see that they occurred. */
async function disturbed(faults: (call: FaultCall) => Fault | undefined) {
  let struck = 0;
  const server = await startTables({
    states,
    faults: (call) => {
      const fault = faults(call);
      if (fault !== undefined) struck++;
      return fault;
    },
  });
  const report = await huntTable(server);
  return { server, report, struck };
}

const tokens = (server: AthenaServer): readonly string[] =>
  server.calls
    .filter(({ operation }) => operation === 'StartQueryExecution')
    .map(({ input }) => String(input['ClientRequestToken']));

describe.concurrent('a call that once', () => {
  describe.each(FAULTS)('%s', (_name, fault) => {
    test.each(MOMENTS)('changes nothing: %s %s', async (operation, state) => {
      let once = false;
      const { server, report, struck } = await disturbed((call) => {
        const isMoment = call.operation === operation && call.state === state;
        if (once || !isMoment) return undefined;
        once = true;
        return fault;
      });
      expect(struck).toBe(1);
      expect(found(report)).toEqual(found(undisturbed));
      // Nothing was started, and is billed, twice.
      expect(started(server).toSorted()).toEqual(parts);
      expect(new Set(tokens(server)).size).toBe(parts.length);
    });
  });
});

test.concurrent.each(FAULTS)(
  'every call fails once before it succeeds: %s',
  async (_name, fault) => {
    const failed = new Set<string>();
    const { server, report, struck } = await disturbed(({ operation, input }) => {
      const call = JSON.stringify([operation, input]);
      // The same poll comes again and again: every other one fails.
      if (failed.delete(call)) return undefined;
      failed.add(call);
      return fault;
    });
    expect(struck).toBeGreaterThan(10);
    expect(found(report)).toEqual(found(undisturbed));
    expect(started(server).toSorted()).toEqual(parts);
  },
);

test.concurrent('twenty queries at once outlast throttling that uses up what the SDK retries', async () => {
  const server = await startTables({
    execute: () => Promise.resolve({ columns: [{ name: 'x', type: 'varchar' }], rows: [] }),
    faults: ({ operation, count }) => {
      if (operation !== 'StartQueryExecution') return undefined;
      // The SDK waits for a shorter time after an internal error than after throttling.
      if (count <= 50) return INTERNAL_ERROR;
      return count <= 100 ? THROTTLED : undefined;
    },
  });
  const window = { since: FIRST, until: FIRST + 200 * DAY };
  await huntTable(server, { atOnce: 20, ask: { window } });
  expect(server.executions.length).toBeGreaterThanOrEqual(20);
});

describe('the token of an execution', () => {
  test('is 64 hexadecimal digits, the same for retries of an attempt and for nothing else', async () => {
    const { server, report } = await disturbed(({ operation, count }) => {
      if (operation !== 'StartQueryExecution') return undefined;
      if (count === 1) return RESET_AFTER;
      return count === 2 ? queryFails('INTERNAL_ERROR', 'try again') : undefined;
    });
    expect(found(report)).toEqual(found(undisturbed));
    const all = tokens(server);
    for (const token of all) expect(token).toMatch(/^[0-9a-f]{64}$/);
    expect(server.executions).toHaveLength(parts.length + 1);
    expect(all).toHaveLength(parts.length + 2);
    expect(new Set(all).size).toBe(parts.length + 1);
  });

  test('is another for another run of the same hunt', async () => {
    const server = await startTables();
    await huntTable(server);
    await huntTable(server);
    expect(server.executions).toHaveLength(2 * parts.length);
    expect(new Set(tokens(server)).size).toBe(2 * parts.length);
  });

  test('is the same for the same run, so that a start whose answer was lost with the hunt is found', async () => {
    const journal = newJournal();
    const server = await startTables();
    await huntTable(server, { journal });
    for (const { part } of undisturbed.source.execution?.queries ?? [])
      journal.note(part, { number: 0, id: undefined });
    await huntTable(server, { journal });
    expect(server.executions).toHaveLength(parts.length);
  });
});

test('an execution that fails for a moment is run again, and the failure is not billed', async () => {
  const failed = new Set<string>();
  const { server, report } = await disturbed(({ operation, input }) => {
    const sql = String(input['QueryString']);
    if (operation !== 'StartQueryExecution' || failed.has(sql)) return undefined;
    failed.add(sql);
    return queryFails('HIVE_CANNOT_OPEN_SPLIT', 'Please reduce your request rate (SlowDown)');
  });
  expect(found(report)).toEqual(found(undisturbed));
  expect(server.executions).toHaveLength(2 * parts.length);
  expect(report.source.execution?.cost).toEqual(undisturbed.source.execution?.cost);
});
