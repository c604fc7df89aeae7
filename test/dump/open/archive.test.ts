/** Archives of logs: their members are read like files, and nothing is written to disk. */
import { randomBytes } from 'node:crypto';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { tar, zip } from '../../support/archives.js';
import { folderOf, namesRequired } from '../../support/read-dump.js';
import { readBucket } from '../../support/s3/reading.js';
import { BUCKET } from '../../support/s3/server.js';
import { eventText, onlyReason, readPaths } from '../dumps.js';

const a = eventText('a');
const b = eventText('b');
const c = eventText('c');
const DAY = 'AWSLogs/1/CloudTrail/eu-west-1';

const KINDS: readonly (readonly [
  ending: string,
  write: (members: readonly (readonly [string, string | Buffer])[]) => Promise<Buffer>,
])[] = [
  ['tar', tar],
  ['tar.gz', async (members) => gzipSync(await tar(members))],
  ['tgz', async (members) => gzipSync(await tar(members))],
  ['zip', zip],
];

describe.each(KINDS)('an archive .%s', (ending, write) => {
  const name = `logs.${ending}`;

  test('gives the events of its members, each with the archive and the member as its source', async () => {
    const archive = await write([
      ['x/a.json', a],
      ['b.json.gz', gzipSync(b)],
    ]);
    const folder = folderOf({ [name]: archive, 'c.json': c });
    const { rows, summary } = await readPaths([folder]);
    expect(rows.map((row) => [row['eventid'], row.source])).toEqual([
      ['c', `${folder}/c.json`],
      ['a', `${folder}/${name}!/x/a.json`],
      ['b', `${folder}/${name}!/b.json.gz`],
    ]);
    expect(summary).toMatchObject({ read: 3, records: 3, skipped: [], unreadable: [] });
  });

  test('is known by its content where it is named itself', async () => {
    const folder = folderOf({ evidence: await write([['a.json', a]]) });
    expect((await readPaths([`${folder}/evidence`])).ids).toEqual(['a']);
  });

  test('has its members filtered by their names and days, like files', async () => {
    const since = Date.UTC(2024, 4, 10);
    const archive = await write([
      [`${DAY}/2024/05/10/a.json`, a],
      [`${DAY}/2024/05/01/b.json`, b],
      ['1_CloudTrail_eu-west-1_20240501T0005Z_x.json', c],
      ['__MACOSX/c.json', c],
      ['._c.json', c],
      ['notes.txt', 'x'],
      ['folder', ''],
      ['digest.json', '{"digestStartTime":"2024-05-10T00:00:00Z"}'],
    ]);
    const folder = folderOf({ [name]: archive });
    const window = { since, until: undefined };
    const { ids, summary } = await readPaths([folder], { window });
    expect(ids).toEqual(['a']);
    expect(summary).toMatchObject({
      read: 1,
      skipped: [
        { reason: 'AppleDouble', count: 2 },
        { reason: 'digest', count: 1 },
        { reason: 'folder marker', count: 1 },
        { reason: 'no CloudTrail events', count: 1 },
        { reason: 'outside the window', count: 2 },
      ],
      unreadable: [],
    });
    const all = await readPaths([folder], { window, prune: false });
    expect(all.ids).toEqual(['a', 'b', 'c']);
  });

  test('continues after a broken member', async () => {
    const archive = await write([
      ['a.json', `${a}\n{"eventName":`],
      ['b.json.gz', gzipSync(b).subarray(0, -4)],
      ['d.json', ''],
      ['c.json', c],
    ]);
    const folder = folderOf({ [name]: archive });
    const { ids, summary } = await readPaths([folder]);
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(summary.unreadable).toEqual([
      {
        path: `${folder}/${name}!/a.json`,
        reason: 'line 2, record 2: the text ends in the middle of it',
      },
      { path: `${folder}/${name}!/b.json.gz`, reason: 'gzip that is cut short' },
      { path: `${folder}/${name}!/d.json`, reason: 'empty' },
    ]);
  });

  test('may hold tar archives; other archives in it are lost evidence', async () => {
    const inner = await tar([['b.json', b]]);
    const archive = await write([
      ['a.json', a],
      ['b.tar', inner],
      ['b2.tar.gz', gzipSync(await tar([['b.tar', inner]]))],
      ['c.zip', await zip([['c.json', c]])],
    ]);
    const folder = folderOf({ [name]: archive });
    const { ids, rows, summary } = await readPaths([folder]);
    expect(ids).toEqual(['a', 'b']);
    expect(rows.map(({ source }) => source)).toContain(`${folder}/${name}!/b.tar!/b.json`);
    expect(summary.unreadable.map(({ reason }) => reason)).toEqual([
      'an archive in an archive in an archive: unpack it first',
      'a zip archive in an archive, which only a file can be: unpack it first',
    ]);
  });

  test('has members larger than one read', async () => {
    // More than is parsed at once (4 MB), and than an archive gives at a time.
    const many = Array.from({ length: 20_000 }, (_, i) => eventText(`${i}`)).join('\n');
    const archive = await write([
      ['many.json', many],
      ['many.json.gz', gzipSync(many)],
      ['a.json', a],
    ]);
    const { summary } = await readPaths([folderOf({ [name]: archive })], {
      required: namesRequired(new Set()),
    });
    expect(summary).toMatchObject({ read: 3, records: 40_001, unreadable: [] });
  });

  test('stops where the signal aborts', async () => {
    const stop = new AbortController();
    const folder = folderOf({ 'a.json': a, [name]: await write([['b.json', b]]) });
    const reading = readPaths([folder], { signal: stop.signal, onProgress: () => stop.abort() });
    await expect(reading).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});

test('a zip archive that holds nothing is counted', async () => {
  const { summary } = await readPaths([folderOf({ 'x.zip': await zip([]) })]);
  expect(summary).toMatchObject({ read: 0, unreadable: [] });
  expect(summary.skipped).toEqual([{ reason: 'empty archive', count: 1 }]);
});

test.each([
  ['a zip archive', async () => zip([['a.json', a]])],
  ['Parquet', async () => Buffer.from('PAR1')],
])('%s in gzip is lost evidence that says why', async (what, bytes) => {
  const folder = folderOf({ 'x.gz': gzipSync(await bytes()) });
  expect(onlyReason(await readPaths([folder]))).toBe(
    `${what} in a packed file, which hunt cannot open: unpack it first`,
  );
});

describe('on standard input', () => {
  const piped = (bytes: Buffer) => readPaths(['-'], { stdin: () => Readable.from([bytes]) });

  test('a tar archive is read, packed or not', async () => {
    const archive = await tar([
      ['a.json', a],
      ['b.json.gz', gzipSync(b)],
    ]);
    for (const bytes of [archive, gzipSync(archive)]) {
      const { ids, rows } = await piped(bytes);
      expect(ids).toEqual(['a', 'b']);
      expect(rows[0]?.source).toBe('-!/a.json');
    }
  });

  test('a zip archive is lost evidence that says why', async () => {
    expect(onlyReason(await piped(await zip([['a.json', a]])))).toBe(
      'a zip archive in standard input, which only a file can be: unpack it first',
    );
  });
});

describe('in S3', () => {
  const root = `s3://${BUCKET}`;
  /** Random, so that no compression makes it shorter: an S3 object of more than one part. */
  const noise = JSON.stringify({ noise: randomBytes(9 << 20).toString('latin1') });

  test('a tar archive is read as it comes, small or large, packed or not', async () => {
    const small = await tar([
      ['a.json', a],
      ['b.json.gz', gzipSync(b)],
    ]);
    const large = await tar([
      ['noise.json', noise],
      ['c.json', c],
    ]);
    const { ids, rows, summary } = await readBucket(
      {
        'small.tar': small,
        'small.tgz': gzipSync(small),
        'l.tar': large,
        'l.tgz': gzipSync(large),
      },
      [root],
    );
    expect(summary.unreadable).toEqual([]);
    expect(ids).toEqual(['a', 'a', 'b', 'b', 'c', 'c']);
    expect(rows.map(({ source }) => source)).toContain(`${root}/l.tgz!/c.json`);
  });

  test('is pruned as files are, and with --no-prune is not', async () => {
    const archive = await tar([
      [`${DAY}/2024/05/10/a.json`, a],
      [`${DAY}/2024/05/01/b.json`, b],
    ]);
    const window = { since: Date.UTC(2024, 4, 10), until: undefined };
    const pruned = await readBucket({ 'x.tar': archive }, [root], { window });
    expect(pruned.ids).toEqual(['a']);
    const all = await readBucket({ 'x.tar': archive }, [root], { window, prune: false });
    expect(all.ids).toEqual(['a', 'b']);
  });

  test('formats that need a file are reported, and only the beginning of the object is fetched', async () => {
    const large = await zip([['noise.json', noise]], { compress: false });
    const { summary, calls } = await readBucket(
      {
        'a.zip': await zip([['a.json', a]]),
        'b.parquet': 'PAR1 and so on',
        'c.zip': Buffer.concat([large, large]),
      },
      [root],
    );
    expect(summary.unreadable).toEqual([
      {
        path: `${root}/a.zip`,
        reason: 'a zip archive in S3, which only a file can be: copy it first',
      },
      {
        path: `${root}/b.parquet`,
        reason: 'Parquet in S3, which only a file can be: copy it first',
      },
      {
        path: `${root}/c.zip`,
        reason: 'a zip archive in S3, which only a file can be: copy it first',
      },
    ]);
    expect(calls.filter(({ key }) => key === 'c.zip')).toHaveLength(1);
  });
});
