import { describe, expect, test } from 'vitest';
import { notation } from '../../../src/rule/condition/notation.js';
import { sigmaRule } from '../../support/sigma.js';

const condition = (rule: ReturnType<typeof sigmaRule>): string => notation(rule.condition);

describe('a condition', () => {
  const searches = `
  a1: { userAgent: a1 }
  a2: { userAgent: a2 }
  b: { userAgent: b }
  _c: { userAgent: c }`;
  const A1 = 'userAgent iequals "a1"';
  const A2 = 'userAgent iequals "a2"';
  const B = 'userAgent iequals "b"';
  test.each([
    ['a1', A1],
    ['a1 or a2 and b', `(${A1} or (${A2} and ${B}))`],
    ['not a1 and b', `(not (${A1}) and ${B})`],
    ['not (a1 or b)', `not (${A1} or ${B})`],
    ['not not a1', `not (not (${A1}))`],
    ['(a1 or a2) and b', `((${A1} or ${A2}) and ${B})`],
    ['1 of a*', `(${A1} or ${A2})`],
    ['all of a* and not 1 of b*', `(${A1} and ${A2} and not (${B}))`],
    ['1 of them', `(${A1} or ${A2} or ${B})`],
    ['all of them', `(${A1} and ${A2} and ${B})`],
    ['1 of _*', 'userAgent iequals "c"'],
    ['any of *2', A2],
    ['1 of b', B],
    ['NOT a1 OR b', `(not (${A1}) or ${B})`],
    ['[a1, b and a2]', `(${A1} or (${B} and ${A2}))`],
  ])('%s', (text, expected) =>
    expect(condition(sigmaRule(`${searches}\n  condition: ${text}`))).toBe(expected),
  );

  test('lists of maps are alternatives', () =>
    expect(
      condition(
        sigmaRule('  one: [{ userAgent: a, readOnly: true }, { userAgent: b }]\n  condition: one'),
      ),
    ).toBe('((userAgent iequals "a" and readOnly iequals "true") or userAgent iequals "b")'));
});
