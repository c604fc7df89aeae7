/** The notation of conditions, where values have the characters that the notation itself is made of. */
import { describe, expect, test } from 'vitest';
import { fieldNotation, notation } from '../../../src/rule/condition/notation.js';
import { ruleWith } from '../../support/rules.js';

const contains = (value: string) =>
  `{ Key: userAgent, Condition: Contains, Value: ${JSON.stringify(value)} }`;

describe('a negation has one pair of parentheses', () => {
  test.each([['a'], ['")'], ['("'], ['\\'], ['\\")'], ['()'], [')(']])('around %j', (value) => {
    const { condition } = ruleWith(`  - None: [${contains(value)}, ${contains('b')}]`);
    const shown = `userAgent contains ${JSON.stringify(value)}`;
    expect(notation(condition)).toBe(`not (${shown} or userAgent contains "b")`);
  });

  test('but keeps those of its parts', () => {
    const both = `{ All: [${contains('a')}, ${contains('b')}] }`;
    const { condition } = ruleWith(`  - None: [${both}, ${both}]`);
    const part = '(userAgent contains "a" and userAgent contains "b")';
    expect(notation(condition)).toBe(`not (${part} or ${part})`);
  });
});

test('an empty list of values is false, an empty list of tests what its combinator makes of it', () => {
  const empty = '{ Key: userAgent, Condition: Contains, Values: [] }';
  const { condition } = ruleWith(`  - ${empty}\n  - All: []\n  - Any: []\n  - OnlyOne: []`);
  expect(notation(condition)).toBe('(false and true and false and exactly 1 of ())');
});

test('a key that is not a word is quoted', () => {
  expect(fieldNotation(['requestParameters', 'a.b', 'c d', 'aws:x-y'])).toBe(
    'requestParameters."a.b"."c d".aws:x-y',
  );
  expect(fieldNotation([])).toBe('element');
});
