import { describe, expect, it } from 'vitest';
import {
  charactersIn,
  safeCell,
  safeLine,
  safeLines,
  safeScreen,
} from '../../src/text/safe-text.js';
import { columnsIn, splitWord, truncate, truncateStart } from '../../src/text/width.js';

const ESC = '\u001b';

describe('safeLine', () => {
  it.each([
    ['a letter that is not seen', '\u3164\u115f\u1160\uffa0', '\\u3164\\u115f\\u1160\\uffa0'],
    ['a blank that is no space', 'a\u00a0b\u2003\u3000', 'a\\u00a0b\\u2003\\u3000'],
    ['an empty pattern of Braille', '\u2800', '\\u2800'],
    ['what Unicode ignores', 'a\u034f\ufe0f\u{e0100}', 'a\\u034f\\ufe0f\\udb40\\udd00'],
    ['a tag', '\u{e0041}', '\\udb40\\udc41'],
    ['what reorders', '\u202e\u2066\u061c', '\\u202e\\u2066\\u061c'],
    ['half a character', '\ud800x\udc00', '\\ud800x\\udc00'],
    ['no character', '\ufdd0\u{1ffff}', '\\ufdd0\\ud83f\\udfff'],
    ['a pile of marks', `e${'\u0301'.repeat(4)}`, 'e\u0301\u0301\\u0301\\u0301'],
    ['a pile of Thai marks', `ก${'\u0e47'.repeat(3)}`, 'ก\u0e47\u0e47\\u0e47'],
    ['a mark on nothing', '\u0301a \u0301', '\\u0301a \\u0301'],
    ['a joiner that joins nothing', 'a\u200db', 'a\\u200db'],
    [
      'controls',
      `${ESC}]8;;x\u0007\u009b\t\r\n`,
      '\\u001b]8;;x\\u0007\\u009b\\u0009\\u000d\\u000a',
    ],
  ])('shows %s', (_, text, shown) => {
    expect(safeLine(text)).toBe(shown);
    expect(safeLine(shown)).toBe(shown);
  });

  it.each([
    ['Hindi', 'पढ़ें'],
    ['Burmese', 'မြို့'],
    ['Thai', 'ที่นี่ น้ำ'],
    ['Khmer', 'ស្ត្រី'],
    ['Tibetan', 'བསྒྲུབས'],
    ['Vietnamese', 'Tiếng Việt'],
    ['Vietnamese in parts', 'Tiếng Việt'.normalize('NFD')],
    ['Korean', '한국어'],
    ['Korean in parts', '한국어'.normalize('NFD')],
    ['Arabic', 'العربيَّة'],
    ['Hebrew', 'שָּׁלוֹם'],
    ['Japanese', '山田'],
    ['emoji', '👩‍💻 👩🏽‍🚒 🏳️‍🌈 ❤️ 👨‍👩‍👧‍👦'],
    ['what is not assigned yet', '\u0378'],
  ])('leaves %s readable', (_, text) => expect(safeLine(text)).toBe(text));

  it('looks only where something may be hidden, and misses nothing', () => {
    const missed: string[] = [];
    // Without Chinese and Korean letters, and planes in which every code point is alike.
    for (const [from, to] of [
      [0, 0x3400],
      [0xa000, 0xac00],
      [0xd700, 0x18000],
      [0x1b000, 0x20000],
      [0xe0000, 0xe1000],
    ] as const)
      for (let block = from; block < to; block += 256) {
        const codes = Array.from({ length: 256 }, (_, n) => String.fromCodePoint(block + n));
        const text = codes.map((one) => `a${one.repeat(3)}`).join('\n');
        const shown = [...charactersIn(text)].map((one) =>
          one.isEscaped ? safeLine(one.text) : one.text,
        );
        if (shown.join('') !== safeLine(text)) missed.push(block.toString(16));
      }
    expect(missed).toEqual([]);
  });
});

it('only the control characters of a format stay', () => {
  expect(safeLines('a\n\u0301\tb')).toBe('a\n\\u0301\\u0009b');
  expect(safeCell('a\n\t\rb')).toBe('a\n\t\\u000db');
  expect(safeScreen(`${ESC}[31m\n${ESC}[39m${ESC}[2J${ESC}[41m`)).toBe(
    `${ESC}[31m\n${ESC}[39m\\u001b[2J\\u001b[41m`,
  );
});

describe('the width of a text', () => {
  const pile = `e${'\u0301'.repeat(400)}`;

  it.each([
    ['plain', 'x'.repeat(50)],
    ['a pile of marks', pile],
    ['joined emoji', '👩‍💻'.repeat(30)],
    ['hidden', '\u200b'.repeat(20)],
    ['wide', '山'.repeat(30)],
  ])('is that of what is shown: %s', (_, text) => {
    for (const cut of [truncate(text, 20), truncateStart(text, 20), ...splitWord(text, 20)]) {
      expect(columnsIn(cut)).toBeLessThanOrEqual(20);
      expect(columnsIn(safeLine(cut))).toBe(columnsIn(cut));
    }
  });
});
