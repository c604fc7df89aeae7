/** What a command loads: a hunt over a folder is not to wait for what it does not need. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { emptyFolder, hunt, SAMPLE } from '../support/run-hunt.js';

/** The modules that a run of the built command loaded, as Node's record of covered code has them. */
async function loadedBy(...args: readonly string[]): Promise<readonly string[]> {
  const folder = emptyFolder();
  const { code } = await hunt(args, { environment: { NODE_V8_COVERAGE: folder } });
  expect(code).toBe(0);
  return readdirSync(folder).flatMap((name) => {
    const { result } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as {
      readonly result: readonly { readonly url: string }[];
    };
    return result.map(({ url }) => url);
  });
}

const ELSEWHERE = /\/(remote|athena|trino)\/|hunt-(remote|table)\.js|@aws-sdk|s3\/list\.js/;
const OTHERS = /\/cli\/(doctor|explain|rules|schema|sql|test|why)\.js|\/rule\/(read\.js|sigma\/)/;
const SHOWN = /cli-progress|csv|picocolors|report\/table/;

test('a hunt over a folder loads no other engine, command, format or kind of rule', async () => {
  const loaded = await loadedBy(SAMPLE, '--format', 'ndjson', '--quiet');
  expect(loaded.some((url) => url.endsWith('dist/hunt/local.js'))).toBe(true);
  for (const pattern of [ELSEWHERE, OTHERS, SHOWN])
    expect(loaded.filter((url) => pattern.test(url))).toEqual([]);
});

test('what is asked for is loaded', async () => {
  expect(await loadedBy(SAMPLE, '--format', 'csv')).toContainEqual(expect.stringMatching(SHOWN));
  expect(await loadedBy('schema')).toContainEqual(expect.stringMatching(OTHERS));
});
