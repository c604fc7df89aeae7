/** The statements of `hunt sql --trino`: what a person pastes finds what the hunt finds. */
import { beforeAll, expect, test } from 'vitest';
import { COLUMNS } from '../../../../src/cloudtrail/field/columns.js';
import { DAY } from '../../../../src/cloudtrail/time/window.js';
import { planTable } from '../../../../src/hunt/table/plan/plan.js';
import { ruleStatements } from '../../../../src/hunt/table/plan/rule-sql.js';
import { openTrino } from '../../../../src/hunt/table/trino.js';
import { bind } from '../../../../src/rule/bind.js';
import { DEFAULT_RULE } from '../../../../src/rule/catalog/built-in.js';
import { findRule } from '../../../../src/rule/catalog/find.js';
import type { PartitionRoles } from '../../../../src/table/partitions/roles.js';
import { sampleRecords } from '../../../support/athena/sample-table.js';
import { describeWithTrino } from '../../../support/trino.js';
import { trinoUrl } from '../../../support/trino-proxy.js';
import { huntTable } from '../hunt-table.js';

const WINDOW = { since: Date.parse('2026-01-13'), until: Date.parse('2026-01-16') };
const RULE = findRule(DEFAULT_RULE);

await describeWithTrino('a rule as SQL for a table', (trino) => {
  beforeAll(async () => {
    await trino.createEvents('logs', sampleRecords());
    const others = COLUMNS.map(({ column }) => column).filter((name) => name !== 'eventtime');
    await trino.rows(
      `CREATE TABLE stamped AS SELECT ${others.join(', ')}, CAST(from_iso8601_timestamp(eventtime) AS timestamp(6)) AS eventtime,
        substr(eventtime, 1, 10) AS dt FROM logs WHERE eventtime LIKE '____-__-__T__:__:__Z'`,
    );
  });

  const statements = async (name: string, partitions: Readonly<Record<string, string>>) => {
    const [row] = await trino.rows('SELECT current_schema AS name');
    const { table, engine } = await openTrino({
      url: `${await trinoUrl()}/memory/${row?.['name']}/${name}`,
      environment: {},
      columns: new Map(),
      roles: new Map(Object.entries(partitions)) as PartitionRoles,
      signal: new AbortController().signal,
      maxScan: undefined,
      onProgress: () => undefined,
    });
    await engine.close();
    const plan = planTable(table, {
      rules: [bind(RULE, new Map())],
      window: WINDOW,
      late: DAY,
      exclusions: true,
      filters: [],
      now: Date.parse('2026-02-10'),
    });
    return ruleStatements(table, plan);
  };

  test.each([
    ['logs', {}, 'no condition on the partitions'],
    ['stamped', {}, `"eventtime" >= TIMESTAMP '2026-01-13 00:00:00'`],
    [
      'stamped',
      { date: 'dt', format: 'yyyy-MM-dd' },
      `"dt" >= '2026-01-12' AND "dt" < '2026-01-18'`,
    ],
  ])('%s with %j', async (name, partitions, expected) => {
    const [sql = ''] = await statements(name, partitions);
    expect(sql).toContain(expected);
    const rows = await trino.rows(sql);
    const { sections } = await huntTable(trino, name, { rules: [RULE], window: WINDOW });
    expect(rows.map(({ eventid }) => eventid)).toEqual(
      sections[0]?.findings.map(({ eventID }) => eventID),
    );
    expect(rows.length).toBeGreaterThan(0);
  });
});
