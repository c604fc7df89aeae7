/** An error in YAML says what was probably meant, and where. */
import { expect, test } from 'vitest';
import { HuntError } from '../../src/errors.js';
import { parseYaml, parseYamlDocuments, repeatedKey } from '../../src/yaml/parse.js';

/** The message, and the line with a mark at its column. */
function mistake(text: string): string {
  const [found] = parseYamlDocuments(text, 'f', 'RULE').flatMap((one) =>
    one instanceof HuntError ? one : (repeatedKey(one, 'RULE') ?? []),
  );
  if (found?.at === undefined) throw new Error('no mistake');
  const line = text.split('\n')[found.at.line - 1] ?? '';
  return `${line.slice(0, found.at.column - 1)}▸${line.slice(found.at.column - 1)}  ${found.problem}`;
}

test.each([
  [
    'a: 1\ndescription: Detects: a thing\n',
    'description: Detects▸: a thing  a colon in an unquoted text',
  ],
  ['- a: Foo (see: bar)\n', '- a: Foo (see▸: bar)  a colon in an unquoted text'],
  ['a: 1\r\nb: Foo: Bar\r\nc: 2\r\n', 'b: Foo▸: Bar\r  a colon in an unquoted text'],
  ['a: 1\r\nb:2\r\n', 'b:▸2\r  a space is missing after the colon'],
  ['a:\n  b: 1\n   c: 2\nd: 3\n', '   ▸c: 2  wrong indent'],
  ['a:\n  b: 1\n  # c\n\n   c: 2\n', '   ▸c: 2  wrong indent'],
  ['a:\n    b: 1\n  c: 2\n', '  ▸c: 2  wrong indent'],
  ['a:\n  - x\n - y\n', ' ▸- y  wrong indent'],
  ['a:\n  - b: 1\n   c: 2\n', '   ▸c: 2  wrong indent'],
  ['a: |\n  x\n y\nb: 1\n', ' ▸y  wrong indent'],
  ['a:\n\tb: 1\n', '▸\tb: 1  a tab: indent with spaces'],
  ['a: "abc\nb: 2\nc: 3\n', 'a: ▸"abc  this " is never closed'],
  ["a: 'abc\nb: 2\n", "a: ▸'abc  this ' is never closed"],
  ["a: 'it's'\nb: 1\n", "a: 'it'▸s'  text after the closing '"],
  ['a: "x" y\n', 'a: "x" ▸y  text after the closing "'],
  ['a: [x, y\nb: 1\n', 'a: ▸[x, y  this [ is never closed'],
  ['a: { x: 1, y: [2]\nb: 1\n', 'a: ▸{ x: 1, y: [2]  this { is never closed'],
  ['a: [x, y]]\n', 'a: [x, y]▸]  nothing is open that this ] closes'],
  ['a: 1\nb:2\nc: 3\n', 'b:▸2  a space is missing after the colon'],
  ['a:\n-b\n-c\n', '-▸b  a space is missing after the -'],
  ['a:\n  - b x\n    c: 2\n', '  - ▸b x  a colon is missing (write "key: value"), or the next'],
  ['a:\n  - b\n    c: 2\n', '  - ▸b  wrong indent'],
  ['title x\nb: 2\n', '▸title x  a colon is missing'],
  ['a: @foo\n', 'a: ▸@foo  a text cannot begin with @'],
  ['a: "C:\\Users"\n', 'a: "C:▸\\Users"  in "…" a backslash begins an escape'],
  ['a:\n  - *foo*\n', '  - ▸*foo*  nothing is anchored as &foo*: put a text that begins with *'],
  ['a: 1\nb: 2\na: 3\n', '▸a: 3  the key "a" is there twice'],
])('%j', (text, expected) => {
  expect(mistake(text).startsWith(expected), mistake(text)).toBe(true);
});

test('a mistake in one document leaves the others', () => {
  const documents = parseYamlDocuments('a: 1\n---\nb: [\n---\nc: 3\n---\n', 'f', 'RULE');
  expect(documents.map((one) => (one instanceof HuntError ? one.at?.line : one.kind))).toEqual([
    'map',
    3,
    'map',
  ]);
});

test('a large mapping is read in reasonable time', () => {
  const text = Array.from({ length: 30_000 }, (_, index) => `k${index}: 1\n`).join('');
  expect(parseYaml(text, 'f', 'RULE')).toMatchObject({ kind: 'map' });
});
