/** Damaged gzip is read up to the damage and named, whether it is unpacked in one go or as a stream. */
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { aboutNames, WAYS, WaysReader } from '../../support/read-ways.js';
import { eventText } from '../dumps.js';

const reader = new WaysReader(aboutNames(new Set(['CreateSecurityGroup'])), {
  since: undefined,
  until: undefined,
});

async function bothWays(
  packed: Buffer,
): Promise<{ readonly records: number; readonly reasons: readonly string[] }> {
  const whole = await reader.read(packed, WAYS.quick);
  for (const length of [1, 7, packed.length])
    expect(await reader.read(packed, { ...WAYS.peeked, pieces: [length] })).toBe(whole);
  const { records, unreadable } = JSON.parse(whole) as {
    readonly records: number;
    readonly unreadable: readonly { readonly reason: string }[];
  };
  return { records, reasons: unreadable.map(({ reason }) => reason) };
}

/** Every event has other letters, so that gzip cannot shorten them much. */
const lines = (count: number): string =>
  Array.from({ length: count }, (_, at) => `${eventText(`${at * 7919}`)}\n`).join('');
const packed = gzipSync(lines(40));
const zeros = Buffer.alloc(30);

describe('gzip', () => {
  test('with a wrong byte gives what comes before it', async () => {
    const damaged = Buffer.from(packed);
    damaged.fill(0xff, damaged.length - 40, damaged.length - 20);
    const { records, reasons } = await bothWays(damaged);
    expect(records).toBeGreaterThan(10);
    expect(reasons).toEqual([expect.stringMatching(/broken gzip/)]);
  });

  test('that is cut short gives what is there', async () => {
    const { records, reasons } = await bothWays(packed.subarray(0, -30));
    expect(records).toBeGreaterThan(10);
    expect(reasons).toEqual([expect.stringMatching(/gzip that is cut short/)]);
  });

  test('may be padded, and several may follow each other', async () => {
    expect(await bothWays(Buffer.concat([packed, packed, zeros]))).toEqual({
      records: 80,
      reasons: [],
    });
  });

  test('with a page of zeros where the next gzip should begin is broken', async () => {
    expect(await bothWays(Buffer.concat([packed, zeros, packed]))).toEqual({
      records: 40,
      reasons: ['broken gzip: other data after its end'],
    });
  });
});
