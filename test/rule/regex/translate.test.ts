/** Regular expressions: what is refused, what the rest becomes, and that both engines then agree. */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { HuntError } from '../../../src/errors.js';
import { portableRegex } from '../../../src/rule/regex/translate.js';
import { literal } from '../../../src/sql/literal.js';
import { openDuckdb, type TestedEngine } from '../../support/evaluate-engines.js';
import { testedTrino } from '../../support/evaluate-trino.js';
import { regex, regexText } from '../../support/sigma-regex.js';
import { sigmaEntry } from '../../support/sigma.js';
import { describeWithTrino } from '../../support/trino.js';

describe('an expression is written out', () => {
  test.each([
    ['^a.c$', '\\Aa[^\\x0A]c\\z'],
    ['(?s)a.c', 'a(?:[^\\x0A]|\\x0A)c'],
    ['(?i)aB-1é', '[Aa][Bb]\\-1[Éé]'],
    ['a(?i:b)c', 'a(?:[Bb])c'],
    ['a(?:(?i)b)c', 'a(?:[Bb])c'],
    ['(?i)[a-c\\d]', '[0-9A-Ca-c]'],
    ['\\w+\\s', '[0-9A-Z_a-z]+[\\x09-\\x0D ]'],
    ['[^\\w.]', '[^\\.0-9A-Z_a-z]'],
    ['[]a]', '[\\]a]'],
    ['[a-]', '[\\-a]'],
    ['a*?b+?', 'a*b+'],
    ['(a)(?<name>b)(?P<other>c)', '(?:a)(?:b)(?:c)'],
    ['${version}', undefined],
    ['\\${version}', '\\$\\{version\\}'],
    ['a{2,}{', 'a{2,}\\{'],
    ['x\\x41\\x{1F600}', 'xA😀'],
    ['(?m)^a$', '(?m:^)a(?m:$)'],
    ['(^|/)a(/|$)', '(?:\\A|\\/)a(?:\\/|\\z)'],
    ['(?i)ß', 'ß'],
    ['(?i)[k]s', '(?:[Kk]{1})(?:[Ss]{1})'],
  ])('%s', (source, expected) => {
    if (expected === undefined) expect(() => portableRegex(source)).toThrow(HuntError);
    else expect(portableRegex(source)).toBe(expected);
  });
});

describe('what the engines read differently is refused by name', () => {
  test.each([
    ['a(?=b)', 'character 3: lookaround'],
    ['(?<!a)b', 'character 2: lookaround'],
    ['(?>a)b', 'character 2: an atomic group'],
    ['(?|a)', 'character 2: the group (?|'],
    ['(a)\\1', 'character 5: a backreference'],
    ['(?<n>a)\\k<n>', 'a backreference'],
    ['a++', 'character 3: a possessive quantifier'],
    ['a**', 'a quantifier of a quantifier'],
    ['\\p{Lu}', 'character 2: a Unicode property'],
    ['\\bfoo\\b', 'character 2: a word boundary'],
    ['\\Qa\\E', 'a quotation'],
    ['a\\Z', 'an anchor that the engines read differently'],
    ['\\h', 'the escape \\h'],
    ['[[:alpha:]]', 'a POSIX class'],
    ['[a-\\d]', 'a range of classes'],
    ['[z-a]', 'a range that runs backwards'],
    ['a{3,2}', 'a range that runs backwards'],
    ['a{1001}', 'more than 1000 repetitions'],
    ['(a{100}){11}', 'more than 1000 repetitions'],
    ['*a', 'a quantifier of nothing'],
    ['(){2}', 'a quantifier of nothing'],
    ['(^a)*', 'a quantifier of an anchor'],
    ['a^b', 'a ^ inside'],
    ['a$b', 'a $ inside'],
    ['a?$', 'a $ with nothing before it'],
    ['(?m)a|^', 'a ^ of lines that needs no character after it'],
    ['(a', 'a ( without its )'],
    ['a)', 'a ) without its ('],
    ['[a', 'a [ without its ]'],
    ['a\\', 'a backslash at the end'],
    ['\\x{110000}', 'not a character'],
  ])('%s', (source, message) => expect(() => portableRegex(source)).toThrow(message));

  test('with its place in the rule', () =>
    expect(() => sigmaEntry("userAgent|re: '(?=a)'")).toThrow(
      'sigma.yml:4:24: regular expression "(?=a)", character 2: lookaround is not supported',
    ));
});

await describeWithTrino('DuckDB and Trino', (trino) => {
  let engines: readonly TestedEngine[] = [];
  beforeAll(async () => {
    engines = [await openDuckdb(), testedTrino(trino)];
  });
  afterAll(() => Promise.all(engines.map((engine) => engine.close())));

  test('find nothing but ASCII for K and S in either case', async () => {
    const letters = ['(?i:k)', '(?i:s)', '[kK]', '[^\\x00-RT-rt-\\x{10FFFF}]'];
    const expressions = letters.flatMap((letter) =>
      ['X', 'X|b', 'b|[Zz]|X', 'aX|a[Bb]', '(X|b)+|c', '^X|^c'].map((around) =>
        portableRegex(around.replace('X', `(?:${letter})`)),
      ),
    );
    const texts = ['\u212A', '\u017F', 'a\u212A', 'a\u017F'];
    for (const engine of engines) expect(await search(engine, expressions, texts)).toEqual([]);
    for (const engine of engines)
      expect(await search(engine, expressions, ['K', 's', 'aK', 'as'])).not.toEqual([]);
  });

  test('find the same', async () => {
    const expressions = fc.array(regex.map(portable), { minLength: 30, maxLength: 40 });
    const texts = fc.array(regexText, { minLength: 30, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(expressions, texts, async (asked, given) => {
        const had = asked.filter((one) => one !== undefined);
        const [ours, theirs] = await Promise.all(
          engines.map((engine) => search(engine, had, given)),
        );
        expect(ours).toEqual(theirs);
      }),
      { numRuns: 25 },
    );
  });
});

/** Undefined for one that is refused. */
function portable(source: string): string | undefined {
  try {
    return portableRegex(source);
  } catch (error) {
    if (error instanceof HuntError) return undefined;
    throw error;
  }
}

/** Each expression that matches, with the text. */
async function search(
  engine: TestedEngine,
  expressions: readonly string[],
  texts: readonly string[],
): Promise<readonly unknown[]> {
  const columns = expressions.map(
    (one, index) => `CAST(${engine.dialect.finds('t', one)} AS VARCHAR) AS c${index}`,
  );
  const values = texts.map((text, index) => `(${index}, ${literal(text)})`);
  const found = await engine.rows(
    `SELECT ${['i', ...columns].join(', ')} FROM (VALUES ${values.join(', ')}) v(i, t)`,
  );
  return found
    .toSorted((a, b) => Number(a['i']) - Number(b['i']))
    .flatMap((row) =>
      expressions.flatMap((one, index) =>
        row[`c${index}`] === 'true' ? [[one, texts[Number(row['i'])]]] : [],
      ),
    );
}
