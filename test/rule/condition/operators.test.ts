/** The operator table: what each row promises, and that Panther's words and the documentation's keep to it. */
import { describe, expect, test } from 'vitest';
import {
  OPERATORS,
  operatorRow,
  wrongValue,
  type Operator,
} from '../../../src/rule/condition/operators.js';
import { CONDITION_WORDS } from '../../../src/rule/panther/condition-words.js';

const operators = Object.keys(OPERATORS) as readonly Operator[];

test('no two operators have the same notation', () => {
  const notations = operators.map((op) => operatorRow(op).notation);
  expect(new Set(notations).size).toBe(operators.length);
});

test('only an operator that can ignore case has a word that does', () => {
  for (const { op, ignoreCase } of CONDITION_WORDS.values())
    if (ignoreCase) expect(operatorRow(op).ignoresCase).toBe(true);
});

describe('numbers', () => {
  const orders = operators.filter((op) => operatorRow(op).takes === 'numbers');
  test.each(orders)('%s compares with numbers alone', (op) => {
    for (const number of ['0', '-1', '-1.50', '1e2', '1E-10', '9'.repeat(100)])
      expect(wrongValue(op, [number])).toBeUndefined();
    for (const text of [
      '',
      'ten',
      '+1',
      '.5',
      '1.',
      '0x10',
      ' 1',
      'Infinity',
      '1e100',
      '9'.repeat(101),
    ])
      expect(wrongValue(op, ['1', text])).toBe(`compares numbers, and "${text}" is not a number`);
  });
});

test('networks', () => {
  for (const network of ['10.0.0.0/8', '10.0.0.1', '0.0.0.0/0', '1.2.3.4/32', '::/0', '::1/128'])
    expect(wrongValue('inCidr', [network])).toBeUndefined();
  for (const text of ['', '10.0.0.0/33', '::/129', '10.0.0/8', 'ten', '10.0.0.0/', '010.0.0.0/8'])
    expect(wrongValue('inCidr', [text])).toContain(`"${text}" is not a network`);
});
