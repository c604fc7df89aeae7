/** A part that fails is halved until the unreadable data is one partition. A failure that halving cannot remove ends the hunt. */
import { beforeAll, describe, expect, test } from 'vitest';
import { DAY } from '../../../../src/cloudtrail/time/window.js';
import type { Report } from '../../../../src/report/report.js';
import type { ExecutionResult } from '../../../support/athena/execution.js';
import {
  EXHAUSTED,
  queryCancelled,
  queryFails,
  TIMED_OUT,
  type Fault,
} from '../../../support/athena/faults.js';
import {
  ACCOUNTS,
  executeWith,
  FIRST,
  found,
  huntTable,
  REGIONS,
  startTables,
  useHunting,
} from '../../../support/athena/hunting.js';
import { endless } from '../../../support/athena/session.js';

useHunting();

let undisturbed: Report;
beforeAll(async () => {
  undisturbed = await huntTable(await startTables());
});

const findingsOf = (report: Report) => [...report.findings];

/** How many days a statement reads, in a table whose days are text. */
function daysOf(sql: string): number {
  const [, first = '', end = ''] =
    /"timestamp" >= '([0-9/]+)' AND "timestamp" < '([0-9/]+)'/.exec(sql) ?? [];
  return (Date.parse(end.replaceAll('/', '-')) - Date.parse(first.replaceAll('/', '-'))) / DAY;
}

/** A fault for the statements that `isLike` selects. */
const ending =
  (fault: Fault, isLike: (sql: string) => boolean = () => true) =>
  ({ operation, input }: { operation: string; input: Readonly<Record<string, unknown>> }) =>
    operation === 'StartQueryExecution' && isLike(String(input['QueryString'])) ? fault : undefined;

const BAD = 'HIVE_BAD_DATA: Error parsing field value in s3://example-trail/a.json.gz';

describe('one partition that cannot be read is named, and the rest is hunted', () => {
  test('by day, account and region', async () => {
    const where = `"timestamp" = '2026/01/06' AND account = '${ACCOUNTS[1]}' AND region = '${REGIONS[2]}'`;
    const server = await startTables({ execute: executeWith({ where, said: BAD }) });
    const report = await huntTable(server);
    expect(report.files.unreadable).toEqual([
      {
        path: `partition 2026-01-06 account=${ACCOUNTS[1]} region=${REGIONS[2]}`,
        reason: `${BAD} (a file does not have the format of the table)`,
      },
    ]);
    const lost = `${ACCOUNTS[1]}-${REGIONS[2]}-5`;
    expect(findingsOf(report)).toEqual(
      findingsOf(undisturbed).filter(({ eventID }) => eventID !== lost),
    );
    expect(findingsOf(report)).toHaveLength(findingsOf(undisturbed).length - 1);
    // Of 84 partitions: seven halvings, and the part that was well.
    expect(server.executions.length).toBeLessThanOrEqual(2 * 7 + 2);
  });

  test('at once, where the message names its file', async () => {
    const [, account] = ACCOUNTS;
    const where = `"timestamp" = '2026/01/06' AND account = '${account}' AND region = '${REGIONS[1]}'`;
    const path = `s3://example-trail/AWSLogs/o-exampleorgid/${account}/CloudTrail/${REGIONS[1]}/2026/01/06/a.json.gz`;
    const server = await startTables({
      execute: executeWith({ where, said: `HIVE_CURSOR_ERROR: Error reading ${path}` }),
    });
    const report = await huntTable(server);
    expect(report.files.unreadable).toEqual([
      {
        path: `partition 2026-01-06 account=${account} region=${REGIONS[1]}`,
        reason: expect.stringContaining(path),
      },
    ]);
    expect(findingsOf(report)).toHaveLength(findingsOf(undisturbed).length - 1);
    // Two parts of seven days; and of the bad one five pieces: before, after, other accounts, other regions, itself.
    expect(server.executions.length).toBe(2 + 5);
  });

  test('as a day, where nothing of it can be read', async () => {
    const said = 'HIVE_CURSOR_ERROR: incorrect data check';
    const server = await startTables({
      execute: executeWith({ where: `"timestamp" = '2026/01/06'`, said }),
    });
    const report = await huntTable(server);
    expect(report.files.unreadable).toEqual([
      { path: 'partition 2026-01-06', reason: expect.stringContaining(said) },
    ]);
    expect(findingsOf(report)).toHaveLength(findingsOf(undisturbed).length - 6);
    expect(server.executions.length).toBeLessThan(25);
  });

  test('by day and region, where partitions are registered', async () => {
    const where = `year = '2026' AND month = '01' AND day = '06' AND region = '${REGIONS[0]}'`;
    const server = await startTables({ execute: executeWith({ where, said: BAD }) });
    const report = await huntTable(server, { layout: 'manual' });
    expect(report.files.unreadable).toEqual([
      { path: `partition 2026-01-06 region=${REGIONS[0]}`, reason: expect.stringContaining(BAD) },
    ]);
    const lost = new Set(ACCOUNTS.map((account) => `${account}-${REGIONS[0]}-5`));
    expect(findingsOf(report).map(({ eventID }) => eventID)).toEqual(
      findingsOf(undisturbed)
        .map(({ eventID }) => eventID)
        .filter((id) => !lost.has(id ?? '')),
    );
    expect(server.executions.length).toBeLessThanOrEqual(2 * 6 + 3);
  });
});

test.each([
  ['exhausts resources', EXHAUSTED],
  ['runs out of time', TIMED_OUT],
  [
    'reads more than the workgroup allows',
    queryCancelled('Query cancelled! : Bytes scanned limit was exceeded'),
  ],
])('a part that %s is halved, and what parts share is counted once', async (_name, fault) => {
  const server = await startTables({ faults: ending(fault, (sql) => daysOf(sql) > 1) });
  const report = await huntTable(server);
  expect(server.executions).toHaveLength(14 + 16);
  expect(found(report)).toEqual(found(undisturbed));
});

describe('a failure in every partition', () => {
  test.each([
    ['the format of the table is wrong', 'HIVE_BAD_DATA', 'no JSON', 30],
    [
      'of files that differ',
      'HIVE_BAD_DATA',
      'no JSON in s3://example-trail/%.json.gz, line %',
      30,
    ],
    ['the server fails every time', 'INTERNAL_ERROR', 'try again, query %', 60],
  ])('ends the hunt early: %s', async (_name, name, message, most) => {
    let count = 0;
    const server = await startTables({
      faults: (call) =>
        ending(queryFails(name, message.replaceAll('%', String(1000 + count++))))(call),
    });
    await expect(huntTable(server)).rejects.toMatchObject({
      code: 'ENGINE',
      message: expect.stringMatching(
        new RegExp(`${name}: .*every part of the hunt that was tried failed in these words`),
      ),
    });
    expect(server.executions.length).toBeLessThanOrEqual(most);
  });

  test('where nothing may be read is one error', async () => {
    const fault = queryFails('HIVE_CANNOT_OPEN_SPLIT', 'Access Denied (Status Code: 403)');
    const server = await startTables({ faults: ending(fault) });
    await expect(huntTable(server)).rejects.toMatchObject({
      code: 'ENGINE',
      message: expect.stringMatching(/Access Denied .*\(this needs s3:GetObject on the logs/),
    });
    expect(server.executions.length).toBeLessThan(100);
  });
});

describe('a failure that no part can escape', () => {
  test.each([
    ['COLUMN_NOT_FOUND', "Column 'x' cannot be resolved", 'hunt schema'],
    ['PERMISSION_DENIED', 'Access Denied: Cannot select from columns', 'hunt doctor'],
    ['GENERIC_INTERNAL_ERROR', 'not authorized to perform: glue:GetPartitions', 'hunt doctor'],
    ['GENERIC_USER_ERROR', 'Access denied when writing output to url: s3://a/', 's3:PutObject'],
    ['GENERIC_USER_ERROR', 'No output location provided', '--results'],
    ['TABLE_NOT_FOUND', "Table 'a.b.c' does not exist", 'check the name'],
  ])('stops the others, and is one error with a hint: %s: %s', async (name, message, hint) => {
    const server = await startTables({
      execute: endless,
      faults: ({ operation, count }) =>
        operation === 'StartQueryExecution' && count === 2 ? queryFails(name, message) : undefined,
    });
    const error = await huntTable(server).catch((reason: unknown) => reason);
    expect(error).toMatchObject({ name: 'HuntError', code: 'ENGINE' });
    expect(String(error)).toContain(`${name}: ${message} (`);
    expect(String(error)).toContain(hint);
    expect(server.executions.map(({ Status: status }) => status?.State)).toEqual([
      'CANCELLED',
      'FAILED',
    ]);
  });

  test('is a hand that stops one of its queries', async () => {
    const server = await startTables({ faults: ending(queryCancelled('Query cancelled by user')) });
    await expect(huntTable(server)).rejects.toThrow('Query cancelled by user');
    expect(server.executions.length).toBeLessThanOrEqual(2);
  });
});

test('a file that went while it was read is looked for once more, and is no wrong name', async () => {
  let once = false;
  const server = await startTables({
    faults: (call) => {
      if (once || call.operation !== 'StartQueryExecution') return undefined;
      once = true;
      return queryFails('HIVE_CANNOT_OPEN_SPLIT', 'The specified key does not exist. (NoSuchKey)');
    },
  });
  expect(found(await huntTable(server))).toEqual(found(undisturbed));
});

describe('many findings', () => {
  /** The finding of the first day, repeated `count` times. */
  const many = (count: number) => {
    const execute = executeWith();
    return async (...call: Parameters<typeof execute>): Promise<ExecutionResult> => {
      const { columns, rows } = await execute(...call);
      const at = columns.findIndex(({ name }) => name === 'matches');
      const finding = rows.find((row) => row[at] !== null) ?? [];
      const matches = finding[at] ?? '';
      const id = /[0-9]{12}-[a-z0-9-]+-[0-9]+/.exec(matches)?.[0] ?? '';
      return {
        columns,
        rows: Array.from({ length: count }, (_, n) =>
          finding.map((value, index) => (index === at ? matches.replaceAll(id, `e${n}`) : value)),
        ),
      };
    };
  };

  test('come in pages, each asked for once', async () => {
    const server = await startTables({ execute: many(2500) });
    const window = { since: FIRST + DAY, until: FIRST + 2 * DAY };
    const report = await huntTable(server, { ask: { window, late: 0 } });
    const ids = findingsOf(report).map(({ eventID }) => eventID);
    expect(new Set(ids)).toEqual(new Set(Array.from({ length: 2500 }, (_, n) => `e${n}`)));
    expect(ids).toHaveLength(2500);
    const pages = server.calls.filter(({ operation }) => operation === 'GetQueryResults');
    // The header is a row of the first.
    expect(pages.map(({ input }) => input['NextToken'] === undefined)).toEqual([
      true,
      false,
      false,
    ]);
    expect(new Set(pages.map(({ input }) => input['NextToken'])).size).toBe(3);
  });
});
