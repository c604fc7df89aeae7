/** The search in WebAssembly finds the same as Node's, whatever the bytes are. */
import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { FIND_SLACK } from '../../../src/dump/fast/layout.js';

// Node has it; the types of Node do not.
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: object };
};

type Find = (from: number, end: number, needle: number, needleLength: number) => number;

const { memory, find, findIgnoringCase } = new WebAssembly.Instance(
  new WebAssembly.Module(readFileSync('src/dump/fast/scan.wasm')),
).exports as {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly find: Find;
  readonly findIgnoringCase: Find;
};
const bytes = Buffer.from(memory.buffer);
/** The text ends so near the end of the memory that nothing more can be read. */
const END = bytes.length - FIND_SLACK;
const NEEDLE = 0x20000;

function found(search: Find, text: Buffer, needle: Buffer): number {
  const from = END - text.length;
  // What lies beyond the text must not matter: here the needle begins before the end and goes on behind it.
  bytes.fill(needle.length === 0 ? 0 : needle, END);
  bytes.set(text, from);
  bytes.set(needle, NEEDLE);
  const address = search(from, END, NEEDLE, needle.length);
  return address === 0 ? -1 : address - from;
}

/** Letters of ASCII in lower case, and nothing else. */
function folded(text: Buffer): Buffer {
  return Buffer.from(text.map((byte) => (byte >= 0x41 && byte <= 0x5a ? byte | 0x20 : byte)));
}

// Few different bytes, so that much is nearly equal: cases of a letter, and what differs from others by the bit of case only.
const byte = fc.constantFrom(...Buffer.from('aaaaaAbBzZ"-\r@`[{\0 é', 'latin1'));
const bytesOf = (maxLength: number): fc.Arbitrary<Buffer> =>
  fc
    .oneof(fc.array(byte, { maxLength, size: 'max' }), fc.array(byte, { maxLength }))
    .map((list) => Buffer.from(list));
const sought = fc
  .record({
    text: bytesOf(300),
    strange: bytesOf(20),
    at: fc.nat(),
    length: fc.nat(90),
    isPart: fc.boolean(),
  })
  .map(({ text, strange, at, length, isPart }) => {
    const start = at % (text.length + 1);
    return { text, needle: isPart ? text.subarray(start, start + length) : strange };
  });

test('finds a text where it first stands', () => {
  fc.assert(
    fc.property(sought, ({ text, needle }) => {
      expect(found(find, text, needle)).toBe(text.indexOf(needle));
    }),
    { numRuns: 2000 },
  );
});

test('finds a text in any case of ASCII', () => {
  fc.assert(
    fc.property(sought, ({ text, needle }) => {
      const lower = folded(needle);
      expect(found(findIgnoringCase, text, lower)).toBe(folded(text).indexOf(lower));
    }),
    { numRuns: 2000 },
  );
});
