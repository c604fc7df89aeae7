/** Field paths as Panther's rules write them: `Key`, `KeyPath`, `DeepKey`. */
import { textOf, type MappingReader } from '../../yaml/mapping.js';
import type { FieldPath } from '../condition/condition.js';

/** The words that name a field. A match expression has one of them. */
export const FIELD_WORDS = ['Key', 'KeyPath', 'DeepKey'] as const;

/**
 * The path, cut at each `[]`: a test of `a[].b` is a test of `b` in the elements of `a`. `a[0]` is the key `0` of `a`, and
 * both engines read it as an index if `a` is a list. Inside `Expressions`, a match expression without a field
 * tests the element itself.
 */
export function readField(mapping: MappingReader, inElement = false): readonly FieldPath[] {
  const given = FIELD_WORDS.filter((key) => mapping.get(key) !== undefined);
  if (given.length === 0 && inElement) return [[]];
  if (given.length !== 1) mapping.fail(`${mapping.what} needs one of ${FIELD_WORDS.join(', ')}`);
  const deep = mapping.get('DeepKey');
  if (deep !== undefined) {
    if (deep.kind !== 'list' || deep.items.length === 0)
      mapping.fail('DeepKey must be a list of keys');
    return [deep.items.map((item) => textOf(item, 'a key of DeepKey', 'RULE'))];
  }
  const key = mapping.text('Key');
  return key === undefined ? parsePath(mapping.required('KeyPath'), mapping) : [[key]];
}

function parsePath(text: string, mapping: MappingReader): readonly FieldPath[] {
  const paths: string[][] = [[]];
  for (const part of text.split('.')) {
    const [, key, brackets] = /^([^[\]]*)((?:\[(?:0|[1-9]\d*)?\])*)$/.exec(part) ?? [];
    if (key === undefined || (key === '' && brackets === ''))
      return mapping.fail(
        `KeyPath "${text}" is not a path: write a.b, a[0].b or a[].b; for a key with other characters use DeepKey`,
      );
    if (key !== '') paths.at(-1)?.push(key);
    for (const [, index = ''] of (brackets ?? '').matchAll(/\[(\d*)\]/g)) {
      if (index === '') paths.push([]);
      else paths.at(-1)?.push(index);
    }
  }
  return paths;
}
