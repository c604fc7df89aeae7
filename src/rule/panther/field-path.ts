/** Field paths as rules write them: `Key`, `KeyPath`, `DeepKey`. */
import type { FieldPath } from '../condition.js';
import { textOf, type Words } from '../../yaml/words.js';

/** The words that name a field, one of which a match expression has. */
export const FIELD_WORDS = ['Key', 'KeyPath', 'DeepKey'] as const;

/**
 * The path, cut at each `[]`: a test of `a[].b` is a test of `b` in the elements of `a`. `a[0]` is the key `0` of `a`,
 * as both engines read it. Inside `Expressions` no field at all is the element itself.
 */
export function readField(words: Words, inElement = false): readonly FieldPath[] {
  const given = FIELD_WORDS.filter((key) => words.get(key) !== undefined);
  if (given.length === 0 && inElement) return [[]];
  if (given.length !== 1) words.fail(`${words.what} needs one of ${FIELD_WORDS.join(', ')}`);
  const deep = words.get('DeepKey');
  if (deep !== undefined) {
    if (deep.kind !== 'list' || deep.items.length === 0)
      words.fail('DeepKey must be a list of keys');
    return [deep.items.map((item) => textOf(item, 'a key of DeepKey', 'RULE'))];
  }
  const key = words.text('Key');
  return key === undefined ? parsePath(words.required('KeyPath'), words) : [[key]];
}

function parsePath(text: string, words: Words): readonly FieldPath[] {
  const paths: string[][] = [[]];
  for (const part of text.split('.')) {
    const [, key, brackets] = /^([^[\]]*)((?:\[(?:0|[1-9]\d*)?\])*)$/.exec(part) ?? [];
    if (key === undefined || (key === '' && brackets === ''))
      return words.fail(
        `KeyPath "${text}" is no path: write a.b, a[0].b or a[].b; a key with other signs goes in DeepKey`,
      );
    if (key !== '') paths.at(-1)?.push(key);
    for (const [, index = ''] of (brackets ?? '').matchAll(/\[(\d*)\]/g)) {
      if (index === '') paths.push([]);
      else paths.at(-1)?.push(index);
    }
  }
  return paths;
}
