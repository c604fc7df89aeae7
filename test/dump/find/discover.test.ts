import { NOTHING_REQUIRED } from '../../../src/cloudtrail/requirement.js';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { createServer } from 'node:net';
import { describe, expect, test } from 'vitest';
import { HuntError } from '../../../src/errors.js';
import { folderOf } from '../../support/read-dump.js';
import { MAX_ROWS } from '../../../src/batch/batch.js';
import { eventText, onlyReason, readPaths } from '../dumps.js';

/** On some systems, this folder lists the open files of the process. */
const OPEN_FILES = '/dev/fd';
const a = eventText('a');
const b = eventText('b');

describe('inside a folder', () => {
  test('logs are opened with any name', async () => {
    const names = [
      'a.json',
      'b.JSON',
      'e.log',
      'g.gz',
      'sub/h',
      'x.txt',
      'README',
      'x.csv',
      'x.rar',
    ];
    const { summary } = await readPaths([
      folderOf(Object.fromEntries(names.map((name) => [name, a]))),
    ]);
    expect(summary).toMatchObject({ read: names.length, records: names.length, skipped: [] });
    expect(summary.unreadable).toEqual([]);
  });

  test('a log in a format that cannot be unpacked is named', async () => {
    const zstd = Buffer.from('28b52ffd00', 'hex');
    const reading = await readPaths([folderOf({ 'a.json.zst': zstd, 'b.json': a })]);
    expect(onlyReason(reading)).toMatch(/^zstd/);
  });

  test.skipIf(!existsSync(OPEN_FILES))(
    'large ones that cannot be unpacked stay closed',
    async () => {
      const large = Buffer.concat([Buffer.from('BZh'), Buffer.alloc(5 << 20)]);
      const files = Array.from({ length: 20 }, (_, i) => [`${i}.log.bz2`, large] as const);
      const folder = folderOf(Object.fromEntries(files));
      const before = readdirSync(OPEN_FILES).length;
      expect((await readPaths([folder])).summary.unreadable).toHaveLength(20);
      expect(readdirSync(OPEN_FILES).length).toBeLessThan(before + 10);
    },
  );

  test('AppleDouble files and folder markers are no evidence', async () => {
    const { summary } = await readPaths([
      folderOf({ '._a.json.gz': 'x', '__MACOSX/a.json': 'x', AWSLogs_$folder$: '', 'a.json': a }),
    ]);
    expect(summary).toMatchObject({
      read: 1,
      skipped: [
        { reason: 'AppleDouble', count: 2 },
        { reason: 'folder marker', count: 1 },
      ],
      unreadable: [],
    });
  });

  test('an empty log is lost evidence', async () => {
    expect(onlyReason(await readPaths([folderOf({ 'a.json.gz': '', 'b.json': b })]))).toBe('empty');
  });

  test('a broken link is named', async () => {
    const folder = folderOf({ 'a.json': a });
    symlinkSync('nowhere', `${folder}/b.json`);
    symlinkSync('c.json', `${folder}/c.json`);
    const { ids, summary } = await readPaths([folder]);
    expect(ids).toEqual(['a']);
    expect(summary.unreadable).toEqual([
      { path: `${folder}/b.json`, reason: 'broken link' },
      { path: `${folder}/c.json`, reason: 'link that leads to itself' },
    ]);
  });

  test('links in a circle are followed once', async () => {
    const folder = folderOf({ 'sub/a.json': a });
    symlinkSync('..', `${folder}/sub/up`);
    symlinkSync(folder, `${folder}/self`);
    expect((await readPaths([folder])).summary).toMatchObject({
      read: 1,
      records: 1,
      unreadable: [],
    });
  });

  test.skipIf(process.getuid?.() === 0)(
    'a folder and a file without rights are named',
    async () => {
      const folder = folderOf({ 'a.json': a, 'b.json': b, 'sub/c.json': a });
      chmodSync(`${folder}/b.json`, 0);
      chmodSync(`${folder}/sub`, 0);
      const { ids, summary } = await readPaths([folder]);
      chmodSync(`${folder}/sub`, 0o700);
      expect(ids).toEqual(['a']);
      expect(summary.unreadable).toEqual([
        { path: `${folder}/b.json`, reason: 'permission denied' },
        { path: `${folder}/sub`, reason: 'permission denied' },
      ]);
    },
  );

  test.skipIf(process.platform === 'win32')('a socket is not waited for', async () => {
    const folder = folderOf({ 'a.json': a });
    const server = createServer().listen(`${folder}/b.json`);
    await once(server, 'listening');
    const { summary } = await readPaths([folder]);
    server.close();
    expect(summary).toMatchObject({ read: 1, skipped: [{ reason: 'no regular file', count: 1 }] });
  });
});

describe('paths', () => {
  test('one that is not there is an error that says what to do', async () => {
    await expect(readPaths(['/no/such/folder'])).rejects.toThrow(HuntError);
    await expect(readPaths(['/no/such/folder'])).rejects.toThrow(
      /^no such file or folder: \/no\/such\/folder; name a/,
    );
  });

  test.each([
    ['too long', 'x'.repeat(5000), 'the name is too long'],
    ['impossible', 'a\0b', 'no such name is possible'],
  ])('one that is %s is an error in one line', async (_name, path, reason) => {
    await expect(readPaths([path])).rejects.toThrow(HuntError);
    await expect(readPaths([path])).rejects.toThrow(reason);
  });

  test('a file where a folder should be is an error in one line', async () => {
    const folder = folderOf({ 'a.json': a });
    await expect(readPaths([`${folder}/a.json/b`])).rejects.toThrow(HuntError);
  });

  test('the source of a record is the path as given and the path from there', async () => {
    const folder = folderOf({ 'x/a.json': a });
    for (const given of [folder, `${folder}/`, `${folder}/x/../x`]) {
      const { rows } = await readPaths([given]);
      const expected = given.endsWith('/x') ? `${given}/a.json` : `${folder}/x/a.json`;
      expect(rows[0]?.source).toBe(expected);
    }
  });

  test('a file that is reached twice counts once, under one name whatever the order', async () => {
    const folder = folderOf({ 'x/a.json': a, 'x/b.json': b, 'notes.txt': a });
    mkdirSync(`${folder}/y`);
    symlinkSync(`${folder}/x`, `${folder}/y/link`);
    symlinkSync(`${folder}/x/a.json`, `${folder}/y/a.json`);
    const paths = [
      folder,
      `${folder}/x`,
      `${folder}/y/link/b.json`,
      `${folder}/notes.txt`,
      `${folder}/y`,
    ];
    const first = await readPaths(paths);
    expect(first.summary).toMatchObject({
      read: 3,
      records: 3,
      skipped: [{ reason: 'reached twice', count: 3 }],
    });
    for (const order of [paths.toReversed(), [...paths.slice(2), ...paths.slice(0, 2)]]) {
      const other = await readPaths(order);
      expect(other.summary).toEqual(first.summary);
      expect(other.rows).toEqual(first.rows);
    }
  });
});

test('a file has its own name and not that of a link, unless the user named the link', async () => {
  const folder = folderOf({ 'm/b.json': a });
  symlinkSync('m/b.json', `${folder}/a.json`);
  symlinkSync('../a.json', `${folder}/m/a.json`);
  const named = async (paths: readonly string[]) => {
    const { rows, summary } = await readPaths(paths);
    return [rows.map(({ source }) => source), summary.skipped];
  };
  expect(await named([folder])).toEqual([
    [`${folder}/m/b.json`],
    [{ reason: 'reached twice', count: 2 }],
  ]);
  expect(await named([folder, `${folder}/m/a.json`])).toEqual([
    [`${folder}/m/a.json`],
    [{ reason: 'reached twice', count: 3 }],
  ]);
});

test('all files of a folder are found, however many', async () => {
  for (const count of [99, 100, 101, 250]) {
    const files = Array.from(
      { length: count },
      (_, i) => [`${i}.json`, eventText(`${i}`)] as const,
    );
    expect((await readPaths([folderOf(Object.fromEntries(files))])).summary.read).toBe(count);
  }
});

describe('the window', () => {
  const since = Date.UTC(2024, 4, 10);
  const until = Date.UTC(2024, 4, 12);
  const window = { since, until };
  const day = (date: string) => `AWSLogs/1/CloudTrail/eu-west-1/${date}/a.json`;

  test('days that cannot hold its events are skipped, and nothing else', async () => {
    const files = {
      [day('2024/05/08')]: a,
      [day('2024/05/09')]: a,
      [day('2024/05/13')]: a,
      [day('2024/05/14')]: a,
      [day('2024/02/31')]: a,
      'AWSLogs/1/CloudTrail-Digest/eu-west-1/2024/05/01/a.json': a,
      'CloudTrail/2024/05/01/a.json': a,
    };
    const { summary } = await readPaths([folderOf(files)], { window });
    expect(summary).toMatchObject({
      read: 5,
      skipped: [{ reason: 'outside the window', count: 2 }],
    });
    const later = await readPaths([folderOf(files)], { window, late: 2 * 86_400_000 });
    expect(later.summary.read).toBe(6);
    const open = await readPaths([folderOf(files)]);
    expect(open.summary.read).toBe(7);
  });

  test.each(['exports', 'case-17', 'lookup', 'dana-case-17'])(
    'a day below CloudTrail/%s is no day of delivery',
    async (name) => {
      const files = { [`CloudTrail/${name}/2024/05/29/dump.json`]: a };
      const { summary } = await readPaths([folderOf(files)], { window });
      expect(summary).toMatchObject({ read: 1, skipped: [] });
    },
  );

  test.each([
    'us-east-1',
    'ap-southeast-7',
    'us-gov-west-1',
    'cn-northwest-1',
    'us-isof-south-1',
    'eusc-de-east-1',
    'xx-north-12',
  ])('a day below %s is one, also in an organisation', async (region) => {
    const folder = `CloudTrail/${region}/2024/05/29`;
    const stamp = `112233445566_CloudTrail_${region}_20240529T0005Z_abc.json`;
    const files = {
      [`AWSLogs/o-exampleorgid/112233445566/${folder}/a.json`]: a,
      [`AWSLogs/112233445566/${folder}/a.json`]: a,
      [stamp]: a,
    };
    const { summary } = await readPaths([folderOf(files)], { window });
    expect(summary.skipped).toEqual([{ reason: 'outside the window', count: 3 }]);
  });

  test('a path may begin with the layout', async () => {
    const folder = folderOf({ 'CloudTrail/eu-west-1/2024/05/01/a.json': a });
    const here = process.cwd();
    process.chdir(folder);
    try {
      expect((await readPaths(['CloudTrail'], { window })).summary.read).toBe(0);
      expect((await readPaths(['.'], { window })).summary.read).toBe(0);
    } finally {
      process.chdir(here);
    }
  });
});

describe('consuming', () => {
  const many = {
    'a.json': Array.from({ length: 2500 }, (_, i) => eventText(String(i))).join('\n'),
    'b.json': b,
  };

  async function batchesOf(files: Readonly<Record<string, string>>): Promise<readonly number[]> {
    const { readDump } = await import('../../../src/dump/read/read.js');
    const { Readable } = await import('node:stream');
    const dump = readDump({
      paths: [folderOf(files)],
      stdin: () => Readable.from([]),
      window: { since: undefined, until: undefined },
      late: 0,
      required: NOTHING_REQUIRED,
      prefilter: true,
      workers: 1,
    });
    const sizes: number[] = [];
    for await (const batch of dump.batches) sizes.push(batch.rows);
    return sizes;
  }

  test('batches are bounded, and span files', async () => {
    const sizes = await batchesOf(many);
    expect(Math.max(...sizes)).toBe(MAX_ROWS);
    // Rows of two files share a batch.
    expect(sizes.slice(0, -1).every((size) => size === MAX_ROWS)).toBe(true);
    expect(sizes.reduce((sum, size) => sum + size)).toBe(2501);
  });

  test('batches are bounded by how much text they have, too', async () => {
    const long = { userAgent: 'x'.repeat(3_000_000) };
    const lines = Array.from({ length: 7 }, (_, i) => eventText(String(i), long));
    expect(await batchesOf({ 'a.json': lines.join('\n') })).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  test('an aborted signal stops it', async () => {
    const stop = new AbortController();
    const reading = readPaths([folderOf(many)], {
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(reading).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});
