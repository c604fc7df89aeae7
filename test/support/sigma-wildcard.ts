/** Sigma's strings for tests, said from the specification alone: what a value matches, as an expression of JavaScript. */
import * as fc from 'fast-check';

/** Whether a text matches a value, letters in any case. */
export function sigmaMatches(text: string, value: string): boolean {
  const source = value.replace(
    // A backslash before `*`, `?` or a backslash makes it literal; alone it stands for itself.
    /\\([*?\\])|([*?])|([^*?\\]+|\\)/g,
    (_, escaped: string | undefined, wildcard: string | undefined, plain: string | undefined) => {
      if (wildcard !== undefined) return wildcard === '*' ? '[^]*' : '[^]';
      return (escaped ?? plain ?? '').toLowerCase().replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
    },
  );
  return new RegExp(`^${source}$`, 'u').test(text.toLowerCase());
}

const SIGNS = ['\\', '\\', '*', '?', 'a', 'A', 'b', '%', '_', 'é', '😀', "'", '\n', '.', '['];
const sign = fc.constantFrom(...SIGNS);

export const sigmaValue: fc.Arbitrary<string> = fc.array(sign, { maxLength: 7 }).map(join);
export const sigmaTexts: fc.Arbitrary<string> = fc.array(sign, { maxLength: 5 }).map(join);

function join(signs: readonly string[]): string {
  return signs.join('');
}
