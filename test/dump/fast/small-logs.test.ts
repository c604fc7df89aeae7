/** A small log reaches the fast reader in one piece, wherever it is stored and however it is compressed. */
import { gzipSync } from 'node:zlib';
import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { PlainReader } from '../../../src/dump/fast/plain.js';
import { tar, zip } from '../../support/archives.js';
import { folderOf, type Reading, namesRequired } from '../../support/read-dump.js';
import { readBucket } from '../../support/s3/reading.js';
import { BUCKET } from '../../support/s3/server.js';
import { eventText, readPaths } from '../dumps.js';

/** Enough that no stream gives the log in one piece. */
const COUNT = 8_000;
const records = Array.from({ length: COUNT }, (_, i) => eventText(`${i}`)).join(',');
const log = Buffer.from(`{"Records":[${records}]}`);
const packed = gzipSync(log);
const members = [
  ['a.json', log],
  ['b.json.gz', packed],
] as const;
const eventNames = new Set(['nothing']);

const fastRead = vi.spyOn(PlainReader.prototype, 'read');
beforeEach(() => void fastRead.mockClear());
afterAll(() => fastRead.mockRestore());

/** All texts were read by the fast reader. It may also have been tried on gzip that holds an archive. */
function expectFast({ summary }: Reading, texts: number): void {
  expect(summary).toMatchObject({ read: texts, records: texts * COUNT, unreadable: [] });
  const seen = fastRead.mock.results.flatMap(
    ({ type, value }) => (type === 'return' && value) || [],
  );
  expect(seen).toMatchObject(Array.from({ length: texts }, () => ({ records: COUNT })));
}

describe.each([
  ['plain or gzip', async () => Object.fromEntries(members)],
  ['in a tar archive', async () => ({ 'logs.tar': await tar(members) })],
  ['in a tar archive in gzip', async () => ({ 'logs.tgz': gzipSync(await tar(members)) })],
])('a small log, %s', (_what, write) => {
  test('is read by the fast reader in a folder', async () => {
    expectFast(
      await readPaths([folderOf(await write())], { required: namesRequired(eventNames) }),
      2,
    );
  });

  test('is read by the fast reader in S3', async () => {
    expectFast(
      await readBucket(await write(), [`s3://${BUCKET}`], { required: namesRequired(eventNames) }),
      2,
    );
  });
});

test.each([
  ['packed', true],
  ['stored', false],
])('a small log, %s in a zip archive, is read by the fast reader', async (_how, compress) => {
  const folder = folderOf({ 'logs.zip': await zip(members, { compress }) });
  expectFast(await readPaths([folder], { required: namesRequired(eventNames) }), 2);
});
