/** Reading in several threads. A thread cannot load TypeScript, so it runs the last build. */
import { NOTHING_REQUIRED } from '../../../src/cloudtrail/requirement.js';
import { existsSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Dump, DumpRequest } from '../../../src/dump/dump.js';
import { readDump } from '../../../src/dump/read/read.js';
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

  test('stop when the consumer leaves', async () => {
    const dump = request([folderOf(files)], { workers: 2 });
    for await (const batch of dump.batches) {
      expect(batch.rows).toBeGreaterThan(0);
      break;
    }
    expect(dump.summary().read).toBeLessThan(40);
  });
});
