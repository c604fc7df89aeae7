/** Lists by what their items have in common. Node 20 has no `Map.groupBy`. */

/** The items by their keys: the keys in the order of their first items, and the items of each in theirs. */
export function groupedBy<T, K>(
  items: Iterable<T>,
  keyOf: (item: T) => K,
): Map<K, readonly [T, ...T[]]> {
  const groups = new Map<K, [T, ...T[]]>();
  for (const item of items) pushTo(groups, keyOf(item), item);
  return groups;
}

/** Adds a value to the list of a key. */
export function pushTo<K, V>(map: Map<K, [V, ...V[]]> | Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list === undefined) map.set(key, [value]);
  else list.push(value);
}
