/** Whatever the layout and the slice, the predicate selects the slice's partitions and no other. */
import { DuckDBInstance } from '@duckdb/node-api';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DAY } from '../../../../src/cloudtrail/time/window.js';
import { daysOf } from '../../../../src/cloudtrail/time/day-span.js';
import {
  dayKeys,
  type Layout,
  type PartitionKey,
} from '../../../../src/table/partitions/layout.js';
import { predicateSql } from '../../../../src/table/partitions/sql/predicate.js';
import type { Slice } from '../../../../src/table/partitions/slice.js';
import { describeWithTrino } from '../../../support/trino.js';
import { ACCOUNTS, day, LAYOUTS, REGIONS, type Partition, type TestedLayout } from '../layouts.js';

/** Every day around the ends of years, of a leap February and of one that is none, and of other months. */
const DAYS = [
  { first: day('2019-11-27'), last: day('2020-03-04') },
  { first: day('2020-12-28'), last: day('2021-03-03') },
  { first: day('2022-01-01'), last: day('2022-01-01') },
  { first: day('2023-06-29'), last: day('2023-07-02') },
  { first: day('2023-12-30'), last: day('2024-01-02') },
].flatMap(daysOf);

const partitionsOf = (days: readonly number[]): readonly Partition[] =>
  days.flatMap((at) =>
    ACCOUNTS.flatMap((account) => REGIONS.map((region) => ({ day: at, account, region }))),
  );

const near = fc
  .tuple(fc.constantFrom(...DAYS), fc.integer({ min: -40, max: 40 }))
  .map(([at, distance]) => at + distance * DAY);
const ordered = fc
  .tuple(near, near)
  .map(([a, b]) => ({ first: Math.min(a, b), last: Math.max(a, b) }));
const short = fc
  .tuple(near, fc.nat(70))
  .map(([first, length]) => ({ first, last: first + length * DAY }));
const open = fc.oneof(
  near.map((first) => ({ first, last: Infinity })),
  near.map((last) => ({ first: -Infinity, last })),
  fc.constant({ first: -Infinity, last: Infinity }),
);

function sliceFor(layout: Layout): fc.Arbitrary<Slice> {
  const dates = layout.days ? dayKeys(layout.days) : [];
  const isInjected = (key: PartitionKey | undefined) => key?.values.kind === 'injected';
  const list = (key: PartitionKey | undefined, values: readonly string[]) =>
    isInjected(key)
      ? fc.subarray([...values], { minLength: 1 })
      : fc.option(fc.subarray([...values]), { nil: undefined });
  const spans = dates.some(isInjected) ? [short] : [ordered, short, open];
  return fc.record({
    days: fc.oneof(...spans),
    accounts: list(layout.account, ACCOUNTS),
    regions: list(layout.region, REGIONS),
  });
}

function isNeeded({ days, accounts, regions }: Slice, partition: Partition): boolean {
  return (
    days !== undefined &&
    partition.day >= days.first &&
    partition.day <= days.last &&
    accounts?.includes(partition.account) !== false &&
    regions?.includes(partition.region) !== false
  );
}

type Run = (sql: string) => Promise<readonly Readonly<Record<string, unknown>>[]>;

/** The table's rows, each with the number of its partition. */
function fillSql(table: string, { rows }: TestedLayout, partitions: readonly Partition[]): string {
  const values = partitions.flatMap((partition, i) =>
    rows(partition).map((row) => `(${i}, ${row.join(', ')})`),
  );
  return `INSERT INTO ${table} VALUES ${values.join(', ')}`;
}

interface Sizes {
  /** The days that the tables hold. */
  readonly days: readonly number[];
  readonly batch: number;
  readonly runs: number;
}

function selectsExactly(run: () => Run, { days, batch, runs }: Sizes): void {
  const partitions = partitionsOf(days);
  describe.each(LAYOUTS.map((tested, i) => ({ ...tested, table: `layout${i}` })))(
    '$name',
    (tested) => {
      beforeAll(async () => {
        await run()(`CREATE TABLE ${tested.table} (id integer, ${tested.columns})`);
        await run()(fillSql(tested.table, tested, partitions));
      });

      test('selects the partitions of a slice and no other', async () => {
        const slices = fc.array(sliceFor(tested.layout), {
          minLength: 1,
          maxLength: batch,
          size: 'max',
        });
        await fc.assert(
          fc.asyncProperty(slices, async (asked) => {
            const flags = asked.map(
              (slice, i) =>
                `CASE WHEN ${predicateSql(tested.layout, slice) ?? 'TRUE'} THEN 'x' ELSE '' END AS s${i}`,
            );
            const rows = await run()(`SELECT id, ${flags.join(', ')} FROM ${tested.table}`);
            expect(rows.length).toBeGreaterThanOrEqual(partitions.length);
            const wrong = rows.flatMap((row) =>
              asked.flatMap((slice, i) => {
                const partition = partitions[Number(row['id'])];
                const isSelected = row[`s${i}`] === 'x';
                return partition && isSelected === isNeeded(slice, partition)
                  ? []
                  : [{ row, slice, isSelected }];
              }),
            );
            expect(wrong.slice(0, 3)).toEqual([]);
          }),
          { numRuns: runs, interruptAfterTimeLimit: 50_000 },
        );
      });
    },
  );
}

describe('DuckDB', () => {
  let instance: DuckDBInstance;
  let run: Run;
  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    run = async (sql) => (await connection.runAndReadAll(sql)).getRowObjects();
  });
  afterAll(() => instance.closeSync());
  selectsExactly(() => run, { days: DAYS, batch: 20, runs: 25 });
});

/** The days around the ends of months: Trino takes seconds to insert the rows of every day. */
const turns = DAYS.filter((at) => [1, 2, 15, 28, 29, 30, 31].includes(new Date(at).getUTCDate()));

await describeWithTrino('Trino', (trino) => {
  selectsExactly(() => (sql) => trino.rows(sql), { days: turns, batch: 20, runs: 3 });
});
