/** Random regular expressions of every kind that rules may have, and texts that they are hard on. */
import * as fc from 'fast-check';

const LITERALS = [
  ...Array.from('abskéiΣς1_ 😀]}{&-,/'),
  'ß',
  '\u00a0',
  ...String.raw`\. \\ \$ \n \t \x41 \x{df} \- \/`.split(' '),
];
const CLASSES = ['.', '\\d', '\\w', '\\s', '\\D', '\\W', '\\S'];
const IN_SETS = ['a', 's', 'é', '_', '&&', '[', '^', '\\]', '-', 'a-z', 'A-C', 'à-ö', '\\d', '\\W'];
const QUANTIFIERS = ['', '', '', '*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,}', '{1,2}?'];

const set = fc
  .tuple(fc.boolean(), fc.array(fc.constantFrom(...IN_SETS), { minLength: 1, maxLength: 3 }))
  .map(([negated, signs]) => `[${negated ? '^' : ''}${signs.join('')}]`);

const { alternatives } = fc.letrec<{ alternatives: string; sequence: string; atom: string }>(
  (tie) => {
    const quantified = fc
      .tuple(tie('atom'), fc.constantFrom(...QUANTIFIERS))
      .map((parts) => parts.join(''));
    const group = fc
      .tuple(fc.constantFrom('(', '(?:', '(?i:', '(?s:', '(?<n>'), tie('alternatives'))
      .map(([open, inner]) => `${open}${inner})`);
    return {
      alternatives: fc
        .array(tie('sequence'), { minLength: 1, maxLength: 2 })
        .map((parts) => parts.join('|')),
      sequence: fc
        .tuple(
          fc.constantFrom('', '', '^'),
          fc.array(quantified, { maxLength: 3 }),
          fc.constantFrom('', '', '$'),
        )
        .map(([start, parts, end]) => `${start}${parts.join('')}${end}`),
      atom: fc.oneof(
        { maxDepth: 3 },
        fc.constantFrom(...LITERALS),
        fc.constantFrom(...CLASSES),
        set,
        group,
      ),
    };
  },
);

/** Most can be had; some are refused. */
export const regex: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom('', '(?i)', '(?s)', '(?im)', '(?m)', '(?is)'), alternatives)
  .map((parts) => parts.join(''));

const SIGNS = [
  ...Array.from('\n\n\r\u0085\u2028\u00a0\0\x7f\u212a\ufeff'),
  ...Array.from('aAbsSßkKéÉ1٣_- 😀iİıſΣςσǅǆ{}]$^&/,'),
];
export const regexText: fc.Arbitrary<string> = fc
  .array(fc.constantFrom(...SIGNS), { maxLength: 5 })
  .map((signs) => signs.join(''));
