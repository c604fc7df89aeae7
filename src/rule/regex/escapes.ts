/** Reads the escapes of a regular expression. */
import { CLASSES, type Range } from './characters.js';

const CONTROLS: Readonly<Record<string, number>> = { a: 7, e: 27, f: 12, n: 10, r: 13, t: 9 };

/** Escapes that only one of the engines has, or that they read differently. */
const REFUSED: readonly (readonly [start: RegExp, name: string])[] = [
  [/^[1-9gk]/, 'a backreference'],
  [/^[pP]/, 'a Unicode property'],
  [/^[bB]/, 'a word boundary'],
  [/^[QE]/, 'a quotation \\Q…\\E'],
  [/^[ZG]/, 'an anchor that the engines read differently'],
];

export interface Escape {
  /** In UTF-16 units, without the backslash. */
  readonly length: number;
  readonly ranges: readonly Range[];
}

/** Reads the escape after a backslash; `fail` is called with the name of a construct that is refused. */
export function readEscape(rest: string, fail: (construct: string) => never): Escape {
  const hex = /^x(?:\{([0-9a-fA-F]{1,6})\}|([0-9a-fA-F]{2}))/.exec(rest);
  if (hex !== null) {
    const point = Number.parseInt(hex[1] ?? hex[2] ?? '', 16);
    if (point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
      fail(`\\${hex[0]}, not a character,`);
    return { length: hex[0].length, ranges: [[point, point]] };
  }
  for (const [start, name] of REFUSED) if (start.test(rest)) fail(name);
  const character = Array.from(rest)[0] ?? fail('a backslash at the end');
  const ranges = Object.hasOwn(CLASSES, character) ? CLASSES[character] : undefined;
  if (ranges !== undefined) return { length: 1, ranges };
  const control = Object.hasOwn(CONTROLS, character) ? CONTROLS[character] : undefined;
  if (control === undefined && /[A-Za-z0-9]/.test(character)) fail(`the escape \\${character}`);
  const point = control ?? character.codePointAt(0) ?? 0;
  return { length: character.length, ranges: [[point, point]] };
}
