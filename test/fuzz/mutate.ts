/** Damages bytes as disks, transfers, editors and attackers do. */
import type { Random } from './random.js';

type Mutation = (bytes: Buffer, random: Random) => Buffer;

/** What a wrong byte is likely to break. */
const PIECES = [
  ...'{}[]:,"\\0-\0\x01\t\n\r \f\v/u'.split(''),
  '""',
  '\\"',
  '\\u',
  '\\ud800',
  '\\x',
  '},{',
  '},\n{',
  '\n{',
  '\n[',
  ']}',
  '{"Records":[',
  '{"eventName":"CreateSecurityGroup","eventVersion":"1.08"}',
  '"eventName":"CreateSecurityGroup",',
  '"eventName":null,',
  '"eventTime":5,',
  '"__proto__":{"eventName":"ConsoleLogin"},',
  '"Events":[',
  'null',
  'tru',
  '01',
  '1.',
  '1e',
  '[[[[[[[[',
  '{"a":',
  '/**/',
  'NaN',
].map((text) => Buffer.from(text));
PIECES.push(Buffer.from([0xff]), Buffer.from([0xc3]), Buffer.from([0xef, 0xbb, 0xbf]));

/** A range of at most `most` bytes. */
function range(bytes: Buffer, random: Random, most: number): readonly [from: number, to: number] {
  const from = random.below(bytes.length + 1);
  return [from, Math.min(bytes.length, from + random.size(most))];
}

/** The bytes with those between two positions replaced. */
function replaced(bytes: Buffer, from: number, to: number, ...by: readonly Buffer[]): Buffer {
  return Buffer.concat([bytes.subarray(0, from), ...by, bytes.subarray(to)]);
}

/** The positions of a byte. */
function positionsOf(bytes: Buffer, byte: number): readonly number[] {
  const found: number[] = [];
  for (let at = bytes.indexOf(byte); at >= 0; at = bytes.indexOf(byte, at + 1)) found.push(at);
  return found;
}

/** A position of one of the bytes that JSON is made of. */
function place(bytes: Buffer, random: Random): number {
  const found = positionsOf(bytes, random.pick([...Buffer.from('{}[]:,""\n')]));
  return found.length === 0 ? random.below(bytes.length + 1) : random.pick(found);
}

const MUTATIONS: readonly Mutation[] = [
  // One byte or bit is wrong.
  (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return replaced(bytes, at, at + 1, Buffer.from([random.below(256)]));
  },
  (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return replaced(bytes, at, at + 1, Buffer.from([(bytes[at] ?? 0) ^ (1 << random.below(8))]));
  },
  // Bytes are missing, doubled, moved, or zero.
  (bytes, random) => replaced(bytes, ...range(bytes, random, 40)),
  (bytes, random) => replaced(bytes, ...range(bytes, random, bytes.length)),
  (bytes, random) => bytes.subarray(0, random.below(bytes.length + 1)),
  (bytes, random) => bytes.subarray(random.below(bytes.length + 1)),
  (bytes, random) => {
    const [from, to] = range(bytes, random, 300);
    return replaced(bytes, to, to, bytes.subarray(from, to));
  },
  (bytes, random) => {
    const [from, to] = range(bytes, random, 300);
    const at = random.below(bytes.length + 1);
    return replaced(bytes, at, at, bytes.subarray(from, to));
  },
  (bytes, random) => {
    const [from, to] = range(bytes, random, 700);
    return replaced(bytes, from, to, Buffer.alloc(to - from, random.pick([0, 0, 0x20, 0xff])));
  },
  (bytes, random) => {
    const [from, to] = range(bytes, random, 100);
    return replaced(bytes, from, to, Buffer.from(bytes.subarray(from, to).toReversed()));
  },
  // A token is wrong.
  (bytes, random) => {
    const at = place(bytes, random);
    return replaced(bytes, at, at + random.below(2), random.pick(PIECES));
  },
  (bytes, random) => {
    const at = place(bytes, random) + 1;
    return replaced(bytes, at, at, random.pick(PIECES));
  },
  (bytes, random) => {
    const at = random.below(bytes.length + 1);
    return replaced(bytes, at, at, random.pick(PIECES));
  },
  (bytes, random) => {
    const from = place(bytes, random);
    return replaced(bytes, from, from + random.size(8));
  },
  (bytes, random) => {
    const [from, to] = [place(bytes, random), place(bytes, random)].toSorted((a, b) => a - b);
    return replaced(bytes, from ?? 0, to ?? 0);
  },
  (bytes, random) => {
    const [from = 0, to = 0] = [place(bytes, random), place(bytes, random)].toSorted(
      (a, b) => a - b,
    );
    return replaced(bytes, to, to, bytes.subarray(from, to));
  },
];

/** The bytes after a few mutations; after none, once in a while. */
export function mutate(bytes: Buffer, random: Random): Buffer {
  let mutant = bytes;
  for (let times = random.size(4); times > 0; times--)
    mutant = random.pick(MUTATIONS)(mutant, random);
  return mutant;
}
