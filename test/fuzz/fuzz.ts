/**
 * Damages logs at random and reads each in all ways, which must give the same; and unpacks deflated streams, which must give
 * what zlib gives. Runs until it is stopped, or for so many mutants. Each mutant has a seed of its own: `--seed N --runs 1`
 * makes it again.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { aboutNames, WaysReader } from '../support/read-ways.js';
import { Unpacker } from '../support/unpacker.js';
import { WANTED } from './logs.js';
import { differenceOf, mutantOf, shrink } from './mutant.js';
import { Random } from './random.js';
import { samplesIn } from './samples.js';
import { faultOf, randomStream } from './unpack.js';

const WINDOWS = [
  { since: undefined, until: undefined },
  { since: Date.parse('2026-01-14T09:59:59.500Z'), until: Date.parse('2026-01-14T10:30:00Z') },
];
/** A message each time that so many mutants were read. */
const REPORT_EVERY = 10_000;

/** Returns how many mutants made a difference. `root` is the folder of the checkout. */
export async function fuzz(args: readonly string[], root: string): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      seed: { type: 'string' },
      runs: { type: 'string', default: 'Infinity' },
      /** Stop after so many differences. */
      failures: { type: 'string', default: '1' },
    },
  });
  const first =
    values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);
  const folders = ['fixtures', 'cases', 'cases-hostile'].map((name) =>
    join(root, '../shared', name),
  );
  const samples = samplesIn(folders);
  const unpacker = new Unpacker(root);
  const readers = WINDOWS.map((window) => new WaysReader(aboutNames(WANTED), window));
  console.log(`seed ${first}, ${samples.length} samples of real logs`);
  const runs = Number(values.runs);
  const failures = Number(values.failures);
  let failed = 0;
  for (let run = 0; run < runs && failed < failures; run++) {
    if (run > 0 && run % REPORT_EVERY === 0) console.log(`${run} mutants`);
    const seed = first + run;
    const random = new Random(seed);
    const stream = randomStream(random);
    const fault = faultOf(stream, unpacker, random);
    if (fault !== undefined) {
      failed++;
      const folder = mkdtempSync(join(tmpdir(), 'hunt-fuzz-'));
      writeFileSync(join(folder, 'stream'), stream.bytes);
      console.log(`seed ${seed}: ${fault}. The stream is in ${folder}`);
    }
    const reader = readers[seed % readers.length];
    if (reader === undefined) throw new Error('no window');
    const mutant = mutantOf(seed, samples);
    const difference = await differenceOf(mutant, reader, seed);
    if (difference === undefined) continue;
    failed++;
    const isDifferent = async (shorter: Buffer): Promise<boolean> =>
      (await differenceOf(shorter, reader, seed))?.way === difference.way;
    const smallest = await shrink(mutant, isDifferent);
    const found = (await differenceOf(smallest, reader, seed)) ?? difference;
    const folder = mkdtempSync(join(tmpdir(), 'hunt-fuzz-'));
    writeFileSync(join(folder, 'mutant'), mutant);
    writeFileSync(join(folder, 'shortest'), smallest);
    writeFileSync(join(folder, 'expected.json'), found.expected);
    writeFileSync(join(folder, 'actual.json'), found.actual);
    console.log(`seed ${seed}: "${found.way}" differs from "parsed". The files are in ${folder}`);
  }
  console.log(`${failed} differences`);
  return failed;
}
