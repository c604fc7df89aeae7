/** `hunt report`, killed at moments that it cannot choose, and run again: each change is told once. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { emptyFolder, hunt, ROOT } from '../support/run-hunt.js';
import { change, deliver, idsIn } from '../support/schedule/days.js';

const CONFIG = `paths: [logs]
accounts: { prod: "112233445566" }
reports:
  daily: { period: day, outputs: ["out/{period}/a.json", "out/{period}/a.csv"], fail: never }
`;
const DAYS = ['06', '07', '08', '09'];
const ARGS = ['report', 'daily', '--first', '2026-10-06', '--now', '2026-10-10'];

/** Starts the program, and kills it at the moment when `isTime` sees, if that comes before its end. */
async function killedWhen(cwd: string, isTime: () => boolean): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'dist/main.js'), ...ARGS], { cwd });
  child.stdin.end();
  const closed = new Promise((resolve) => child.on('close', resolve));
  while (child.exitCode === null && !isTime()) await sleep(1);
  child.kill('SIGKILL');
  await closed;
}

test('a run that is killed at any moment loses and doubles nothing', async () => {
  const cwd = emptyFolder();
  const at = (path: string): string => join(cwd, path);
  writeFileSync(at('hunt.yml'), CONFIG);
  for (const [index, day] of DAYS.entries())
    deliver(at('logs'), {
      day: `2026-10-${day}`,
      name: day,
      // Each file also brings the change of the day before, and one that comes late.
      events: [index, index - 1]
        .flatMap((number) =>
          number < 0 ? [] : [change(`${number}`, `2026-10-${DAYS[number]}T12:00:00Z`)],
        )
        .concat(index === 3 ? [change('late', '2026-10-06T13:00:00Z')] : []),
    });
  const run = (): number => {
    const path = at('.hunt/daily/checkpoint.json');
    if (!existsSync(path)) return 0;
    return (JSON.parse(readFileSync(path, 'utf8')) as { runs: number }).runs;
  };
  await killedWhen(cwd, () => existsSync(at('.hunt/daily/lock')));
  await killedWhen(cwd, () => existsSync(at('.hunt/daily/pending.json')));
  await killedWhen(cwd, () => existsSync(at('out/2026-10-06/a.json')));
  await killedWhen(cwd, () => existsSync(at('out/2026-10-07/a.manifest.json')));
  await killedWhen(cwd, () => run() >= 3);
  const { code, stderr } = await hunt(ARGS, { cwd });
  expect(code, stderr).toBe(0);
  expect(run()).toBe(4);
  const told = DAYS.map((day) => idsIn(at(`out/2026-10-${day}/a.json`)));
  // The second run is the first one that opens the file with the late change.
  expect(told).toEqual([['0'], ['late', '1'], ['2'], ['3']]);
  // Nothing half written stays.
  expect(readdirSync(at('out/2026-10-06')).toSorted()).toEqual([
    'a.csv',
    'a.inputs.ndjson',
    'a.json',
    'a.manifest.json',
  ]);
  expect(readdirSync(at('.hunt/daily')).toSorted()).toEqual([
    'checkpoint.json',
    'files-4.bin',
    ...[1, 2, 3, 4].map((number) => `reported-${number}.bin`),
    'seen-4.bin',
  ]);
}, 120_000);
