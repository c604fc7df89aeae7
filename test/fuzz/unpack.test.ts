/** A share of `npm run fuzz` that always unpacks the same streams. */
import { expect, test } from 'vitest';
import { Unpacker } from '../support/unpacker.js';
import { Random } from './random.js';
import { faultOf, randomStream } from './unpack.js';

const RUNS = 1500;

test('a deflated stream is unpacked as zlib does, or refused if it is damaged', () => {
  const unpacker = new Unpacker('.');
  for (let seed = 0; seed < RUNS; seed++) {
    const random = new Random(seed);
    const fault = faultOf(randomStream(random), unpacker, random);
    expect(fault, `seed ${seed}`).toBeUndefined();
  }
});
