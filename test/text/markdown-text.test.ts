import * as fc from 'fast-check';
import { lexer } from 'marked';
import { describe, expect, it } from 'vitest';
import { codeBlock, codeSpan, prose, tableRow } from '../../src/text/markdown-text.js';
import { safeLine } from '../../src/text/safe-text.js';
import { markdownTokens, textsOutsideCode } from '../support/markdown-tokens.js';

/** What acts in one reader of Markdown or another. */
const active = fc.constantFrom(
  ...'` ``` ~~~ | \\| \\ \\\\| * ** _ ~~ --- === > < <b> <!-- <script> &lt; [^1] ![ ]( @all #1'.split(
    ' ',
  ),
  ...'![a](http://x) [a](//x) www.evil.com www.1 (WWW.2) ftp://x mailto:a@b.co a@evil.com GH-1 a/b#1'.split(
    ' ',
  ),
  ...'deadbeefcafe :tada: $x$ $`x`$ {{x}} \u0000 \u202e \u200b \ufeff \ud800 word é 日本'.split(
    ' ',
  ),
  ...'# ¦> ¦- ¦1. ¦[a]: http://x¦two words¦\n¦\n\n¦\r¦\t¦    ¦ '.split('¦'),
);
const hostile = fc
  .array(fc.oneof(active, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 8 })
  .map((parts) => parts.join(''));

const inert = new Set(['paragraph', 'text', 'codespan', 'escape']);
const acting = /[@#<>&[\]*_`~|$]|:\/\/|www\.|\w\.[a-z]|[\da-f]{7}|\w-\d|^:|[\p{Cc}\p{Cf}\p{Cs}]/imu;

describe('codeSpan', () => {
  it('is one code span that shows the value', () => {
    fc.assert(
      fc.property(hostile, (value) => {
        const markdown = codeSpan(value);
        fc.pre(safeLine(value).trim() !== '');
        const spans = markdownTokens(`by ${markdown} from`).filter(
          ({ type }) => type === 'codespan',
        );
        expect(spans).toHaveLength(1);
        const [span] = spans;
        expect(span?.raw).toBe(markdown);
      }),
      { numRuns: 2000 },
    );
  });

  it('is empty for nothing', () => expect(codeSpan('')).toBe(''));

  it.each([' web ', ' web', '   ', 'a  b'])('shows all spaces of %j', (value) => {
    const tokens = markdownTokens(`by ${codeSpan(value)} from`);
    expect(tokens.find(({ type }) => type === 'codespan')).toMatchObject({ text: value });
  });
});

describe('prose', () => {
  it.each([
    [
      '3 files could not be read: evidence was lost',
      '3 files could not be read: evidence was lost',
    ],
    ['AWS EC2, T1562.004 (12 digits)', 'AWS EC2, T1562.004 (12 digits)'],
    ['to hunt there: --set A_B=1,2. Then', 'to hunt there: `--set A_B=1,2`. Then'],
    ['1. Start the trail', '1\\. Start the trail'],
    ['see https://evil.com/x.', 'see `https://evil.com/x`.'],
    ['112233445566 in eu-west-1, @all #1', '`112233445566` in `eu-west-1`, `@all #1`'],
    [' (key ', ' (key '],
    ['closed the  door again', 'closed `the  door` again'],
  ])('%j is %j', (sentence, markdown) => expect(prose(sentence)).toBe(markdown));

  it('has nothing that acts, and is one paragraph', () => {
    fc.assert(
      fc.property(hostile, (sentence) => {
        const markdown = prose(sentence);
        const kinds = new Set(markdownTokens(`Of ${markdown}`).map(({ type }) => type));
        expect([...kinds].filter((kind) => !inert.has(kind))).toEqual([]);
        expect(textsOutsideCode(`Of ${markdown}`).join(' ')).not.toMatch(acting);
      }),
      { numRuns: 2000 },
    );
  });

  it('begins no block', () => {
    fc.assert(
      fc.property(hostile, (sentence) => {
        const markdown = prose(sentence.trim());
        const kinds = lexer(markdown).map(({ type }) => type);
        expect(kinds.filter((kind) => kind !== 'paragraph' && kind !== 'space')).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('tableRow', () => {
  it('keeps its columns', () => {
    fc.assert(
      fc.property(hostile, hostile, (value, sentence) => {
        const rows = [
          tableRow(['Value', 'Sentence']),
          tableRow(['---', '---']),
          tableRow([codeSpan(value), prose(sentence)]),
        ];
        const [table, ...others] = lexer(`${rows.join('\n')}\n`);
        expect(others.filter(({ type }) => type !== 'space')).toEqual([]);
        expect(table).toMatchObject({ type: 'table' });
        const cells = table?.type === 'table' ? (table['rows'] as { text: string }[][]) : [];
        expect(cells).toHaveLength(1);
        expect(cells[0]).toHaveLength(2);
        if (!/[`|\\]/.test(value) && value.trim() !== '')
          expect(cells[0]?.[0]?.text.trim()).toBe(codeSpan(value).trim());
      }),
      { numRuns: 2000 },
    );
  });
});

describe('codeBlock', () => {
  it('is one block of code', () => {
    fc.assert(
      fc.property(
        fc.array(
          hostile.map((line) => `x${line}`),
          { minLength: 1 },
        ),
        (lines) => {
          const tokens = lexer(`# Title\n\n${codeBlock(lines)}\n\nText\n`);
          expect(tokens.map(({ type }) => type).filter((type) => type !== 'space')).toEqual([
            'heading',
            'code',
            'paragraph',
          ]);
        },
      ),
    );
  });
});
