/**
 * How fast `hunt` is on a folder of dumps, against queries written by hand for DuckDB over the same files in the same
 * run. All are whole processes. `npm run build` first, then: node test/bench/local.mjs [FILES]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { writeCorpus } from './corpus.mjs';

const RUNS = 5;
const files = Number(process.argv[2] ?? 4000);
const threads = availableParallelism();
const folder = mkdtempSync(join(tmpdir(), 'hunt-bench-'));
const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const lines = (text) => text.split('\n').length - 1;

const HUNT = ['--set', 'PROD_ACCOUNT_IDS=112233445566', '--format', 'ndjson', '--quiet'];
const contenders = [
  { name: 'hunt', args: [here('../../dist/main.js'), folder, ...HUNT], found: lines },
  ...['narrow', 'whole'].map((columns) => ({
    name: `DuckDB by hand, ${columns}`,
    args: [here('./duckdb.mjs'), folder, String(threads), columns],
    found: Number,
  })),
];

function run({ args, found }) {
  const started = performance.now();
  // Beyond a default limit the reader would leave, which is no error to hunt, and half a report would be timed.
  const options = { encoding: 'utf8', maxBuffer: Infinity };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  if (status !== 0) throw new Error(`${args.join(' ')} ended with ${status}: ${stderr}`);
  return { seconds: (performance.now() - started) / 1000, found: found(stdout) };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? NaN;

try {
  const bytes = writeCorpus(folder, files);
  // By turns, so that a busy machine is busy for all.
  const turns = Array.from({ length: RUNS }, () => contenders.map(run));
  const counts = new Set(turns.flat().map(({ found }) => found));
  if (counts.size !== 1) throw new Error(`not the same was found: ${[...counts].join(', ')}`);
  const seconds = contenders.map((_, index) => median(turns.map((turn) => turn[index].seconds)));
  const [hunt = NaN] = seconds;
  process.stdout.write(
    `${files} files, ${Math.round(bytes / 1e6)} MB of JSON, ${[...counts].join()} findings, ${threads} threads\n`,
  );
  for (const [index, { name }] of contenders.entries()) {
    const took = seconds[index] ?? NaN;
    const ratio = index === 0 ? '' : `, of which hunt takes ${(hunt / took).toFixed(2)}`;
    process.stdout.write(`${name}: ${took.toFixed(2)} s${ratio}\n`);
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
