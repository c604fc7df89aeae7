/** What stands after a backslash in a regular expression. */
import { CLASSES, type Range } from './characters.js';

const CONTROLS: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

/** Constructs that not both engines have, or not alike. */
const REFUSED: readonly (readonly [signs: RegExp, name: string])[] = [
  [/^[1-9gk]/, 'a backreference'],
  [/^[pP]/, 'a Unicode property'],
  [/^[bB]/, 'a word boundary'],
  [/^[QE]/, 'a quotation \\Q…\\E'],
  [/^[ZG]/, 'an anchor that the engines read differently'],
];

export interface Escape {
  /** How many signs it takes, without the backslash. */
  readonly length: number;
  readonly ranges: readonly Range[];
}

/** Reads the signs after a backslash; `fail` is given the name of what cannot be had. */
export function readEscape(rest: string, fail: (construct: string) => never): Escape {
  const hex = /^x(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/.exec(rest);
  if (hex !== null) {
    const point = Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) fail(`\\${hex[0]}, no character`);
    return { length: hex[0].length, ranges: [[point, point]] };
  }
  for (const [signs, name] of REFUSED) if (signs.test(rest)) fail(name);
  const sign = Array.from(rest)[0] ?? fail('a backslash at the end');
  const ranges = Object.hasOwn(CLASSES, sign) ? CLASSES[sign] : undefined;
  if (ranges !== undefined) return { length: 1, ranges };
  const control = Object.hasOwn(CONTROLS, sign) ? CONTROLS[sign] : undefined;
  if (control === undefined && /[A-Za-z0-9]/.test(sign)) fail(`the escape \\${sign}`);
  const point = control ?? sign.codePointAt(0) ?? 0;
  return { length: sign.length, ranges: [[point, point]] };
}
