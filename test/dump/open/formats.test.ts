/** Formats that hunt cannot open are named wherever they lie, and what holds no logs is skipped with what it is. */
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { tar } from '../../support/archives.js';
import { folderOf } from '../../support/read-dump.js';
import { eventText, onlyReason, readPaths } from '../dumps.js';

const a = eventText('a');
const read = (content: string | Buffer, name: string) => readPaths([folderOf({ [name]: content })]);
const hex = (digits: string) =>
  Buffer.concat([Buffer.from(digits, 'hex'), Buffer.alloc(64), Buffer.from([0xff, 1, 2, 3])]);

/** A block of raw Snappy that holds a text as it is. */
function snappy(text: string): Buffer {
  const { length } = text;
  const head = [
    (length & 0x7f) | 0x80,
    length >> 7,
    61 << 2,
    (length - 1) & 0xff,
    (length - 1) >> 8,
  ];
  return Buffer.concat([Buffer.from(head), Buffer.from(text)]);
}

function hadoop(text: string): Buffer {
  const block = snappy(text);
  const lengths = Buffer.alloc(8);
  lengths.writeUInt32BE(text.length, 0);
  lengths.writeUInt32BE(block.length, 4);
  return Buffer.concat([lengths, block]);
}

/** `.lzma`: properties, a dictionary of 8 MB, an unknown length. */
const LZMA = hex('5d00008000ffffffffffffffff003d88');

const CLOSED: readonly (readonly [name: string, content: string | Buffer, reason: RegExp])[] = [
  ['x.7z', hex('377abcaf271c0004'), /^a 7-Zip archive.*unpack it first/],
  ['x.rar', hex('526172211a0700'), /^a RAR archive/],
  ['y.rar', hex('526172211a070100'), /^a RAR archive/],
  ['x.bz2', hex('425a68393141592653597795'), /^bzip2/],
  ['x.xz', hex('fd377a585a000004'), /^XZ/],
  ['x.lzma', LZMA, /^LZMA/],
  ['x.lz', hex('4c5a495001'), /^lzip/],
  ['x.lz4', hex('04224d186440a7'), /^LZ4/],
  ['old.lz4', hex('02214c1800000100'), /^LZ4/],
  ['x.sz', hex('ff060000734e61507059'), /^Snappy/],
  ['x.Z', hex('1f9d90'), /^compress/],
  ['raw', snappy(a), /^Snappy/],
  ['part-0000.snappy', hadoop(a), /^Snappy \(Hadoop\)/],
  ['x.json.br', hex('8b0580'), /^Brotli/],
  ['x.age', 'age-encryption.org/v1\n-> X25519 abc\n', /^age encryption.*decrypt it first/],
  ['y.age', '-----BEGIN AGE ENCRYPTED FILE-----\nYWdl\n', /^age encryption/],
  ['x.gpg', hex('8c0d040903'), /^OpenPGP/],
  ['x.pgp', hex('c1c04c030123456789abcdef01'), /^OpenPGP/],
  ['key.bin', hex('85020c030123456789abcdef01'), /^OpenPGP/],
  ['x.asc', '-----BEGIN PGP MESSAGE-----\n\nhQ\n', /^OpenPGP/],
  ['x.enc', hex('53616c7465645f5f0011'), /^OpenSSL/],
  ['b64', 'U2FsdGVkX18AESIzRFVmd4iZqrvM\n', /^OpenSSL/],
  ['x.vault', '$ANSIBLE_VAULT;1.1;AES256\n6162\n', /^an Ansible vault/],
  ['x.orc', hex('4f524300'), /^ORC.*convert it/],
  ['x.duckdb', hex('06d76f27c2dab3b94455434b40'), /^a DuckDB database.*convert it/],
  ['x.avro', hex('4f626a0104'), /^Avro/],
  ['x.z01', hex('504b0708504b0304'), /^a part of a zip archive/],
  ['x.7z.002', hex('0102030405'), /^a part of an archive that was split/],
];

describe('a file that cannot be opened', () => {
  test.each(CLOSED)('is named: %s', async (name, content, reason) => {
    expect(onlyReason(await read(content, name))).toMatch(reason);
  });

  test('is named also with another name, and in an archive', async () => {
    const [seven] = CLOSED;
    for (const name of ['x', 'notes.txt', 'x.json.gz', 'deep/er/x.js'])
      expect(onlyReason(await read(seven?.[1] ?? '', name))).toMatch(/^a 7-Zip archive/);
    const archive = await tar([['in/x', seven?.[1] ?? '']]);
    expect(onlyReason(await read(archive, 'x'))).toMatch(/^a 7-Zip archive/);
  });

  test.each(['x.bz2', 'x.zst', 'x.7z'])(
    'is named where its beginning is damaged: %s',
    async (name) => {
      expect(onlyReason(await read(hex('00010203'), name))).toMatch(/packed file that is damaged/);
    },
  );
});

describe('a pointer to a file that is elsewhere', () => {
  const LFS = `version https://git-lfs.github.com/spec/v1\noid sha256:${'0a'.repeat(32)}\nsize 3824\n`;
  const ANNEX = '/annex/objects/SHA256E-s3824--0a0a.json\n';
  const LINK = '../../.git/annex/objects/Zk/9q/SHA256E-s3824--0a0a.gz/SHA256E-s3824--0a0a.gz';

  test.each([
    [LFS, 'a Git LFS pointer: the data is not here; run git lfs pull'],
    [ANNEX, 'a pointer of git-annex: the data is not here; run git annex get'],
    [LINK, 'a pointer of git-annex: the data is not here; run git annex get'],
  ])('is lost evidence where a log should be: %s', async (content, reason) => {
    for (const name of ['x.json', 'x.json.gz', 'x.log', 'x.parquet', 'x.zip', 'x.csv'])
      expect(onlyReason(await readPaths([folderOf({ [name]: content, 'good.json': a })]))).toBe(
        reason,
      );
    expect(onlyReason(await read(await tar([['in/x.log', content]]), 'x.tar'))).toBe(reason);
  });

  test('is skipped by its name elsewhere, and lost evidence where the user named it', async () => {
    const folder = folderOf({ 'model.bin': LFS, 'good.json': a });
    const { summary } = await readPaths([folder]);
    expect(summary).toMatchObject({
      unreadable: [],
      skipped: [{ reason: 'a Git LFS pointer', count: 1 }],
    });
    expect(onlyReason(await readPaths([`${folder}/model.bin`]))).toBe(
      'holds no CloudTrail events: a Git LFS pointer',
    );
  });

  test('is no text that mentions one', async () => {
    expect((await read(`see the spec\n${LFS}`, 'x.log')).summary).toMatchObject({
      unreadable: [],
      skipped: [{ reason: 'other text', count: 1 }],
    });
  });
});

describe('a database', () => {
  const SQLITE = Buffer.from('SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20', 'latin1');
  const database = (...texts: readonly string[]) =>
    Buffer.concat([SQLITE, ...texts.map((text) => Buffer.from(`\0\x01${text}\0`, 'latin1'))]);
  const event = JSON.stringify({
    eventTime: '2026-01-31T08:00:00Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'RunInstances',
    recipientAccountId: '111122223333',
  });

  test.each([
    ['in a row', database('CREATE TABLE t (raw JSON)', event)],
    ['far behind other rows', database('x'.repeat(5 << 20), event)],
    [
      'in columns',
      database(
        'CREATE TABLE trail (eventTime TEXT, eventSource TEXT, eventName TEXT)',
        'ec2.amazonaws.com',
      ),
    ],
    [
      'in columns of other spelling',
      database('CREATE TABLE "aws_trail" (event_time TEXT, event_source TEXT, event_name TEXT)'),
    ],
  ])('with events %s is lost evidence, with any name', async (_what, content) => {
    for (const name of ['x.db', 'x', 'x.db.gz'])
      expect(
        onlyReason(await read(name.endsWith('.gz') ? gzipSync(content) : content, name)),
      ).toMatch(/^SQLite.* with CloudTrail events.*export the events as JSON or CSV first$/);
  });

  test.each([
    ['other rows', database('CREATE TABLE t (a)', 'x', 's3.amazonaws.com')],
    ['events of another program', database('CREATE TABLE e (event_name, event_time, event_id)')],
    [
      'addresses of pages about events',
      database('https://x.example.com/events?EventName=DeleteTrail&EventSource=ec2.amazonaws.com'),
    ],
  ])('with %s is skipped', async (_what, content) => {
    const { summary } = await read(content, 'x.db');
    expect(summary).toMatchObject({ skipped: [{ reason: 'SQLite', count: 1 }], unreadable: [] });
  });
});

describe('what holds no logs', () => {
  test.each<[string, string | Buffer, string]>([
    ['x.png', hex('89504e470d0a1a0a'), 'an image'],
    ['x.db', hex('53514c69746520666f726d6174203300'), 'SQLite'],
    ['Security.evtx', hex('456c6646696c6500'), 'a Windows event log'],
    ['a.out', hex('7f454c46'), 'a program'],
    ['x.pcap', hex('d4c3b2a1'), 'a network capture'],
    ['x.asc', '-----BEGIN PGP PUBLIC KEY BLOCK-----\n', 'no CloudTrail events'],
    ['x.bin', hex('00010203'), 'no CloudTrail events'],
    ['notes.txt', 'x^2 + y^2, BZ, ORC, MZ: eventName', 'no CloudTrail events'],
    ['package.toml', '[package]\nname = "x"\n', 'no CloudTrail events'],
    ['x.js', '{ a: 1 }\n', 'no CloudTrail events'],
    [
      'x.py',
      'event = {"eventName": "A", "eventSource": "b.amazonaws.com"}\n',
      'no CloudTrail events',
    ],
    ['template', '{% if a %}{{ b }}{% endif %}', 'no CloudTrail events'],
  ])('is skipped: %s', async (name, content, reason) => {
    const { summary } = await read(content, name);
    expect(summary).toMatchObject({ skipped: [{ reason, count: 1 }], unreadable: [] });
    const folder = folderOf({ [name]: content });
    const named = await readPaths([`${folder}/${name}`]);
    // A named source is read, and may quote an event.
    expect(named.summary.unreadable.length + named.summary.records).toBe(1);
  });
});

describe('text', () => {
  const text = `{"Records":[${a}]}`;
  const be = (s: string) => Buffer.from(s, 'utf16le').swap16();
  const wide = Buffer.from(text.split('').flatMap((letter) => [letter.charCodeAt(0), 0, 0, 0]));

  test.each<[string, Buffer]>([
    ['UTF-16 without a byte-order mark', Buffer.from(text, 'utf16le')],
    ['UTF-16 with the high byte first', be(text)],
    ['UTF-16 that begins with a line end', Buffer.from(`\n${text}`, 'utf16le')],
    ['UTF-16 with a byte-order mark', Buffer.from(`\ufeff${text}`, 'utf16le')],
    ['a zlib stream', deflateSync(text)],
    ['a zlib stream in a zlib stream', deflateSync(deflateSync(text))],
    ['JSON text sequences', Buffer.from(`\u001e${a}\n`)],
  ])('in %s is read with any name', async (_what, content) => {
    for (const name of ['x.json', 'x', 'x.txt'])
      expect((await read(content, name)).ids).toEqual(['a']);
  });

  test('in UTF-32 is named', async () => {
    for (const name of ['x.json', 'x'])
      expect(onlyReason(await read(wide, name))).toMatch(/^UTF-32/);
  });

  test('in another encoding after the first half is named', async () => {
    const mixed = Buffer.concat([Buffer.from(`${a}\n`), Buffer.from(`${a}\n`, 'utf16le')]);
    const { summary } = await read(mixed, 'x');
    expect(summary.records).toBe(1);
    expect(summary.unreadable).toHaveLength(1);
  });
});
