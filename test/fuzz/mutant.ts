/** Makes the mutant of a seed, and reads it in all ways. */
import { gzipSync } from 'node:zlib';
import { HEAD_BYTES } from '../../src/dump/open/opened-stream.js';
import { WAYS, type Outcome, type Way, type WaysReader } from '../support/read-ways.js';
import { randomLog } from './logs.js';
import { mutate } from './mutate.js';
import { Random } from './random.js';

/** Two ways that give different outcomes. */
export interface Difference {
  readonly way: string;
  readonly expected: Outcome;
  readonly actual: Outcome;
}

/** The damaged log of a seed, made of one of the samples or of a log of our own. */
export function mutantOf(seed: number, samples: readonly Buffer[]): Buffer {
  const random = new Random(seed);
  const sample = (): Buffer =>
    samples.length > 0 && random.oneIn(2) ? random.pick(samples) : Buffer.from(randomLog(random));
  const first = sample();
  const sound = random.oneIn(20) ? Buffer.concat([first, sample()]) : first;
  const text = mutate(sound, random);
  if (!random.oneIn(5)) return text;
  const packed = gzipSync(text, { level: random.pick([1, 6, 9]) });
  const padding = Buffer.alloc(random.oneIn(2) ? 0 : random.size(40));
  const several = random.oneIn(4) ? Buffer.concat([packed, padding, gzipSync(sample())]) : packed;
  return random.oneIn(3) ? several : mutate(several, random);
}

/** The first way that gives something else than a parse of every record; undefined if all give the same. */
export async function differenceOf(
  mutant: Buffer,
  reader: WaysReader,
  seed: number,
): Promise<Difference | undefined> {
  const random = new Random(seed + 1);
  const lengths = Array.from({ length: 5 }, () => 1 + random.size(mutant.length));
  const pieces = { pieces: lengths };
  const ways: readonly Way[] = [
    WAYS.quick,
    WAYS.peeked,
    { ...WAYS.peeked, ...pieces, name: 'peeked, in pieces' },
    { ...WAYS.parsed, ...pieces, name: 'parsed, in pieces' },
  ];
  const expected = await reader.read(mutant, WAYS.parsed);
  for (const way of ways) {
    const actual = await reader.read(mutant, way);
    if (actual !== expected) return { way: way.name, expected, actual };
  }
  return differenceInPieces(mutant, reader, lengths);
}

/** The quick pass reads a log in pieces only behind so many bytes. */
const BLANKS = Buffer.alloc(HEAD_BYTES, ' ');

/** Whether the quick pass gives something else than a parse of the same log, which is so long that it is read in pieces. */
async function differenceInPieces(
  mutant: Buffer,
  reader: WaysReader,
  lengths: readonly number[],
): Promise<Difference | undefined> {
  const long = Buffer.concat([BLANKS, mutant]);
  const pieces = [BLANKS.length, ...lengths];
  const expected = await reader.read(long, { ...WAYS.parsed, pieces });
  const way = { ...WAYS.quick, pieces, name: 'quick, in pieces' };
  const actual = await reader.read(long, way);
  return actual === expected ? undefined : { way: way.name, expected, actual };
}

/** A shorter mutant that still makes a difference: leaves out pieces of decreasing length, as long as one can be spared. */
export async function shrink(
  mutant: Buffer,
  isDifferent: (smaller: Buffer) => Promise<boolean>,
): Promise<Buffer> {
  let smallest = mutant;
  for (let length = smallest.length >> 1; length >= 1; length >>= 1)
    for (let at = 0; at < smallest.length;) {
      const shorter = Buffer.concat([smallest.subarray(0, at), smallest.subarray(at + length)]);
      if (await isDifferent(shorter)) smallest = shorter;
      else at += length;
    }
  return smallest;
}
