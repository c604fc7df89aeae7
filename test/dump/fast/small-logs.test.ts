/** A small text arrives in one piece, wherever it lies and however it is packed: only then is it read the quick way. */
import { gzipSync } from 'node:zlib';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { PlainReader } from '../../../src/dump/fast/plain.js';
import { tar, zip } from '../../support/archives.js';
import { folderOf, type Reading } from '../../support/read-dump.js';
import { readBucket } from '../../support/s3/reading.js';
import { BUCKET } from '../../support/s3/server.js';
import { eventText, readPaths } from '../dumps.js';

/** More than any stream gives at once. */
const COUNT = 8_000;
const records = Array.from({ length: COUNT }, (_, i) => eventText(`${i}`)).join(',');
const log = Buffer.from(`{"Records":[${records}]}`);
const packed = gzipSync(log);
const members = [
  ['a.json', log],
  ['b.json.gz', packed],
] as const;
const eventNames = new Set(['nothing']);

const quick = vi.spyOn(PlainReader.prototype, 'read');
beforeEach(() => void quick.mockClear());

/** All of the texts were read the quick way; what is no log, an archive in gzip, may have been looked at. */
function expectQuick({ summary }: Reading, texts: number): void {
  expect(summary).toMatchObject({ read: texts, records: texts * COUNT, unreadable: [] });
  const seen = quick.mock.results.flatMap(({ type, value }) => (type === 'return' && value) || []);
  expect(seen).toMatchObject(Array.from({ length: texts }, () => ({ records: COUNT })));
}

describe.each([
  ['plain or gzip', async () => Object.fromEntries(members)],
  ['in a tar archive', async () => ({ 'logs.tar': await tar(members) })],
  ['in a tar archive in gzip', async () => ({ 'logs.tgz': gzipSync(await tar(members)) })],
])('a small log, %s', (_what, write) => {
  test('is read the quick way in a folder', async () => {
    expectQuick(await readPaths([folderOf(await write())], { eventNames }), 2);
  });

  test('is read the quick way in S3', async () => {
    expectQuick(await readBucket(await write(), [`s3://${BUCKET}`], { eventNames }), 2);
  });
});

test.each([
  ['packed', true],
  ['stored', false],
])('a small log, %s in a zip archive, is read the quick way', async (_how, compress) => {
  const folder = folderOf({ 'logs.zip': await zip(members, { compress }) });
  expectQuick(await readPaths([folder], { eventNames }), 2);
});
