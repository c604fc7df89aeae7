/** Evidence that a table does not cover is reported as lost, and late files are found as in local dumps: on a real Trino. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/cloudtrail/json.js';
import { toRecord } from '../../../../src/cloudtrail/record.js';
import { DAY } from '../../../../src/cloudtrail/time/window.js';
import { filterConditions } from '../../../../src/rule/filters.js';
import { createLayouts } from '../../../support/athena/sample-table.js';
import { huntEvents, openedGroup, type ListedReport } from '../../../support/hunt-events.js';
import { OPENED } from '../../../support/rules.js';
import { emptyFolder } from '../../../support/run-hunt.js';
import { describeWithTrino } from '../../../support/trino.js';
import { comparable, huntTable, type HuntTableOptions } from '../hunt-table.js';

const OURS = '112233445566';
const THEIRS = '012345678901';
const NOBODYS = '999988887777';
const WEST = 'eu-west-1';
const EAST = 'us-east-1';
const NOW = Date.parse('2026-02-10T12:00:00Z');

interface Delivered {
  /** When it happened. */
  readonly time: string;
  /** The day of its file, `YYYY/MM/DD`. */
  readonly day: string;
  readonly account?: string;
  readonly region?: string;
}

/** Events at the ends of a year and of a month, whose files arrived on the same day or up to three days later. */
const DELIVERED: readonly Delivered[] = [
  ...['2025/12/31', '2026/01/01', '2026/01/02', '2026/01/03'].map((day) => ({
    time: '2025-12-31T23:58:00Z',
    day,
  })),
  ...['2026/01/31', '2026/02/01', '2026/02/02', '2026/02/03'].map((day) => ({
    time: '2026-01-31T23:58:00Z',
    day,
  })),
  // In the file of the day before.
  { time: '2026-01-31T00:03:00Z', day: '2026/01/30' },
  { time: '2026-01-20T10:00:00Z', day: '2026/01/20', account: THEIRS },
  { time: '2026-01-20T11:00:00Z', day: '2026/01/20', region: EAST },
];

const RECORDS = DELIVERED.map(({ time, day, account = OURS, region = WEST }, n) => ({
  path: `AWSLogs/${account}/CloudTrail/${region}/${day}/${account}_CloudTrail_${region}_${n}.json`,
  event: openedGroup({
    eventID: `event-${n}`,
    eventTime: time,
    recipientAccountId: account,
    awsRegion: region,
  }) as JsonObject,
}));

/** In `[since, until)`, in two accounts. */
const between = (since: string, until: string) => ({
  rules: [OPENED],
  now: NOW,
  window: { since: Date.parse(since), until: Date.parse(until) },
  set: { PROD_ACCOUNT_IDS: [OURS, THEIRS] },
});

const keys = (...names: readonly string[]) => names.map((name) => ({ name, type: 'varchar' }));
const DATE = {
  'projection.enabled': 'true',
  'projection.timestamp.type': 'date',
  'projection.timestamp.format': 'yyyy/MM/dd',
  'projection.timestamp.range': '2025/01/01,NOW',
};
/** The organisation's table, projected. */
const projected = (properties: Readonly<Record<string, string>> = {}): HuntTableOptions => ({
  description: {
    partitionKeys: keys('account', 'region', 'timestamp'),
    properties: new Map(Object.entries({ ...DATE, ...properties })),
  },
});

/** How the tables are described by an engine that knows partitions. For the last, hunt.yml names the partitions. */
const TABLES: Readonly<Record<string, HuntTableOptions>> = {
  manual: { description: { partitionKeys: keys('region', 'year', 'month', 'day') } },
  projection: {
    description: {
      partitionKeys: keys('region', 'timestamp'),
      properties: new Map(Object.entries(DATE)),
    },
  },
  organization: projected(),
  integers: { partitions: { year: 'Y', month: 'm', day: 'd' } },
};

await describeWithTrino('a hunt of partitions', (trino) => {
  let folder: string;
  beforeAll(async () => {
    const records = RECORDS.map(({ path, event }) => toRecord(event, path));
    await createLayouts(trino, 'logs', records);
    await trino.rows(
      `CREATE TABLE integers AS SELECT *, CAST(year AS bigint) AS y, CAST(month AS tinyint) AS m,
        CAST(day AS integer) AS d FROM manual`,
    );
    folder = emptyFolder();
    for (const { path, event } of RECORDS) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), JSON.stringify({ Records: [event] }));
    }
  });

  const idsIn = ({ sections }: ListedReport): readonly (string | null)[] =>
    sections.flatMap(({ findings }) => findings.map(({ eventID }) => eventID)).toSorted();
  const lost = ({ files }: ListedReport): readonly string[] =>
    files.unreadable.map(({ path, reason }) => `${path}: ${reason}`);

  describe.each(Object.entries(TABLES).map(([table, known], n) => ({ table, known, n })))(
    'in a table like $table',
    ({ table, known, n: shape }) => {
      const WINDOWS = [
        ['a year', '2025-12-31', '2026-01-01', 1, [0, 1, 2]],
        ['a year, but for a minute', '2025-12-31', '2025-12-31T23:59:00Z', 1, [0, 1]],
        ['a year, three days late', '2025-12-31', '2025-12-31T23:59:00Z', 3, [0, 1, 2, 3]],
        ['a month', '2026-01-31', '2026-02-01', 1, [4, 5, 6, 8]],
        ['a month, but for a minute', '2026-01-31', '2026-01-31T23:59:00Z', 1, [4, 5, 8]],
        ['a month, three days late', '2026-01-31', '2026-01-31T23:59:00Z', 3, [4, 5, 6, 7, 8]],
        ['many weeks', '2025-12-15', '2026-02-10', 1, RECORDS.map((_, n) => n)],
      ] as const;
      // Each kind of table meets three or four of the windows, and each window at least two kinds: all of them takes a
      // minute. The organisation's table meets many weeks below.
      test.each(
        WINDOWS.filter(
          ([name], n) =>
            (n + shape) % 2 === 0 && !(name === 'many weeks' && table === 'organization'),
        ),
      )(
        'finds at the end of %s what a local hunt finds',
        async (_name, since, until, late, ids) => {
          const options = { ...between(since, until), late: late * DAY };
          const [there, here] = await Promise.all([
            huntTable(trino, table, { ...options, ...known }),
            huntEvents([], { ...options, paths: [folder] }),
          ]);
          expect(idsIn(there)).toEqual(ids.map((n) => `event-${n}`).toSorted());
          expect(comparable(there)).toEqual(comparable(here));
          expect(there.coverage).toEqual(here.coverage);
        },
      );
    },
  );

  test('goes on without the files of records where it turns out that there are none', async () => {
    const window = between('2025-12-15', '2026-02-10');
    const [report, local] = await Promise.all([
      huntTable(trino, 'organization', {
        ...window,
        ...TABLES['organization'],
        source: '"$path"',
      }),
      huntEvents([], { ...window, paths: [folder] }),
    ]);
    expect(comparable(report)).toEqual(comparable(local));
    expect(report.coverage).toEqual(local.coverage);
    expect(report.source.missingFields).toContain('source');
    const states = report.source.execution?.queries.map(({ state }) => state) ?? [];
    expect(states.filter((state) => state === 'failed').length).toBeGreaterThan(0);
    expect(states.filter((state) => state === 'succeeded').length).toBeGreaterThan(5);
  });

  const NO_ROWS = 'the table gives no rows for';
  const RANGE = '2026/01/10,2026/01/20';
  /** Each part is a statement. */
  const ONE_PART = between('2026-01-20', '2026-01-22');
  const LISTS = {
    'projection.account.type': 'enum',
    'projection.account.values': `${OURS},${NOBODYS}`,
    'projection.region.type': 'enum',
    'projection.region.values': WEST,
  };

  test.each<[string, HuntTableOptions, readonly string[]]>([
    [
      'the days before a range and after it',
      {
        ...between('2026-01-08', '2026-01-25'),
        ...projected({ 'projection.timestamp.range': RANGE }),
      },
      [
        `2026-01-08..2026-01-09: before projection.timestamp.range = ${RANGE}: ${NO_ROWS} these days`,
        `2026-01-21..2026-01-25: after projection.timestamp.range = ${RANGE}: ${NO_ROWS} these days`,
      ],
    ],
    [
      'an account and a region that are not listed',
      { ...projected(LISTS), filters: filterConditions({ region: [WEST, EAST] }) },
      [
        `account=${THEIRS}: not among the projected values of "account": ${NO_ROWS} this account`,
        `region=${EAST}: not among the projected values of "region": ${NO_ROWS} this region`,
      ],
    ],
    ['nothing where all is there', projected(), []],
    [
      'nothing of what is no account',
      { ...projected(LISTS), set: { PROD_ACCOUNT_IDS: ['11111111111111', OURS] } },
      [],
    ],
  ])('a projection loses %s', async (_name, options, expected) => {
    const report = await huntTable(trino, 'organization', { ...ONE_PART, ...options });
    expect(lost(report)).toEqual(expected);
  });

  test('a projection that lists regions gets a warning that it covers only these', async () => {
    const { warnings } = await huntTable(trino, 'organization', {
      ...ONE_PART,
      ...projected(LISTS),
    });
    expect(warnings).toContainEqual({
      code: 'PROJECTION_LISTS',
      message: `the table covers only the regions ${WEST} (projection of "region")`,
    });
  });

  describe('registered partitions', () => {
    /** A copy of a table in which the partitions that fulfil the condition are registered. */
    const register = async (name: string, where: string): Promise<void> => {
      await trino.rows(`CREATE TABLE ${name} AS SELECT * FROM organization`);
      await trino.rows(
        `CREATE TABLE "${name}$partitions" AS SELECT DISTINCT account, region, "timestamp"
          FROM organization WHERE ${where}`,
      );
    };
    const asked: HuntTableOptions = {
      ...between('2026-01-31', '2026-02-03'),
      set: { PROD_ACCOUNT_IDS: [OURS] },
      partitions: { date: 'timestamp', format: 'yyyy/MM/dd' },
    };
    const description = { partitionKeys: keys('account', 'region', 'timestamp') };

    test('that are all there lose nothing', async () => {
      await register('whole', `account = '${OURS}' AND region = '${WEST}'`);
      const report = await huntTable(trino, 'whole', { ...asked, description });
      expect(lost(report)).toEqual([]);
      expect(report.warnings.map(({ code }) => code)).not.toContain('PARTITIONS_UNKNOWN');
    });

    test('lose the days, the pairs and the accounts that are not registered', async () => {
      await register('holes', `"timestamp" NOT IN ('2026/02/01', '2026/02/02')`);
      const set = { PROD_ACCOUNT_IDS: [OURS, NOBODYS] };
      const report = await huntTable(trino, 'holes', { ...asked, set, description });
      expect(lost(report)).toEqual([
        `2026-02-01..2026-02-02: not registered as a partition: ${NO_ROWS} these days`,
        `account=${NOBODYS}: no partition is registered for it: ${NO_ROWS} this account`,
      ]);
      expect(report.warnings).toContainEqual({
        code: 'PARTITIONS_MISSING',
        message: `no partition for days that other accounts or regions have: account=${OURS} region=${EAST} 2026-01-31, 2026-02-03`,
      });
    });

    test('lose an account and region that stopped, also where its days are before the window', async () => {
      await trino.rows('CREATE TABLE stopped AS SELECT * FROM organization');
      const days = (account: string, first: string, last: string) =>
        `SELECT '${account}', '${WEST}', date_format(d, '%Y/%m/%d')
          FROM UNNEST(sequence(DATE '${first}', DATE '${last}', INTERVAL '1' DAY)) t(d)`;
      await trino.rows(
        `CREATE TABLE "stopped$partitions" AS SELECT * FROM (${[
          days(OURS, '2026-01-01', '2026-02-10'),
          days(THEIRS, '2026-01-01', '2026-01-30'),
        ].join(' UNION ALL ')}) t(account, region, "timestamp")`,
      );
      const window = between('2026-02-08', '2026-02-10');
      const report = await huntTable(trino, 'stopped', { ...asked, ...window, description });
      expect(lost(report)).toEqual([
        `2026-02-08..2026-02-09 account=${THEIRS} region=${WEST}: partitions came regularly until 2026-01-30, and then none: ${NO_ROWS} these days`,
      ]);
    });

    test('without a day are read, once', async () => {
      await trino.rows(
        `CREATE TABLE undated AS SELECT *,
          CASE "timestamp" WHEN '2026/01/31' THEN NULL WHEN '2026/02/01' THEN '0000/00/00' ELSE "timestamp" END AS dt
          FROM organization`,
      );
      await trino.rows(
        'CREATE TABLE "undated$partitions" AS SELECT DISTINCT account, region, dt FROM undated',
      );
      const report = await huntTable(trino, 'undated', {
        // The window has more than one part.
        ...between('2026-01-10', '2026-02-03'),
        partitions: { date: 'dt', format: 'yyyy/MM/dd' },
        description: { partitionKeys: keys('account', 'region', 'dt') },
      });
      expect(idsIn(report)).toEqual(['event-10', ...[4, 5, 6, 7, 8, 9].map((n) => `event-${n}`)]);
    });

    test('lose all where there is none', async () => {
      await register('none_there', 'FALSE');
      const report = await huntTable(trino, 'none_there', { ...asked, description });
      expect(lost(report)).toEqual([
        expect.stringMatching(/^2026-01-31\.\.2026-02-03: no partition of the table is registered/),
      ]);
    });

    test('that only hunt.yml calls such are asked for as well', async () => {
      await register('by_name', `"timestamp" <> '2026/02/01'`);
      const partitions = { ...asked.partitions, account: 'account', region: 'region' };
      const report = await huntTable(trino, 'by_name', { ...asked, partitions });
      expect(lost(report)).toContainEqual(expect.stringMatching(/^2026-02-01: not registered/));
    });

    test('that cannot be listed may hide anything, and the rest is hunted', async () => {
      await trino.rows('CREATE TABLE secret AS SELECT * FROM organization');
      const report = await huntTable(trino, 'secret', { ...asked, description });
      expect(lost(report)).toEqual([expect.stringContaining('secret$partitions')]);
      expect(idsIn(report)).toEqual(['event-4', 'event-5', 'event-6', 'event-7', 'event-8']);
    });
  });

  describe('an injected key', () => {
    const injected = (...names: readonly string[]): HuntTableOptions =>
      projected(Object.fromEntries(names.map((name) => [`projection.${name}.type`, 'injected'])));
    // It has events of all accounts and regions, in two parts.
    const weeks = between('2026-01-20', '2026-02-01');
    const read = ({ sections }: ListedReport) => sections[0]?.funnel[0]?.events;

    test("has the rule's accounts", async () => {
      const set = { PROD_ACCOUNT_IDS: [THEIRS] };
      const asked = { ...weeks, ...injected('account'), set };
      const report = await huntTable(trino, 'organization', asked);
      expect([read(report), idsIn(report)]).toEqual([1, ['event-9']]);
    });

    test('has the account that is asked for, where the rule has only examples', async () => {
      const report = await huntTable(trino, 'organization', {
        ...weeks,
        ...injected('account'),
        set: {},
        filters: filterConditions({ account: [THEIRS] }),
      });
      expect(read(report)).toBe(1);
      expect(report.sections[0]?.warnings).toContainEqual({
        code: 'NO_ACCOUNT_MATCHES',
        message: expect.stringMatching(
          /^no account of these logs was looked at: .*; name yours, for example --set PROD_ACCOUNT_IDS=012345678901$/,
        ),
      });
    });

    test('is said where it gives no record', async () => {
      const set = { PROD_ACCOUNT_IDS: [NOBODYS] };
      const { warnings } = await huntTable(trino, 'organization', {
        ...weeks,
        ...injected('account'),
        set,
      });
      expect(warnings).toContainEqual({
        code: 'NO_RECORDS',
        message: expect.stringContaining(`so only the accounts ${NOBODYS} could be read`),
      });
    });

    test('has the accounts and regions that are asked for', async () => {
      const report = await huntTable(trino, 'organization', {
        ...weeks,
        ...injected('account', 'region'),
        set: { PROD_ACCOUNT_IDS: 'any' },
        filters: filterConditions({ account: [OURS], region: [EAST] }),
      });
      expect([read(report), idsIn(report)]).toEqual([1, ['event-10']]);
    });

    test.each([
      [
        'account',
        'partition key "account" is injected, so the table gives no rows until a query names its accounts: name them with --account',
      ],
      [
        'region',
        'partition key "region" is injected, so the table gives no rows until a query names its regions: name them with --region',
      ],
    ])('without a value for the %s is an error', async (key, message) => {
      const set = { PROD_ACCOUNT_IDS: 'any' } as const;
      const hunted = huntTable(trino, 'organization', { ...weeks, ...injected(key), set });
      await expect(hunted).rejects.toMatchObject({ code: 'USAGE' });
      await expect(hunted).rejects.toThrow(message);
    });
  });
});
