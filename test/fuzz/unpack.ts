/** Makes the deflated stream of a seed, sound or damaged, and unpacks it by zlib and in WebAssembly. */
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Unpacked, Unpacker } from '../support/unpacker.js';
import { randomDeflate } from './deflate.js';
import { randomLog } from './logs.js';
import { mutate } from './mutate.js';
import type { Random } from './random.js';

export interface Stream {
  readonly bytes: Buffer;
  readonly isDamaged: boolean;
}

/** A stream from zlib's packer or from ours. */
export function randomStream(random: Random): Stream {
  const sound = random.oneIn(2) ? randomDeflate(random) : packed(random);
  const isDamaged = !random.oneIn(3);
  if (!isDamaged) return { bytes: sound, isDamaged };
  return { bytes: random.oneIn(4) ? mutate(sound, random) : flipped(sound, random), isDamaged };
}

/**
 * What is wrong with how a stream is unpacked; undefined if nothing is. The decoder may refuse what is damaged, and what is
 * longer than allowed; whatever it accepts, it must unpack as zlib does.
 */
export function faultOf(
  { bytes, isDamaged }: Stream,
  unpacker: Unpacker,
  random: Random,
): string | undefined {
  const expected = byZlib(bytes, 1 << 20);
  if (!isDamaged && expected === undefined) return 'a sound stream is refused by zlib';
  const length = expected?.text.length ?? random.size(100_000);
  const most = random.oneIn(4)
    ? random.below(length + 1)
    : length + random.below(2) * random.size(500);
  if (bytes.length + most > unpacker.room) return undefined;
  const actual = unpacker.unpack(bytes, most);
  if (actual === undefined)
    return !isDamaged && length <= most ? 'a sound stream is refused' : undefined;
  if (expected === undefined) return 'a damaged stream is unpacked';
  if (!actual.text.equals(expected.text)) return 'the text differs';
  return actual.taken === expected.taken ? undefined : 'the end of the stream differs';
}

function packed(random: Random): Buffer {
  const text =
    random.below(4) > 0
      ? Buffer.from(Array.from({ length: 1 + random.size(5) }, () => randomLog(random)).join(''))
      : Buffer.alloc(random.size(70_000), random.pick(['\0', 'ab', 'abc', 'abcdefghijklmnopqrs']));
  const { Z_FIXED, Z_RLE, Z_HUFFMAN_ONLY, Z_FILTERED, Z_DEFAULT_STRATEGY } = constants;
  return deflateRawSync(text, {
    level: random.below(10),
    strategy: random.pick([Z_FIXED, Z_RLE, Z_HUFFMAN_ONLY, Z_FILTERED, Z_DEFAULT_STRATEGY]),
    windowBits: 9 + random.below(7),
    memLevel: 1 + random.below(9),
  });
}

/** One bit is wrong, in one of three cases near the beginning, where the codes of the first block are. */
function flipped(bytes: Buffer, random: Random): Buffer {
  const wrong = Buffer.from(bytes);
  const at = random.below(random.oneIn(3) ? Math.min(bytes.length, 100) : bytes.length);
  wrong[at] = (wrong[at] ?? 0) ^ (1 << random.below(8));
  return wrong;
}

function byZlib(bytes: Buffer, maxOutputLength: number): Unpacked | undefined {
  try {
    // The types of Node do not know what `info` gives.
    const answer: unknown = inflateRawSync(bytes, { info: true, maxOutputLength });
    const { buffer, engine } = answer as {
      readonly buffer: Buffer;
      readonly engine: { readonly bytesWritten: number };
    };
    return { text: buffer, taken: engine.bytesWritten };
  } catch {
    return undefined;
  }
}
