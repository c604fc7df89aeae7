/** A stream or thread that ends unexpectedly must not hang a hunt, and what was read before must not be lost. */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { folderOf, ids, readingPieces } from '../../support/read-dump.js';
import { eventText } from '../dumps.js';

const packed = gzipSync(`{"Records":[${eventText('a')},${eventText('b')}]}`);

describe('a stream of gzip', () => {
  test.each<[string, readonly Buffer[], string | undefined]>([
    ['padded with zeros', [packed, Buffer.alloc(50_000), Buffer.alloc(50_000)], undefined],
    ['and an empty member', [packed, gzipSync('')], undefined],
    ['byte by byte', [...packed].map((byte) => Buffer.from([byte])), undefined],
    ['and something else', [packed, Buffer.from('hello '.repeat(9999))], 'broken gzip: '],
    ['without its last bytes', [packed.subarray(0, -3)], 'gzip that is cut short'],
  ])('%s', async (_name, pieces, reason) => {
    const reading = await readingPieces(pieces);
    expect(ids(reading)).toEqual(['a', 'b']);
    const reasons = reading.summary.unreadable.map((file) => file.reason);
    expect(reasons).toEqual(reason === undefined ? [] : [expect.stringContaining(reason)]);
  });
});

const MAIN = fileURLToPath(new URL('../../../dist/main.js', import.meta.url));

describe.skipIf(!existsSync(MAIN) || availableParallelism() < 2)('a thread that dies', () => {
  const log = Array.from({ length: 40_000 }, (_, i) => eventText(String(i))).join('\n');
  test.each([
    ['of an error', 'throw new RangeError("boom")', 'boom'],
    ['without a word', 'process.exit(7)', 'exit code 7'],
  ])('%s ends the hunt with one clear line', (_name, code, reason) => {
    const folder = folderOf({ 'a.json': log, 'b.json': log, 'c.json': log });
    const killer = join(folder, 'kill.cjs');
    writeFileSync(
      killer,
      `if (!require('node:worker_threads').isMainThread) setImmediate(() => { ${code} });`,
    );
    const { status, stderr, stdout } = spawnSync(
      process.execPath,
      ['--require', killer, MAIN, folder, '--format', 'json', '--quiet'],
      { encoding: 'utf8' },
    );
    expect([status, stdout, stderr]).toEqual([
      2,
      '',
      `hunt: a thread that reads logs died: ${reason}\n`,
    ]);
  });
});
