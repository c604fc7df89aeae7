import { expect, test } from 'vitest';
import { showsUnicode } from '../../../src/cli/terminal/unicode.js';

test.each([
  [{}, true],
  [{ LANG: 'en_US.UTF-8' }, true],
  [{ LANG: 'C.utf8' }, true],
  [{ LANG: 'de_DE' }, true],
  [{ LANG: 'C' }, false],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'POSIX' }, false],
  [{ LANG: 'en_US.UTF-8', LC_CTYPE: 'de_DE.ISO-8859-1' }, false],
  [{ LANG: 'C', LC_ALL: 'en_GB.UTF-8' }, true],
])('the locale %o: %s', (environment, expected) => {
  expect(showsUnicode(environment)).toBe(expected);
});
