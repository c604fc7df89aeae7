/** In Athena, the registered values of a date key whose format nobody wrote down are listed once, also for a hunt that goes on. */
import { expect, test } from 'vitest';
import { DAY } from '../../../../src/cloudtrail/time/window.js';
import type { Execute } from '../../../support/athena/execution.js';
import { queryFails } from '../../../support/athena/faults.js';
import {
  dayText,
  executeWith,
  FIRST,
  found,
  huntTable,
  newJournal,
  started,
  startTables,
  useHunting,
} from '../../../support/athena/hunting.js';
import { documentedTable } from '../../../support/athena/tables.js';

useHunting();

const VALUES = Array.from({ length: 14 }, (_, day) =>
  dayText(FIRST + day * DAY).replaceAll('-', '/'),
);

/** Lists the values of the date, and then runs every statement as usual. */
const execute: Execute = async (sql, context, signal) =>
  sql.includes('"values0"')
    ? {
        columns: [{ name: 'values0', type: 'varchar' }],
        rows: [[JSON.stringify(VALUES)]],
      }
    : executeWith()(sql, context, signal);

test('and its days are then those of a table that says its format', async () => {
  const metadata = documentedTable('projection', 'projection', { Parameters: {} });
  let isDown = true;
  const server = await startTables({
    execute,
    tables: [{ database: 'logs', metadata }],
    faults: ({ operation, input }) =>
      isDown && operation === 'StartQueryExecution' && String(input['QueryString']).includes('WITH')
        ? queryFails('PERMISSION_DENIED', 'lakeformation:GetDataAccess')
        : undefined,
  });
  const journal = newJournal();
  const hunt = { layout: 'projection', journal } as const;
  await expect(huntTable(server, hunt)).rejects.toThrow('lakeformation:GetDataAccess');
  isDown = false;
  const report = await huntTable(server, hunt);
  const listings = started(server).filter((sql) => sql.includes('"values0"'));
  expect(listings).toEqual([expect.stringContaining('FROM "logs"."projection$partitions"')]);
  const usual = await huntTable(await startTables(), { layout: 'projection' });
  expect(found(report).sections).toEqual(found(usual).sections);
  expect(report.source.execution?.queries.map(({ part }) => part)).toContain(
    '2026-01-01..2026-01-07',
  );
});
