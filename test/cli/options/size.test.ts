/** Sizes on the command line. */
import { describe, expect, test } from 'vitest';
import { readOptionalSize } from '../../../src/cli/options/size.js';

describe('a size', () => {
  test.each([
    ['1000000', 1e6],
    ['500GB', 5e11],
    ['2tb', 2e12],
    ['1.5K', 1500],
    ['10 GiB', 10 * 1024 ** 3],
    ['1 Ti', 1024 ** 4],
    ['7B', 7],
  ])('%s', (text, bytes) => expect(readOptionalSize(text, '--max-scan')).toBe(bytes));

  test.each(['', 'GB', '-1GB', '1PB', '1e9', '1,5GB', 'much'])('is not %j', (text) =>
    expect(() => readOptionalSize(text, '--max-scan')).toThrow(
      `--max-scan ${JSON.stringify(text)} is not a size: write 500GB, 2TB or 10GiB`,
    ),
  );

  test('may be missing', () => {
    expect(readOptionalSize(undefined, '--max-scan')).toBeUndefined();
    expect(readOptionalSize('1K', '--max-scan')).toBe(1000);
  });
});
