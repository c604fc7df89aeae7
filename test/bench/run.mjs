/**
 * How fast `hunt` is on a folder of dumps, against queries written by hand for DuckDB and against decompression alone, over
 * the same files, by turns, as whole processes: npm run bench [-- --large --runs N --changes N]. Before that unpacking alone,
 * and then what a window of 7 days in 60 costs.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { writeCorpus } from './corpus.mjs';
import { unpackingSpeeds } from './unpack.mjs';

const { values } = parseArgs({
  options: {
    large: { type: 'boolean' },
    runs: { type: 'string', default: '5' },
    /** How many of a thousand events open a security group. */
    changes: { type: 'string', default: '1' },
  },
});
const RUNS = Number(values.runs);
const EVENTS_IN_FILE = 500;
const SIZES = [100_000, 1_000_000, ...(values.large ? [10_000_000] : [])];
const threads = String(availableParallelism());
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const lines = (text) => text.split('\n').length - 1;
const median = (numbers) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? NaN;

const HUNT = ['--set', 'PROD_ACCOUNT_IDS=112233445566', '--format', 'ndjson', '--quiet'];
const hunt = (name, ...more) => ({
  name,
  args: (folder) => [here('../../dist/main.js'), folder, ...HUNT, ...more],
  found: lines,
});
const CONTENDERS = [
  hunt('hunt'),
  ...['lines', 'narrow', 'auto'].map((reader) => ({
    name: `DuckDB by hand, ${reader}`,
    args: (folder) => [here('./duckdb.mjs'), folder, threads, reader],
    found: Number,
  })),
  {
    name: 'gunzip alone',
    args: (folder) => [here('./gunzip.mjs'), folder, threads],
    found: undefined,
  },
];

function run({ name, args, found }, folder) {
  const peak = join(folder, '..', 'peak');
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ['--import', here('./peak.mjs'), ...args(folder)],
    // Beyond a default limit the reader would leave, which is no error to hunt, and half a report would be timed.
    { encoding: 'utf8', maxBuffer: Infinity, env: { ...process.env, BENCH_PEAK: peak } },
  );
  if (status !== 0) throw new Error(`${name} ended with ${status}: ${stderr}`);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, found: found?.(stdout), ...JSON.parse(readFileSync(peak, 'utf8')) };
}

/** The medians of contenders that take turns, so that a busy machine is busy for all. */
function race(contenders, folder) {
  const turns = Array.from({ length: RUNS }, () => contenders.map((own) => run(own, folder)));
  const counts = new Set(turns.flat().flatMap(({ found }) => found ?? []));
  if (counts.size > 1) throw new Error(`not the same was found: ${[...counts].join(', ')}`);
  return contenders.map(({ name }, index) => ({
    name,
    seconds: median(turns.map((turn) => turn[index].seconds)),
    cpu: Math.min(...turns.map((turn) => turn[index].cpu)),
    peak: Math.max(...turns.map((turn) => turn[index].peak)),
  }));
}

function print(rows) {
  for (const row of rows) process.stdout.write(`| ${row.join(' | ')} |\n`);
  process.stdout.write('\n');
}

/** A hunt that has no parameter. */
const asked = (name, args) => ({
  name,
  args: (folder) => [here('../../dist/main.js'), ...args(folder), '--format', 'ndjson', '--quiet'],
});
const anyChange = (name, ...more) =>
  asked(name, (folder) => [folder, '--rule', 'AWS.Any.ManualChange', ...more]);
const MANUAL_CHANGE = anyChange('AWS.Any.ManualChange');

/** Hunts that have no list of event names, or a long one. */
function asksOf(folder) {
  const { accessKey, session, role } = somebodyIn(folder);
  return [
    asked('hunt who KEY', (logs) => ['who', accessKey, logs]),
    asked('hunt who SESSION', (logs) => ['who', session, logs]),
    anyChange('every write of a role', '--no-exclusions', '--principal', role),
    hunt('--access-key KEY', '--access-key', accessKey),
    hunt('--rule all', '--rule', 'all'),
    MANUAL_CHANGE,
  ];
}

/** The key, the session and the role of the first such event of a corpus. */
function somebodyIn(folder) {
  const file = readdirSync(folder, { recursive: true, encoding: 'utf8' }).find((name) =>
    name.endsWith('.gz'),
  );
  const { Records } = JSON.parse(gunzipSync(readFileSync(join(folder, file))));
  const { userIdentity } = Records.find(({ eventName }) => eventName === 'DescribeInstances');
  const [, role, session] = userIdentity.arn.split('/');
  return { accessKey: userIdentity.accessKeyId, session, role: `role/${role}` };
}

/** CPU time as a share of that with the seed rule: the least of each, because only that does not depend on what else runs. */
function compareHunts(folder, contenders) {
  const [seed, ...others] = race(
    [hunt('the seed rule'), ...contenders].map((own) => ({ ...own, found: undefined })),
    folder,
  );
  print([
    ['hunt', 'CPU seconds', 'of the seed rule', 'peak MB'],
    ['---', '---', '---', '---'],
    ...[seed, ...others].map(({ name, cpu, peak }) => [
      name,
      cpu.toFixed(2),
      (cpu / seed.cpu).toFixed(2),
      Math.round(peak / 1e6),
    ]),
  ]);
}

for (const events of SIZES) {
  const scratch = mkdtempSync(join(tmpdir(), 'hunt-bench-'));
  const folder = join(scratch, 'logs');
  try {
    const files = events / EVENTS_IN_FILE;
    const { bytes, packed } = writeCorpus(folder, files, EVENTS_IN_FILE, 60, {
      changes: Number(values.changes) / 1000,
    });
    process.stdout.write(
      `${events} events in ${files} files, ${(bytes / 1e9).toFixed(2)} GB of JSON in ${Math.round(packed / 1e6)} MB, ${threads} threads, median of ${RUNS}\n\n`,
    );
    const { zlib, wasm } = unpackingSpeeds(folder);
    process.stdout.write(
      `unpacking alone: zlib ${Math.round(zlib / 1e6)} MB/s, hunt ${Math.round(wasm / 1e6)} MB/s, ${(zlib / wasm).toFixed(2)} of the time\n\n`,
    );
    const results = race(CONTENDERS, folder);
    const [own] = results;
    print([
      ['what', 'seconds', 'of which hunt takes', 'events a second', 'peak MB'],
      ['---', '---', '---', '---', '---'],
      ...results.map(({ name, seconds, peak }) => [
        name,
        seconds.toFixed(2),
        (own.seconds / seconds).toFixed(2),
        Math.round(events / seconds).toLocaleString('en'),
        Math.round(peak / 1e6),
      ]),
    ]);
    const [whole, week] = race(
      [
        hunt('all of it'),
        { ...hunt('7 days', '--since', '2026-01-20', '--until', '2026-01-27'), found: undefined },
      ],
      folder,
    );
    process.stdout.write(
      `7 days of 60: ${week.seconds.toFixed(2)} s, ${(week.seconds / whole.seconds).toFixed(2)} of the whole\n\n`,
    );
    compareHunts(folder, asksOf(folder));
    if (events !== SIZES[1]) continue;
    rmSync(folder, { recursive: true });
    writeCorpus(folder, files, EVENTS_IN_FILE, 60, { changes: 0.001, writes: 1 / 30 });
    process.stdout.write('one in thirty of the same number of events is a write:\n\n');
    compareHunts(folder, [MANUAL_CHANGE]);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
