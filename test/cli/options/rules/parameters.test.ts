import { describe, expect, test } from 'vitest';
import { parameterSettings } from '../../../../src/cli/options/rules/parameters.js';

const values = (option: string): unknown => parameterSettings([option], new Map()).get('A')?.values;

describe('--set', () => {
  test.each([
    ['A=1,2', ['1', '2']],
    ['A= 1 , 2 ,', ['1', '2']],
    ['A=', []],
    ['A=any', 'any'],
    ['A=["a,b","c"]', ['a,b', 'c']],
    ['A=x=y', ['x=y']],
  ])('%s', (option, expected) => expect(values(option)).toEqual(expected));

  test.each(['A', '=1', 'A=[1]', 'A=["a"'])('%s is an error', (option) =>
    expect(() => values(option)).toThrow(),
  );

  test('wins over the configuration', () => {
    const config = new Map([['A', ['1']]]);
    expect(parameterSettings([], config).get('A')).toEqual({ values: ['1'], source: 'config' });
    expect(parameterSettings(['A=2'], config).get('A')).toEqual({
      values: ['2'],
      source: 'option',
    });
  });
});
