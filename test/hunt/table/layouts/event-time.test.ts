/** Tables whose eventTime is a timestamp: the window goes on the column itself, and nothing is lost at its bounds. */
import { beforeAll, expect, test } from 'vitest';
import type { JsonObject } from '../../../../src/cloudtrail/json.js';
import { toRecord } from '../../../../src/cloudtrail/record.js';
import type { Window } from '../../../../src/cloudtrail/time/window.js';
import { openedGroup } from '../../../support/hunt-events.js';
import { describeWithTrino } from '../../../support/trino.js';
import { huntTable, type HuntTableOptions } from '../hunt-table.js';

/** Around the bounds of the windows, finer than a millisecond, on days between, and of no year that hunt reads. */
const TIMES = [
  '2026-01-10 11:59:59.999999999',
  '2026-01-10 12:00:00.000000000',
  '2026-01-10 12:00:00.000000001',
  '2026-01-10 12:00:00.000999999',
  '2026-01-10 12:00:00.001000000',
  '2026-01-12 00:00:00.000000000',
  '2026-01-12 23:59:59.999999999',
  '2026-01-13 10:00:00.122999999',
  '2026-01-13 10:00:00.123000000',
  '2026-01-13 10:00:00.123400000',
  '3000-01-01 00:00:00.000000000',
  '0999-12-31 00:00:00.000000000',
  null,
];
const INSIDE: Window = {
  since: Date.parse('2026-01-10T12:00:00.001Z'),
  until: Date.parse('2026-01-13T10:00:00.123Z'),
};
const AROUND: Window = {
  since: Date.parse('2026-01-10T12:00:00.000Z'),
  until: Date.parse('2026-01-13T10:00:00.124Z'),
};
const WINDOWS = [
  INSIDE,
  AROUND,
  { since: INSIDE.since, until: undefined },
  { since: undefined, until: INSIDE.until },
];

interface Typed {
  readonly digits: number;
  readonly type: string;
  readonly windows: readonly Window[];
}

/**
 * Each type meets one window of two bounds, which with each number of digits is another one with a zone than without. One type
 * with a zone and one without meet all windows.
 */
const TYPES: readonly Typed[] = [0, 3, 6, 9].flatMap((digits, n) => {
  const type = `timestamp(${digits})`;
  const [plain, zoned] = n % 2 === 0 ? [INSIDE, AROUND] : [AROUND, INSIDE];
  return [
    { digits, type, windows: digits === 3 ? WINDOWS : [plain] },
    { digits, type: `${type} with time zone`, windows: digits === 6 ? WINDOWS : [zoned] },
  ];
});

await describeWithTrino('a table whose eventTime is a timestamp', (trino) => {
  beforeAll(async () => {
    await trino.createEvents(
      'logs',
      TIMES.map((eventTime, n) =>
        toRecord(openedGroup({ eventID: `e${n}`, eventTime }) as JsonObject, 'file'),
      ),
    );
    for (const [n, { digits, type }] of TYPES.entries()) {
      // Towards zero, as an ETL job cuts: a cast to fewer digits would round.
      const zone = type.includes('zone') ? ' UTC' : '';
      const cut = `CAST(substr(eventtime, 1, ${digits === 0 ? 19 : 20 + digits}) || '${zone}' AS ${type})`;
      await trino.rows(`CREATE TABLE typed_${n} AS SELECT ${time(cut)} FROM logs`);
      await trino.rows(
        `CREATE TABLE texts_${n} AS SELECT ${time("replace(CAST(eventtime AS varchar), ' UTC', '')")} FROM typed_${n}`,
      );
    }
  });

  const time = (sql: string): string =>
    `${sql} AS eventtime, eventid, eventname, awsregion, recipientaccountid, errorcode, errormessage, useragent, useridentity`;
  const resultOf = async (name: string, options: HuntTableOptions) => {
    const { sections, source } = await huntTable(trino, name, { ...options, watch: false });
    const [section] = sections;
    return {
      found: section?.findings.map(({ eventID }) => eventID),
      undated: section?.warnings.filter(({ code }) => code === 'UNDATED_MATCH'),
      parts: source.execution?.queries.map(({ part }) => part),
    };
  };

  test.each(TYPES.map((typed, n) => ({ ...typed, n })))(
    'of the type $type finds what it finds in text',
    async ({ windows, n }) => {
      for (const window of windows) {
        const { found, undated } = await resultOf(`typed_${n}`, { window });
        const texts = await resultOf(`texts_${n}`, { window });
        expect({ found, undated }).toEqual({ found: texts.found, undated: texts.undated });
        expect(found?.length).toBeGreaterThan(0);
        expect(undated).toHaveLength(1);
      }
    },
  );

  test('is cut into parts by time where Iceberg is partitioned by it, and counts nothing twice', async () => {
    await trino.rows(
      `CREATE TABLE "typed_5$partitions" AS SELECT CAST(ROW(DATE '2026-01-10') AS ROW(eventtime_day date)) AS partition`,
    );
    const iceberg = { description: { storage: { iceberg: true, columnar: false } } };
    const window = { since: Date.parse('2025-12-20'), until: INSIDE.until };
    const [cut, whole] = [
      await resultOf('typed_5', { window, ...iceberg }),
      await resultOf('typed_5', { window }),
    ];
    expect({ ...cut, parts: [] }).toEqual({ ...whole, parts: [] });
    expect(cut.parts).toEqual([
      '2025-12-20..2025-12-27',
      '2025-12-28..2026-01-04',
      '2026-01-05..2026-01-13',
      'hidden partitions',
    ]);
    expect(whole.parts).toEqual(['all']);
    // Partitioned by something else.
    const other = await resultOf('typed_4', { window, ...iceberg });
    expect(other.parts).toEqual(['all', 'hidden partitions']);
  });
});
