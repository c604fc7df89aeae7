/** The search for partitions that cannot be read, over tables of any size: nothing is read twice, and what is lost is named. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayName, daysOf } from '../../../../src/cloudtrail/time/day-span.js';
import { DAY } from '../../../../src/cloudtrail/time/window.js';
import { StatementFailed } from '../../../../src/engine/failure.js';
import { runParts } from '../../../../src/hunt/table/parts/parts.js';
import { partitionIn } from '../../../../src/table/partitions/path-partition.js';
import { cutSlice, halve, sliceName, type Slice } from '../../../../src/table/partitions/slice.js';
import { splitOut } from '../../../../src/table/partitions/split-out.js';

const FIRST = Date.parse('2026-01-01');

interface Table {
  readonly days: number;
  readonly accounts: number;
  readonly regions: number;
}

interface Partition {
  readonly day: number;
  readonly account: string;
  readonly region: string;
}

interface Run {
  readonly table: Table;
  readonly isBad: (partition: Partition) => boolean;
  /** The message for the bad partitions of a part. */
  readonly message: (bad: readonly Partition[]) => string;
  /** A part with more partitions fails. */
  readonly most?: number;
}

const numbered = (count: number, name: (n: number) => string): readonly string[] =>
  Array.from({ length: count }, (_, n) => name(n));

/** Runs the parts of a table, of which each partition has one record. */
async function search({ table, isBad, message, most = Infinity }: Run) {
  const known = {
    accounts: numbered(table.accounts, (n) => String(111122220000 + n)),
    regions: numbered(table.regions, (n) => `eu-west-${n + 1}`),
  };
  const whole: Slice = {
    days: { first: FIRST, last: FIRST + (table.days - 1) * DAY },
    accounts: undefined,
    regions: undefined,
  };
  const partitionsOf = ({ days, accounts, regions }: Slice): readonly Partition[] =>
    (days === undefined ? [] : daysOf(days)).flatMap((day) =>
      (accounts ?? known.accounts).flatMap((account) =>
        (regions ?? known.regions).map((region) => ({ day, account, region })),
      ),
    );
  const text = ({ day, account, region }: Partition) => `${dayName(day)} ${account} ${region}`;
  const read: string[] = [];
  let statements = 0;
  const lost = await runParts({
    slices: cutSlice(whole, 10),
    read: async (slice) => {
      statements++;
      const partitions = partitionsOf(slice);
      const bad = partitions.filter(isBad);
      if (bad.length > 0 || partitions.length > most)
        throw new StatementFailed('Trino', message(bad));
      read.push(...partitions.map(text));
      return partitions.length;
    },
    split: (slice, said) => {
      const named = said === undefined ? undefined : partitionIn(said);
      return (named && splitOut(slice, named, known)) ?? halve(slice, known);
    },
    took: () => 1,
    atOnce: 4,
    stop: () => undefined,
    onPart: () => undefined,
  });
  return {
    statements,
    read: read.toSorted(),
    lost: lost.flatMap(({ slice }) => partitionsOf(slice).map(text)).toSorted(),
    names: lost.map(({ slice }) => sliceName(slice)),
    all: partitionsOf(whole).map(text).toSorted(),
    text,
  };
}

const path = ({ day, account, region }: Partition): string =>
  `s3://trail/AWSLogs/${account}/CloudTrail/${region}/${dayName(day).replaceAll('-', '/')}/a.json.gz`;

const MESSAGES: Readonly<Record<string, Run['message']>> = {
  'names the file': ([bad]) => `HIVE_CURSOR_ERROR: Failed to read ${bad && path(bad)}`,
  'names no file': () => 'HIVE_CURSOR_ERROR: incorrect data check',
  'names another partition': () =>
    'HIVE_CURSOR_ERROR: s3://trail/AWSLogs/111122220000/CloudTrail/eu-west-1/2026/01/02/a.gz',
  'names no partition': () => 'HIVE_BAD_DATA: Malformed row in s3://lake/data/0001.parquet',
};

describe.each(Object.entries(MESSAGES))('a message that %s', (name, message) => {
  test('leads to the bad partitions, and all others are read once', async () => {
    const grid = fc.record({
      days: fc.integer({ min: 1, max: 25 }),
      accounts: fc.integer({ min: 0, max: 5 }),
      regions: fc.integer({ min: 1, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(grid, fc.array(fc.nat(), { maxLength: 3 }), async (table, picks) => {
        const isOfTable = { ...table, accounts: Math.max(1, table.accounts) };
        const count = isOfTable.days * isOfTable.accounts * isOfTable.regions;
        const chosen = new Set(picks.map((pick) => pick % count));
        // With all partitions bad there is no report.
        fc.pre(chosen.size < count);
        const indexOf = ({ day, account, region }: Partition): number =>
          ((day - FIRST) / DAY) * isOfTable.accounts * isOfTable.regions +
          (Number(account) - 111122220000) * isOfTable.regions +
          (Number(region.slice(8)) - 1);
        const isBad = (partition: Partition) => chosen.has(indexOf(partition));
        const { read, lost, all } = await search({ table: isOfTable, isBad, message });
        expect([...read, ...lost].toSorted()).toEqual(all);
        expect(lost).toHaveLength(chosen.size);
      }),
      { numRuns: 60 },
    );
  });

  test('about a day of which nothing can be read costs few statements', async () => {
    const bad = FIRST + 11 * DAY;
    const table = { days: 30, accounts: 50, regions: 17 };
    const isBad = ({ day }: Partition) => day === bad;
    const { statements, names, read } = await search({ table, isBad, message });
    expect(names).toEqual(['2026-01-12']);
    expect(read).toHaveLength(29 * 50 * 17);
    expect(statements).toBeLessThan(name === 'names the file' ? 20 : 30);
  });

  test('about all that is old does not end the hunt of what is new, nor the other way around', async () => {
    const table = { days: 60, accounts: 1, regions: 1 };
    for (const isBad of [
      ({ day }: Partition) => day < FIRST + 30 * DAY,
      ({ day }: Partition) => day >= FIRST + 30 * DAY,
    ]) {
      const { read, lost, all } = await search({ table, isBad, message });
      expect(lost).toHaveLength(30);
      expect([...read, ...lost].toSorted()).toEqual(all);
    }
  });

  test('about everything ends the hunt early', async () => {
    let statements = 0;
    const hunted = search({
      table: { days: 60, accounts: 20, regions: 17 },
      isBad: () => true,
      message: (bad) => {
        statements++;
        return message(bad);
      },
    });
    await expect(hunted).rejects.toThrow('every part of the hunt that was tried failed');
    expect(statements).toBeLessThan(30);
  });
});

test('a day that is too large is split as far as it must be', async () => {
  const { lost, statements } = await search({
    table: { days: 1, accounts: 16, regions: 2 },
    isBad: () => false,
    message: () => 'EXHAUSTED_RESOURCES: Query exhausted resources at this scale factor',
    most: 1,
  });
  expect(lost).toEqual([]);
  expect(statements).toBe(63);
});

test.each([
  ['s3://b/AWSLogs/o-x/111122223333/CloudTrail/eu-west-1/2026/02/03/f.json.gz', '2026-02-03'],
  ['s3://b/account=111122223333/region=eu-west-1/year=2026/month=2/day=3/f.parquet', '2026-02-03'],
  ['s3a://b/111122223333/eu-west-1/dt=2026-02-03-05/f.orc', '2026-02-03'],
  ['hdfs://n:8020/x/timestamp=2026%2F02%2F03/eu-west-1/111122223333/f', '2026-02-03'],
  ['s3://b/111122223333/eu-west-1/20260203/f', '2026-02-03'],
  ['s3://b/111122223333/eu-west-1/2026020305/f', '2026-02-03'],
  [
    's3://b/eu-west-1/111122223333/111122223333_CloudTrail_eu-west-1_20260203T0005Z_x.json.gz',
    '2026-02-03',
  ],
  ['s3://b/111122223333/eu-west-1/2026/02/30/f', undefined],
  // A folder, and a partition without a location.
  ['s3://b/AWSLogs/111122223333/CloudTrail/eu-west-1/2026/02/03', '2026-02-03'],
  ['partition account=111122223333/region=eu-west-1/day=2026-02-03', '2026-02-03'],
])('%s names its partition', (file, day) => {
  const named = partitionIn(`HIVE_BAD_DATA: Error reading ${file} (offset=0): bad`);
  expect(named?.day).toBe(day && Date.parse(day));
  expect([...(named?.values ?? [])]).toEqual(expect.arrayContaining(['111122223333', 'eu-west-1']));
});
