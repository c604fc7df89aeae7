/** Reading in several threads. A thread cannot load TypeScript, so it runs the last build. */
import { NOTHING_REQUIRED } from '../../../src/cloudtrail/requirement.js';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import type { Worker } from 'node:worker_threads';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Dump, DumpProgress, DumpRequest } from '../../../src/dump/dump.js';
import { readDump } from '../../../src/dump/read/read.js';
import { Threads } from '../../../src/dump/threads/threads.js';
import { recordsIn } from '../../support/batch-records.js';
import { folderOf, namesRequired } from '../../support/read-dump.js';
import { eventText } from '../dumps.js';

const THREAD = new URL('../../../dist/worker.js', import.meta.url);

describe.skipIf(!existsSync(THREAD))('several threads', () => {
  const noise = 'x'.repeat(1 << 20);
  const files = Object.fromEntries(
    Array.from({ length: 40 }, (_, i) => {
      const text = Array.from({ length: 50 }, (_event, j) => eventText(`${i}-${j}`)).join('\n');
      return [
        `${i}.json`,
        i % 9 === 0 ? gzipSync(`${text}\n{"cut`) : `${text}\n{"noise":"${noise}"}`,
      ];
    }),
  );
  const request = (paths: readonly string[], more: Partial<DumpRequest>): Dump =>
    readDump({
      paths,
      stdin: () => Readable.from([]),
      window: { since: undefined, until: undefined },
      late: 0,
      required: NOTHING_REQUIRED,
      prefilter: true,
      workers: 1,
      ...more,
    });

  test('give the same as one', async () => {
    const folder = folderOf(files);
    const readings = [];
    for (const workers of [1, 2, 3]) {
      const dump = request([folder], { workers });
      const rows: string[] = [];
      for await (const batch of dump.batches)
        rows.push(...recordsIn(batch).map((row) => JSON.stringify(row)));
      readings.push({ rows: rows.toSorted(), summary: dump.summary() });
    }
    expect(readings[0]?.rows).toHaveLength(2000);
    expect(readings[0]?.summary.unreadable).toHaveLength(5);
    expect(readings[1]).toEqual(readings[0]);
    expect(readings[2]).toEqual(readings[0]);
  });

  test('parse long events one at a time: broken, too long, or whole', async () => {
    const large = (id: string, bytes: number): string =>
      eventText(id, { userAgent: 'x'.repeat(bytes), requestParameters: { a: 1 } });
    const folder = folderOf(
      Object.fromEntries(
        Array.from({ length: 12 }, (_, i) => [
          `${i}.json`,
          [
            large(`${i}-lines`, 3 << 20).concat(`\n{"eventName":"${noise}${noise}","x":01}`),
            `{"Records":[${large(`${i}-a`, 1 << 20)},${large(`${i}-b`, 1 << 20)}]}`,
            `${eventText(`${i}-before`)}\n${large('lost', 33 << 20)}\n${eventText(`${i}-behind`)}`,
          ][i % 3] ?? '',
        ]),
      ),
    );
    for (const eventNames of [undefined, new Set(['CreateSecurityGroup'])]) {
      const dump = request([folder], { workers: 4, required: namesRequired(eventNames) });
      const found: unknown[] = [];
      for await (const batch of dump.batches)
        found.push(...recordsIn(batch).map((row) => row['eventid']));
      expect(found).toHaveLength(4 * 5);
      expect(new Set(found).size).toBe(4 * 5);
      expect(dump.summary().unreadable).toHaveLength(8);
    }
  });

  describe('while a slow share is listed', () => {
    const large = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`${i}.json`, `${eventText(`${i}`)}\n{"x":"${noise}"}`]),
    );
    const MAX_DEPTH = 1000;
    const clock = new Int32Array(new SharedArrayBuffer(4));

    /** A folder in which there is another one, and so on: each is made when the one around it has been listed. */
    function deepening(until: () => boolean) {
      const folder = folderOf({ ...large, 'n/none.txt': '' });
      let depth = 0;
      const isKnown = ({ path }: { readonly path: string }): boolean => {
        const isLast = path.startsWith(`${folder}/${'n/'.repeat(depth)}`);
        if (!isLast || depth === MAX_DEPTH || until()) return false;
        Atomics.wait(clock, 0, 0, 20);
        depth += 1;
        const next = `${folder}/${'n/'.repeat(depth)}`;
        mkdirSync(`${next}n`, { recursive: true });
        writeFileSync(`${next}a.json`, eventText(`depth ${depth}`));
        return false;
      };
      return { folder, isKnown, depth: () => depth };
    }

    /** Resolves when all threads that were taken have ended. */
    class WatchedThreads extends Threads {
      readonly ends: Promise<unknown>[] = [];

      override take(): Worker {
        const thread = super.take();
        this.ends.push(new Promise((resolve) => thread.once('exit', resolve)));
        return thread;
      }
    }

    test('read the first files', async () => {
      const seen: DumpProgress[] = [];
      const { folder, isKnown, depth } = deepening(() => (seen.at(-1)?.records ?? 0) > 0);
      const onProgress = (progress: DumpProgress): unknown => seen.push(progress);
      const threads = new WatchedThreads();
      const dump = request([folder], { workers: 2, isKnown, onProgress, threads });
      const found: unknown[] = [];
      for await (const batch of dump.batches)
        found.push(...recordsIn(batch).map((row) => row['eventid']));
      expect(depth()).toBeLessThan(MAX_DEPTH);
      expect(seen.find(({ records }) => records > 0)?.totalBytes).toBeUndefined();
      expect(seen.at(-1)?.bytes).toBe(seen.at(-1)?.totalBytes);
      expect(new Set(found).size).toBe(12 + depth());
      expect(dump.summary()).toMatchObject({ read: 12 + depth(), records: 12 + depth() });
      expect(dump.names()).toHaveLength(12 + depth());
      await Promise.all(threads.ends);
      expect(threads.ends).toHaveLength(2);
    });

    test.each([
      ['an error there', new Error('boom'), 'boom'],
      ['an interruption', undefined, 'interrupted'],
    ])('stop at %s', async (_name, error, message) => {
      const stop = new AbortController();
      const { folder, isKnown, depth } = deepening(() => {
        if (depth() < 3) return false;
        if (error) throw error;
        stop.abort();
        return false;
      });
      const threads = new WatchedThreads();
      const { signal } = stop;
      const dump = request([folder], { workers: 2, isKnown, threads, signal });
      const reading = (async () => {
        for await (const batch of dump.batches) expect(batch.rows).toBeGreaterThan(0);
      })();
      await expect(reading).rejects.toThrow(message);
      expect(depth()).toBeLessThan(10);
      await Promise.all(threads.ends);
      expect(threads.ends).toHaveLength(2);
    });

    test('start none if there is little to read', async () => {
      const { folder, isKnown, depth } = deepening(() => depth() === 3);
      for (let i = 6; i < 12; i++) rmSync(`${folder}/${i}.json`);
      const threads = new WatchedThreads();
      const dump = request([folder], { workers: 2, isKnown, threads });
      for await (const batch of dump.batches) expect(batch.rows).toBeGreaterThan(0);
      expect(dump.summary().read).toBe(6 + 3);
      expect(threads.ends).toEqual([]);
    });
  });

  test('stop when the consumer leaves', async () => {
    const dump = request([folderOf(files)], { workers: 2 });
    for await (const batch of dump.batches) {
      expect(batch.rows).toBeGreaterThan(0);
      break;
    }
    expect(dump.summary().read).toBeLessThan(40);
  });
});
