/** Sets of characters as text for both engines. Every character is listed, because `\w` and ignoring case differ between them. */

/** Code points from the first to the last, both included. */
export type Range = readonly [first: number, last: number];

const code = (character: string): number => character.codePointAt(0) ?? 0;
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

/** The characters of `\d` and the other classes: those of ASCII, as in a PCRE without Unicode. */
export const CLASSES: Readonly<Record<string, readonly Range[]>> = {
  d: DIGITS,
  D: complement(DIGITS),
  w: WORDS,
  W: complement(WORDS),
  s: SPACES,
  S: complement(SPACES),
};

/** Every character outside the ranges, which must be in order and must not overlap. */
function complement(ranges: readonly Range[]): readonly Range[] {
  const starts = [0, ...ranges.map(([, last]) => last + 1)];
  const ends = [...ranges.map(([first]) => first - 1), LAST];
  return starts.flatMap((start, index): readonly Range[] => {
    const end = ends[index] ?? LAST;
    return start <= end ? [[start, end]] : [];
  });
}

/** A range with more characters than this has both cases of nearly every letter, or neither, except in ASCII. */
const MOST_FOLDED = 512;

/** The ranges with the other case of each letter. */
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

/** The same characters as ranges in order, with a gap between any two. */
function merged(ranges: readonly Range[]): readonly Range[] {
  const apart: Range[] = [];
  for (const [first, last] of ranges.toSorted(([a], [b]) => a - b)) {
    const [start, end] = apart.at(-1) ?? [first, -2];
    if (first > end + 1) apart.push([first, last]);
    else apart.splice(-1, 1, [start, Math.max(end, last)]);
  }
  return apart;
}

/** A set of the characters in the ranges; `negated`: of all others. */
export function setText(ranges: readonly Range[], negated: boolean): string {
  const apart = merged(ranges);
  const [only] = apart;
  if (only !== undefined && apart.length === 1 && !negated && only[0] === only[1])
    return characterText(only[0]);
  const parts = apart.map(([first, last]) =>
    first === last ? characterText(first) : `${characterText(first)}-${characterText(last)}`,
  );
  const text = `[${negated ? '^' : ''}${parts.join('')}]`;
  return isFoldedByRe2(negated ? complement(apart) : apart) ? `(?:${text}{1})` : text;
}

/**
 * Whether DuckDB's RE2 would read the set as one letter without case. In an alternative it then also finds what Unicode folds to
 * the letter: the Kelvin sign for K, the long s for S. A repetition keeps RE2 from reading it so.
 */
function isFoldedByRe2(apart: readonly Range[]): boolean {
  const points = apart.flatMap(([first, last]) => (first === last ? [first] : []));
  const letters = String.fromCodePoint(...points);
  return apart.length === 2 && (letters === 'Kk' || letters === 'Ss');
}

/** A character, escaped so that it is literal inside a set and outside. */
function characterText(point: number): string {
  if (point < 32 || point === 127) return `\\x${point.toString(16).padStart(2, '0').toUpperCase()}`;
  const character = String.fromCodePoint(point);
  return /[!-/:-@[-^`{-~]/.test(character) ? `\\${character}` : character;
}
