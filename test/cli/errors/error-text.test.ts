/** How errors read, with and without `--debug`. */
import { describe, expect, test } from 'vitest';
import { errorText } from '../../../src/cli/errors/error-text.js';
import { HuntError } from '../../../src/errors.js';

const cause = new Error('no such\u001b[2J file');
const error = new HuntError('PATH', 'cannot read a\u001b[2J.json', { cause });

describe('an error that hunt expects', () => {
  test('is its message alone', () => {
    expect(errorText(error, false)).toBe('hunt: cannot read a\\u001b[2J.json');
  });

  test('has its code, its stack and its cause with --debug', () => {
    const lines = errorText(error, true).split('\n');
    expect(lines[0]).toBe('hunt: [PATH] cannot read a\\u001b[2J.json');
    expect(lines[1]).toMatch(/^ +at .*error-text\.test/);
    expect(lines).toContain('caused by: no such\\u001b[2J file');
    expect(lines.at(-1)).toMatch(/^ +at /);
  });

  test('keeps the lines of its message', () => {
    expect(errorText(new HuntError('USAGE', 'one\n  two'), false)).toBe('hunt: one\n  two');
  });
});

test('an error that hunt does not expect says so, and how to learn more', () => {
  expect(errorText(new TypeError('x is undefined'), false)).toBe(
    'hunt: internal error: x is undefined (--debug prints where)',
  );
  expect(errorText('thrown text', true)).toBe('hunt: internal error: thrown text');
});
