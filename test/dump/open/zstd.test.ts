/** Zstandard: frames of every kind, damage, and bombs. The sample was packed with `zstd -19 --check`. */
import { describe, expect, test } from 'vitest';
import { tar } from '../../support/archives.js';
import { folderOf, namesRequired, readingFile } from '../../support/read-dump.js';
import { event, eventText, onlyReason, readPaths } from '../dumps.js';

const SAMPLE = Buffer.from(
  'KLUv/WSfADUFAIKKIRlQ1wM868iHm5G8pz66LBPkCGdCsMKoqgpr3/Q5BXxOfXqyDDL69GrZN8O1Hvu+xWz97IDHYOvfguytb/RGHXAsw1nhts1Zfec3/YxQ5sJV0Bu9uKMXFWR9n/41Z9iJ4DChnDA+EQYFDAgJpU//yz6AG1CIPv1iq/ND+7727knTdZVx/ca9CgBCptELAwEAOAAw4YDQx2Qk3GZRBG8UwcthkgHIevzB',
  'base64',
);
const MAGIC = Buffer.from('28b52ffd', 'hex');
const SKIPPABLE = Buffer.from('5a2a4d180400000061626364', 'hex');
const RAW = 0;
const REPEATED = 1;
const MAX_BLOCK = 128 << 10;

function block(kind: number, size: number, body: Buffer, isLast: boolean): Buffer {
  const head = Buffer.alloc(3);
  head.writeUIntLE((size << 3) | (kind << 1) | (isLast ? 1 : 0), 0, 3);
  return Buffer.concat([head, body]);
}

/** A frame with a window of 2 to the power of `log`. */
function frame(blocks: readonly Buffer[], log = 17): Buffer {
  return Buffer.concat([MAGIC, Buffer.from([0, (log - 10) << 3]), ...blocks]);
}

/** A frame that holds a text as it is. */
function stored(text: string | Buffer, log?: number): Buffer {
  const bytes = Buffer.from(text);
  const count = Math.max(1, Math.ceil(bytes.length / MAX_BLOCK));
  const blocks = Array.from({ length: count }, (_, i) => {
    const part = bytes.subarray(i * MAX_BLOCK, (i + 1) * MAX_BLOCK);
    return block(RAW, part.length, part, i === count - 1);
  });
  return frame(blocks, log);
}

const read = (content: Buffer, name = 'x.json.zst', options = {}) =>
  readPaths([folderOf({ [name]: content })], options);

describe('Zstandard', () => {
  test('is read with any name', async () => {
    for (const name of ['x.json.zst', 'x.zst', 'x', 'x.gz', 'archive_1.json.zst.part'])
      expect((await read(SAMPLE, name)).ids).toEqual(['a', 'b']);
  });

  test('of several frames, empty ones and skippable ones is one text', async () => {
    const frames = [SKIPPABLE, stored(''), SAMPLE, stored('\n'), SKIPPABLE, stored(eventText('c'))];
    const { ids, summary } = await read(Buffer.concat([...frames, SKIPPABLE]));
    expect(ids).toEqual(['a', 'b', 'c']);
    expect(summary.unreadable).toEqual([]);
  });

  test('may hold a tar archive', async () => {
    const packed = stored(await tar([['in/x.json', eventText('a')]]));
    expect((await read(packed, 'x.tar.zst')).ids).toEqual(['a']);
  });

  test('of many blocks is read in pieces', async () => {
    const many = Array.from({ length: 5000 }, (_, i) => eventText(`${i}`)).join('\n');
    const { summary } = await read(stored(many), 'x.zst', {
      required: namesRequired(new Set()),
    });
    expect(summary).toMatchObject({ records: 5000, unreadable: [] });
  });

  test.each<[string, Buffer, RegExp]>([
    ['is cut short', SAMPLE.subarray(0, SAMPLE.length - 6), /^zstd that is cut short/],
    ['has a wrong checksum', flipped(SAMPLE, SAMPLE.length - 1), /a checksum is wrong/],
    ['has other bytes behind it', Buffer.concat([SAMPLE, Buffer.from('abcd')]), /no frame/],
    ['has a window of 256 MB', stored(eventText('a'), 28), /window of more than 128 MB/],
    [
      'needs a dictionary',
      Buffer.concat([MAGIC, Buffer.from([1, 0, 7]), block(RAW, 0, Buffer.alloc(0), true)]),
      /dictionary/,
    ],
  ])('that %s is named', async (_what, content, reason) => {
    expect(onlyReason(await read(content))).toMatch(reason);
  });

  test('gives what stands before the damage', async () => {
    const broken = Buffer.concat([
      stored(`${eventText('a')}\n`),
      MAGIC,
      Buffer.from('ffffffffffff', 'hex'),
    ]);
    const { ids, summary } = await read(broken);
    expect(ids).toEqual(['a']);
    expect(summary.unreadable).toHaveLength(1);
  });

  test('that is damaged anywhere neither throws nor goes on for ever', async () => {
    for (let at = 0; at < SAMPLE.length; at += 3) {
      const { summary } = await readingFile(flipped(SAMPLE, at), 'x.zst');
      expect(summary.read + summary.unreadable.length).toBeGreaterThan(0);
      const cut = await readingFile(SAMPLE.subarray(0, at + 1), 'x.json.zst');
      expect(cut.summary.unreadable).toHaveLength(1);
    }
  });

  test('that is a bomb is stopped', async () => {
    const space = block(REPEATED, MAX_BLOCK, Buffer.from(' '), false);
    // No file is called a bomb before 256 MB.
    const bomb = frame(Array.from({ length: 2100 }, () => space));
    expect(onlyReason(await read(bomb))).toMatch(/expands more than 400 times/);
    const few = { maxUnpacked: 1 << 20 };
    expect(onlyReason(await read(bomb, 'x.zst', few))).toMatch(/--max-unpacked/);
  });
});

function flipped(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x41;
  return copy;
}

test('the sample is what it should be', async () => {
  const { rows } = await readingFile(SAMPLE, 'x.zst');
  expect(rows.map((row) => row['eventname'])).toEqual([event('a').eventName, event('b').eventName]);
});
