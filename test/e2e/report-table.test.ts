/** `hunt report` over a table in Athena. */
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { awsEnvironment } from '../support/athena/aws-environment.js';
import { ACCOUNTS, startTables, useHunting } from '../support/athena/hunting.js';
import { emptyFolder, hunt } from '../support/run-hunt.js';
import { idsIn } from '../support/schedule/days.js';

useHunting();

test('each change of a table is told once, day by day and in the month', async () => {
  const server = await startTables();
  const cwd = emptyFolder();
  writeFileSync(
    join(cwd, 'hunt.yml'),
    `athena: { table: logs.organization }
parameters: { PROD_ACCOUNT_IDS: [${ACCOUNTS.map((id) => `"${id}"`).join(', ')}] }
reports:
  daily: { period: day, outputs: ["daily/{period}.json"] }
  monthly: { period: month, outputs: ["monthly/{period}.json"] }
`,
  );
  const report = (...args: readonly string[]) =>
    hunt(['report', ...args, '--endpoint', server.url], { cwd, environment: awsEnvironment() });
  const daily = await report('daily', '--first', '2026-01-04', '--now', '2026-01-08');
  expect(daily.stderr).toContain('4 days, 2026-01-04 to 2026-01-07 are due');
  expect(daily.code, daily.stderr).not.toBe(2);
  const names = readdirSync(join(cwd, 'daily')).filter((name) => /^2026-01-\d\d\.json$/.test(name));
  expect(names).toHaveLength(4);
  const told = names.flatMap((name) => idsIn(join(cwd, 'daily', name)));
  expect(told.length).toBeGreaterThan(5);
  expect(new Set(told).size).toBe(told.length);
  await report('monthly', '--now', '2026-02-01');
  expect(idsIn(join(cwd, 'monthly/2026-01.json'))).toEqual(expect.arrayContaining(told));
});
