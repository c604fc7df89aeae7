/** Makes differences of values, names and lists that two reports have. */
import { byCodePoint } from '../cloudtrail/canonical.js';
import type { Difference } from './model.js';

/** None if both are equal. */
export function differs(
  what: string,
  before: string | null,
  after: string | null,
): readonly Difference[] {
  return before === after ? [] : [{ what, name: null, before, after }];
}

/** What one list of named values has and the other has not, or has with another value. By name. */
export function namedDiffer(
  what: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): readonly Difference[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].toSorted(byCodePoint);
  return names.flatMap((name) =>
    differs(what, before.get(name) ?? null, after.get(name) ?? null).map((one) => ({
      ...one,
      name,
    })),
  );
}

/** The items that only one of two lists has, in the order of the lists. None if both have the same items. */
export function itemsDiffer(
  what: string,
  before: readonly string[],
  after: readonly string[],
): readonly Difference[] {
  const [one, other] = [new Set(before), new Set(after)];
  const only = (items: readonly string[], others: ReadonlySet<string>): string | null => {
    const own = [...new Set(items)].filter((item) => !others.has(item));
    return own.length === 0 ? null : own.join('; ');
  };
  return differs(what, only(before, other), only(after, one));
}
