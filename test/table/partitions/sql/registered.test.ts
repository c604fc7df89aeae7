/** The statement over registered partitions, on the engine that answers it. */
import { beforeAll, describe, expect, test } from 'vitest';
import { DAY } from '../../../../src/cloudtrail/time/window.js';
import type { Slice } from '../../../../src/table/partitions/slice.js';
import { registeredSql } from '../../../../src/table/partitions/sql/registered.js';
import { describeWithTrino } from '../../../support/trino.js';
import { ACCOUNTS, day, LAYOUTS, REGIONS, layout, type Partition } from '../layouts.js';

const [FIRST, SECOND] = ACCOUNTS;
const [EAST, CENTRAL] = REGIONS;
const START = day('2024-02-27');

/** One pair has four days around a leap day, the other has only the third of them. */
const PARTITIONS: readonly Partition[] = [
  ...[0, 1, 2, 3].map((i) => ({ day: START + i * DAY, account: FIRST, region: EAST })),
  { day: START + 2 * DAY, account: SECOND, region: CENTRAL },
];

const ALL: Slice = { days: undefined, accounts: undefined, regions: undefined };
const from = { ...ALL, days: { first: START + DAY, last: START + 2 * DAY } };

await describeWithTrino('registered partitions', (trino) => {
  describe.each(LAYOUTS.map((tested, i) => ({ ...tested, table: `"t${i}$partitions"` })))(
    '$name',
    ({ table, rows, columns, layout: of }) => {
      beforeAll(async () => {
        await trino.rows(`CREATE TABLE ${table} (${columns})`);
        const values = PARTITIONS.flatMap(rows).map((row) => `(${row.join(', ')})`);
        await trino.rows(`INSERT INTO ${table} VALUES ${values.join(', ')}`);
      });

      test('are one row an account and region, with the first of all days and those of the slice', async () => {
        expect(await trino.rows(registeredSql(of, table, from))).toEqual([
          {
            account: SECOND,
            region: CENTRAL,
            first: '2024-02-29',
            days: '["2024-02-29"]',
            undated: '0',
          },
          {
            account: FIRST,
            region: EAST,
            first: '2024-02-27',
            days: '["2024-02-28","2024-02-29"]',
            undated: '0',
          },
        ]);
      });

      test('are those of the accounts and regions asked for', async () => {
        const asked = { ...from, accounts: [SECOND, '999999999999'], regions: [CENTRAL] };
        expect(await trino.rows(registeredSql(of, table, asked))).toEqual([
          {
            account: SECOND,
            region: CENTRAL,
            first: '2024-02-29',
            days: '["2024-02-29"]',
            undated: '0',
          },
        ]);
      });

      test('have their first day where the slice has none of theirs', async () => {
        const later = { ...ALL, days: { first: START + 3 * DAY, last: Infinity } };
        expect(await trino.rows(registeredSql(of, table, later))).toEqual([
          { account: SECOND, region: CENTRAL, first: '2024-02-29', days: '[]', undated: '0' },
          {
            account: FIRST,
            region: EAST,
            first: '2024-02-27',
            days: '["2024-03-01"]',
            undated: '0',
          },
        ]);
      });
    },
  );

  test('without account and region are one row, and those without a day are counted', async () => {
    const table = '"dates$partitions"';
    await trino.rows(`CREATE TABLE ${table} (dt varchar)`);
    await trino.rows(
      `INSERT INTO ${table} VALUES ('20240101'), ('20240102'), (NULL), ('2024'), ('00000000')`,
    );
    const of = layout('dt string', {}, { date: 'dt', format: 'yyyyMMdd' });
    expect(await trino.rows(registeredSql(of, table, ALL))).toEqual([
      {
        account: null,
        region: null,
        first: '2024-01-01',
        days: '["2024-01-01","2024-01-02"]',
        undated: '3',
      },
    ]);
  });
});
