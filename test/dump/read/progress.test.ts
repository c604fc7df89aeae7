/** The progress that a reading reports. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { DumpProgress, DumpRequest, ParquetContent } from '../../../src/dump/dump.js';
import { readDump } from '../../../src/dump/read/read.js';
import { folderOf, namesRequired } from '../../support/read-dump.js';
import { eventText } from '../dumps.js';

const LINE = `${eventText('x', { requestParameters: { noise: 'x'.repeat(2000) } })}\n`;
/** Long enough to be read in pieces. */
const LARGE = LINE.repeat(4000);

/** All progress reports of a reading. Checks what is true of every reading: they never decrease, and end at the total. */
async function progressOf(
  paths: readonly string[],
  more: Partial<DumpRequest> = {},
): Promise<readonly DumpProgress[]> {
  const seen: DumpProgress[] = [];
  const dump = readDump({
    paths,
    stdin: () => Readable.from([]),
    window: { since: undefined, until: undefined },
    late: 0,
    required: namesRequired(new Set(['NoSuchEvent'])),
    prefilter: true,
    workers: 1,
    onProgress: (progress) => seen.push(progress),
    ...more,
  });
  for await (const batch of dump.batches) expect(batch).toEqual([]);
  const last = seen.at(-1);
  expect(last?.bytes).toBe(last?.totalBytes);
  expect(last?.records).toBe(dump.summary().records);
  seen.reduce((before, now) => {
    expect(now.bytes).toBeGreaterThanOrEqual(before.bytes);
    expect(now.records).toBeGreaterThanOrEqual(before.records);
    return now;
  });
  return seen;
}

/** How many different amounts between 0 and the last one were reported. */
function steps(seen: readonly DumpProgress[], of: 'bytes' | 'records'): number {
  const last = seen.at(-1)?.[of] ?? 0;
  const between = seen.map((progress) => progress[of]).filter((n) => n > 0 && n < last);
  return new Set(between).size;
}

describe('progress', () => {
  test('goes from file to file, with a total from the start', async () => {
    const files = Object.fromEntries(Array.from({ length: 9 }, (_, i) => [`${i}.json`, LINE]));
    const seen = await progressOf([folderOf(files)]);
    expect(new Set(seen.map(({ totalBytes }) => totalBytes))).toEqual(new Set([9 * LINE.length]));
    expect(steps(seen, 'bytes')).toBe(8);
    expect(steps(seen, 'records')).toBe(8);
  });

  test('moves within a large file', async () => {
    const seen = await progressOf([folderOf({ 'a.json': LARGE })]);
    expect(seen.at(-1)).toEqual({
      bytes: LARGE.length,
      totalBytes: LARGE.length,
      records: 4000,
    });
    expect(steps(seen, 'bytes')).toBeGreaterThan(4);
    expect(steps(seen, 'records')).toBeGreaterThan(4);
  });

  test('counts bytes as they are stored, and all of a file that breaks off', async () => {
    const cut = gzipSync(LARGE).subarray(0, 2000);
    const files = { 'a.json.gz': gzipSync(LARGE), 'b.json.gz': cut };
    const seen = await progressOf([folderOf(files)]);
    expect(seen.at(-1)?.totalBytes).toBe(files['a.json.gz'].length + cut.length);
  });

  test('has no total before standard input ends', async () => {
    const stdin = () => Readable.from([LINE, LINE, LINE].map((line) => Buffer.from(line)));
    const seen = await progressOf(['-', folderOf({ 'a.json': LINE })], { stdin });
    const [sizes, totals] = [seen.map(({ bytes }) => bytes), seen.map((one) => one.totalBytes)];
    expect(sizes).toEqual([1, 2, 3, 3, 3, 4].map((lines) => lines * LINE.length));
    expect(totals).toEqual([...Array<undefined>(4), 4 * LINE.length, 4 * LINE.length]);
  });

  test('has no total while a pipe of unknown size is read', async () => {
    const pipe = join(folderOf({}), 'pipe.json');
    execFileSync('mkfifo', [pipe]);
    const writing = writeFile(pipe, LARGE);
    const seen = await progressOf([pipe]);
    await writing;
    const under = seen.filter(({ bytes }) => bytes > 0 && bytes < LARGE.length);
    expect(under.length).toBeGreaterThan(1);
    expect(new Set(under.map(({ totalBytes }) => totalBytes))).toEqual(new Set([undefined]));
  });

  test('counts what an engine reads when the engine has read it', async () => {
    const parquet = async (): Promise<ParquetContent> => ({
      kind: 'text',
      missing: [],
      lost: undefined,
      text: Readable.from([Buffer.from(LINE)]),
    });
    const file = Buffer.concat([Buffer.from('PAR1'), Buffer.alloc(5000), Buffer.from('PAR1')]);
    const seen = await progressOf([folderOf({ 'a.parquet': file, 'b.json': LINE })], { parquet });
    expect(seen.map(({ bytes }) => bytes).filter((bytes) => bytes > 0)).toEqual([
      LINE.length,
      LINE.length + file.length,
    ]);
  });
});

const THREAD = new URL('../../../dist/worker.js', import.meta.url);

describe.skipIf(!existsSync(THREAD))('progress of several threads', () => {
  test('ends at all that there was', async () => {
    const files = Object.fromEntries(Array.from({ length: 6 }, (_, i) => [`${i}.json`, LARGE]));
    const seen = await progressOf([folderOf(files)], { workers: 2 });
    expect(seen.at(-1)).toEqual({
      bytes: 6 * LARGE.length,
      totalBytes: 6 * LARGE.length,
      records: 6 * 4000,
    });
    expect(steps(seen, 'bytes')).toBeGreaterThan(2);
  });
});
