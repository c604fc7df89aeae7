/** An interrupted hunt leaves no query running. When it is resumed, it does not run the same query twice. */
import { appendFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { FileJournal } from '../../../src/hunt/table/journal/journal.js';
import type { Report } from '../../../src/report/report.js';
import { AwsError } from '../../support/athena/protocol.js';
import {
  accessDenied,
  delayed,
  queryFails,
  THROTTLED,
  type Fault,
} from '../../support/athena/faults.js';
import {
  ASK,
  executeWith,
  found,
  GIGABYTE,
  huntTable,
  startTables,
  useHunting,
} from '../../support/athena/hunting.js';
import type { AthenaServer } from '../../support/athena/server.js';
import { emptyFolder } from '../../support/run-hunt.js';

useHunting();

let undisturbed: Report;
beforeAll(async () => {
  undisturbed = await huntTable(await startTables());
});

const { window, late, now } = ASK;
const refuse = (reason: string): void => {
  throw new Error(reason);
};
const create = (folder: string, identity = 'a hunt') =>
  FileJournal.create({ folder, identity, warn: refuse }, { window, late, now });
const resume = (folder: string, identity = 'a hunt') =>
  FileJournal.resume({ folder, identity, warn: refuse });
const stateOf = (server: AthenaServer) =>
  server.executions.map(({ Status: status }) => status?.State ?? '').toSorted();

/** A server on which the second of two parts runs until it is stopped, while `stuck.yes` is true. */
async function startStuck(faults?: (operation: string, count: number) => Fault | undefined) {
  const stuck = { yes: true };
  const execute = executeWith();
  const server = await startTables({
    execute: (sql, ...more) =>
      stuck.yes && sql.includes(`"timestamp" < '2026/01/16'`)
        ? new Promise(() => undefined)
        : execute(sql, ...more),
    faults: ({ operation, count }) => faults?.(operation, count),
  });
  return { server, stuck };
}

/** Hunts until one part is done and another runs, and is interrupted then. */
async function interrupted(server: AthenaServer, journal: FileJournal): Promise<unknown> {
  const interruption = new AbortController();
  const pages = (): number =>
    server.calls.filter(({ operation }) => operation === 'GetQueryResults').length;
  const before = pages();
  const hunt = huntTable(server, {
    journal,
    signal: interruption.signal,
    wait: async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      const runs = stateOf(server).some((state) => state === 'QUEUED' || state === 'RUNNING');
      if (runs && pages() > before) interruption.abort();
    },
  });
  return hunt.catch((error: unknown) => error);
}

describe('an interruption', () => {
  test('stops the running queries, and does not pay again for finished ones', async () => {
    const folder = emptyFolder();
    const { server, stuck } = await startStuck();
    expect(await interrupted(server, create(folder))).toMatchObject({ code: 'INTERRUPTED' });
    expect(stateOf(server)).toEqual(['CANCELLED', 'SUCCEEDED']);
    stuck.yes = false;
    const report = await huntTable(server, { journal: resume(folder) });
    expect(found(report)).toEqual(found(undisturbed));
    expect(stateOf(server)).toEqual(['CANCELLED', 'SUCCEEDED', 'SUCCEEDED']);
    const tokens = server.calls.flatMap(({ input }) => input['ClientRequestToken'] ?? []);
    expect(new Set(tokens).size).toBe(3);
  });

  test('counts against --max-scan, together with what the resumed hunt reads, and once', async () => {
    const folder = emptyFolder();
    const { server, stuck } = await startStuck();
    await interrupted(server, create(folder));
    stuck.yes = false;
    const less = huntTable(server, { journal: resume(folder), maxScan: GIGABYTE - 1 });
    await expect(less).rejects.toThrow('have read 1.0 GB, and --max-scan allows');
    expect(server.executions).toHaveLength(2);
    const enough = { journal: resume(folder), maxScan: 2 * GIGABYTE };
    expect(found(await huntTable(server, enough))).toEqual(found(undisturbed));
    expect(server.executions).toHaveLength(3);
  });

  test('stops what it could not stop at once', async () => {
    const { server } = await startStuck((operation, count) =>
      operation === 'StopQueryExecution' && count === 1 ? THROTTLED : undefined,
    );
    await interrupted(server, create(emptyFolder()));
    expect(stateOf(server)).toEqual(['CANCELLED', 'SUCCEEDED']);
  });

  test('ends though nothing may be stopped', async () => {
    const { server } = await startStuck((operation) =>
      operation === 'StopQueryExecution' ? accessDenied('athena:StopQueryExecution') : undefined,
    );
    expect(await interrupted(server, create(emptyFolder()))).toMatchObject({ code: 'INTERRUPTED' });
    const stops = server.calls.filter(({ operation }) => operation === 'StopQueryExecution');
    expect(stops).toHaveLength(1);
  });

  test('stops a query that is just being started', async () => {
    const interruption = new AbortController();
    const server = await startTables({
      execute: () => new Promise(() => undefined),
      faults: ({ operation }) => {
        if (operation !== 'StartQueryExecution') return undefined;
        interruption.abort();
        return delayed(100);
      },
    });
    await expect(huntTable(server, { signal: interruption.signal })).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
    expect(server.executions.length).toBeGreaterThan(0);
    expect(new Set(stateOf(server))).toEqual(new Set(['CANCELLED']));
  });

  test('is heard while Athena refuses to start anything', async () => {
    const interruption = new AbortController();
    const server = await startTables({
      faults: ({ operation, count }) => {
        if (operation !== 'StartQueryExecution') return undefined;
        if (count === 2) interruption.abort();
        return THROTTLED;
      },
    });
    await expect(huntTable(server, { signal: interruption.signal })).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
    const starts = server.calls.filter(({ operation }) => operation === 'StartQueryExecution');
    expect(starts.length).toBeLessThanOrEqual(3);
  });
});

describe('a hunt is resumed', () => {
  /** The file of the one journal in a folder. */
  const fileIn = (folder: string): string => join(folder, readdirSync(folder)[0] ?? '');
  const starts = (server: AthenaServer): number => server.executions.length;

  test('though the last line of its journal is half a line, and again after that', async () => {
    const folder = emptyFolder();
    const { server, stuck } = await startStuck();
    await interrupted(server, create(folder));
    appendFileSync(fileIn(folder), '{"part":"2026-01-0');
    // Breaks off once more.
    await interrupted(server, resume(folder));
    expect(starts(server)).toBe(3);
    stuck.yes = false;
    expect(found(await huntTable(server, { journal: resume(folder) }))).toEqual(found(undisturbed));
    expect(starts(server)).toBe(4);
    const attempts = readFileSync(fileIn(folder), 'utf8').split('\n').filter(isJson);
    // The head, two resumptions, and a line before and after each start.
    expect(attempts).toHaveLength(1 + 2 + 2 * 4);
  });

  test('where the process was killed, and its queries have ended since', async () => {
    const folder = emptyFolder();
    const server = await startTables();
    await huntTable(server, { journal: create(folder) });
    expect(found(await huntTable(server, { journal: resume(folder) }))).toEqual(found(undisturbed));
    expect(starts(server)).toBe(2);
  });

  test.each([
    ['for what may have been mended', 'COLUMN_NOT_FOUND', "Column 'x' cannot be resolved"],
    ['for a moment', 'INTERNAL_ERROR', 'try again'],
    ['for want of rights', 'HIVE_CANNOT_OPEN_SPLIT', 'Access Denied'],
  ])('whose query failed meanwhile %s: it is run again', async (_name, error, message) => {
    const folder = emptyFolder();
    const journal = create(folder);
    let failing = true;
    const server = await startTables({
      faults: ({ operation }) =>
        failing && operation === 'StartQueryExecution' ? queryFails(error, message) : undefined,
    });
    await huntTable(server, { journal, atOnce: 1 }).catch(() => undefined);
    failing = false;
    expect(found(await huntTable(server, { journal: resume(folder) }))).toEqual(found(undisturbed));
    expect(server.executions.at(-1)?.Status?.State).toBe('SUCCEEDED');
  });

  test('whose part was too large: its halves are taken as they are', async () => {
    const folder = emptyFolder();
    const server = await startTables({
      faults: ({ operation, count }) =>
        operation === 'StartQueryExecution' && count === 1
          ? queryFails('EXHAUSTED_RESOURCES', 'Query exhausted resources')
          : undefined,
    });
    await huntTable(server, { journal: create(folder) });
    expect(starts(server)).toBe(4);
    expect(found(await huntTable(server, { journal: resume(folder) }))).toEqual(found(undisturbed));
    expect(starts(server)).toBe(4);
  });

  test('where Athena has forgotten its queries: they are run again', async () => {
    const folder = emptyFolder();
    await huntTable(await startTables(), { journal: create(folder) });
    const other = await startTables();
    expect(found(await huntTable(other, { journal: resume(folder) }))).toEqual(found(undisturbed));
    expect(starts(other)).toBe(2);
  });

  test('where the results are no longer kept: their query is run again', async () => {
    const folder = emptyFolder();
    const gone = new Set<unknown>();
    const server = await startTables({
      faults: ({ operation, input }) =>
        operation === 'GetQueryResults' && gone.has(input['QueryExecutionId'])
          ? {
              kind: 'answer',
              after: false,
              error: new AwsError('InvalidRequestException', 'Could not find results', {}),
            }
          : undefined,
    });
    await huntTable(server, { journal: create(folder) });
    gone.add(server.executions[0]?.QueryExecutionId);
    expect(found(await huntTable(server, { journal: resume(folder) }))).toEqual(found(undisturbed));
    expect(starts(server)).toBe(3);
  });
});

describe('a journal', () => {
  test('is of one hunt, and no other is resumed from it', () => {
    const folder = emptyFolder();
    create(folder, 'a hunt').note('all', { number: 0, id: 'x' });
    expect(() => resume(folder, 'another')).toThrow(
      /--resume: there is no interrupted hunt of this table/,
    );
    expect(resume(folder, 'a hunt').attempt('all')).toEqual({ number: 0, id: 'x' });
  });

  test('that never started anything hides none that did', () => {
    const folder = emptyFolder();
    create(folder).note('all', { number: 0, id: 'x' });
    create(folder);
    expect(resume(folder).attempt('all')).toEqual({ number: 0, id: 'x' });
  });

  test('that broke off in its first line is none', () => {
    const folder = emptyFolder();
    create(folder).note('all', { number: 0, id: 'x' });
    const file = join(folder, readdirSync(folder)[0] ?? '');
    writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20));
    expect(() => resume(folder)).toThrow(/--resume: there is no interrupted hunt/);
  });

  test('of a hunt that is still running says so, and what to do', () => {
    const folder = emptyFolder();
    create(folder).note('all', { number: 0, id: 'x' });
    const file = join(folder, readdirSync(folder)[0] ?? '');
    // The process that started this one lives as long as it.
    const owner = { pid: process.ppid, host: hostname() };
    appendFileSync(file, `${JSON.stringify(owner)}\n`);
    expect(() => resume(folder)).toThrow(
      `--resume: that hunt is still running, as process ${owner.pid}: wait until it ends, or start a new hunt without --resume`,
    );
    // No process has such a number.
    appendFileSync(file, `${JSON.stringify({ ...owner, pid: 9_999_999_999 })}\n`);
    expect(resume(folder).attempt('all')).toEqual({ number: 0, id: 'x' });
  });

  test('takes the window of its hunt over', () => {
    const folder = emptyFolder();
    create(folder).note('all', { number: 0, id: 'x' });
    expect(resume(folder).bounds).toEqual({ window, late, now });
  });

  test('that cannot be written is said once, and the hunt goes on', async () => {
    const file = join(emptyFolder(), 'file');
    writeFileSync(file, '');
    const reasons: string[] = [];
    const bounds = { window, late, now };
    const journal = FileJournal.create(
      { folder: join(file, 'x'), identity: 'a hunt', warn: (why) => reasons.push(why) },
      bounds,
    );
    const report = await huntTable(await startTables(), { journal });
    expect(found(report)).toEqual(found(undisturbed));
    expect(reasons).toHaveLength(1);
    expect(journal.canResume).toBe(false);
  });
});

function isJson(line: string): boolean {
  try {
    JSON.parse(line);
    return true;
  } catch {
    return false;
  }
}
