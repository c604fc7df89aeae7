/** What the summary counts, which records become rows, and that neither threads nor order change either. */
import { NOTHING_REQUIRED } from '../../../../src/cloudtrail/requirement.js';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readDump } from '../../../../src/dump/read/read.js';
import { recordsIn } from '../../../support/batch-records.js';
import { folderOf, ids, reading, readingFile, namesRequired } from '../../../support/read-dump.js';

const event = (id: string, more: object = {}) => ({
  eventName: 'E',
  eventSource: 's',
  eventID: id,
  recipientAccountId: '1',
  awsRegion: 'r',
  eventTime: '2026-01-14T09:30:00Z',
  ...more,
});

describe('event names', () => {
  test('records of other names are counted and do not become rows', async () => {
    const records = [
      event('a'),
      event('b', { eventName: 'F' }),
      event('c', { eventName: undefined }),
      event('d', { eventName: 7 }),
    ];
    const found = await readingFile(JSON.stringify({ Records: records }), 'log.json', {
      required: namesRequired(new Set(['F', '7'])),
    });
    expect(ids(found)).toEqual(['b', 'd']);
    expect(found.summary.records).toBe(4);
  });

  test('a name in lower case stands for any case, an exact one for itself', async () => {
    const names = [
      'StopLogging',
      'STOPLOGGING',
      'stoplogging',
      'StartLogging',
      'startlogging',
      '\u212A',
    ];
    const records = names.map((eventName) => event(eventName, { eventName }));
    const eventNames = new Set(['stoplogging', 'StartLogging']);
    const found = await readingFile(JSON.stringify({ Records: records }), 'log.json', {
      required: namesRequired(eventNames),
    });
    expect(ids(found)).toEqual([
      'StopLogging',
      'STOPLOGGING',
      'stoplogging',
      'StartLogging',
      '\u212A',
    ]);
  });

  test('the fast reader and the splitter give the same summary', async () => {
    const records = [
      event('a'),
      event('b', { eventType: 'AwsCloudTrailInsight' }),
      event('c', { eventTime: 'x' }),
    ];
    const usual = JSON.stringify({ Records: records });
    const [glanced, cut] = await Promise.all(
      [usual, `${usual}\n[]`].map((text) =>
        readingFile(text, 'log.json', { required: namesRequired(new Set(['F'])) }),
      ),
    );
    expect(glanced?.summary).toEqual(cut?.summary);
    expect(glanced?.summary.records).toBe(2);
  });

  test('of two lists with the same name, none is overlooked', async () => {
    for (const name of ['Records', 'Rec\\u006frds']) {
      const text = `{"Records":[${JSON.stringify(event('a', { eventName: 'F' }))}],"${name}":[]}`;
      expect(
        ids(await readingFile(text, 'log.json', { required: namesRequired(new Set(['F'])) })),
      ).toEqual(['a']);
    }
  });
});

test('coverage is of records in the window; the span is of all', async () => {
  const records = [
    event('a'),
    event('b', { eventTime: '2026-01-14T09:59:59.999Z' }),
    event('c', { awsRegion: 'q', eventTime: '2026-01-14T10:00:00Z' }),
    event('d', { eventTime: '2026-02-01T00:00:00Z' }),
    event('e', { eventTime: null }),
  ];
  const window = { since: Date.UTC(2026, 0, 14), until: Date.UTC(2026, 0, 15) };
  const { summary } = await readingFile(JSON.stringify(records), 'log.json', { window });
  expect(
    summary.coverage.map(({ region, records: count, inWindow }) => [
      region,
      count,
      inWindow.records,
      inWindow.hours.map(({ since }) => new Date(since).getUTCHours()),
    ]),
  ).toEqual([
    ['q', 1, 1, [10]],
    ['r', 4, 2, [9]],
  ]);
  expect([summary.first, summary.last]).toEqual([
    Date.UTC(2026, 0, 14, 9, 30),
    Date.UTC(2026, 1, 1),
  ]);
});

test('files of days that the window does not need are not opened', async () => {
  const days = ['12', '13', '14', '15', '16', '17'];
  const path = (day: string): string => `AWSLogs/1/CloudTrail/eu-west-1/2026/01/${day}/log.json`;
  const folder = folderOf({
    ...Object.fromEntries(days.map((day) => [path(day), JSON.stringify(event(day))])),
    'elsewhere/2020/01/01/log.json': JSON.stringify(event('flat')),
  });
  const window = { since: Date.UTC(2026, 0, 14), until: Date.UTC(2026, 0, 15) };
  const found = await reading([folder], { window, late: 24 * 3_600_000 });
  expect(ids(found).toSorted()).toEqual(['13', '14', '15', '16', 'flat']);
  expect(found.summary.skipped).toEqual([{ reason: 'outside the window', count: 2 }]);
});

describe('the same rows and the same summary', () => {
  const text = (file: number): string =>
    JSON.stringify({
      Records: Array.from({ length: 60 }, (_, i) =>
        event(`${file}-${i}`, {
          eventName: i % 7 ? 'E' : 'F',
          noise: `${file}${i}`.repeat(50 + (i % 50)),
          awsRegion: `r${i % 3}`,
        }),
      ),
    });
  const files: Record<string, string | Buffer> = Object.fromEntries(
    Array.from({ length: 120 }, (_, file) => [
      `d${file % 5}/f${file}.json`,
      file % 9 === 0 ? text(file).slice(0, 9000) : text(file),
    ]),
  );
  for (let file = 0; file < 120; file += 4)
    files[`d${file % 5}/g${file}.json.gz`] = gzipSync(text(1000 + file));
  // Large enough that threads are used.
  for (let file = 0; file < 3; file++)
    files[`big${file}.jsonl`] =
      `${JSON.stringify(event(`big${file}`, { x: 'y'.repeat(6_000_000) }))}\n`;

  test('whatever the order of paths and the number of threads', async () => {
    const folder = folderOf(files);
    const read = async (
      paths: readonly string[],
      workers: number,
      eventNames?: ReadonlySet<string>,
    ) => {
      const dump = readDump({
        paths,
        stdin: () => process.stdin,
        window: { since: undefined, until: undefined },
        late: 0,
        required: namesRequired(eventNames),
        prefilter: true,
        workers,
      });
      const rows: string[] = [];
      for await (const batch of dump.batches)
        rows.push(...recordsIn(batch).map((row) => JSON.stringify(row)));
      return { rows: rows.toSorted(), summary: dump.summary() };
    };
    const paths = readdirSync(folder).map((name) => join(folder, name));
    for (const names of [undefined, new Set(['F'])]) {
      const alone = await read(paths, 1, names);
      expect(alone.summary.unreadable.length).toBeGreaterThan(10);
      expect(await read(paths.toReversed(), 1, names)).toEqual(alone);
      expect(await read(paths, 4, names)).toEqual(alone);
    }
  });

  test('an abort ends the threads', async () => {
    const folder = folderOf(files);
    const abort = new AbortController();
    const dump = readDump({
      paths: [folder],
      stdin: () => process.stdin,
      window: { since: undefined, until: undefined },
      late: 0,
      required: NOTHING_REQUIRED,
      prefilter: true,
      workers: 4,
      signal: abort.signal,
    });
    const all = async (): Promise<void> => {
      for await (const batch of dump.batches) {
        expect(batch.rows).toBeGreaterThan(0);
        abort.abort();
      }
    };
    await expect(all()).rejects.toThrow('interrupted');
  });
});
