/** Field paths as Panther's rules write them: `Key`, `KeyPath`, `DeepKey`. */
import { locationOf } from '../../cloudtrail/field/fields.js';
import type { SourcePosition } from '../../errors.js';
import { textOf, type MappingReader } from '../../yaml/mapping.js';
import { MOST_LISTS } from '../depth.js';
import type { Condition, FieldPath } from '../condition/condition.js';

/** A match expression that is being read. */
export interface Match {
  readonly mapping: MappingReader;
  /** Its `Condition`. */
  readonly name: string;
  /** True inside `Expressions`, where the fields are those of an element. */
  readonly inElement: boolean;
}

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
  if (key === undefined) return parsePath(mapping.required('KeyPath'), mapping);
  // No field of an event has a point in its name.
  if (key.includes('.') && !inElement)
    mapping.fail(`Key is one key: for a path, write KeyPath: ${key}`, 'Key');
  return [[key]];
}

/** The path that a text such as `a.b[].c` means, cut at each `[]`. `key` is the word of the mapping that has it. */
export function parsePath(
  text: string,
  mapping: MappingReader,
  key?: 'AlertTitle' | 'OutputFields',
): readonly FieldPath[] {
  const plain = text.replace(/^\$\.?/, '').replaceAll('[*]', '[]');
  if (plain !== text && plain !== '')
    return mapping.fail(`${key ?? 'KeyPath'} "${text}" is written ${plain} here`, key);
  const paths: string[][] = [[]];
  for (const part of text.split('.')) {
    const [, name, brackets] = /^([^[\]]*)((?:\[(?:0|[1-9]\d*)?\])*)$/.exec(part) ?? [];
    if (name === undefined || (name === '' && brackets === '')) {
      const forms =
        key === undefined
          ? 'a.b, a[0].b or a[].b; for a key with other characters use DeepKey'
          : 'a.b or a[0].b';
      return mapping.fail(`${key ?? 'KeyPath'} "${text}" is not a path: write ${forms}`, key);
    }
    if (name !== '') paths.at(-1)?.push(name);
    for (const [, index = ''] of (brackets ?? '').matchAll(/\[(\d*)\]/g)) {
      if (index === '') paths.push([]);
      else paths.at(-1)?.push(index);
    }
  }
  if (paths.length > MOST_LISTS + 1)
    mapping.fail(`${key ?? 'KeyPath'} leads through more than ${MOST_LISTS} lists`, key);
  return paths;
}

/** The path to one value, which leads through no list as a whole. */
export function parsePlainPath(
  text: string,
  mapping: MappingReader,
  key: 'AlertTitle' | 'OutputFields',
): FieldPath {
  const [path = [], ...inner] = parsePath(text, mapping, key);
  if (inner.length === 0) return path;
  const first = text.replaceAll('[]', '[0]');
  // Only a list inside JSON has elements with a path.
  const [firstPath = []] = parsePath(first, mapping, key);
  const advice =
    locationOf(firstPath) === undefined
      ? `its elements cannot be named in ${key}`
      : `name one element, as ${first}`;
  return mapping.fail(`${key} "${text}" would be many values: ${advice}`, key);
}

/** The test at the match's field. A path through lists (`a[].b`) tests whether any element passes. */
export function atField(
  { mapping, inElement }: Match,
  test: (field: FieldPath) => Condition,
): Condition {
  return withinLists(readField(mapping, inElement), mapping.at, test);
}

/** A test at the end of a path that is cut at each list: it holds for any element. */
export function withinLists(
  paths: readonly FieldPath[],
  at: SourcePosition,
  test: (field: FieldPath) => Condition,
): Condition {
  const [field = [], ...inner] = paths;
  if (inner.length === 0) return test(field);
  const of = withinLists(inner, at, test);
  return { kind: 'element', quantifier: 'any', field, of, at };
}
