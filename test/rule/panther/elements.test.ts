/** Lists: paths through them, and tests of their elements. */
import { describe, expect, test } from 'vitest';
import { notation } from '../../../src/rule/condition/notation.js';
import { huntEvents, onlySection, openedGroup } from '../../support/hunt-events.js';
import { ruleWith } from '../../support/rules.js';

const matches = async (detection: string, list: unknown): Promise<boolean> => {
  const event = openedGroup({ requestParameters: { list } });
  const report = await huntEvents([event], { rules: [ruleWith(detection)] });
  return onlySection(report).findings.length > 0;
};

describe('the elements themselves, where Expressions name no field', () => {
  const all =
    '  - { KeyPath: requestParameters.list, Condition: AllElements, Expressions: [{ Condition: StartsWith, Value: a }] }';
  test.each([
    [['a1', 'a2'], true],
    [['a1', 'b'], false],
    [[], true],
    [null, false],
    ['a1', false],
  ])('%j: %s', async (list, expected) => expect(await matches(all, list)).toBe(expected));

  test('Has is any of them', async () => {
    const has = '  - { KeyPath: requestParameters.list, Condition: Has, Value: all }';
    expect(await matches(has, ['some', 'all'])).toBe(true);
    expect(await matches(has, ['allow'])).toBe(false);
  });
});

describe('a path', () => {
  const path = (keyPath: string): string =>
    notation(ruleWith(`  - { KeyPath: "${keyPath}", Condition: Equals, Value: x }`).condition);
  test.each([
    ['requestParameters.a[0].b', 'requestParameters.a.0.b equals "x"'],
    ['requestParameters.a[].b', 'any of requestParameters.a[] (b equals "x")'],
    ['requestParameters.a[][].b', 'any of requestParameters.a[] (any of element[] (b equals "x"))'],
    ['requestParameters.a[]', 'any of requestParameters.a[] (element equals "x")'],
  ])('%s', (keyPath, expected) => expect(path(keyPath)).toBe(expected));
  test.each(['a[01]', 'a[+1]', 'a[-1]', 'a..b', 'a[', ''])('%j is none', (keyPath) =>
    expect(() => path(keyPath)).toThrow(/rule\.yml:7:/),
  );
});
