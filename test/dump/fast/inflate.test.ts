/** Gzip that is unpacked into the scan's memory gives the same as zlib, or nothing. */
import { crc32, deflateRawSync, gunzipSync, gzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Memory } from '../../../src/dump/fast/memory.js';
import { Unpacker } from '../../support/unpacker.js';

const memory = new Memory();

function unpack(packed: Buffer, most = Infinity): Buffer | undefined {
  const loaded = memory.load(packed, most);
  return loaded && Buffer.from(memory.bytes.subarray(loaded.start, loaded.end));
}

function byZlib(packed: Buffer): Buffer | undefined {
  try {
    return gunzipSync(packed);
  } catch {
    return undefined;
  }
}

/** Text with near and far repeats, long and short ones; random bytes, which are stored; runs of one byte. */
const piece = fc.oneof(
  fc.string({ maxLength: 300 }).map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 2000 }).map((bytes) => Buffer.from(bytes)),
  fc
    .record({ byte: fc.nat(255), times: fc.nat(3000) })
    .map(({ byte, times }) => Buffer.alloc(times, byte)),
  fc
    .record({ own: fc.uint8Array({ minLength: 1, maxLength: 40 }), times: fc.nat(500) })
    .map(({ own, times }) => Buffer.alloc(own.length * times, own)),
);
const text = fc
  .array(piece, { maxLength: 12 })
  .chain((pieces) => fc.shuffledSubarray([...pieces, ...pieces]))
  .map((pieces) => Buffer.concat(pieces));
const how = fc.record({
  level: fc.nat(9),
  memLevel: fc.integer({ min: 1, max: 9 }),
  strategy: fc.nat(4),
  windowBits: fc.integer({ min: 9, max: 15 }),
});

describe('gzip', () => {
  test('is unpacked to the text that it was made of', () => {
    fc.assert(
      fc.property(text, how, (bytes, options) => {
        expect(unpack(gzipSync(bytes, options))?.equals(bytes)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  test('that is damaged gives what zlib gives, or nothing', () => {
    // Most of the damage in the header means nothing.
    let count = 0;
    fc.assert(
      fc.property(text, how, fc.nat(), fc.nat(7), (bytes, options, place, bit) => {
        const packed = gzipSync(bytes, options);
        const at = 2 + (place % (packed.length - 2));
        packed[at] = (packed[at] ?? 0) ^ (1 << bit);
        const unpacked = unpack(packed);
        if (unpacked === undefined) return;
        count += 1;
        expect(byZlib(packed)?.equals(unpacked)).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(count).toBeGreaterThan(10);
  });

  test('that is cut short gives nothing', () => {
    const packed = gzipSync('a log of some length, '.repeat(100));
    for (let end = 0; end < packed.length; end += 1)
      expect(memory.load(packed.subarray(0, end), Infinity) === undefined || end < 2).toBe(true);
  });

  test('may have a name, and nothing else that is rare', () => {
    const bytes = Buffer.from('{"Records":[]}');
    const tail = Buffer.alloc(8);
    tail.writeUInt32LE(crc32(bytes));
    tail.writeUInt32LE(bytes.length, 4);
    const made = (flags: number, head: string): Buffer =>
      Buffer.concat([
        Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]),
        Buffer.from(head, 'latin1'),
        deflateRawSync(bytes),
        tail,
      ]);
    expect(unpack(made(8, 'name.json\0'))?.equals(bytes)).toBe(true);
    expect(unpack(made(4, '\u0002\0ab'))).toBeUndefined();
    expect(unpack(made(8, 'no end'))).toBeUndefined();
  });

  test('of several members, with padding, or of more than is allowed is left to zlib', () => {
    const one = gzipSync('{"Records":[]}');
    expect(unpack(Buffer.concat([one, one]))).toBeUndefined();
    expect(unpack(Buffer.concat([one, Buffer.alloc(64)]))).toBeUndefined();
    expect(unpack(one, 13)).toBeUndefined();
    expect(unpack(one, 14)?.length).toBe(14);
  });
});

test('the checksum is that of zlib, for a text of any length, wherever it begins', () => {
  const unpacker = new Unpacker('.');
  const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, at) => Math.imul(at, at + 7) >> 5));
  // Short texts are read by tables only; 14,400 bytes are folded at once, and the last 4,800 are not.
  const length = fc.oneof(
    fc.nat(200),
    fc.nat(60_000),
    ...[4800, 9600, 19_200, 33_600].map((near) => fc.integer({ min: near - 100, max: near + 100 })),
  );
  fc.assert(
    fc.property(length, fc.nat(10_000), fc.nat(20), (taken, from, offset) => {
      const part = bytes.subarray(from, from + taken);
      expect(unpacker.crc32(part, offset)).toBe(crc32(part));
    }),
    { numRuns: 500 },
  );
});
