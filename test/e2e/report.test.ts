/** `hunt report`: the reports of hunt.yml, for each period that is over. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { emptyFolder, hunt } from '../support/run-hunt.js';
import { change, deliver, idsIn } from '../support/schedule/days.js';

/** The reports lie in the hunted folder, and are no logs. */
const CONFIG = `paths: [.]
accounts: { prod: "112233445566" }
reports:
  daily: { period: day, outputs: ["{report}/{period}/report.json", "{report}/{period}/changes.csv"] }
  monthly: { period: month, outputs: ["{report}/{period}.json"], fail: never }
`;

/** A folder with a configuration, and with one change on each of three days. */
function scheduled(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'hunt.yml'), CONFIG);
  for (const day of ['2026-10-06', '2026-10-07', '2026-10-08'])
    deliver(join(cwd, 'logs'), {
      day,
      name: 'a',
      events: [change(`of ${day}`, `${day}T12:00:00Z`)],
    });
  return cwd;
}

const report = (cwd: string, ...args: readonly string[]) => hunt(['report', ...args], { cwd });

function daily(cwd: string, day: string): string {
  return join(cwd, `daily/${day}/report.json`);
}

describe('hunt report NAME', () => {
  test('makes a report for each day that is over, once, and none of them is written over', async () => {
    const cwd = scheduled();
    const first = await report(
      cwd,
      'daily',
      '--first',
      '2026-10-06',
      '--now',
      '2026-10-08T02:00:00Z',
    );
    expect(first).toMatchObject({ code: 1, stdout: '' });
    expect(first.stderr).toContain('hunt: daily: 2 days, 2026-10-06 to 2026-10-07 are due\n');
    expect(idsIn(daily(cwd, '2026-10-06'))).toEqual(['of 2026-10-06']);
    expect(idsIn(daily(cwd, '2026-10-07'))).toEqual(['of 2026-10-07']);
    const text = readFileSync(daily(cwd, '2026-10-07'), 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      run: { report: 'daily', number: 2, previous: { number: 1, period: '2026-10-06' } },
      window: { since: '2026-10-07T00:00:00.000Z', until: '2026-10-08T00:00:00.000Z' },
    });
    const manifest = readFileSync(join(cwd, 'daily/2026-10-07/report.manifest.json'), 'utf8');
    expect(JSON.parse(manifest)).toMatchObject({
      run: { number: 2 },
      now: '2026-10-08T02:00:00.000Z',
    });

    const again = await report(cwd, 'daily', '--now', '2026-10-08T23:59:59Z');
    expect(again).toMatchObject({ code: 0, stdout: '' });
    expect(again.stderr).toContain('hunt: daily: nothing is due before 2026-10-09 00:00Z\n');
    expect(await report(cwd, 'daily', '--quiet', '--now', '2026-10-08')).toEqual({
      code: 0,
      stdout: '',
      stderr: '',
    });
    const back = await report(cwd, 'daily', '--quiet', '--now', '2026-10-07T12:00:00Z');
    expect(back).toMatchObject({ code: 0, stdout: '' });
    expect(back.stderr).toContain('up to 2026-10-08 00:00Z, and it is 2026-10-07 12:00Z now');

    const next = await report(
      cwd,
      'daily',
      '-f',
      'csv',
      '--now',
      '2026-10-09',
      '--first',
      '2026-10-01',
    );
    expect(next.code).toBe(1);
    expect(next.stdout.split('\n')[1]).toContain('of 2026-10-08');
    expect(next.stderr).toContain(
      '--first 2026-10-01 is for a new schedule, and this one began with 2026-10-06',
    );
    expect(readFileSync(daily(cwd, '2026-10-07'), 'utf8')).toBe(text);
  });

  test('without --first begins with the last period that is over; fail: never never gives 1', async () => {
    const cwd = scheduled();
    const { code, stdout } = await report(cwd, 'monthly', '-f', 'table', '--now', '2026-11-01');
    expect(code).toBe(0);
    // By the name that hunt.yml gives it.
    expect(stdout).toContain('account prod (112233445566)');
    expect(stdout).toContain('  prod (112233445566): 3 records');
    expect(idsIn(join(cwd, 'monthly/2026-10.json'))).toHaveLength(3);
  });

  test('a run that fails counts for nothing, and ends the later ones; what is in the way stays', async () => {
    const cwd = scheduled();
    const args = ['daily', '--first', '2026-10-06', '--now', '2026-10-09'];
    await report(cwd, 'daily', '--now', '2026-10-07');
    writeFileSync(join(cwd, 'daily/2026-10-07'), 'not a folder');
    expect(await report(cwd, ...args)).toMatchObject({ code: 2 });
    expect(existsSync(daily(cwd, '2026-10-08'))).toBe(false);
    rmSync(join(cwd, 'daily/2026-10-07'));
    expect(await report(cwd, ...args)).toMatchObject({ code: 1 });
    expect(idsIn(daily(cwd, '2026-10-07'))).toEqual(['of 2026-10-07']);
    expect(idsIn(daily(cwd, '2026-10-08'))).toEqual(['of 2026-10-08']);
  });

  test('keeps a file that no run has written', async () => {
    const cwd = scheduled();
    await report(cwd, 'daily', '--now', '2026-10-07');
    rmSync(join(cwd, '.hunt'), { recursive: true });
    for (const _ of [1, 2]) {
      const refused = await report(cwd, 'daily', '--now', '2026-10-07');
      expect(refused.code).toBe(2);
      expect(refused.stderr).toContain('exists already; --force overwrites it');
    }
    expect(await report(cwd, 'daily', '--now', '2026-10-07', '--force')).toMatchObject({ code: 1 });
  });

  test('keeps a file that somebody makes during the run, also when it is run again', async () => {
    const cwd = scheduled();
    const [foreign, pending] = ['daily/2026-10-06/changes.csv', '.hunt/daily/pending.json'];
    const run = report(cwd, 'daily', '--now', '2026-10-07');
    while (!existsSync(join(cwd, pending))) await sleep(1);
    writeFileSync(join(cwd, foreign), 'mine');
    expect(await run).toMatchObject({ code: 2 });
    const again = await report(cwd, 'daily', '--now', '2026-10-07');
    expect(again.code).toBe(2);
    expect(again.stderr).toContain(`${foreign}: it exists already; --force overwrites it`);
    expect(readFileSync(join(cwd, foreign), 'utf8')).toBe('mine');
    rmSync(join(cwd, foreign));
    expect(await report(cwd, 'daily', '--now', '2026-10-07')).toMatchObject({ code: 1 });
  });

  test('removes what a killed run left under the name of another day', async () => {
    const cwd = scheduled();
    writeFileSync(join(cwd, 'hunt.yml'), CONFIG.replaceAll('{period}/', '{period}-{date}/'));
    const [killed, next] = ['daily/2026-10-06-2026-10-07', 'daily/2026-10-06-2026-10-08'];
    const args = ['daily', '--first', '2026-10-06', '--now'];
    const files = join(cwd, '.hunt/daily');
    await report(cwd, ...args, '2026-10-07');
    // As a run leaves it that is killed before its checkpoint.
    rmSync(files, { recursive: true });
    mkdirSync(files);
    writeFileSync(join(cwd, killed, 'mine.csv'), 'mine');
    const left = [...readdirSync(join(cwd, killed)), '../../hunt.yml'];
    const pending = { run: 1, period: '2026-10-06', files: left.map((n) => join(cwd, killed, n)) };
    writeFileSync(
      join(files, 'pending.json'),
      JSON.stringify({ schema: 'hunt-pending/1', ...pending }),
    );
    const { code, stderr } = await report(cwd, ...args, '2026-10-08');
    expect(code, stderr).toBe(1);
    expect(readdirSync(join(cwd, killed))).toEqual(['mine.csv']);
    expect(idsIn(join(cwd, next, 'report.json'))).toEqual(['of 2026-10-06']);
    expect(existsSync(join(cwd, 'hunt.yml'))).toBe(true);
  });

  test.each([
    [['weekly'], 'hunt.yml has no report "weekly". Reports: daily, monthly.'],
    [['daily', '--first', '1 October'], '--first "1 October" is no day'],
    [['daily', '--now', 'yesterday'], '--now "yesterday" is no time'],
    [['daily', '--output', 'x.csv'], "unknown option '--output'"],
  ])('%j is an error', async (args, message) => {
    const { code, stderr } = await report(scheduled(), ...args);
    expect(stderr).toContain(message);
    expect(code).toBe(2);
  });
});

test('hunt report lists the reports, their last runs, and what is due', async () => {
  const cwd = scheduled();
  await report(cwd, 'daily', '--now', '2026-10-07');
  expect(await report(cwd, '--now', '2026-10-09')).toEqual({
    code: 0,
    stderr: '',
    stdout: `REPORT   PERIOD  LAST RUN           DUE
daily    day     run 1, 2026-10-06  2 days, 2026-10-07 to 2026-10-08
monthly  month   none               2026-09, or those from --first on
`,
  });
  const { code, stderr } = await hunt(['report']);
  expect(stderr).toContain('hunt report needs a hunt.yml with reports');
  expect(code).toBe(2);
});
