/** Sets of characters as text for both engines: every sign is named, for `\w` and folding differ between them. */

/** From a code point to another, both in it. */
export type Range = readonly [first: number, last: number];

const code = (sign: string): number => sign.codePointAt(0) ?? 0;
const DIGITS: readonly Range[] = [[code('0'), code('9')]];
const WORDS: readonly Range[] = [
  ...DIGITS,
  [code('A'), code('Z')],
  [code('_'), code('_')],
  [code('a'), code('z')],
];
const SPACES: readonly Range[] = [
  [9, 13],
  [32, 32],
];
const LAST = 0x10ffff;

/** What `\d` and its like stand for: ASCII, as where no Unicode is asked for. */
export const CLASSES: Readonly<Record<string, readonly Range[]>> = {
  d: DIGITS,
  D: complement(DIGITS),
  w: WORDS,
  W: complement(WORDS),
  s: SPACES,
  S: complement(SPACES),
};

/** Every character but those of the ranges, which are in order and apart. */
function complement(ranges: readonly Range[]): readonly Range[] {
  const starts = [0, ...ranges.map(([, last]) => last + 1)];
  const ends = [...ranges.map(([first]) => first - 1), LAST];
  return starts.flatMap((start, index): readonly Range[] => {
    const end = ends[index] ?? LAST;
    return start <= end ? [[start, end]] : [];
  });
}

/** More characters than this in one range have both their cases in it, or none. */
const MOST_FOLDED = 512;

/** The ranges, with the other case of each letter. */
export function bothCases(ranges: readonly Range[]): readonly Range[] {
  return ranges.flatMap((range): readonly Range[] => {
    const [first, last] = range;
    const end = last - first < MOST_FOLDED ? last : Math.min(last, 0x7f);
    const others: Range[] = [];
    for (let point = first; point <= end; point++) {
      const letter = String.fromCodePoint(point);
      for (const other of [letter.toLowerCase(), letter.toUpperCase()])
        if (Array.from(other).length === 1) others.push([code(other), code(other)]);
    }
    return [range, ...others];
  });
}

/** The same characters in order, no two ranges touching. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const apart: Range[] = [];
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    const [start, end] = apart.at(-1) ?? [first, -2];
    if (first > end + 1) apart.push([first, last]);
    else apart.splice(-1, 1, [start, Math.max(end, last)]);
  }
  return apart;
}

/** One character of the ranges, or of none of them. */
export function setText(ranges: readonly Range[], negated: boolean): string {
  const apart = merged(ranges);
  const [only] = apart;
  if (only !== undefined && apart.length === 1 && !negated && only[0] === only[1])
    return signText(only[0]);
  const parts = apart.map(([first, last]) =>
    first === last ? signText(first) : `${signText(first)}-${signText(last)}`,
  );
  return `[${negated ? '^' : ''}${parts.join('')}]`;
}

/** A character that means itself, in a set and outside. */
function signText(point: number): string {
  if (point < 32 || point === 127) return `\\x${point.toString(16).padStart(2, '0').toUpperCase()}`;
  const sign = String.fromCodePoint(point);
  return /[!-/:-@[-^`{-~]/.test(sign) ? `\\${sign}` : sign;
}
