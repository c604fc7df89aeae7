/** How fast gzip is unpacked and its checksum computed, by zlib and in WebAssembly, in one thread and in turn. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const FILES = 24;
const ROUNDS = 40;
/** The gzip files of the corpus have no name in their heads, and the checksum and the length at their ends. */
const HEAD = 10;
const TAIL = 8;
const INPUT = 1 << 20;
const OUTPUT = 16 << 20;
const SCAN = new URL('../../src/dump/fast/scan.wasm', import.meta.url);

/**
 * Bytes of text a second for both ways. Of each file the fastest round counts, because a round is short enough not to be
 * interrupted on a busy machine.
 */
export function unpackingSpeeds(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.gz'))
    .slice(0, FILES)
    .map((name) => readFileSync(join(folder, name)));
  const { memory, inflate, crc32 } = new WebAssembly.Instance(
    new WebAssembly.Module(readFileSync(SCAN)),
  ).exports;
  memory.grow(512);
  const bytes = Buffer.from(memory.buffer);
  const inWasm = (file) => {
    const tail = INPUT + file.length - TAIL;
    bytes.set(file, INPUT);
    const end = OUTPUT + file.readUInt32LE(file.length - 4);
    const length = inflate(INPUT + HEAD, tail, OUTPUT, end);
    if (OUTPUT + length !== end || crc32(OUTPUT, end) !== bytes.readInt32LE(tail))
      throw new Error('not unpacked');
  };
  const text = files.reduce((total, file) => total + file.readUInt32LE(file.length - 4), 0);
  const ways = [gunzipSync, inWasm].map((unpack) => ({ unpack, best: files.map(() => Infinity) }));
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [index, file] of files.entries())
      for (const { unpack, best } of ways) {
        const started = performance.now();
        unpack(file);
        best[index] = Math.min(best[index], performance.now() - started);
      }
  const [zlib, wasm] = ways.map(({ best }) => (text / best.reduce((a, b) => a + b)) * 1000);
  return { zlib, wasm };
}
