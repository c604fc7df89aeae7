/** Archives made to mislead or to exhaust memory and disk. They are reported, and cost nothing but time. */
import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { renamed, tar, zip } from '../../support/archives.js';
import { folderOf } from '../../support/read-dump.js';
import { eventText, onlyReason, readPaths } from '../dumps.js';

const a = eventText('a');
const b = eventText('b');
const MEGABYTE = 1 << 20;

/** The signature of a zip archive's directory entries, which hold the flags, the method and the checksum of a member. */
const DIRECTORY = 'PK\x01\x02';
function changed(archive: Buffer, member: number, at: number, byte: number): Buffer {
  const bytes = Buffer.from(archive);
  let start = -1;
  for (let i = 0; i <= member; i++) start = bytes.indexOf(DIRECTORY, start + 1, 'latin1');
  bytes[start + at] = byte;
  return bytes;
}

async function reading(archive: Buffer, name = 'x.zip', options = {}) {
  const folder = folderOf({ [name]: archive });
  const read = await readPaths([folder], options);
  return {
    ...read,
    folder,
    sources: read.rows.map(({ source }) => source.slice(folder.length + 1)),
    lost: read.summary.unreadable.map(({ path, reason }) => [
      path.slice(folder.length + 1),
      reason,
    ]),
  };
}

describe('a name', () => {
  const NAMES = [
    '../../a.json',
    '/etc/a.json',
    './../a.json',
    'C:\\logs\\a.json',
    'x/\u001b[31m/a.json',
  ];

  test('that leads out of the folder leads nowhere in a tar archive', async () => {
    const read = await reading(await tar(NAMES.map((name) => [name, a])), 'x.tar');
    expect(read.sources).toEqual([
      'x.tar!/../../a.json',
      'x.tar!/etc/a.json',
      'x.tar!/../a.json',
      'x.tar!/C:/logs/a.json',
      'x.tar!/x/\u001b[31m/a.json',
    ]);
    expect(readdirSync(read.folder)).toEqual(['x.tar']);
  });

  test('of a megabyte is cut, and two such names stay two', async () => {
    const names = ['1', '2'].map(
      (middle) => `${'x'.repeat(MEGABYTE)}${middle}/${'y'.repeat(3000)}/a.json`,
    );
    const read = await reading(await tar(names.map((name) => [name, a])), 'x.tar');
    expect(new Set(read.sources).size).toBe(2);
    for (const source of read.sources) {
      expect(source).toMatch(
        /^x\.tar!\/x+ … \(105158\d characters, SHA-256 [0-9a-f]{64}\) … y+\/a\.json$/,
      );
      expect(source.length).toBeLessThan(2048);
    }
  });

  test('that leads out of the folder leads nowhere in a zip archive', async () => {
    const archive = await zip([
      ['xxxxxxa.json', a],
      ['yetc/a.json', a],
      ['Czzlogsza.json', a],
    ]);
    const hostile = [
      ['xxxxxx', '../../'],
      ['yetc', '/etc'],
      ['Czzlogsz', 'C:\\logs\\'],
    ] as const;
    const bytes = hostile.reduce((all, [from, to]) => renamed(all, from, to), archive);
    const read = await reading(bytes);
    expect(read.sources).toEqual([
      'x.zip!/../../a.json',
      'x.zip!/etc/a.json',
      'x.zip!/C:/logs/a.json',
    ]);
    expect(readdirSync(read.folder)).toEqual(['x.zip']);
  });

  test('that stands twice is read twice', async () => {
    const members = [
      ['a.json', a],
      ['a.json', b],
    ] as const;
    expect((await reading(await tar(members), 'x.tar')).ids).toEqual(['a', 'b']);
    expect((await reading(await zip(members))).ids).toEqual(['a', 'b']);
  });
});

test('links and devices in an archive are not followed', async () => {
  const inTar = await tar([
    [{ name: 'a.json', type: 'symlink', linkname: '/etc/passwd' }],
    [{ name: 'b.json', type: 'link', linkname: '../secret' }],
    [{ name: 'c.json', type: 'fifo' }],
    [{ name: 'd.json', type: 'directory' }],
    ['e.json', b],
  ]);
  const read = await reading(inTar, 'x.tar');
  expect(read.ids).toEqual(['b']);
  expect(read.summary.skipped).toEqual([{ reason: 'no regular file', count: 3 }]);
  const inZip = await reading(await zip([['a.json', '/etc/passwd']], { mode: 0o120777 }));
  expect(inZip.summary).toMatchObject({ read: 0, unreadable: [] });
  expect(inZip.summary.skipped).toEqual([{ reason: 'no regular file', count: 1 }]);
});

describe('a tar archive', () => {
  const noise = Array.from({ length: 3000 }, (_, i) => eventText(`${i}`)).join('\n');

  test('that is cut short gives what stands before the break', async () => {
    const whole = await tar([
      ['a.json', a],
      ['noise.json', noise],
    ]);
    const read = await reading(whole.subarray(0, 300_000), 'x.tar');
    expect(read.ids.length).toBeGreaterThan(1000);
    expect(read.lost).toEqual([
      ['x.tar', 'a tar archive that is cut short'],
      ['x.tar!/noise.json', 'a tar archive that is cut short'],
    ]);
  });

  test('whose gzip is cut short gives what stands before the break', async () => {
    const packed = gzipSync(
      await tar([
        ['a.json', a],
        ['noise.json', noise],
        ['b.json', b],
      ]),
    );
    const read = await reading(packed.subarray(0, packed.length / 2), 'x.tgz');
    expect(read.ids.length).toBeGreaterThan(500);
    expect(read.lost).toEqual([
      ['x.tgz', 'gzip that is cut short'],
      ['x.tgz!/noise.json', 'gzip that is cut short'],
    ]);
  });

  test('with a damaged header is named, and what stands before it read', async () => {
    const archive = await tar([
      ['a.json', a],
      ['b.json', b],
    ]);
    archive.fill(0xff, 1024, 1124);
    const read = await reading(archive, 'x.tar');
    expect(read.ids).toEqual(['a']);
    expect(onlyReason(read)).toMatch(/^broken tar archive: /);
  });
});

describe('a zip archive', () => {
  const archive = () =>
    zip([
      ['a.json', a],
      ['b.json', b],
    ]);

  test.each([
    ['encrypted', 8, 1, 'encrypted: unpack it first'],
    ['packed in another way', 10, 14, /^packed by method 14/],
    ['that is not what its checksum says', 16, 0, /^damaged/],
    ['that stands nowhere', 45, 0x7f, /^broken zip archive: /],
  ])('with a member %s goes on behind it', async (_name, at, byte, reason) => {
    const read = await reading(changed(await archive(), 0, at, byte));
    expect(read.ids).toContain('b');
    expect(read.lost).toEqual([['x.zip!/a.json', expect.stringMatching(reason)]]);
  });

  test('that is cut short has no directory, which is said', async () => {
    const whole = await archive();
    expect(onlyReason(await reading(whole.subarray(0, whole.length - 30)))).toBe(
      'a zip archive without its directory: it is cut short or damaged',
    );
  });

  test('whose directory is broken is named, and what stands before the break read', async () => {
    const read = await reading(changed(await archive(), 1, 0, 0));
    expect(read.ids).toEqual(['a']);
    expect(onlyReason(read)).toMatch(/^broken zip archive: /);
  });
});

describe('a bomb', () => {
  /** Longer than a text that is unpacked in one go: only longer ones are streamed and checked. */
  const long = Buffer.from(`{"x":"${'x'.repeat(20 * MEGABYTE)}"}`);
  /** With the default floor, the bombs of these tests would need gigabytes. */
  const options = { bombFloor: MEGABYTE };

  test('in a zip archive is given up, and the next member read', async () => {
    const read = await reading(
      await zip([
        ['bomb.json', long],
        ['a.json', a],
      ]),
      'x.zip',
      options,
    );
    expect(read.ids).toEqual(['a']);
    expect(onlyReason(read)).toMatch(/expands more than 400 times/);
  });

  test('in a tar.gz is given up', async () => {
    const archive = gzipSync(
      await tar([
        ['a.json', a],
        ['bomb.json', long],
      ]),
    );
    const read = await reading(archive, 'x.tar.gz', options);
    expect(read.ids).toEqual(['a']);
    expect(read.lost.map(([path]) => path)).toEqual(['x.tar.gz', 'x.tar.gz!/bomb.json']);
    for (const [, reason] of read.lost) expect(reason).toMatch(/expands more than 400 times/);
  });

  test('in gzip is given up, and the next file read', async () => {
    const folder = folderOf({ 'a.json.gz': gzipSync(long), 'b.json': b });
    const read = await readPaths([folder], options);
    expect(read.ids).toEqual(['b']);
    expect(onlyReason(read)).toMatch(/expands more than 400 times/);
  });

  test('below the floor is none', async () => {
    const text = Buffer.concat([long, Buffer.from(a)]);
    const read = await reading(gzipSync(text), 'x.json.gz', { bombFloor: 32 * MEGABYTE });
    expect(read.ids).toEqual(['a']);
    expect(read.lost).toEqual([]);
  });

  test('of gzip in gzip without end is given up', async () => {
    let packed = gzipSync(a);
    for (let i = 0; i < 10; i++) packed = gzipSync(packed);
    expect(onlyReason(await reading(packed, 'x.json.gz'))).toBe('packed more than 4 times');
  });

  test('of overlapping members is given up at the limit of the whole archive', async () => {
    // Each member alone is within the limit. Together they are far more than an archive of this size can honestly hold.
    const packed = await zip([['a.json', Buffer.alloc(MEGABYTE, ' ')]]);
    const start = packed.indexOf(DIRECTORY, 0, 'latin1');
    const end = packed.indexOf('PK\x05\x06', 0, 'latin1');
    const entry = packed.subarray(start, end);
    const tail = Buffer.from(packed.subarray(end));
    tail.writeUInt16LE(50, 8);
    tail.writeUInt16LE(50, 10);
    tail.writeUInt32LE(50 * entry.length, 12);
    const overlapping = Buffer.concat([
      packed.subarray(0, start),
      ...Array<Buffer>(50).fill(entry),
      tail,
    ]);
    const read = await reading(overlapping, 'x.zip', { maxUnpacked: 1.2 * MEGABYTE });
    expect(read.lost.length).toBeLessThan(10);
    expect(read.lost[0]).toEqual(['x.zip', expect.stringMatching(/--max-unpacked/)]);
  });

  test('of packed members is given up at the limit of the whole archive', async () => {
    const packed = gzipSync(`{"x":"${'x'.repeat(4 * MEGABYTE)}"}`);
    const archive = await tar(Array.from({ length: 20 }, (_, i) => [`${i}.json.gz`, packed]));
    const read = await reading(archive, 'x.tar', { maxUnpacked: 4.1 * MEGABYTE });
    expect(read.lost).toEqual([
      ['x.tar', expect.stringMatching(/--max-unpacked/)],
      [expect.stringMatching(/^x\.tar!/), expect.stringMatching(/--max-unpacked/)],
    ]);
  });

  test('of unreadable members is reported: a thousand by name, the others as a count', async () => {
    const archive = await tar(Array.from({ length: 1500 }, (_, i) => [`${i}.json`, '']));
    const read = await reading(archive, 'x.tar');
    expect(read.lost).toHaveLength(1001);
    expect(read.lost[0]).toEqual(['x.tar', '500 more of its members could not be read']);
  });

  test('of thousands of empty members is counted', async () => {
    const archive = await tar(Array.from({ length: 5000 }, (_, i) => [`${i}.txt`, '']));
    const read = await reading(gzipSync(archive), 'x.tgz');
    expect(read.summary.skipped).toEqual([{ reason: 'folder marker', count: 5000 }]);
  });
});

describe('--max-unpacked', () => {
  const text = Array.from({ length: 100 }, (_, i) => eventText(`${i}`)).join('\n');
  const options = { maxUnpacked: 10_000 };

  test('bounds a packed file, and says so', async () => {
    const read = await reading(gzipSync(text), 'x.json.gz', options);
    expect(onlyReason(read)).toBe(
      'unpacks to more than 10000 bytes: --max-unpacked allows no more',
    );
    expect((await reading(gzipSync(text), 'x.json.gz')).summary.unreadable).toEqual([]);
  });

  test('limits each member of an archive, but not logs that are not packed', async () => {
    const members = [
      ['a.json', a],
      ['long.json.gz', gzipSync(text)],
      ['b.json', b],
    ] as const;
    const expected = 'unpacks to more than 10000 bytes: --max-unpacked allows no more';
    for (const [name, archive] of [
      ['x.tar', await tar(members)],
      ['x.tar.gz', gzipSync(await tar(members))],
      ['x.zip', await zip(members)],
    ] as const) {
      const read = await reading(archive, name, options);
      expect(read.ids).toEqual(expect.arrayContaining(['a', 'b']));
      expect(read.lost).toEqual([[`${name}!/long.json.gz`, expected]]);
    }
    expect((await reading(Buffer.from(text), 'x.json', options)).summary.unreadable).toEqual([]);
  });

  test('does not bound what the members of an archive unpack to together', async () => {
    const packed = gzipSync(Array.from({ length: 30 }, (_, i) => eventText(`${i}`)).join('\n'));
    const members = Array.from({ length: 5 }, (_, i) => [`${i}.json.gz`, packed] as const);
    for (const [name, archive] of [
      ['x.tar', await tar(members)],
      ['x.zip', await zip(members)],
    ] as const) {
      const read = await reading(archive, name, options);
      expect(read.lost).toEqual([]);
      expect(read.ids).toHaveLength(150);
    }
  });
});
