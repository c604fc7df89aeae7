/**
 * Writes streams of deflate (RFC 1951) that no packer would write: codes of any lengths, symbols that are never used, repeats
 * of any kind. Zlib's own packer hardly ever makes long codes or far repeats in short texts.
 */
import type { Random } from './random.js';

const END = 256;
/** The symbols for lengths and distances: the smallest value and how many extra bits are added to it. */
const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131,
  163, 195, 227, 258,
].map((value, index) => ({ value, extra: index < 8 || index === 28 ? 0 : (index >> 2) - 1 }));
const DISTANCES = Array.from({ length: 30 }, (_, index) => {
  const extra = index < 4 ? 0 : (index >> 1) - 1;
  return { value: index < 4 ? index + 1 : ((2 + (index & 1)) << extra) + 1, extra };
});
const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** The codes of the symbols that have one. The first bit of a code is its highest. */
type Codes = ReadonlyMap<number, { readonly code: number; readonly length: number }>;

class BitWriter {
  readonly #bytes: number[] = [];
  #bits = 0;
  #count = 0;

  /** Writes the lowest bits of a number, the lowest one first. */
  bits(value: number, count: number): void {
    for (let bit = 0; bit < count; bit++) {
      this.#bits |= ((value >>> bit) & 1) << this.#count++;
      if (this.#count === 8) this.align();
    }
  }

  symbol(codes: Codes, symbol: number): void {
    const { code, length } = codes.get(symbol) ?? { code: 0, length: 0 };
    for (let bit = length - 1; bit >= 0; bit--) this.bits(code >>> bit, 1);
  }

  /** Fills the last byte with zeros. */
  align(): void {
    if (this.#count > 0) this.#bytes.push(this.#bits);
    this.#bits = 0;
    this.#count = 0;
  }

  end(): Buffer {
    this.align();
    return Buffer.from(this.#bytes);
  }
}

/** The lengths of a complete code with this many symbols. One symbol alone has a code of one bit. */
function completeLengths(random: Random, symbols: number, longest: number): readonly number[] {
  const lengths = symbols === 1 ? [1] : [1, 1];
  const isDeep = random.oneIn(2);
  while (lengths.length < symbols) {
    const open = [...lengths.keys()].filter((index) => (lengths[index] ?? 0) < longest);
    const index = isDeep && random.below(4) > 0 ? open.at(-1) : random.pick(open);
    const length = (lengths[index ?? 0] ?? 0) + 1;
    lengths[index ?? 0] = length;
    lengths.push(length);
  }
  return lengths;
}

/** Codes of these lengths, by symbol: in the order of lengths, and of symbols of the same length. */
function codesOf(lengths: readonly number[]): Codes {
  const codes = new Map<number, { readonly code: number; readonly length: number }>();
  let code = 0;
  for (let length = 1; length < 16; length++) {
    for (const [symbol, own] of lengths.entries())
      if (own === length) codes.set(symbol, { code: code++, length });
    code <<= 1;
  }
  return codes;
}

/** Lengths of codes for some of the symbols, by symbol. */
function randomLengths(
  random: Random,
  used: readonly number[],
  { all, longest }: { readonly all: number; readonly longest: number },
): readonly number[] {
  const lengths = Array.from({ length: all }, () => 0);
  const own = completeLengths(random, used.length, longest);
  const first = random.below(used.length);
  for (const [index, length] of own.entries())
    lengths[used[(first + index) % used.length] ?? 0] = length;
  return lengths;
}

function someOf(random: Random, from: number, to: number): readonly number[] {
  const one = 1 + random.size(20);
  return Array.from({ length: to - from }, (_, index) => from + index).filter(() =>
    random.oneIn(one),
  );
}

/** Writes the symbols of a block, and its end. Returns how long the whole text is then. */
function writeSymbols(
  writer: BitWriter,
  random: Random,
  {
    literals,
    distances,
    before,
  }: { readonly literals: Codes; readonly distances: Codes; readonly before: number },
): number {
  const bytes = [...literals.keys()].filter((symbol) => symbol < END);
  const lengths = [...literals.keys()].filter((symbol) => symbol > END && symbol <= 285);
  const far = [...distances.keys()].filter((symbol) => symbol < 30);
  const literalsIn = 1 + random.below(5);
  let length = before;
  for (let left = random.size(800); left > 0; left--) {
    const near = far.filter((symbol) => (DISTANCES[symbol]?.value ?? 0) <= length);
    if (near.length > 0 && lengths.length > 0 && (bytes.length === 0 || random.oneIn(literalsIn))) {
      const symbol = random.pick(lengths);
      const { value, extra } = LENGTHS[symbol - 257] ?? { value: 0, extra: 0 };
      const more = random.below(1 << extra);
      writer.symbol(literals, symbol);
      writer.bits(more, extra);
      const place = random.pick(near);
      const distance = DISTANCES[place] ?? { value: 0, extra: 0 };
      const most = Math.min(1 << distance.extra, length - distance.value + 1);
      writer.symbol(distances, place);
      writer.bits(random.below(most), distance.extra);
      length += value + more;
    } else if (bytes.length > 0) {
      writer.symbol(literals, random.pick(bytes));
      length++;
    }
  }
  writer.symbol(literals, END);
  return length;
}

/** Writes the lengths of the codes of a block, as one list with repeats. */
function writeLengths(writer: BitWriter, random: Random, lengths: readonly number[]): void {
  const symbols: (readonly [symbol: number, more: number, extra: number])[] = [];
  for (let at = 0; at < lengths.length;) {
    const own = lengths[at] ?? 0;
    let same = 1;
    while (lengths[at + same] === own) same++;
    const isZero = own === 0;
    const isRepeat = !isZero && at > 0 && lengths[at - 1] === own;
    if (same >= 3 && (isZero || isRepeat) && !random.oneIn(4)) {
      const isLong = isZero && same >= 11;
      const times = 3 + random.below(Math.min(same - 2, isZero ? 8 : 4));
      if (isLong) symbols.push([18, Math.min(same, 138) - 11, 7]);
      else symbols.push(isZero ? [17, times - 3, 3] : [16, times - 3, 2]);
      at += isLong ? Math.min(same, 138) : times;
    } else {
      symbols.push([own, 0, 0]);
      at++;
    }
  }
  const used = [
    ...new Set([...symbols.map(([symbol]) => symbol), ...someOf(random, 0, 19), 0, 18]),
  ];
  const own = randomLengths(random, used, { all: 19, longest: 7 });
  const codes = codesOf(own);
  const count = Math.max(4, 1 + ORDER.findLastIndex((symbol) => (own[symbol] ?? 0) > 0));
  writer.bits(count - 4, 4);
  for (const symbol of ORDER.slice(0, count)) writer.bits(own[symbol] ?? 0, 3);
  for (const [symbol, more, extra] of symbols) {
    writer.symbol(codes, symbol);
    writer.bits(more, extra);
  }
}

/** Returns how long the whole text is after a block of codes of its own. */
function writeDynamic(writer: BitWriter, random: Random, before: number): number {
  const bytes = random.oneIn(20) ? [] : someOf(random, 0, END);
  const literals = [...(bytes.length > 0 ? bytes : [65]), END, ...someOf(random, 257, 286)];
  const places = random.oneIn(5) ? [] : someOf(random, 0, 30);
  const literalLengths = randomLengths(random, literals, {
    all: Math.max(257, 1 + (literals.at(-1) ?? 0), random.oneIn(3) ? 286 : 0),
    longest: 9 + random.below(7),
  });
  const distanceLengths =
    places.length === 0
      ? [0]
      : randomLengths(random, places, {
          all: Math.max(1 + (places.at(-1) ?? 0), random.oneIn(3) ? 30 : 0),
          longest: 5 + random.below(11),
        });
  writer.bits(literalLengths.length - 257, 5);
  writer.bits(distanceLengths.length - 1, 5);
  writeLengths(writer, random, [...literalLengths, ...distanceLengths]);
  return writeSymbols(writer, random, {
    literals: codesOf(literalLengths),
    distances: codesOf(distanceLengths),
    before,
  });
}

const FIXED = {
  literals: codesOf(
    Array.from({ length: 288 }, (_, s) => (s < 144 ? 8 : s < 256 ? 9 : s < 280 ? 7 : 8)),
  ),
  distances: codesOf(Array.from({ length: 32 }, () => 5)),
};

/** A sound stream of a few blocks. */
export function randomDeflate(random: Random): Buffer {
  const writer = new BitWriter();
  let length = 0;
  for (let left = random.below(5); left >= 0; left--) {
    writer.bits(left === 0 ? 1 : 0, 1);
    const kind = random.pick([0, 1, 2, 2, 2, 2]);
    writer.bits(kind, 2);
    if (kind === 2) length = writeDynamic(writer, random, length);
    else if (kind === 1) length = writeSymbols(writer, random, { ...FIXED, before: length });
    else {
      const stored = random.size(2000);
      writer.align();
      writer.bits(stored, 16);
      writer.bits(~stored, 16);
      for (let byte = 0; byte < stored; byte++) writer.bits(random.below(256), 8);
      length += stored;
    }
  }
  return writer.end();
}
