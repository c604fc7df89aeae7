/** Which modules a command loads: a hunt over a folder must not wait for those that it does not need. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { emptyFolder, huntProcess, ROOT, SAMPLE } from '../support/run-hunt.js';

/** The files that a run of the built command loaded, from Node's record of covered code. */
async function loadedBy(...args: readonly string[]): Promise<readonly string[]> {
  const folder = emptyFolder();
  const { code } = await huntProcess(args, { environment: { NODE_V8_COVERAGE: folder } });
  expect(code).toBe(0);
  const urls = readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      readonly result: readonly { readonly url: string }[];
    };
    return result.map(({ url }) => url);
  });
  // The threads load some of the same files.
  return [...new Set(urls)];
}

const isBuilt = (url: string): boolean => url.includes('/dist/') && !url.includes('/node_modules/');

/** The modules in these files. A built file names the modules that it was made of in comments. */
function modulesIn(urls: readonly string[]): readonly string[] {
  return urls.flatMap((url) => {
    if (!isBuilt(url)) return [url];
    const modules = readFileSync(fileURLToPath(url), 'utf8').matchAll(/^\/\/ (src\/\S+\.tsx?)$/gm);
    return [...modules].map(([, module = '']) => module);
  });
}

const TABLES =
  /\/hunt\/(table|doctor)\/|\/engine\/(athena|trino)\/|src\/table\/(?!partitions\/roles\.ts)|(athena|trino|table)-hunt\.ts|@aws-sdk|s3-list\.ts/;
const OTHER_COMMANDS =
  /\/commands\/(doctor|explain|rules|schema|sql|test|why)\.ts|\/rule\/(catalog\/read\.ts|sigma\/)/;
const OTHER_OUTPUT =
  /cli-progress|csv-(?:parse|stringify)|hucre|report\/(?:csv|xlsx)|dump\/csv\/read|zstd|picocolors|preact|report\/(?:terminal|html)/;

test('a hunt over a folder loads no other engine, command, format or kind of rule', async () => {
  const loaded = await loadedBy(SAMPLE, '--format', 'ndjson', '--quiet');
  const modules = modulesIn(loaded);
  expect(modules).toContain('src/hunt/logs/hunt.ts');
  for (const pattern of [TABLES, OTHER_COMMANDS, OTHER_OUTPUT])
    expect(modules.filter((module) => pattern.test(module))).toEqual([]);
  expect(loaded.filter(isBuilt).length).toBeLessThan(15);
});

test('a command loads what it needs', async () => {
  const [csv, schema] = [await loadedBy(SAMPLE, '--format', 'csv'), await loadedBy('schema')];
  expect(modulesIn(csv)).toContainEqual(expect.stringMatching(OTHER_OUTPUT));
  expect(modulesIn(schema)).toContainEqual(expect.stringMatching(OTHER_COMMANDS));
});

/** The built files that a built file always loads. */
function importedBy(name: string): readonly string[] {
  const text = readFileSync(join(ROOT, 'dist', name), 'utf8');
  const requires = text.matchAll(/^const \w+ = require\("\.\/(.+)"\);$/gm);
  return [...requires].map(([, file = '']) => file);
}

/** A built file, and all that it always loads. */
function needed(name: string): readonly string[] {
  return [name, ...importedBy(name).flatMap(needed)];
}

test('a thread that reads logs loads four files, and nothing of a rule', () => {
  expect(new Set(needed('worker.js'))).toEqual(
    new Set(['worker.js', 'reading.js', 'dump.js', 'start.js']),
  );
});

test('the help and the version load only the options', () => {
  expect(new Set(needed('program.js'))).toEqual(
    new Set(['program.js', 'options.js', 'rolldown-runtime.js', 'start.js']),
  );
});

test('what makes the report is loaded when threads read, and DuckDB where a query runs', () => {
  expect(needed('answer.js')).toContain('hunt.js');
  for (const later of ['reading.js', 'answer.js', 'duckdb.js'])
    expect(needed('hunt.js')).not.toContain(later);
  expect(needed('answer.js')).not.toContain('duckdb.js');
  expect(needed('main.js')).not.toContain('program.js');
});
