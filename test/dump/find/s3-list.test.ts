/** Which objects of a bucket are read, and how many listings that takes. */
import { describe, expect, test } from 'vitest';
import { BREAK, CHANGED, NEVER } from '../../support/s3/faults.js';
import { readBucket } from '../../support/s3/reading.js';
import { BUCKET } from '../../support/s3/server.js';
import { eventText, onlyReason } from '../dumps.js';

const ROOT = `s3://${BUCKET}`;
const DAY = 86_400_000;
const a = eventText('a');
const b = eventText('b');

describe('what a path leads to', () => {
  test('objects are read and skipped as files are', async () => {
    const { ids, rows, summary } = await readBucket(
      {
        'logs/a.json': a,
        'logs/deep/er/b.json': b,
        'logs/notes.txt': 'x',
        'logs/._a.json': 'x',
        'logs/': '',
        'logs/deep/': '',
        'logs/empty.json': '',
        'other/c.json': eventText('c'),
        'logs-old/d.json': eventText('d'),
      },
      [`${ROOT}/logs`],
    );
    expect(ids).toEqual(['a', 'b']);
    expect(rows.map(({ source }) => source).toSorted()).toEqual([
      `${ROOT}/logs/a.json`,
      `${ROOT}/logs/deep/er/b.json`,
    ]);
    expect(summary).toMatchObject({
      read: 2,
      skipped: [
        { reason: 'AppleDouble', count: 1 },
        { reason: 'folder marker', count: 2 },
        { reason: 'no CloudTrail events', count: 1 },
      ],
      unreadable: [{ path: `${ROOT}/logs/empty.json`, reason: 'empty' }],
    });
  });

  test('an object that is named is read whatever its name', async () => {
    const { ids } = await readBucket({ 'x/events': a, 'x/events.json': b }, [`${ROOT}/x/events`]);
    expect(ids).toEqual(['a']);
  });

  test('an object that is reached twice counts once, whatever the order of the paths', async () => {
    const objects = { 'x/a.json': a, 'x/b.json': b, 'x/notes.txt': eventText('c') };
    const paths = [ROOT, `${ROOT}/x/`, `${ROOT}/x/a.json`, `${ROOT}/x/notes.txt`];
    for (const order of [paths, paths.toReversed()]) {
      const { ids, summary } = await readBucket(objects, order);
      expect(ids).toEqual(['a', 'b', 'c']);
      expect(summary.skipped).toEqual([{ reason: 'reached twice', count: 5 }]);
    }
  });

  test('keys of every kind are found and fetched', async () => {
    const keys = ['a b+c.json', 'ä&<\u{1F600}.json', '%41%2F.json', 'x//y.json', 'q?x=1#2.json'];
    const objects = Object.fromEntries(keys.map((key, i) => [key, eventText(String(i))]));
    const { ids, summary } = await readBucket(objects, [ROOT]);
    expect(summary.unreadable).toEqual([]);
    expect(ids).toEqual(['0', '1', '2', '3', '4']);
  });
});

/** The key of an object of this day, as CloudTrail writes it. */
function keyOf(at: number, region: string): string {
  const day = new Date(at).toISOString().slice(0, 10);
  const folders = `AWSLogs/112233445566/CloudTrail/${region}/${day.replaceAll('-', '/')}`;
  const stamp = `${day.replaceAll('-', '')}T1200Z`;
  return `${folders}/112233445566_CloudTrail_${region}_${stamp}_abc.json.gz`;
}

function tree(first: number, days: number): Record<string, string> {
  const regions = ['eu-west-1', 'us-east-1'];
  const starts = Array.from({ length: days }, (_, i) => first + i * DAY);
  return Object.fromEntries(
    regions.flatMap((region) =>
      starts.map((at) => [keyOf(at, region), eventText(`${region} ${at}`)]),
    ),
  );
}

describe('the tree that CloudTrail writes', () => {
  const since = Date.UTC(2026, 0, 30);
  const window = { since, until: since + 3 * DAY };

  test('only the days of the window are listed, however many others there are', async () => {
    const few = await readBucket(tree(Date.UTC(2026, 0, 15), 30), [ROOT], { window });
    const many = await readBucket(tree(Date.UTC(2026, 0, 1), 60), [ROOT], { window });
    // 29 January to 3 February, in two regions.
    expect(many.summary.read).toBe(12);
    expect(many.ids).toEqual(few.ids);
    expect(many.listed).toEqual(few.listed);
    const days = many.listed.filter((prefix) => /\/\d{4}\/\d{2}\/\d{2}\/$/.test(prefix));
    expect(days).toHaveLength(12);
    // For each region: its years, the months of the year, the days of two months.
    expect(many.listed.length - days.length).toBe(4 + 2 * 4);
    expect(many.summary.skipped).toEqual([
      { reason: 'folder outside the window, not listed', count: 2 * (60 - 6) },
    ]);
  });

  test('where nothing bounds it, a month is one listing', async () => {
    const objects = tree(Date.UTC(2026, 0, 1), 59);
    for (const more of [{}, { window, prune: false }]) {
      const { summary, listed } = await readBucket(objects, [ROOT], more);
      expect(summary).toMatchObject({ read: 118, skipped: [] });
      expect(listed).toHaveLength(4 + 2 * 4);
    }
  });

  test('a window with one end takes all on its other side', async () => {
    const objects = tree(Date.UTC(2025, 10, 1), 100);
    const later = await readBucket(objects, [ROOT], { window: { since, until: undefined } });
    const earlier = await readBucket(objects, [ROOT], {
      window: { since: undefined, until: since },
    });
    expect(later.summary.read).toBe(2 * (100 - 89));
    expect(earlier.summary.read).toBe(2 * 92);
  });

  test('pages are followed to the last', async () => {
    const objects = tree(Date.UTC(2026, 0, 1), 59);
    const whole = await readBucket(objects, [ROOT]);
    const pages = await readBucket(objects, [ROOT], { pageSize: 1 });
    expect(pages.ids).toEqual(whole.ids);
    expect(pages.summary).toEqual(whole.summary);
  });

  test('objects that lie beside the days are read', async () => {
    const region = 'AWSLogs/112233445566/CloudTrail/eu-west-1/';
    const { ids } = await readBucket(
      {
        ...tree(Date.UTC(2026, 0, 1), 3),
        [`${region}a.json`]: a,
        [`${region}2026/b.json`]: b,
        [`${region}2026/02/31/c.json`]: eventText('c'),
        [`${region}old/2019/d.json`]: eventText('d'),
        'exports/CloudTrail/case-17/2026/03/01/e.json': eventText('e'),
      },
      [ROOT],
      { window },
    );
    expect(ids).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  test('folders of other services and of digests are not listed, in an account or an organisation', async () => {
    const { ids, summary, listed } = await readBucket(
      {
        'AWSLogs/112233445566/CloudTrail-Digest/eu-west-1/2026/01/30/x.json.gz': '{}',
        'AWSLogs/112233445566/vpcflowlogs/eu-west-1/2026/01/30/x.log.gz': 'x',
        'p/AWSLogs/o-exampleorgid/112233445566/CloudTrail-Insight/x.json.gz': '{}',
        'p/AWSLogs/o-exampleorgid/112233445566/CloudTrail/eu-west-1/2026/01/30/a.json': a,
        'vpcflowlogs/b.json': b,
      },
      [ROOT],
    );
    expect(ids).toEqual(['a', 'b']);
    expect(summary.skipped).toEqual([
      { reason: 'folder CloudTrail-Digest, not listed', count: 1 },
      { reason: 'folder CloudTrail-Insight, not listed', count: 1 },
      { reason: 'folder vpcflowlogs, not listed', count: 1 },
    ]);
    expect(listed.filter((prefix) => /Digest|Insight|AWSLogs.*flow/.test(prefix))).toEqual([]);
  });
});

describe('what goes wrong', () => {
  test('an object whose download always breaks off is reported', async () => {
    const read = await readBucket({ 'a.json': a, 'b.json': b }, [ROOT], {
      faults: ({ key }) => (key === 'a.json' ? BREAK : undefined),
    });
    expect(read.ids).toEqual(['b']);
    expect(onlyReason(read)).toMatch(/^the transfer breaks off again and again: /);
    expect(read.calls.filter(({ key }) => key === 'a.json')).toHaveLength(5);
  });

  test('a large object that is replaced while it is read is reported', async () => {
    const { summary } = await readBucket(
      { 'a.json': `${a}\n${' '.repeat(20 << 20)}\n${b}` },
      [ROOT],
      {
        faults: ({ ifMatch }) => (ifMatch === undefined ? undefined : CHANGED),
      },
    );
    expect(summary.unreadable[0]?.reason).toMatch(
      /^PreconditionFailed: .* \(it changed while it was read\)$/,
    );
    // The part before is read.
    expect(summary.records).toBe(1);
  });

  test('an interruption while the bucket is listed ends the reading', async () => {
    const stop = new AbortController();
    const read = readBucket({ 'a.json': a }, [ROOT], {
      signal: stop.signal,
      faults: () => {
        setImmediate(() => stop.abort());
        return NEVER;
      },
    });
    await expect(read).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
