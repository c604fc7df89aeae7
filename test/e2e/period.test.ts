/** `--period`, and placeholders in the names of reports. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, hunt, SAMPLE } from '../support/run-hunt.js';

test('a period is the window, gives the report its name, and is made anew', async () => {
  const cwd = emptyFolder();
  const output = 'reports/{period}/changes.json';
  writeFileSync(
    join(cwd, 'hunt.yml'),
    `paths: ["${SAMPLE}"]\nsince: 30d\nlate: 30d\noutputs: ["${output}", "reports/{date}-{period}.csv"]\n`,
  );
  const args = ['--period', '2026-01-13', '--quiet'];
  const first = await hunt(args, { cwd, now: Date.parse('2026-01-31T23:59:59Z') });
  // The sample has a record without a time, so that no bounded window is complete.
  expect(first).toMatchObject({ code: 3 });
  const path = join(cwd, 'reports/2026-01-13/changes.json');
  const text = readFileSync(path, 'utf8');
  const window = { since: '2026-01-13T00:00:00.000Z', until: '2026-01-14T00:00:00.000Z' };
  expect(JSON.parse(text)).toMatchObject({ window });
  expect(existsSync(join(cwd, 'reports/2026-01-31-2026-01-13.csv'))).toBe(true);

  expect(await hunt(args, { cwd })).toMatchObject({ code: 3 });
  expect(readFileSync(path, 'utf8')).toBe(text);
  expect(await hunt(['--period', '2026-W03', '--quiet'], { cwd })).toMatchObject({ code: 3 });
  expect(readFileSync(path, 'utf8')).toBe(text);

  // Somebody else's file of this name stays.
  writeFileSync(path, '{}');
  const refused = await hunt(args, { cwd });
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('exists already');
});

test.each([
  [['--period', 'yesterday'], '--period "yesterday" is no period: write day, week or month'],
  [['--period', 'day', '--since', '2d'], '--period is a window: leave --since and --until out'],
  [['-o', 'x-{period}.csv'], 'the output "x-{period}.csv": {period} needs --period'],
  [['-o', '{report}.csv'], '{report} is for the reports of hunt.yml'],
  [['-o', '{day}.csv'], 'there is no {day}, only {period}, {date}, {report}'],
])('%j is an error', async (args, message) => {
  const { code, stderr } = await hunt([SAMPLE, ...args]);
  expect(stderr).toContain(message);
  expect(code).toBe(2);
});
